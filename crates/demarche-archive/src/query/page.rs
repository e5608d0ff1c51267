//! Pages of events and stories, the latest first, each by a cursor that stays true while stories are added.

use demarche::Story;
use demarche::record::Record;
use rusqlite::{OptionalExtension, Row, ToSql, params};
use serde::Serialize;

use super::filter::{Filter, Where, takes_part, words};
use super::{EVENT, STORY, StoredEvent, StoredStory};
use crate::recode::story;
use crate::{Archive, ArchiveError};

/// A part of a list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Page<T> {
    /// What is on it.
    pub items: Vec<T>,
    /// Where the next one goes on; none on the last.
    pub next: Option<String>,
}

/// A story with all that is kept of it.
#[derive(Clone, Debug)]
pub struct KeptStory {
    /// Its number in the archive.
    pub id: i64,
    /// The story as it was coded.
    pub story: Story,
    /// What was coded.
    pub record: Record,
    /// By which program and tables.
    pub edition: String,
    /// Its events' numbers in the archive, by those in the record.
    pub events: Vec<(i64, String)>,
}

/// An event's place in the order: first day, last day, number.
fn cursor(text: &str) -> Option<(String, String, i64)> {
    let mut parts = text.split('.');
    let out = (parts.next()?.to_owned(), parts.next()?.to_owned(), parts.next()?.parse().ok()?);
    let day = |day: &str| day.len() <= 11 && day.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    (parts.next().is_none() && day(&out.0) && day(&out.1)).then_some(out)
}

impl Archive {
    /// Up to `most` events of a filter behind a cursor, the latest first; those without a day last.
    pub fn page(&self, filter: &Filter, after: Option<&str>, most: usize) -> Result<Page<StoredEvent>, ArchiveError> {
        let after = match after {
            None => None,
            Some(text) => Some(cursor(text).ok_or(ArchiveError::Cursor)?),
        };
        let mut found = Vec::new();
        if after.as_ref().is_none_or(|(from, ..)| !from.is_empty()) {
            found = self.dated(filter, after.as_ref(), most + 1)?;
        }
        if found.len() <= most {
            let before = after.filter(|(from, ..)| from.is_empty()).map_or(i64::MAX, |(.., id)| id);
            found.extend(self.undated(filter, before, most + 1 - found.len())?);
        }
        let more = found.len() > most;
        found.truncate(most);
        let key = |event: &StoredEvent| {
            format!("{}.{}.{}", event.from.as_deref().unwrap_or(""), event.to.as_deref().unwrap_or(""), event.id)
        };
        let next = found.last().filter(|_| more).map(key);
        let items = found.into_iter().map(|event| self.with_parties(event)).collect::<Result<_, _>>()?;
        Ok(Page { items, next })
    }

    /// Events with days. Where states or a name are asked for, their events are walked through by day until there are enough.
    fn dated(
        &self,
        filter: &Filter,
        after: Option<&(String, String, i64)>,
        most: usize,
    ) -> Result<Vec<StoredEvent>, ArchiveError> {
        let mut states = filter.between.clone();
        let mut asked = Where::default();
        match &filter.actor {
            Some(code) if code.len() == 3 && self.is_state(code)? => states.push(code.clone()),
            Some(actor) => asked.actor(actor),
            None => {}
        }
        states.sort();
        states.dedup();
        let mut asked = asked.rest(filter);
        let walked = match (&states[..], &filter.named) {
            ([one, other, ..], _) => {
                asked.add("d.one = ?", one.clone());
                asked.add("d.other = ?", other.clone());
                Some("pairs")
            }
            ([only], _) => {
                asked.add("d.country = ?", only.clone());
                Some("parties")
            }
            ([], Some(name)) => {
                asked.add("d.name = ?", name.clone());
                Some("parties")
            }
            ([], None) => None,
        };
        for other in states.iter().skip(2) {
            asked.add(&takes_part("e.id", "?"), other.clone());
        }
        if let (Some(name), [_, ..]) = (&filter.named, &states[..]) {
            asked.add("EXISTS (SELECT 1 FROM parties n WHERE n.event = e.id AND +n.name = ?)", name.clone());
        }
        let (mut from, mut by) = (EVENT.to_owned(), "e.from_day, e.to_day, e.id");
        if let Some(table) = walked {
            from = EVENT.replace("FROM events e", &format!("FROM {table} d CROSS JOIN events e ON e.id = d.event"));
            by = "d.from_day, d.to_day, d.event";
            if let Some(until) = &filter.until {
                asked.add("d.from_day <= ?", until.clone());
            }
        }
        asked.conditions.push("e.from_day IS NOT NULL".to_owned());
        if let Some((first, last, id)) = after {
            asked.behind(by, first, last, *id);
        }
        let order = by.split(", ").map(|column| format!("{column} DESC")).collect::<Vec<_>>().join(", ");
        let values: Vec<&dyn ToSql> = asked.values.iter().map(AsRef::as_ref).collect();
        let mut find = self.db.prepare_cached(&format!("{from} {} ORDER BY {order}", asked.clause()))?;
        let mut rows = find.query(&values[..])?;
        let mut out: Vec<StoredEvent> = Vec::new();
        while let Some(row) = rows.next()? {
            let event = StoredEvent::read(row)?;
            // An event in which a state takes part twice comes twice, one after the other.
            if out.last().is_none_or(|last| last.id != event.id) {
                out.push(event);
            }
            if out.len() == most {
                break;
            }
        }
        Ok(out)
    }

