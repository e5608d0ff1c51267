//! Counts: events over time, the states and actors that most is told of, and where events were.

use rusqlite::{Row, ToSql, params};
use schemars::JsonSchema;
use serde::Serialize;

use super::filter::{Filter, NAMES, Where};
use crate::counted::condition;
use crate::{Archive, ArchiveError};

/// By what events are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Days.
    Day,
    /// Calendar months.
    Month,
    /// Calendar years.
    Year,
}

impl Step {
    /// Characters of an ISO day that name the stretch.
    fn width(self) -> u8 {
        match self {
            Self::Day => 10,
            Self::Month => 7,
            Self::Year => 4,
        }
    }
}

/// Events of a stretch of time.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct Bucket {
    /// The stretch: `2019`, `2019-01` or `2019-01-04`.
    pub when: String,
    /// How many of each quad class, from 1 to 4.
    pub quads: [i64; 4],
    /// Mean PLOVER score, -10 to 10.
    pub score: f64,
}

impl Bucket {
    /// How many events.
    pub fn events(&self) -> i64 {
        self.quads.iter().sum()
    }
}

/// Two states and how much is told of them.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct PairLine {
    /// The two, by ISO 3166-1 alpha-3, in the order of the alphabet.
    pub states: (String, String),
    /// How many events that count both take part in.
    pub events: i64,
    /// Mean PLOVER score, -10 to 10.
    pub score: f64,
}

/// A party and how much is told of it.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ActorLine {
    /// Its name.
    pub name: String,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// PLOVER sectors, blanks between.
    pub sectors: String,
    /// In how many events it takes part.
    pub events: i64,
}

/// An event on the map.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Located {
    /// Its number in the archive.
    pub id: i64,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// The place's name.
    pub place: String,
    /// PLOVER type.
    #[serde(rename = "type")]
    pub kind: String,
    /// Quad class.
    pub quad: i64,
    /// First day, ISO 8601.
    pub from: Option<String>,
}

/// An archive at a glance.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct Summary {
    /// How many stories.
    pub stories: i64,
    /// How many publications of them.
    pub carriers: i64,
    /// How many events.
    pub events: i64,
    /// First and last day of publication, ISO 8601.
    pub published: Option<(String, String)>,
    /// Events that count and are no history, by month.
    pub months: Vec<Bucket>,
    /// The pairs of states that most is told of.
    pub pairs: Vec<PairLine>,
    /// The parties that most is told of.
    pub actors: Vec<ActorLine>,
    /// How many events of each type, the most first.
    pub types: Vec<(String, i64)>,
}

/// From what events are counted. Of two states alone it is the table of pairs, which has all that is counted; of a name a bounded number of
/// its events.
fn counted(filter: &Filter) -> (String, Where) {
    let alone = Filter {
        between: filter.between.clone(),
        since: filter.since.clone(),
        until: filter.until.clone(),
        no_historic: filter.no_historic,
        ..Filter::default()
    };
    let mut states = filter.between.clone();
    states.sort();
    states.dedup();
    if let ([one, other], true) = (&states[..], alone == *filter) {
        let mut asked = Where::default().rest(filter);
        asked.add("e.one = ?", one.clone());
        asked.add("e.other = ?", other.clone());
        asked.conditions.push("e.from_day <> '' AND e.counted".to_owned());
        return ("pairs".to_owned(), asked);
    }
    let mut asked = Where::of(&Filter { named: None, ..filter.clone() });
    if let Some(name) = &filter.named {
        let latest =
            "SELECT event FROM parties WHERE name = ? ORDER BY from_day DESC, to_day DESC, event DESC LIMIT 5000";
        asked.add(&format!("e.id IN ({latest})"), name.clone());
    }
    // The plus keeps SQLite from going through all days where events are known by their numbers.
    asked.conditions.push("+e.from_day IS NOT NULL".to_owned());
    if filter.status.is_none() {
        asked.conditions.push(condition("e"));
    }
    ("events".to_owned(), asked)
}

impl Archive {
    /// A number that changes when another connection has changed the archive.
    pub fn changes(&self) -> Result<i64, ArchiveError> {
        Ok(self.db.pragma_query_value(None, "data_version", |row| row.get(0))?)
    }

