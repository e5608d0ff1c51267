//! Writing: each story once, with its record and all its events in one go; a copy of one that is there as another carrier of it.

use std::collections::{BTreeSet, HashMap};

use demarche::Story;
use demarche::record::{ArgumentRecord, EventRecord, Record};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use serde_json::Value;

use super::counted::counts;
use super::known::Key;
use super::near::Signature;
use super::telling::quotation;
use super::{Archive, ArchiveError, Carrier, links};

/// How stories are kept.
#[derive(Clone, Debug)]
pub struct Keep {
    /// Their texts are kept and can be searched; else only the clauses of events are.
    pub texts: bool,
    /// By which program and tables they were coded.
    pub edition: String,
}

/// What became of stories.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Added {
    /// How many were new.
    pub new: usize,
    /// How many were copies of stories that are there, and now carry these.
    pub copies: usize,
    /// How many were there already.
    pub known: usize,
    /// Indices of those that are new but came without a record: code them and add them again.
    pub uncoded: Vec<usize>,
}

impl Added {
    /// Counts what became of more stories.
    pub fn count(&mut self, more: &Self) {
        self.new += more.new;
        self.copies += more.copies;
        self.known += more.known;
    }
}

impl Archive {
    /// Which of some stories have to be coded: neither there, nor copies of what is there or of an earlier one of them.
    pub fn sift(&self, stories: &[Story]) -> Result<Vec<bool>, ArchiveError> {
        let mut seen: HashMap<Vec<u8>, ()> = HashMap::new();
        let mut bands: HashMap<i64, Vec<usize>> = HashMap::new();
        let mut signatures: Vec<Option<Signature>> = Vec::with_capacity(stories.len());
        let mut out = Vec::with_capacity(stories.len());
        for story in stories {
            let key = Key::of(story);
            let url = key.url.as_ref().map(|url| url.as_bytes().to_vec());
            let here = seen.insert(key.hash.to_vec(), ()).is_some();
            let here = url.is_some_and(|url| seen.insert(url, ()).is_some()) || here;
            let signature = Signature::of(story);
            let mut coded = !here && standing(&self.db, &key, story.publisher.as_deref())? == Standing::New;
            if let Some(signature) = signature.as_ref().filter(|_| coded) {
                let like =
                    |&other: &usize| signatures[other].as_ref().is_some_and(|other| other.copy(signature).is_some());
                coded = !signature.bands().filter_map(|band| bands.get(&band)).flatten().any(like)
                    && near(&self.db, signature)?.is_none();
                if coded {
                    for band in signature.bands() {
                        bands.entry(band).or_default().push(out.len());
                    }
                }
            }
            signatures.push(signature);
            out.push(coded);
        }
        Ok(out)
    }

    /// Adds stories with their records, all or none of them. A story may come without a record where [`Archive::sift`] said that it needs none.
    pub fn add(&mut self, stories: &[(&Story, Option<&Record>)], keep: &Keep) -> Result<Added, ArchiveError> {
        let write = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut added = Added::default();
        for (index, (story, record)) in stories.iter().enumerate() {
            let key = Key::of(story);
            // Another program may have been faster.
            let signature = match standing(&write, &key, story.publisher.as_deref())? {
                Standing::Known => {
                    added.known += 1;
                    continue;
                }
                Standing::Copy(of) => {
                    carrier(&write, of, &key, story, 1.0)?;
                    added.copies += 1;
                    continue;
                }
                Standing::New => Signature::of(story),
            };
            if let Some((of, likeness)) = signature.as_ref().map_or(Ok(None), |s| near(&write, s))? {
                carrier(&write, of, &key, story, likeness)?;
                added.copies += 1;
            } else if let Some(record) = record {
                insert(&write, &key, signature.as_ref(), (story, record), keep)?;
                added.new += 1;
            } else {
                added.uncoded.push(index);
            }
        }
        write.commit()?;
        Ok(added)
    }
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    New,
    Known,
    /// The text is there to the letter, of another address or publisher.
    Copy(i64),
}

