//! Reading: events by who, what, when, where and the words of their stories.

use demarche::record::Record;
use rusqlite::{Row, ToSql, params};
use serde::Serialize;

use super::{Archive, ArchiveError};

/// Which events are asked for; what is left empty is not asked.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// States that must all take part, by ISO 3166-1 alpha-3.
    pub between: Vec<String>,
    /// A party: part of its name, its country's three letters or a sector.
    pub actor: Option<String>,
    /// PLOVER type.
    pub kind: Option<String>,
    /// Status.
    pub status: Option<String>,
    /// Not over before this day, ISO 8601.
    pub since: Option<String>,
    /// Not begun after this day, ISO 8601.
    pub until: Option<String>,
    /// Part of the place's name, or its country's three letters.
    pub place: Option<String>,
    /// Words of the story, in the syntax of FTS5.
    pub text: Option<String>,
    /// Leaves out what stories look back on.
    pub no_historic: bool,
    /// Of what several stories tell of, only the telling that came first.
    pub linked: bool,
}

/// Who takes part in an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StoredParty {
    /// The fullest name known.
    pub name: String,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// PLOVER sectors, blanks between.
    pub sectors: String,
}

/// An event of the archive.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StoredEvent {
    /// Its number in the archive.
    pub id: i64,
    /// The story's identifier.
    pub story: String,
    /// Its number within the story: `e1`.
    pub number: String,
    /// First day, ISO 8601.
    pub from: Option<String>,
    /// Last day.
    pub to: Option<String>,
    /// The story looks back on it.
    pub historic: bool,
    /// PLOVER type.
    #[serde(rename = "type")]
    pub kind: String,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// CAMEO code.
    pub cameo: String,
    /// Quad class.
    pub quad: i64,
    /// PLOVER score.
    pub score: f64,
    /// Whether it is so.
    pub status: String,
    /// Who does it.
    pub actors: Vec<StoredParty>,
    /// To whom.
    pub recipients: Vec<StoredParty>,
    /// Where.
    pub place: Option<String>,
    /// ISO 3166-1 alpha-3 of the place.
    pub country: Option<String>,
    /// How sure, 0 to 1.
    pub confidence: f64,
    /// The clause it was coded from.
    pub quotation: String,
    /// What it tells of: the least number of the events that tell of the same.
    pub occurrence: i64,
    /// How many stories tell of it.
    pub stories: i64,
    /// How many sources of their own: agencies, else publishers, else stories.
    pub sources: i64,
}

/// Another event that tells of the same.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StoredLink {
    /// The two events, by number.
    pub between: (i64, i64),
    /// How alike they are, 0 to 1.
    pub likeness: f64,
    /// What the link rests on.
    pub why: String,
}

/// A place where a story was published.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Carrier {
    /// Its identifier there.
    pub name: String,
    /// Its address.
    pub url: Option<String>,
    /// Its headline there.
    pub title: Option<String>,
    /// Day of publication there, ISO 8601.
    pub date: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// How much of the shorter text is in the other, 0 to 1.
    pub likeness: f64,
}

/// A story of the archive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StoredStory {
    /// Its identifier.
    pub name: String,
    /// Day of publication, ISO 8601.
    pub date: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Its address, without what does not tell stories apart.
    pub url: Option<String>,
    /// How many events it tells of.
    pub events: i64,
    /// In how many places it was published.
    pub carriers: i64,
}

const PARTY: &str = "EXISTS (SELECT 1 FROM parties p WHERE p.event = e.id AND ";

/// Conditions with the values that they ask for.
#[derive(Default)]
struct Where {
    conditions: Vec<String>,
    values: Vec<Box<dyn ToSql>>,
}

impl Where {
    /// Adds a condition, in which `?` stands for the value.
    fn add(&mut self, condition: &str, value: impl ToSql + 'static) {
        self.values.push(Box::new(value));
        self.conditions.push(condition.replace('?', &format!("?{}", self.values.len())));
    }

    fn of(filter: &Filter) -> Self {
        let mut out = Self::default();
        if let Some((first, others)) = filter.between.split_first() {
            out.between(filter, first, others);
        }
        if let Some(actor) = &filter.actor {
            let whole =
                "p.country = ? OR ' ' || p.sectors || ' ' LIKE '% ' || ? || ' %' OR p.name LIKE '%' || ? || '%'";
            out.add(&format!("{PARTY} ({whole}))"), actor.clone());
        }
        if let Some(kind) = &filter.kind {
            out.add("e.type = ?", kind.to_uppercase());
        }
        if let Some(status) = &filter.status {
            out.add("e.status = ?", status.clone());
        }
        if let Some(since) = &filter.since {
            out.add("e.to_day >= ?", since.clone());
        }
        if let Some(until) = &filter.until {
            out.add("e.from_day <= ?", until.clone());
        }
        if let Some(place) = &filter.place {
            out.add("(e.country = ? OR e.place LIKE '%' || ? || '%')", place.clone());
        }
        if let Some(text) = &filter.text {
            out.add("e.story IN (SELECT rowid FROM texts WHERE texts MATCH ?)", text.clone());
        }
        if filter.no_historic {
            out.conditions.push("NOT e.historic".to_owned());
        }
        if filter.linked {
            out.conditions.push("e.id = e.occurrence".to_owned());
        }
        out
    }

