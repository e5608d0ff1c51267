//! Reading: events by who, what, when, where and the words of their stories.

mod filter;
mod page;
mod stored;
mod summary;

use demarche::record::Record;
use rusqlite::{Row, ToSql, params};

use super::{Archive, ArchiveError};
use filter::Where;

pub use filter::Filter;
pub use page::{KeptStory, Page};
pub use stored::{Carrier, StoredEvent, StoredLink, StoredParty, StoredStory};
pub use summary::{ActorLine, Bucket, Located, PairLine, Step, Summary};

const EVENT: &str = "SELECT e.id, s.name, e.number, e.from_day, e.to_day, e.historic, e.type, e.mode, e.cameo, e.quad, e.score, e.status,
     e.place, e.country, e.confidence, e.quotation, e.occurrence, e.story FROM events e JOIN stories s ON s.id = e.story";

const STORY: &str = "SELECT s.id, s.name, s.date, s.title, s.url, (SELECT count(*) FROM events e WHERE e.story = s.id),
     (SELECT count(*) FROM carriers c WHERE c.story = s.id) FROM stories s";

/// How many stories tell of an occurrence, and how many sources of their own. Reprints are no stories of their own.
const TELLINGS: &str = "SELECT count(DISTINCT e.story), count(DISTINCT coalesce(s.agency, s.publisher, '#' || s.id))
     FROM events e JOIN stories s ON s.id = e.story WHERE e.occurrence = ?1";

impl Archive {
    /// The events that a filter asks for, by day, story and place in it.
    pub fn events(&self, filter: &Filter) -> Result<Vec<StoredEvent>, ArchiveError> {
        let mut out = Vec::new();
        self.each(filter, &mut |event| {
            out.push(event);
            Ok::<(), ArchiveError>(())
        })?;
        Ok(out)
    }

    /// Hands on the events that a filter asks for, one at a time, by day, story and place in it.
    pub fn each<E: From<ArchiveError>>(
        &self,
        filter: &Filter,
        take: &mut dyn FnMut(StoredEvent) -> Result<(), E>,
    ) -> Result<(), E> {
        self.ordered(filter, "e.from_day, e.to_day, s.date, s.name, e.id", &mut |event, _| take(event))
    }

    /// Hands on events in an order, each with its story's number.
    fn ordered<E: From<ArchiveError>>(
        &self,
        filter: &Filter,
        order: &str,
        take: &mut dyn FnMut(StoredEvent, i64) -> Result<(), E>,
    ) -> Result<(), E> {
        let asked = Where::of(filter);
        let values: Vec<&dyn ToSql> = asked.values.iter().map(AsRef::as_ref).collect();
        let sql = format!("{EVENT} {} ORDER BY {order}", asked.clause());
        let mut find = self.db.prepare(&sql).map_err(ArchiveError::from)?;
        let mut rows = find.query(&values[..]).map_err(ArchiveError::from)?;
        while let Some(row) = rows.next().map_err(ArchiveError::from)? {
            let found =
                StoredEvent::read(row).and_then(|event| Ok((event, row.get(17)?))).map_err(ArchiveError::from)?;
            take(self.with_parties(found.0)?, found.1)?;
        }
        Ok(())
    }

    /// The event of a number.
    pub fn event(&self, id: i64) -> Result<Option<StoredEvent>, ArchiveError> {
        let mut find = self.db.prepare(&format!("{EVENT} WHERE e.id = ?1"))?;
        let found = find.query_map(params![id], StoredEvent::read)?.next().transpose()?;
        found.map(|event| self.with_parties(event)).transpose()
    }

    /// All stories, by day.
    pub fn stories(&self) -> Result<Vec<StoredStory>, ArchiveError> {
        let mut find = self.db.prepare(&format!("{STORY} ORDER BY s.date, s.name"))?;
        Ok(find.query_map([], StoredStory::read)?.collect::<Result<_, _>>()?)
    }

