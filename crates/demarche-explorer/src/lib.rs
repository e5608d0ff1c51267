//! The explorer: an archive as pages to look at and an API to ask.
//!
//! In: an archive and where to listen. Out: [`Explorer`], which serves pages under `/` and answers under `/api/v1`. A request walks from the guard
//! (who may ask) over the shelf (connections to the archive) to a page or an answer. Never: a word of a story taken for markup, a request to
//! another host, a change to the archive.

mod api;
mod asked;
mod assets;
mod charts;
mod desk;
mod guard;
mod pages;
mod problem;
mod shelf;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use demarche::{Coder, CoderError};
use demarche_archive::{Archive, ArchiveError};
use thiserror::Error;
use tokio::net::TcpListener;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::timeout::TimeoutLayer;

pub use guard::Token;

/// The longest request body: a story to be coded.
const BODY: usize = 1 << 20;

/// The longest that a request may take, its body included.
const ANSWER: Duration = Duration::from_secs(60);

/// How long requests that are being answered may still take when the server is told to stop.
const GRACE: Duration = Duration::from_secs(10);

/// What can keep the explorer from serving.
#[derive(Debug, Error)]
pub enum ExplorerError {
    /// The archive cannot be used.
    #[error("archive: {0}")]
    Archive(#[from] ArchiveError),
    /// The coder cannot be made.
    #[error(transparent)]
    Coder(#[from] CoderError),
    /// The address cannot be listened at.
    #[error("cannot listen at {address}: {error}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// Why.
        error: std::io::Error,
    },
    /// Anybody on the network could ask.
    #[error("{0} can be reached from other machines: give a token, or listen at 127.0.0.1")]
    Open(SocketAddr),
    /// The server failed.
    #[error("the server failed: {0}")]
    Server(#[from] std::io::Error),
}

/// What is served, and where.
pub struct Explorer {
    /// The archive's file; brought to the present tables before.
    pub archive: PathBuf,
    /// Where to listen; port 0 takes any that is free.
    pub listen: SocketAddr,
    /// What must be shown to be let in; needed beyond loopback.
    pub token: Option<Token>,
    /// What codes stories that are sent, and explains those that are kept.
    pub coder: Coder,
}

impl Explorer {
    /// Serves until the program is interrupted; `ready` is told the address once it is listened at.
    pub fn serve(self, ready: impl FnOnce(SocketAddr)) -> Result<(), ExplorerError> {
        if self.token.is_none() && !self.listen.ip().is_loopback() {
            return Err(ExplorerError::Open(self.listen));
        }
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        let served = runtime.block_on(self.run(ready));
        runtime.shutdown_timeout(Duration::from_secs(1));
        served
    }

    async fn run(self, ready: impl FnOnce(SocketAddr)) -> Result<(), ExplorerError> {
        let address = self.listen;
        let fail = |error| ExplorerError::Listen { address, error };
        let listener = TcpListener::bind(address).await.map_err(fail)?;
        let bound = listener.local_addr().map_err(fail)?;
        let desk = Arc::new(desk::Desk::new(&self.archive, self.coder)?);
        let guard = Arc::new(guard::Guard::new(bound, self.token));
        let app = router(Arc::clone(&desk), guard).into_make_service_with_connect_info::<SocketAddr>();
        desk::keep_counting(&desk, Archive::open_to_read(&self.archive)?);
        ready(bound);
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let server = axum::serve(listener, app).with_graceful_shutdown(async move {
            interrupted().await;
            let _ = stop.send(());
        });
        // Those who are still reading get a while, and no more.
        tokio::select! {
            served = server => served?,
            () = async { let _ = stopped.await; tokio::time::sleep(GRACE).await } => {}
        }
        Ok(())
    }
}

fn router(desk: Arc<desk::Desk>, guard: Arc<guard::Guard>) -> Router {
    Router::new()
        .merge(pages::router())
        .nest("/api/v1", api::router())
        .with_state(desk)
        .merge(assets::router())
        .merge(guard::router(Arc::clone(&guard)))
        .fallback(pages::missing)
        .layer(DefaultBodyLimit::max(BODY))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, ANSWER))
        .layer(CatchPanicLayer::custom(problem::panicked))
        .layer(axum::middleware::from_fn(problem::as_page))
        .layer(axum::middleware::from_fn_with_state(guard, guard::check))
        .layer(axum::middleware::from_fn(guard::headers))
}

/// Waits for an interrupt or the order to end.
async fn interrupted() {
    #[cfg(unix)]
    if let Ok(mut ended) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = ended.recv() => {}
        }
        return;
    }
    let _ = tokio::signal::ctrl_c().await;
}