    /// States that all take part: a range of days of the first one's index, each event then asked for the others.
    fn between(&mut self, filter: &Filter, first: &str, others: &[String]) {
        let mut values = |value: String| {
            self.values.push(Box::new(value));
            format!("?{}", self.values.len())
        };
        let mut inner = format!("SELECT p.event FROM parties p WHERE p.country = {}", values(first.to_owned()));
        if let Some(until) = &filter.until {
            inner += &format!(" AND p.from_day <= {}", values(until.clone()));
        }
        if let Some(since) = &filter.since {
            inner += &format!(" AND p.to_day >= {}", values(since.clone()));
        }
        for code in others {
            inner += &format!(
                " AND EXISTS (SELECT 1 FROM parties q WHERE q.event = p.event AND q.country = {})",
                values(code.clone())
            );
        }
        self.conditions.push(format!("e.id IN ({inner})"));
    }

    fn clause(&self) -> String {
        if self.conditions.is_empty() { String::new() } else { format!("WHERE {}", self.conditions.join(" AND ")) }
    }
}

const EVENT: &str = "SELECT e.id, s.name, e.number, e.from_day, e.to_day, e.historic, e.type, e.mode, e.cameo, e.quad, e.score, e.status,
     e.place, e.country, e.confidence, e.quotation, e.occurrence, e.story FROM events e JOIN stories s ON s.id = e.story";

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
            let found = event(row).and_then(|event| Ok((event, row.get(17)?))).map_err(ArchiveError::from)?;
            take(self.with_parties(found.0)?, found.1)?;
        }
        Ok(())
    }

    /// The event of a number.
    pub fn event(&self, id: i64) -> Result<Option<StoredEvent>, ArchiveError> {
        let mut find = self.db.prepare(&format!("{EVENT} WHERE e.id = ?1"))?;
        let found = find.query_map(params![id], event)?.next().transpose()?;
        found.map(|event| self.with_parties(event)).transpose()
    }

    /// All stories, by day.
    pub fn stories(&self) -> Result<Vec<StoredStory>, ArchiveError> {
        let mut find = self.db.prepare(
            "SELECT s.name, s.date, s.title, s.url, (SELECT count(*) FROM events e WHERE e.story = s.id),
             (SELECT count(*) FROM carriers c WHERE c.story = s.id) FROM stories s ORDER BY s.date, s.name",
        )?;
        let story = |row: &Row| {
            Ok(StoredStory {
                name: row.get(0)?,
                date: row.get(1)?,
                title: row.get(2)?,
                url: row.get(3)?,
                events: row.get(4)?,
                carriers: row.get(5)?,
            })
        };
        Ok(find.query_map([], story)?.collect::<Result<_, _>>()?)
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
        let found = find.query_map(params![occurrence], event)?.collect::<Result<Vec<_>, _>>()?;
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
        let mut find = self.db.prepare(
            "SELECT c.name, c.url, c.title, c.date, c.publisher, c.likeness FROM carriers c JOIN stories s ON s.id = c.story WHERE s.name = ?1 ORDER BY c.id",
        )?;
        let carrier = |row: &Row| {
            Ok(Carrier {
                name: row.get(0)?,
                url: row.get(1)?,
                title: row.get(2)?,
                date: row.get(3)?,
                publisher: row.get(4)?,
                likeness: row.get(5)?,
            })
        };
        Ok(find.query_map(params![story], carrier)?.collect::<Result<_, _>>()?)
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
            asked.add(
                "s.id IN (SELECT e.story FROM parties p JOIN events e ON e.id = p.event WHERE p.country = ?)",
                state.clone(),
            );
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

fn event(row: &Row) -> rusqlite::Result<StoredEvent> {
    Ok(StoredEvent {
        id: row.get(0)?,
        story: row.get(1)?,
        number: row.get(2)?,
        from: row.get(3)?,
        to: row.get(4)?,
        historic: row.get(5)?,
        kind: row.get(6)?,
        mode: row.get(7)?,
        cameo: row.get(8)?,
        quad: row.get(9)?,
        score: row.get(10)?,
        status: row.get(11)?,
        actors: Vec::new(),
        recipients: Vec::new(),
        place: row.get(12)?,
        country: row.get(13)?,
        confidence: row.get(14)?,
        quotation: row.get(15)?,
        occurrence: row.get(16)?,
        stories: 1,
        sources: 1,
    })
}
