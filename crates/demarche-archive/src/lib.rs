//! Coded stories in one SQLite file that answers questions.
//!
//! In: stories with their records. Out: [`Archive`], which keeps each once, whatever stops the program, knows a reprint for what it is, joins
//! the events of several stories that are one, and finds events by who, what, when, where and the words around them. What is known of a story
//! is written in one transaction: it is there whole or not at all. Never: a story coded; that is the library `demarche`.

mod counted;
mod facts;
mod feeds;
mod known;
mod layouts;
mod links;
mod load;
mod near;
mod query;
mod recode;
mod same;
mod store;
mod telling;

use std::cmp::Ordering;
use std::path::Path;
use std::time::Duration;

use rusqlite::functions::FunctionFlags;
use rusqlite::{Connection, InterruptHandle, OpenFlags};
use thiserror::Error;

pub use known::Key;
pub use layouts::{Codes, Columns, EventRows, Exported, Layout, arrow_stream};
pub use load::{LoadError, Loaded, Reprint, records};
pub use near::{Signature, Sketch};
pub use query::{
    ActorLine, Bucket, Carrier, Filter, KeptStory, Located, Page, PairLine, Step, StoredEvent, StoredLink, StoredParty,
    StoredStory, Summary,
};
pub use recode::Stale;
pub use same::alike;
pub use store::{Added, Keep};
pub use telling::{Telling, Who};

/// How long a second program waits for the first to finish its writing.
const PATIENCE: Duration = Duration::from_secs(120);

/// Statements that bring a file from each version of the schema to the next.
const MIGRATIONS: [&str; 5] = [
    include_str!("schema/1.sql"),
    include_str!("schema/2.sql"),
    include_str!("schema/3.sql"),
    include_str!("schema/4.sql"),
    include_str!("schema/5.sql"),
];

/// What can go wrong with an archive.
#[derive(Debug, Error)]
pub enum ArchiveError {
    /// SQLite says so.
    #[error(transparent)]
    Database(#[from] rusqlite::Error),
    /// A record could not be written.
    #[error(transparent)]
    Record(#[from] serde_json::Error),
    /// A cursor is none that a page gave.
    #[error("the cursor is none that a page gave")]
    Cursor,
    /// The file is of an earlier program, and was opened to be read only.
    #[error(
        "the archive has version {found} of its tables, and this program knows {known}: `demarche ingest` or `recode` bring it up to date"
    )]
    Older {
        /// Version of the file.
        found: usize,
        /// The version known.
        known: usize,
    },
    /// The file is of a later program.
    #[error("the archive has version {found} of its tables, and this program knows {known}: use a newer program")]
    Newer {
        /// Version of the file.
        found: usize,
        /// The last version known.
        known: usize,
    },
}

/// An archive of coded stories.
#[derive(Debug)]
pub struct Archive {
    db: Connection,
}

impl Archive {
    /// Opens a file, or makes one.
    pub fn open(path: &Path) -> Result<Self, ArchiveError> {
        Self::with(Connection::open(path)?)
    }

    /// Opens a file that is there and current, only to read it.
    pub fn open_to_read(path: &Path) -> Result<Self, ArchiveError> {
        let db = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        db.busy_timeout(PATIENCE)?;
        let found: i64 = db.pragma_query_value(None, "user_version", |row| row.get(0))?;
        let found = usize::try_from(found).unwrap_or(0);
        let known = MIGRATIONS.len();
        match found.cmp(&known) {
            Ordering::Equal => Ok(Self { db }),
            Ordering::Less => Err(ArchiveError::Older { found, known }),
            Ordering::Greater => Err(ArchiveError::Newer { found, known }),
        }
    }

    /// What stops a question that takes too long, from another thread.
    pub fn stopper(&self) -> InterruptHandle {
        self.db.get_interrupt_handle()
    }

    fn with(mut db: Connection) -> Result<Self, ArchiveError> {
        db.busy_timeout(PATIENCE)?;
        db.pragma_update(None, "journal_mode", "WAL")?;
        db.pragma_update(None, "synchronous", "NORMAL")?;
        db.pragma_update(None, "foreign_keys", true)?;
        migrate(&mut db)?;
        Ok(Self { db })
    }
}

/// Brings the tables to the version of this program, all in one transaction, so that two programs that begin at once do not both.
fn migrate(db: &mut Connection) -> Result<(), ArchiveError> {
    let write = db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    let found: usize =
        write.pragma_query_value(None, "user_version", |row| row.get::<_, i64>(0))?.try_into().unwrap_or(0);
    if found > MIGRATIONS.len() {
        return Err(ArchiveError::Newer { found, known: MIGRATIONS.len() });
    }
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    write.create_scalar_function("dated", 2, flags, |call| {
        let (words, day) = (call.get::<Vec<u8>>(0)?, call.get::<String>(1)?);
        Ok(known::dated(&words, &day).to_vec())
    })?;
    for statements in &MIGRATIONS[found..] {
        write.execute_batch(statements)?;
    }
    write.pragma_update(None, "user_version", MIGRATIONS.len() as i64)?;
    Ok(write.commit()?)
}

#[cfg(test)]
mod tests;
