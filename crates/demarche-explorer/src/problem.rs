//! What went wrong with a request, as RFC 9457 has it; pages show the same as HTML.

use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use demarche::CoderError;
use demarche_archive::ArchiveError;
use schemars::JsonSchema;
use serde::Serialize;

use crate::pages;

/// A request that cannot be answered.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Problem {
    /// What kind of problem it is, in a few words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What is wrong and what to do.
    pub detail: String,
}

impl Problem {
    pub fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        let title = status.canonical_reason().unwrap_or("Problem").to_owned();
        Self { title, status: status.as_u16(), detail: detail.into() }
    }

    pub fn wrong(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, detail)
    }

    pub fn missing(what: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, format!("{what} is not in the archive"))
    }

    /// The server's own fault: the reason goes to its log, not to whoever asks.
    pub fn fault(error: &dyn std::fmt::Display) -> Self {
        eprintln!("error: {error}");
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "the server could not answer; its log says why")
    }
}

impl From<ArchiveError> for Problem {
    fn from(error: ArchiveError) -> Self {
        let told = error.to_string();
        if matches!(error, ArchiveError::Cursor) {
            return Self::wrong(told);
        }
        if told.contains("interrupted") {
            return Self::new(StatusCode::SERVICE_UNAVAILABLE, "the question takes too long: ask for less");
        }
        // What is asked with words is the only statement that a request can break.
        let syntax = ["fts5:", "unterminated string", "no such column", "unknown special query", "malformed MATCH"];
        if syntax.iter().any(|sign| told.contains(sign)) {
            return Self::wrong(format!(
                "text: the words are not in the syntax of FTS5 ({told}): put them in quotation marks"
            ));
        }
        Self::fault(&told)
    }
}

impl From<CoderError> for Problem {
    fn from(error: CoderError) -> Self {
        Self::fault(&error)
    }
}

impl From<serde_json::Error> for Problem {
    fn from(error: serde_json::Error) -> Self {
        Self::fault(&error)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_string(&self).unwrap_or_default();
        let mut out = (status, [(header::CONTENT_TYPE, "application/problem+json")], body).into_response();
        if status == StatusCode::TOO_MANY_REQUESTS || status == StatusCode::SERVICE_UNAVAILABLE {
            out.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("2"));
        }
        out.extensions_mut().insert(self);
        out
    }
}

/// Shows problems as pages where a page was asked for, and as RFC 9457 where the framework answers by itself.
pub async fn as_page(request: Request, next: Next) -> Response {
    let api = request.uri().path().starts_with("/api/");
    let out = next.run(request).await;
    let status = out.status();
    if !(status.is_client_error() || status.is_server_error()) {
        return out;
    }
    let known = out.extensions().get::<Problem>().cloned();
    let problem = known.clone().unwrap_or_else(|| Problem::new(status, "the request cannot be answered as it stands"));
    if api {
        return if known.is_some() { out } else { with_headers_of(&out, problem.into_response()) };
    }
    with_headers_of(&out, (status, pages::problem(&problem)).into_response())
}

/// Keeps what the first answer said beside its body: `Allow`, `Retry-After`, `WWW-Authenticate`.
fn with_headers_of(first: &Response, mut out: Response) -> Response {
    for name in [header::ALLOW, header::RETRY_AFTER, header::WWW_AUTHENTICATE] {
        if let Some(value) = first.headers().get(&name) {
            out.headers_mut().insert(name, value.clone());
        }
    }
    out
}

/// An answer in the place of a panic.
pub fn panicked(_: Box<dyn std::any::Any + Send + 'static>) -> Response {
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "the server could not answer; its log says why").into_response()
}
