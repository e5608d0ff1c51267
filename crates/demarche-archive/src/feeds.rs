//! What need not be fetched again.

use demarche_sources::{Known, Validators};
use rusqlite::{OptionalExtension, params};

use super::known::canonical;
use super::{Archive, ArchiveError};

impl Known for Archive {
    /// What cannot be read is not known, and is fetched once more.
    fn validators(&self, feed: &str) -> Option<Validators> {
        let read = self.db.query_row("SELECT etag, modified FROM feeds WHERE url = ?1", params![feed], |row| {
            Ok(Validators { etag: row.get(0)?, modified: row.get(1)? })
        });
        read.optional().ok().flatten()
    }

    fn story(&self, url: &str) -> bool {
        let find = self.db.prepare_cached("SELECT 1 FROM carriers WHERE url = ?1");
        find.and_then(|mut find| find.exists(params![canonical(url)])).unwrap_or(false)
    }
}

impl Archive {
    /// Remembers the state of a feed whose stories are all kept.
    pub fn remember(&mut self, feed: &str, validators: &Validators) -> Result<(), ArchiveError> {
        self.db.execute(
            "INSERT INTO feeds (url, etag, modified) VALUES (?1, ?2, ?3)
             ON CONFLICT (url) DO UPDATE SET etag = excluded.etag, modified = excluded.modified",
            params![feed, validators.etag, validators.modified],
        )?;
        Ok(())
    }
}