pub(crate) fn standing(db: &Connection, key: &Key, publisher: Option<&str>) -> rusqlite::Result<Standing> {
    if let Some(url) = &key.url {
        let mut find = db.prepare_cached("SELECT 1 FROM carriers WHERE url = ?1")?;
        if find.exists(params![url])? {
            return Ok(Standing::Known);
        }
    }
    let mut find = db.prepare_cached("SELECT story, url IS NULL AND publisher IS ?2 FROM carriers WHERE hash = ?1")?;
    let found: Vec<(i64, bool)> = find
        .query_map(params![key.hash, publisher], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    let Some((of, _)) = found.first() else { return Ok(Standing::New) };
    let same = key.url.is_none() && (publisher.is_none() || found.iter().any(|(_, same)| *same));
    Ok(if same { Standing::Known } else { Standing::Copy(*of) })
}

/// The story that a text is a copy of, and how much of the shorter one is in the other.
pub(crate) fn near(db: &Connection, signature: &Signature) -> rusqlite::Result<Option<(i64, f64)>> {
    let mut in_band = db.prepare_cached("SELECT story FROM bands WHERE band = ?1")?;
    let mut candidates: Vec<i64> = Vec::new();
    for band in signature.bands() {
        for story in in_band.query_map(params![band], |row| row.get(0))? {
            candidates.push(story?);
        }
    }
    candidates.sort_unstable();
    candidates.dedup();
    let mut read = db.prepare_cached("SELECT runs, least FROM signatures WHERE story = ?1")?;
    let mut best: Option<(i64, f64)> = None;
    for story in candidates {
        let other = read.query_row(params![story], |row| {
            Ok(Signature::read(row.get::<_, i64>(0)? as usize, &row.get::<_, Vec<u8>>(1)?))
        });
        if let Some(likeness) = other.optional()?.and_then(|other| other.copy(signature))
            && best.is_none_or(|(_, known)| likeness > known)
        {
            best = Some((story, likeness));
        }
    }
    Ok(best)
}

pub(crate) fn carrier(write: &Transaction, of: i64, key: &Key, story: &Story, likeness: f64) -> rusqlite::Result<()> {
    let there = Carrier {
        name: story.id.clone(),
        url: key.url.clone(),
        title: story.title.clone(),
        date: story.date.map(|day| day.to_string()),
        publisher: story.publisher.clone(),
        likeness,
    };
    carried(write, of, &key.hash, &there)
}

/// Notes where a story was published too.
pub(crate) fn carried(write: &Transaction, of: i64, hash: &[u8; 32], there: &Carrier) -> rusqlite::Result<()> {
    let mut insert = write.prepare_cached(
        "INSERT INTO carriers (story, name, url, hash, title, date, publisher, likeness) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?;
    let Carrier { name, url, title, date, publisher, likeness } = there;
    insert.execute(params![of, name, url, hash, title, date, publisher, likeness])?;
    Ok(())
}

/// Writes a new story with its events; its number.
pub(crate) fn insert(
    write: &Transaction,
    key: &Key,
    signature: Option<&Signature>,
    (story, record): (&Story, &Record),
    keep: &Keep,
) -> Result<i64, ArchiveError> {
    let date = story.date.map(|day| day.to_string());
    write
        .prepare_cached(
            "INSERT INTO stories (name, url, hash, title, date, publisher, agency, version, edition, record)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?
        .execute(params![
            story.id,
            key.url,
            key.hash,
            story.title,
            date,
            story.publisher,
            story.agency,
            env!("CARGO_PKG_VERSION"),
            keep.edition,
            written(record, keep.texts)?,
        ])?;
    let id = write.last_insert_rowid();
    carrier(write, id, key, story, 1.0)?;
    sign(write, id, signature)?;
    if keep.texts {
        write.prepare_cached("INSERT INTO texts (rowid, title, body) VALUES (?1, ?2, ?3)")?.execute(params![
            id,
            story.title,
            story.text
        ])?;
    }
    events(write, id, record)?;
    Ok(id)
}

/// Keeps what copies are found by.
pub(crate) fn sign(write: &Transaction, story: i64, signature: Option<&Signature>) -> rusqlite::Result<()> {
    let Some(signature) = signature else { return Ok(()) };
    write
        .prepare_cached("INSERT OR IGNORE INTO signatures (story, runs, least) VALUES (?1, ?2, ?3)")?
        .execute(params![story, signature.runs as i64, signature.bytes()])?;
    let mut insert = write.prepare_cached("INSERT OR IGNORE INTO bands (band, story) VALUES (?1, ?2)")?;
    for band in signature.bands() {
        insert.execute(params![band, story])?;
    }
    Ok(())
}

/// A record as it is kept.
pub(crate) fn written(record: &Record, texts: bool) -> Result<String, ArchiveError> {
    if texts {
        return Ok(serde_json::to_string(record)?);
    }
    let mut json = serde_json::to_value(record)?;
    withhold(&mut json);
    Ok(json.to_string())
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

/// The events of a story, each joined to those of other stories that tell of the same.
pub(crate) fn events(write: &Transaction, story: i64, record: &Record) -> Result<(), ArchiveError> {
    named(write, story, record)?;
    for event in &record.events {
        let id = self::event(write, story, record, event)?;
        links::join(write, id)?;
    }
    Ok(())
}

/// Keeps the states whose people a story names.
fn named(write: &Transaction, story: i64, record: &Record) -> rusqlite::Result<()> {
    write.prepare_cached("DELETE FROM named WHERE story = ?1")?.execute(params![story])?;
    let parties = record.events.iter().flat_map(|event| event.actors.iter().chain(&event.recipients));
    let of_parties = parties.filter_map(|party| party.country.as_deref());
    let states: BTreeSet<&str> =
        record.entities.iter().filter_map(|entity| entity.country.as_deref()).chain(of_parties).collect();
    let mut insert = write.prepare_cached("INSERT INTO named (country, story) VALUES (?1, ?2)")?;
    states.into_iter().try_for_each(|state| insert.execute(params![state, story]).map(|_| ()))
}

fn event(write: &Transaction, story: i64, record: &Record, event: &EventRecord) -> rusqlite::Result<i64> {
    let time = event.time.as_ref();
    let place = event.place.as_ref().map(|p| &p.place);
    let days = (time.map(|t| t.from.as_str()), time.map(|t| t.to.as_str()));
    let mut insert = write.prepare_cached(
        "INSERT INTO events (story, number, type, mode, cameo, quad, score, status, from_day, to_day, historic, place, country, quotation, confidence, lat, lon)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
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
        days.0,
        days.1,
        time.is_some_and(|t| t.historic),
        place.map(|p| &p.name),
        place.and_then(|p| p.country.as_deref()),
        quotation(record, event),
        event.confidence,
        place.map(|p| p.lat),
        place.map(|p| p.lon),
    ])?;
    let id = write.last_insert_rowid();
    pairs(write, id, event, days)?;
    for (role, arguments) in [("actor", &event.actors), ("recipient", &event.recipients)] {
        for (position, argument) in arguments.iter().enumerate() {
            party(write, id, (role, position), argument, days)?;
        }
    }
    Ok(id)
}

/// The states that take part, two by two.
fn pairs(
    write: &Transaction,
    id: i64,
    event: &EventRecord,
    days: (Option<&str>, Option<&str>),
) -> rusqlite::Result<()> {
    let parties = event.actors.iter().chain(&event.recipients);
    let states: BTreeSet<&str> = parties.filter_map(|party| party.country.as_deref()).collect();
    let historic = event.time.as_ref().is_some_and(|time| time.historic);
    let counted = counts(&event.status, i64::from(event.quad));
    let mut insert = write.prepare_cached(
        "INSERT INTO pairs (one, other, from_day, to_day, event, quad, score, historic, counted)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?;
    for (n, one) in states.iter().enumerate() {
        for other in states.iter().skip(n + 1) {
            let (from, to) = (days.0.unwrap_or(""), days.1.unwrap_or(""));
            insert.execute(params![one, other, from, to, id, event.quad, event.score, historic, counted])?;
        }
    }
    Ok(())
}

fn party(
    write: &Transaction,
    event: i64,
    (role, position): (&str, usize),
    of: &ArgumentRecord,
    days: (Option<&str>, Option<&str>),
) -> rusqlite::Result<()> {
    let mut insert = write.prepare_cached(
        "INSERT INTO parties (event, role, position, name, country, sectors, from_day, to_day) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?;
    insert.execute(params![event, role, position as i64, of.name, of.country, of.sectors.join(" "), days.0, days.1])?;
    Ok(())
}
