//! Between whom a negotiation is, and whose side somebody is on.

use std::collections::HashMap;

use super::Party;
use super::cite::Stories;
use crate::record::{ArgumentRecord, EntityRecord, Record};

/// Sectors that speak for a state.
const OFFICIAL: [&str; 3] = ["GOV", "MIL", "LEG"];

/// The parties of a dossier, by code.
pub(super) struct Between {
    codes: Vec<String>,
}

/// The Soviet Union is Russia's side.
fn successor(country: &str) -> &str {
    if country == "SUN" { "RUS" } else { country }
}

impl Between {
    /// The given parties, else the two that share most events, meetings and positions.
    pub fn of(records: &[Record], given: &[String]) -> Self {
        if given.len() > 1 {
            return Self { codes: given.iter().map(|code| code.to_uppercase()).collect() };
        }
        let mut pairs: HashMap<(String, String), usize> = HashMap::new();
        for record in records {
            for group in groups(record) {
                let pair = |a: &String, b: &String| if a < b { (a.clone(), b.clone()) } else { (b.clone(), a.clone()) };
                for (i, a) in group.iter().enumerate() {
                    for b in &group[i + 1..] {
                        *pairs.entry(pair(a, b)).or_insert(0) += 1;
                    }
                }
            }
        }
        let wanted = |pair: &(String, String)| given.iter().all(|code| pair.0 == *code || pair.1 == *code);
        let best = pairs.into_iter().filter(|(pair, _)| wanted(pair)).max_by(|a, b| (a.1, &b.0).cmp(&(b.1, &a.0)));
        Self { codes: best.map_or_else(|| given.to_vec(), |((a, b), _)| vec![a, b]) }
    }

    pub fn codes(&self) -> &[String] {
        &self.codes
    }

    /// Whether a story names every party.
    pub fn concerns(&self, record: &Record) -> bool {
        let names =
            |code: &String| record.entities.iter().any(|e| e.country.as_deref().is_some_and(|c| successor(c) == code));
        self.codes.iter().all(names)
    }

    /// The party of a country, where it is one.
    pub fn party(&self, country: Option<&str>) -> Option<&str> {
        let country = successor(country?);
        self.codes.iter().find(|code| *code == country).map(String::as_str)
    }

    /// Whether some arguments are of one party at least.
    pub fn any(&self, arguments: &[ArgumentRecord]) -> bool {
        arguments.iter().any(|a| self.party(a.country.as_deref()).is_some())
    }

    /// Whether arguments and others are of two different parties.
    pub fn both<'a>(&self, countries: impl Iterator<Item = Option<&'a str>>) -> bool {
        let mut seen: Vec<&str> = countries.filter_map(|country| self.party(country)).collect();
        seen.sort_unstable();
        seen.dedup();
        seen.len() > 1
    }
}

/// The states that share an event, a meeting or a position, as groups.
fn groups(record: &Record) -> Vec<Vec<String>> {
    let distinct = |countries: Vec<&str>| {
        let mut out: Vec<String> = countries.into_iter().map(|c| successor(c).to_owned()).collect();
        out.sort();
        out.dedup();
        out
    };
    let events = record
        .events
        .iter()
        .map(|e| e.actors.iter().chain(&e.recipients).filter_map(|a| a.country.as_deref()).collect());
    let meetings = record.meetings.iter().map(|m| m.parties.iter().filter_map(|p| p.country.as_deref()).collect());
    let documents = record.instruments.iter().map(|i| i.parties.iter().map(|p| &**p).collect());
    events.chain(meetings).chain(documents).map(distinct).collect()
}

/// Whether somebody speaks for a state: the state itself, or one of its government or army.
pub(super) fn is_official(entity: &EntityRecord) -> bool {
    entity.kind == "state" || entity.sectors.iter().any(|sector| OFFICIAL.contains(&&**sector))
}

/// On which side an entity is: its state's where it speaks for it, else its own.
pub(super) fn side(entity: &EntityRecord) -> String {
    match entity.country.as_deref() {
        Some(country) if is_official(entity) => successor(country).to_owned(),
        _ => entity.name.clone(),
    }
}

/// The parties with those who act for them.
pub(super) fn parties(stories: &Stories, between: &Between) -> Vec<Party> {
    let of = |code: &String| {
        let mut named: Vec<(String, usize)> = Vec::new();
        let records = stories.told.iter().flat_map(|told| &told.record.entities);
        for entity in records
            .filter(|e| e.kind == "person" && is_official(e) && between.party(e.country.as_deref()) == Some(code))
        {
            let name = entity
                .office
                .as_ref()
                .map_or_else(|| entity.name.clone(), |office| format!("{}, {office}", entity.name));
            match named.iter_mut().find(|(other, _)| *other == name) {
                Some((_, count)) => *count += entity.mentions.len(),
                None => named.push((name, entity.mentions.len())),
            }
        }
        named.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        Party { code: code.clone(), people: named.into_iter().map(|(name, _)| name).collect() }
    };
    between.codes().iter().map(of).collect()
}