    fn undated(&self, filter: &Filter, before: i64, most: usize) -> Result<Vec<StoredEvent>, ArchiveError> {
        // A day was asked for.
        if filter.since.is_some() || filter.until.is_some() {
            return Ok(Vec::new());
        }
        let mut asked = Where::of(filter);
        asked.conditions.push("e.from_day IS NULL".to_owned());
        asked.add("e.id < ?", before);
        let values: Vec<&dyn ToSql> = asked.values.iter().map(AsRef::as_ref).collect();
        let mut find =
            self.db.prepare_cached(&format!("{EVENT} {} ORDER BY e.id DESC LIMIT {most}", asked.clause()))?;
        Ok(find.query_map(&values[..], StoredEvent::read)?.collect::<Result<_, _>>()?)
    }

    fn is_state(&self, code: &str) -> Result<bool, ArchiveError> {
        let mut find = self.db.prepare_cached("SELECT 1 FROM parties WHERE country = ?1 LIMIT 1")?;
        Ok(find.exists(params![code])?)
    }

    /// Up to `most` stories behind a cursor, the latest first; those with some words alone, in the syntax of FTS5.
    pub fn stories_page(
        &self,
        text: Option<&str>,
        after: Option<&str>,
        most: usize,
    ) -> Result<Page<StoredStory>, ArchiveError> {
        let mut asked = Where::default();
        if let Some(text) = text {
            asked.add("s.id IN (SELECT rowid FROM texts WHERE texts MATCH ?)", words(text));
        }
        if let Some(after) = after {
            let (day, id) = after.split_once('.').ok_or(ArchiveError::Cursor)?;
            let id: i64 = id.parse().map_err(|_| ArchiveError::Cursor)?;
            asked.before(day, id);
        }
        let values: Vec<&dyn ToSql> = asked.values.iter().map(AsRef::as_ref).collect();
        let sql = format!("{STORY} {} ORDER BY s.date DESC, s.id DESC LIMIT {}", asked.clause(), most + 1);
        let mut find = self.db.prepare_cached(&sql)?;
        let mut items: Vec<StoredStory> = find.query_map(&values[..], StoredStory::read)?.collect::<Result<_, _>>()?;
        let more = items.len() > most;
        items.truncate(most);
        let key = |story: &StoredStory| format!("{}.{}", story.date.as_deref().unwrap_or(""), story.id);
        let next = items.last().filter(|_| more).map(key);
        Ok(Page { items, next })
    }

    /// A story by its number.
    pub fn kept(&self, id: i64) -> Result<Option<KeptStory>, ArchiveError> {
        let mut read = self.db.prepare_cached("SELECT record, edition FROM stories WHERE id = ?1")?;
        let found = read.query_row(params![id], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)));
        let Some((record, edition)) = found.optional()? else { return Ok(None) };
        let record: Record = serde_json::from_str(&record)?;
        let mut find = self.db.prepare_cached("SELECT id, number FROM events WHERE story = ?1 ORDER BY id")?;
        let number = |row: &Row| Ok((row.get(0)?, row.get(1)?));
        let events = find.query_map(params![id], number)?.collect::<Result<_, _>>()?;
        Ok(Some(KeptStory { id, story: story(&record), record, edition, events }))
    }

    /// The number of a story in the archive, by its identifier; the first of that name.
    pub fn story_number(&self, name: &str) -> Result<Option<i64>, ArchiveError> {
        let mut find = self.db.prepare_cached("SELECT story FROM carriers WHERE name = ?1 ORDER BY id LIMIT 1")?;
        Ok(find.query_row(params![name], |row| row.get(0)).optional()?)
    }
}