    fn with_parties(&self, mut event: StoredEvent) -> Result<StoredEvent, ArchiveError> {
        let mut find = self.db.prepare_cached(
            "SELECT role, name, country, sectors FROM parties WHERE event = ?1 ORDER BY role, position",
        )?;
        let party = |row: &Row| {
            let party = StoredParty { name: row.get(1)?, country: row.get(2)?, sectors: row.get(3)? };
            Ok((row.get::<_, String>(0)?, party))
        };
        for found in find.query_map(params![event.id], party)? {
            let (role, party) = found?;
            if role == "actor" { event.actors.push(party) } else { event.recipients.push(party) }
        }
        let mut count = self.db.prepare_cached(TELLINGS)?;
        (event.stories, event.sources) =
            count.query_row(params![event.occurrence], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(event)
    }

    /// The events that tell of the same as one does, itself among them, and the links that join them.
    pub fn tellings(&self, occurrence: i64) -> Result<(Vec<StoredEvent>, Vec<StoredLink>), ArchiveError> {
        let mut find = self.db.prepare(&format!("{EVENT} WHERE e.occurrence = ?1 ORDER BY e.id"))?;
        let found = find.query_map(params![occurrence], StoredEvent::read)?.collect::<Result<Vec<_>, _>>()?;
        let events = found.into_iter().map(|event| self.with_parties(event)).collect::<Result<_, _>>()?;
        let mut find = self.db.prepare(
            "SELECT l.event, l.other, l.likeness, l.why FROM links l JOIN events e ON e.id = l.event WHERE e.occurrence = ?1 ORDER BY l.event, l.other",
        )?;
        let link =
            |row: &Row| Ok(StoredLink { between: (row.get(0)?, row.get(1)?), likeness: row.get(2)?, why: row.get(3)? });
        let links = find.query_map(params![occurrence], link)?.collect::<Result<_, _>>()?;
        Ok((events, links))
    }

    /// Where a story was published, by its identifier, the first place first.
    pub fn carriers(&self, story: &str) -> Result<Vec<Carrier>, ArchiveError> {
        self.carriers_where("(SELECT id FROM stories WHERE name = ?1)", &story)
    }

    /// Where a story was published, by its number in the archive.
    pub fn carriers_of(&self, story: i64) -> Result<Vec<Carrier>, ArchiveError> {
        self.carriers_where("(?1)", &story)
    }

    fn carriers_where(&self, stories: &str, value: &dyn ToSql) -> Result<Vec<Carrier>, ArchiveError> {
        let mut find = self.db.prepare_cached(&format!(
            "SELECT name, url, title, date, publisher, likeness FROM carriers WHERE story IN {stories} ORDER BY id"
        ))?;
        Ok(find.query_map([value], Carrier::read)?.collect::<Result<_, _>>()?)
    }

    /// Hands on the records of the stories that hold the events of a filter, by day, each with these events.
    pub fn records<E: From<ArchiveError>>(
        &self,
        filter: &Filter,
        take: &mut dyn FnMut(Record, Vec<StoredEvent>) -> Result<(), E>,
    ) -> Result<(), E> {
        let (mut story, mut events) = (None, Vec::new());
        self.ordered(filter, "s.date, s.id, e.id", &mut |event, of| -> Result<(), E> {
            if let Some(before) = story.replace(of).filter(|&before| before != of) {
                take(self.record(before)?, std::mem::take(&mut events))?;
            }
            events.push(event);
            Ok(())
        })?;
        story.map_or(Ok(()), |last| take(self.record(last)?, events))
    }

    /// The records of stories in whose events all of some states take part, of all stories where none are given; by day.
    pub fn about(&self, states: &[String], filter: &Filter) -> Result<Vec<Record>, ArchiveError> {
        let mut asked = Where::default();
        for state in states {
            asked.add("s.id IN (SELECT story FROM named WHERE country = ?)", state.clone());
        }
        if let Some(since) = &filter.since {
            asked.add("s.date >= ?", since.clone());
        }
        if let Some(until) = &filter.until {
            asked.add("s.date <= ?", until.clone());
        }
        let sql = format!("SELECT s.record FROM stories s {} ORDER BY s.date, s.id", asked.clause());
        let values: Vec<&dyn ToSql> = asked.values.iter().map(AsRef::as_ref).collect();
        let mut find = self.db.prepare(&sql)?;
        let mut rows = find.query(&values[..])?;
        let mut out = Vec::new();
        while let Some(row) = rows.next()? {
            out.push(serde_json::from_str(&row.get::<_, String>(0)?)?);
        }
        Ok(out)
    }

    /// The record of a story, by its number in the archive.
    fn record(&self, story: i64) -> Result<Record, ArchiveError> {
        let mut read = self.db.prepare_cached("SELECT record FROM stories WHERE id = ?1")?;
        let record: String = read.query_row(params![story], |row| row.get(0))?;
        Ok(serde_json::from_str(&record)?)
    }
}