    /// The archive at a glance; of two million events this takes seconds.
    pub fn summary(&self, most: usize) -> Result<Summary, ArchiveError> {
        let count = |table: &str| self.db.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0));
        let published = self.db.query_row("SELECT min(date), max(date) FROM stories", [], |row| {
            Ok(row.get::<_, Option<String>>(0)?.zip(row.get::<_, Option<String>>(1)?))
        })?;
        let types = self
            .db
            .prepare("SELECT type, count(*) FROM events GROUP BY type ORDER BY 2 DESC, 1")?
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_, _>>()?;
        Ok(Summary {
            stories: count("stories")?,
            carriers: count("carriers")?,
            events: count("events")?,
            published,
            months: self.series(&Filter { no_historic: true, ..Filter::default() }, Step::Month)?,
            pairs: self.pairs(most)?,
            actors: self.actors("", most)?,
            types,
        })
    }

    /// Events of a filter by stretches of time in which there are any: those that happened, are under way, or are promises, demands and threats;
    /// what is denied, failed, possible or hangs on a condition only where the filter asks for that status. Of a party by its name, its latest 5000.
    pub fn series(&self, filter: &Filter, step: Step) -> Result<Vec<Bucket>, ArchiveError> {
        let (from, asked) = counted(filter);
        let values: Vec<&dyn ToSql> = asked.values.iter().map(AsRef::as_ref).collect();
        let sql = format!(
            "SELECT substr(e.from_day, 1, {}), e.quad, count(*), sum(e.score) FROM {from} e {} GROUP BY 1, 2 ORDER BY 1, 2",
            step.width(),
            asked.clause()
        );
        let mut find = self.db.prepare_cached(&sql)?;
        let mut rows = find.query(&values[..])?;
        let mut out: Vec<Bucket> = Vec::new();
        while let Some(row) = rows.next()? {
            let (when, quad, events, score): (String, usize, i64, f64) =
                (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
            if out.last().is_none_or(|last| last.when != when) {
                out.push(Bucket { when, ..Bucket::default() });
            }
            if let Some(last) = out.last_mut() {
                last.quads[quad.clamp(1, 4) - 1] += events;
                last.score += score;
            }
        }
        for bucket in &mut out {
            bucket.score /= bucket.events().max(1) as f64;
        }
        Ok(out)
    }

    /// The pairs of states that most events are of.
    fn pairs(&self, most: usize) -> Result<Vec<PairLine>, ArchiveError> {
        let mut find = self.db.prepare(
            "SELECT one, other, count(*), avg(score) FROM pairs WHERE NOT historic AND counted GROUP BY one, other ORDER BY 3 DESC, 1, 2 LIMIT ?1",
        )?;
        let pair =
            |row: &Row| Ok(PairLine { states: (row.get(0)?, row.get(1)?), events: row.get(2)?, score: row.get(3)? });
        Ok(find.query_map(params![most as i64], pair)?.collect::<Result<_, _>>()?)
    }

    /// The parties that most is told of, whose names have some words in them.
    pub fn actors(&self, like: &str, most: usize) -> Result<Vec<ActorLine>, ArchiveError> {
        let mut find = self.db.prepare_cached(&format!(
            "SELECT n.name, (SELECT count(DISTINCT event) FROM parties p WHERE p.name = n.name) FROM ({NAMES}) n
             WHERE ?1 = '' OR n.name LIKE '%' || ?1 || '%' ORDER BY 2 DESC, 1 LIMIT ?2"
        ))?;
        let found: Vec<(String, i64)> = find
            .query_map(params![like, most as i64], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_, _>>()?;
        let line = |(name, events): (String, i64)| {
            let (country, sectors) = self.last_known(&name)?;
            Ok(ActorLine { name, country, sectors, events })
        };
        found.into_iter().map(line).collect()
    }

    /// Country and sectors of a party in the latest event that it takes part in.
    fn last_known(&self, name: &str) -> rusqlite::Result<(Option<String>, String)> {
        let mut find = self.db.prepare_cached(
            "SELECT country, sectors FROM parties WHERE name = ?1 ORDER BY from_day DESC, to_day DESC, event DESC LIMIT 1",
        )?;
        find.query_row(params![name], |row| Ok((row.get(0)?, row.get(1)?)))
    }

    /// A party by its whole name.
    pub fn actor(&self, name: &str) -> Result<Option<ActorLine>, ArchiveError> {
        let mut count = self.db.prepare_cached("SELECT count(DISTINCT event) FROM parties WHERE name = ?1")?;
        let events: i64 = count.query_row(params![name], |row| row.get(0))?;
        if events == 0 {
            return Ok(None);
        }
        let (country, sectors) = self.last_known(name)?;
        Ok(Some(ActorLine { name: name.to_owned(), country, sectors, events }))
    }

    /// With whom a party has most to do, in its latest `among` events.
    pub fn counterparts(&self, name: &str, among: usize, most: usize) -> Result<Vec<ActorLine>, ArchiveError> {
        let mut find = self.db.prepare_cached(
            "SELECT q.name, q.country, q.sectors, count(DISTINCT q.event) FROM
                 (SELECT event FROM parties WHERE name = ?1 ORDER BY from_day DESC, to_day DESC, event DESC LIMIT ?2) p
             JOIN parties q ON q.event = p.event WHERE q.name <> ?1 GROUP BY q.name ORDER BY 4 DESC, 1 LIMIT ?3",
        )?;
        let line = |row: &Row| {
            Ok(ActorLine { name: row.get(0)?, country: row.get(1)?, sectors: row.get(2)?, events: row.get(3)? })
        };
        Ok(find.query_map(params![name, among as i64, most as i64], line)?.collect::<Result<_, _>>()?)
    }

    /// The latest `most` events of a filter that have a place.
    pub fn located(&self, filter: &Filter, most: usize) -> Result<Vec<Located>, ArchiveError> {
        let mut asked = Where::of(filter);
        asked.conditions.push("e.lat IS NOT NULL".to_owned());
        let values: Vec<&dyn ToSql> = asked.values.iter().map(AsRef::as_ref).collect();
        let sql = format!(
            "SELECT e.id, e.lat, e.lon, e.place, e.type, e.quad, e.from_day FROM events e {} ORDER BY e.from_day DESC, e.to_day DESC, e.lat DESC, e.lon DESC LIMIT {most}",
            asked.clause()
        );
        let mut find = self.db.prepare_cached(&sql)?;
        let located = |row: &Row| {
            Ok(Located {
                id: row.get(0)?,
                lat: row.get(1)?,
                lon: row.get(2)?,
                place: row.get(3)?,
                kind: row.get(4)?,
                quad: row.get(5)?,
                from: row.get(6)?,
            })
        };
        Ok(find.query_map(&values[..], located)?.collect::<Result<_, _>>()?)
    }
}
