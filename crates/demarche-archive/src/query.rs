//! Reading: events by who, what, when, where and the words of their stories.

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
}

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
        const PARTY: &str = "EXISTS (SELECT 1 FROM parties p WHERE p.event = e.id AND ";
        for code in &filter.between {
            out.add(&format!("{PARTY} p.country = ?)"), code.clone());
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
        out
    }

    fn clause(&self) -> String {
        if self.conditions.is_empty() { String::new() } else { format!("WHERE {}", self.conditions.join(" AND ")) }
    }
}

const EVENT: &str = "SELECT e.id, s.name, e.number, e.from_day, e.to_day, e.historic, e.type, e.mode, e.cameo, e.quad, e.score, e.status,
     e.place, e.country, e.confidence, e.quotation FROM events e JOIN stories s ON s.id = e.story";

impl Archive {
    /// The events that a filter asks for, by day, story and place in it.
    pub fn events(&self, filter: &Filter) -> Result<Vec<StoredEvent>, ArchiveError> {
        let asked = Where::of(filter);
        let order = "ORDER BY e.from_day, e.to_day, s.date, s.name, e.id";
        let mut find = self.db.prepare(&format!("{EVENT} {} {order}", asked.clause()))?;
        let values: Vec<&dyn ToSql> = asked.values.iter().map(AsRef::as_ref).collect();
        let found = find.query_map(&values[..], event)?.collect::<Result<Vec<_>, _>>()?;
        found.into_iter().map(|event| self.with_parties(event)).collect()
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
            "SELECT s.name, s.date, s.title, s.url, (SELECT count(*) FROM events e WHERE e.story = s.id) FROM stories s ORDER BY s.date, s.name",
        )?;
        let story = |row: &Row| {
            Ok(StoredStory {
                name: row.get(0)?,
                date: row.get(1)?,
                title: row.get(2)?,
                url: row.get(3)?,
                events: row.get(4)?,
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
        Ok(event)
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
    })
}
