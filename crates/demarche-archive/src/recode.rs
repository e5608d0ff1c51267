//! Coding again what another program or other tables coded.

use demarche::Story;
use demarche::record::Record;
use demarche::story::Link;
use rusqlite::{OptionalExtension, TransactionBehavior, params};

use super::near::Signature;
use super::{Archive, ArchiveError, links, store};

/// A story to be coded again.
#[derive(Clone, Debug)]
pub struct Stale {
    /// Its number in the archive.
    pub id: i64,
    /// The story as it was taken in, but for what intake reads from its text.
    pub story: Story,
}

impl Archive {
    /// How many stories are not of an edition, and how many of these have no text to be coded again.
    pub fn stale(&self, edition: &str) -> Result<(usize, usize), ArchiveError> {
        let count = "SELECT count(*), count(*) - count(t.rowid) FROM stories s LEFT JOIN texts t ON t.rowid = s.id WHERE s.edition <> ?1";
        let found = self.db.query_row(count, params![edition], |row| {
            Ok((row.get::<_, i64>(0)? as usize, row.get::<_, i64>(1)? as usize))
        })?;
        Ok(found)
    }

    /// Up to `most` stories behind a number that are not of an edition and have their texts.
    pub fn to_recode(&self, edition: &str, behind: i64, most: usize) -> Result<Vec<Stale>, ArchiveError> {
        let mut find = self.db.prepare_cached(
            "SELECT s.id, s.record FROM stories s JOIN texts t ON t.rowid = s.id WHERE s.edition <> ?1 AND s.id > ?2 ORDER BY s.id LIMIT ?3",
        )?;
        let rows = find.query_map(params![edition, behind, most as i64], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?))
        })?;
        let mut out = Vec::new();
        for row in rows {
            let (id, record) = row?;
            out.push(Stale { id, story: story(&serde_json::from_str(&record)?) });
        }
        Ok(out)
    }

    /// Puts a new record in the old one's place; whether its events are others.
    pub fn replace(&mut self, stale: &[Stale], records: &[Record], edition: &str) -> Result<usize, ArchiveError> {
        let write = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut changed = 0;
        for (Stale { id, story }, record) in stale.iter().zip(records) {
            let before: Option<String> = write
                .query_row("SELECT record FROM stories WHERE id = ?1", params![id], |row| row.get(0))
                .optional()?;
            let Some(before) = before else { continue };
            let after = store::written(record, true)?;
            let events = |json: &str| -> Result<serde_json::Value, serde_json::Error> {
                Ok(serde_json::from_str::<serde_json::Value>(json)?["events"].take())
            };
            if events(&before)? != events(&after)? {
                links::part(&write, *id)?;
                store::events(&write, *id, record)?;
                changed += 1;
            }
            store::sign(&write, *id, Signature::of(story).as_ref())?;
            write.execute(
                "UPDATE stories SET record = ?1, edition = ?2, version = ?3 WHERE id = ?4",
                params![after, edition, env!("CARGO_PKG_VERSION"), id],
            )?;
        }
        write.commit()?;
        Ok(changed)
    }
}

/// The story that a record was made of.
pub(crate) fn story(record: &Record) -> Story {
    let of = &record.story;
    let mut story = Story::of(of.id.clone(), of.text.clone());
    story.title.clone_from(&of.title);
    story.date = of.date.as_ref().and_then(|day| day.parse().ok());
    story.agency.clone_from(&of.agency);
    story.publisher.clone_from(&of.publisher);
    story.byline.clone_from(&of.byline);
    story.url.clone_from(&of.url);
    story.related = record.links.iter().map(|l| Link { title: l.title.clone(), url: l.url.clone() }).collect();
    story
}
