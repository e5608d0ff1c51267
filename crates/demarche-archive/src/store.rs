//! Writing: what a story is known by, and its record with all its events in one go.

use demarche::Story;
use demarche::record::{ArgumentRecord, EventRecord, Record};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::{Archive, ArchiveError};

/// Parameters of addresses that name a way to a story and not the story.
const TRACKING: [&str; 6] = ["utm_", "fbclid", "gclid", "mc_cid", "mc_eid", "ref"];

/// What a story is known by.
struct Key {
    url: Option<String>,
    hash: [u8; 32],
}

impl Key {
    fn of(story: &Story) -> Self {
        // Blanks and line ends differ between copies of one text.
        let words: Vec<&str> = story.text.split_whitespace().collect();
        Self { url: story.url.as_deref().map(canonical), hash: Sha256::digest(words.join(" ")).into() }
    }
}

/// An address without what does not tell stories apart: scheme, `www.`, fragment, parameters of tracking, a slash at the end.
fn canonical(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let rest = rest.split('#').next().unwrap_or(rest);
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (host, path) = path.split_once('/').unwrap_or((path, ""));
    let host = host.to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    let kept: Vec<&str> =
        query.split('&').filter(|p| !p.is_empty() && !TRACKING.iter().any(|t| p.starts_with(t))).collect();
    let query = if kept.is_empty() { String::new() } else { format!("?{}", kept.join("&")) };
    format!("{host}/{}{query}", path.trim_end_matches('/'))
}

impl Archive {
    /// Whether a story is there already, by its address or its text.
    pub fn knows(&self, story: &Story) -> Result<bool, ArchiveError> {
        Ok(known(&self.db, &Key::of(story))?)
    }

    /// Adds stories with their records, those that are new, all or none of them; how many were new. With `texts` their text is kept and can be
    /// searched, else only the sentences of events are.
    pub fn add(&mut self, stories: &[(&Story, &Record)], texts: bool) -> Result<usize, ArchiveError> {
        let write = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut added = 0;
        for (story, record) in stories {
            let key = Key::of(story);
            // Another program may have been faster.
            if !known(&write, &key)? {
                insert(&write, &key, story, record, texts)?;
                added += 1;
            }
        }
        write.commit()?;
        Ok(added)
    }
}

fn known(db: &Connection, key: &Key) -> rusqlite::Result<bool> {
    let mut find = db.prepare_cached("SELECT 1 FROM stories WHERE hash = ?1 OR url = ?2")?;
    Ok(find.query_row(params![key.hash, key.url], |_| Ok(())).optional()?.is_some())
}

fn insert(write: &Transaction, key: &Key, story: &Story, record: &Record, texts: bool) -> Result<(), ArchiveError> {
    let mut json = serde_json::to_value(record)?;
    if !texts {
        withhold(&mut json);
    }
    let date = story.date.map(|day| day.to_string());
    write.execute(
        "INSERT INTO stories (name, url, hash, title, date, publisher, agency, version, record) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        params![story.id, key.url, key.hash, story.title, date, story.publisher, story.agency, env!("CARGO_PKG_VERSION"), json.to_string()],
    )?;
    let id = write.last_insert_rowid();
    if texts {
        write.execute(
            "INSERT INTO texts (rowid, title, body) VALUES (?1, ?2, ?3)",
            params![id, story.title, story.text],
        )?;
    }
    for event in &record.events {
        self::event(write, id, record, event)?;
    }
    Ok(())
}

/// Leaves a record's long stretches of text out, the body and what is quoted, wanted or offered in it. Where they stand is kept.
fn withhold(record: &mut Value) {
    record["story"]["text"] = "".into();
    let lists = [
        ("quotes", "/content/text"),
        ("positions", "/text"),
        ("positions", "/condition/text"),
        ("events", "/condition/text"),
    ];
    for (list, words) in lists {
        for item in record[list].as_array_mut().into_iter().flatten() {
            if let Some(words) = item.pointer_mut(words) {
                *words = "".into();
            }
        }
    }
}

fn event(write: &Transaction, story: i64, record: &Record, event: &EventRecord) -> rusqlite::Result<()> {
    let time = event.time.as_ref();
    let place = event.place.as_ref().map(|p| &p.place);
    let words: String =
        record.story.text.chars().skip(event.evidence.start).take(event.evidence.end - event.evidence.start).collect();
    let quotation = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut insert = write.prepare_cached(
        "INSERT INTO events (story, number, type, mode, cameo, quad, score, status, from_day, to_day, historic, place, country, quotation, confidence)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
    )?;
    insert.execute(params![
        story,
        event.id,
        event.kind,
        event.mode,
        event.cameo,
        event.quad,
        event.score,
        event.status,
        time.map(|t| &t.from),
        time.map(|t| &t.to),
        time.is_some_and(|t| t.historic),
        place.map(|p| &p.name),
        place.and_then(|p| p.country.as_deref()),
        quotation,
        event.confidence,
    ])?;
    let id = write.last_insert_rowid();
    for (role, arguments) in [("actor", &event.actors), ("recipient", &event.recipients)] {
        for (position, argument) in arguments.iter().enumerate() {
            party(write, id, role, position, argument)?;
        }
    }
    Ok(())
}

fn party(write: &Transaction, event: i64, role: &str, position: usize, of: &ArgumentRecord) -> rusqlite::Result<()> {
    let mut insert = write.prepare_cached(
        "INSERT INTO parties (event, role, position, name, country, sectors) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    insert.execute(params![event, role, position as i64, of.name, of.country, of.sectors.join(" ")])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::canonical;

    #[test]
    fn addresses_of_one_story_are_one() {
        let plain = canonical("https://example.org/world/talks");
        for url in [
            "http://www.example.org/world/talks/",
            "https://EXAMPLE.org/world/talks?utm_source=feed&utm_medium=rss",
            "https://example.org/world/talks#comments",
        ] {
            assert_eq!(canonical(url), plain);
        }
        assert_ne!(canonical("https://example.org/story?id=1"), canonical("https://example.org/story?id=2"));
    }
}
