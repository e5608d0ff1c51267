//! The same event in many stories: events joined into occurrences, each link with what it rests on.
//!
//! An occurrence is what is connected by links; since a link does not depend on which of two events came first, neither do occurrences.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use super::ArchiveError;
use super::same::{APART, LONGEST, may_be_same, same};
use super::telling::{Telling, Who, day, number};

/// What may tell of the same: of the same type, in another story, begun on days near its own, with a party of a name or a country of its own.
const BEGUN: &str = "SELECT id, mode, status, from_day, to_day, place, country, quotation FROM events INDEXED BY events_by_type
     WHERE type = ?1 AND from_day BETWEEN ?2 AND ?3 AND story <> ?4 AND id IN (
         SELECT event FROM parties WHERE country IN (SELECT value FROM json_each(?5)) AND from_day BETWEEN ?2 AND ?3
         UNION ALL SELECT event FROM parties WHERE name IN (SELECT value FROM json_each(?6)) AND from_day BETWEEN ?2 AND ?3)";

/// And what is of several days and began before.
const GOING_ON: &str =
    "SELECT id, mode, status, from_day, to_day, place, country, quotation FROM events INDEXED BY events_of_days
     WHERE type = ?1 AND from_day <> to_day AND from_day < ?2 AND to_day BETWEEN ?2 AND ?3 AND story <> ?4";

/// Joins an event that was just added to those of other stories that tell of the same.
pub(crate) fn join(write: &Transaction, id: i64) -> Result<(), ArchiveError> {
    write.prepare_cached("UPDATE events SET occurrence = id WHERE id = ?1")?.execute(params![id])?;
    let mut read = write.prepare_cached(
        "SELECT id, mode, status, from_day, to_day, place, country, quotation, type, story FROM events WHERE id = ?1",
    )?;
    let found = read
        .query_row(params![id], |row| Ok((telling(row)?, row.get::<_, String>(8)?, row.get::<_, i64>(9)?)))
        .optional()?;
    let Some((Some((_, mut one)), kind, story)) = found else { return Ok(()) };
    with_parties(write, id, &mut one)?;
    for (other, telling) in candidates(write, &one, &kind, story)? {
        if let Some((likeness, why)) = same(&one, &telling) {
            write
                .prepare_cached("INSERT OR IGNORE INTO links (event, other, likeness, why) VALUES (?1, ?2, ?3, ?4)")?
                .execute(params![id, other, likeness, why])?;
            unite(write, id, other)?;
        }
    }
    Ok(())
}

fn candidates(
    write: &Transaction,
    one: &Telling,
    kind: &str,
    story: i64,
) -> Result<Vec<(i64, Telling)>, rusqlite::Error> {
    let (from, to) = one.days;
    let is_long = to - from >= LONGEST;
    // A long stretch is only ever joined to the same stretch, and what is of a month at most ends within a month behind it.
    let apart = if is_long { 0 } else { APART };
    let (first, last) = (day(from - apart), day(if is_long { from } else { to + apart }));
    let parties = one.actors.iter().chain(&one.recipients);
    let countries: BTreeSet<&str> = parties.clone().filter_map(|who| who.country.as_deref()).collect();
    let names: BTreeSet<&str> = parties.map(|who| who.name.as_str()).collect();
    let list = |of: &BTreeSet<&str>| serde_json::json!(of).to_string();
    let mut found: Vec<Option<(i64, Telling)>> = write
        .prepare_cached(BEGUN)?
        .query_map(params![kind, first, last, story, list(&countries), list(&names)], telling)?
        .collect::<Result<_, _>>()?;
    if !is_long {
        let last = day(to + APART + LONGEST);
        let mut find = write.prepare_cached(GOING_ON)?;
        let more = find.query_map(params![kind, first, last, story], telling)?;
        found.extend(more.collect::<Result<Vec<_>, _>>()?);
    }
    let mut out = Vec::new();
    for (id, mut other) in found.into_iter().flatten().filter(|(_, other)| may_be_same(one, other)) {
        with_parties(write, id, &mut other)?;
        out.push((id, other));
    }
    Ok(out)
}

/// An event as far as it is compared; none of one without days.
fn telling(row: &Row) -> rusqlite::Result<Option<(i64, Telling)>> {
    let days: (Option<String>, Option<String>) = (row.get(3)?, row.get(4)?);
    let (Some(from), Some(to)) = (days.0.as_deref().and_then(number), days.1.as_deref().and_then(number)) else {
        return Ok(None);
    };
    let telling = Telling {
        mode: row.get(1)?,
        status: row.get(2)?,
        days: (from, to),
        actors: Vec::new(),
        recipients: Vec::new(),
        place: row.get(5)?,
        country: row.get(6)?,
        quotation: row.get(7)?,
    };
    Ok(Some((row.get(0)?, telling)))
}

fn with_parties(db: &Connection, event: i64, telling: &mut Telling) -> rusqlite::Result<()> {
    let mut find =
        db.prepare_cached("SELECT role, name, country, sectors FROM parties WHERE event = ?1 ORDER BY role, position")?;
    let party = |row: &Row| {
        let who = Who { name: row.get(1)?, country: row.get(2)?, sectors: row.get(3)? };
        Ok((row.get::<_, String>(0)?, who))
    };
    for found in find.query_map(params![event], party)? {
        let (role, who) = found?;
        if role == "actor" { telling.actors.push(who) } else { telling.recipients.push(who) }
    }
    Ok(())
}

/// Makes two events' occurrences one, under the lesser number.
fn unite(write: &Transaction, a: i64, b: i64) -> rusqlite::Result<()> {
    let of = |id: i64| {
        write
            .prepare_cached("SELECT occurrence FROM events WHERE id = ?1")?
            .query_row(params![id], |row| row.get::<_, i64>(0))
    };
    let (a, b) = (of(a)?, of(b)?);
    if a != b {
        write
            .prepare_cached("UPDATE events SET occurrence = ?1 WHERE occurrence = ?2")?
            .execute(params![a.min(b), a.max(b)])?;
    }
    Ok(())
}

/// Takes a story's events away, and parts what only they held together.
pub(crate) fn part(write: &Transaction, story: i64) -> Result<(), ArchiveError> {
    let mut find = write.prepare(
        "SELECT id, occurrence FROM events WHERE occurrence IN (SELECT occurrence FROM events WHERE story = ?1) AND story <> ?1 ORDER BY id",
    )?;
    let left: Vec<(i64, i64)> =
        find.query_map(params![story], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
    write.execute("DELETE FROM events WHERE story = ?1", params![story])?;
    let mut root: BTreeMap<i64, i64> = left.iter().map(|&(id, _)| (id, id)).collect();
    for &(id, _) in &left {
        let mut links = write.prepare_cached("SELECT other FROM links WHERE event = ?1")?;
        let others: BTreeSet<i64> = links.query_map(params![id], |row| row.get(0))?.collect::<Result<_, _>>()?;
        for other in others {
            let (Some(&a), Some(&b)) = (root.get(&id), root.get(&other)) else { continue };
            root.values_mut().filter(|r| **r == a.max(b)).for_each(|r| *r = a.min(b));
        }
    }
    for (id, occurrence) in root {
        write.prepare_cached("UPDATE events SET occurrence = ?1 WHERE id = ?2")?.execute(params![occurrence, id])?;
    }
    Ok(())
}
