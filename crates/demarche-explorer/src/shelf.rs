//! Connections to the archive: as many questions at once as there are, each stopped when it takes too long.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use axum::http::StatusCode;
use demarche_archive::{Archive, ArchiveError};
use tokio::sync::Semaphore;

use crate::problem::Problem;

/// Questions at once.
const AT_ONCE: usize = 8;

/// How long a question may wait for its turn, and take.
const PATIENCE: Duration = Duration::from_secs(20);

#[derive(Debug)]
pub struct Shelf {
    path: PathBuf,
    idle: Mutex<Vec<Archive>>,
    turns: Semaphore,
}

impl Shelf {
    /// Opens the archive once, which brings it to the present tables.
    pub fn new(path: &Path) -> Result<Self, ArchiveError> {
        drop(Archive::open(path)?);
        let first = Archive::open_to_read(path)?;
        Ok(Self { path: path.to_owned(), idle: Mutex::new(vec![first]), turns: Semaphore::new(AT_ONCE) })
    }

    /// Asks the archive on a thread that may wait.
    pub async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Archive) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let busy = || Problem::new(StatusCode::SERVICE_UNAVAILABLE, "too many are asking at once: try again");
        let turn = tokio::time::timeout(PATIENCE, self.turns.acquire()).await.map_err(|_| busy())?;
        let _turn = turn.map_err(|_| busy())?;
        let archive = self.take()?;
        let stopper = archive.stopper();
        let work = tokio::task::spawn_blocking(move || {
            let answer = question(&archive);
            (archive, answer)
        });
        let mut work = std::pin::pin!(work);
        let done = match tokio::time::timeout(PATIENCE, &mut work).await {
            Ok(done) => done,
            Err(_) => {
                stopper.interrupt();
                work.await
            }
        };
        // A question that panicked keeps its connection.
        let (archive, answer) = done.map_err(|error| Problem::fault(&error))?;
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(archive);
        answer
    }

    fn take(&self) -> Result<Archive, Problem> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        idle.map_or_else(|| Ok(Archive::open_to_read(&self.path)?), Ok)
    }
}
