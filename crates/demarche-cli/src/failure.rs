//! What can stop the command, and how it is told.

use std::io;

use demarche::{CoderError, TableError};
use demarche_archive::ArchiveError;
use demarche_explorer::ExplorerError;
use demarche_sources::Trouble;
use thiserror::Error;

/// What stops the command.
#[derive(Debug, Error)]
pub enum Failure {
    /// The reader of our output has gone.
    #[error("the output is closed")]
    Closed,
    /// The output cannot be written.
    #[error("the output cannot be written: {0}")]
    Output(io::Error),
    /// A file cannot be read.
    #[error("{path}: {error}")]
    Input { path: String, error: io::Error },
    /// The coder fails.
    #[error(transparent)]
    Coder(#[from] CoderError),
    /// A table of the user's own is wrong.
    #[error(transparent)]
    Own(#[from] TableError),
    /// The archive cannot be read or written.
    #[error("archive: {0}")]
    Archive(#[from] ArchiveError),
    /// The explorer cannot serve.
    #[error(transparent)]
    Explorer(#[from] ExplorerError),
    /// Something in a file or an argument is wrong.
    #[error("{0}")]
    Wrong(String),
}

impl Failure {
    pub fn json(error: serde_json::Error) -> Self {
        Self::Wrong(error.to_string())
    }

    /// Prints it to standard error.
    pub fn tell(&self) {
        eprintln!("error: {self}");
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe { Self::Closed } else { Self::Output(error) }
    }
}

/// Prints what could not be read, and what to do.
pub fn tell_trouble(trouble: &Trouble) {
    eprintln!("error: {trouble}\n  help: {}", trouble.why.help());
}
