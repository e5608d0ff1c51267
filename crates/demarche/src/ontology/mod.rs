//! PLOVER and CAMEO: what kinds of events there are, and what each is worth.
//!
//! In: the tables read off the manual. Out: [`Ontology`], which gives the quad class, score and CAMEO code of a type and
//! mode. Never: a word of any text; which words mean which type is the lexicon's matter (`event/`).

mod kind;

use std::collections::{HashMap, HashSet};

pub use kind::{EventType, Quad};

use crate::own::Own;
use crate::table::{Rows, TableError};
use demarche_tables::Table;

/// The types, modes, contexts and sectors of PLOVER 2.0, with CAMEO's codes.
#[derive(Debug)]
pub struct Ontology {
    types: HashMap<EventType, TypeRow>,
    modes: HashMap<(EventType, &'static str), f32>,
    contexts: HashSet<&'static str>,
    sectors: HashSet<&'static str>,
    cameo: Vec<CameoRow>,
    own: Vec<OwnType>,
}

/// A type of the user's own: a PLOVER type, or one of its modes, under another name.
#[derive(Debug)]
pub struct OwnType {
    /// Its name.
    pub name: &'static str,
    /// The PLOVER type.
    pub base: EventType,
    /// The mode, where it is only that.
    pub mode: Option<&'static str>,
    /// Quad class.
    pub quad: u8,
    /// Score.
    pub score: f32,
    /// CAMEO code, where it is not PLOVER's.
    pub cameo: Option<&'static str>,
}

#[derive(Debug)]
struct TypeRow {
    score: f32,
    cameo: &'static str,
    roots: Vec<&'static str>,
}

#[derive(Debug)]
struct CameoRow {
    code: &'static str,
    kind: EventType,
    mode: &'static str,
    contexts: Vec<&'static str>,
}

fn rows(table: Table, columns: &[&str]) -> Result<Rows<'static>, TableError> {
    Rows::read(table.name, table.text, columns)
}

impl Ontology {
    /// Reads the shipped tables.
    pub fn shipped() -> Result<Self, TableError> {
        let mut types = HashMap::new();
        for row in rows(demarche_tables::TYPES, &["type", "quad", "score", "cameo", "roots"])?.iter() {
            let value =
                TypeRow { score: row.parse("score")?, cameo: row.get("cameo"), roots: row.list("roots").collect() };
            types.insert(row.parse("type")?, value);
        }
        let mut modes = HashMap::new();
        for row in rows(demarche_tables::MODES, &["type", "mode", "score"])?.iter() {
            modes.insert((row.parse("type")?, row.get("mode")), row.parse("score")?);
        }
        let mut cameo = Vec::new();
        for row in rows(demarche_tables::CAMEO, &["code", "type", "mode", "contexts"])?.iter() {
            if !row.get("type").is_empty() {
                let contexts = row.list("contexts").collect();
                cameo.push(CameoRow {
                    code: row.get("code"),
                    kind: row.parse("type")?,
                    mode: row.get("mode"),
                    contexts,
                });
            }
        }
        let contexts = rows(demarche_tables::CONTEXTS, &["context"])?.iter().map(|row| row.get("context")).collect();
        let sectors = rows(demarche_tables::SECTORS, &["sector"])?.iter().map(|row| row.get("sector")).collect();
        Ok(Self { types, modes, contexts, sectors, cameo, own: Vec::new() })
    }

    /// Whether `mode` is one of the type's.
    pub fn has_mode(&self, kind: EventType, mode: &str) -> bool {
        self.modes.keys().any(|(k, m)| *k == kind && *m == mode)
    }

    /// Takes the user's own types, each a PLOVER type, or one of its modes, under another name.
    pub(crate) fn extend(&mut self, own: &Own) -> Result<(), TableError> {
        for row in own.types.iter().flat_map(Rows::iter) {
            let base: EventType = row.parse("base")?;
            let mode = Some(row.get("mode")).filter(|mode| !mode.is_empty());
            if let Some(mode) = mode.filter(|mode| !self.has_mode(base, mode)) {
                return Err(row.error(format!("`{mode}` is no mode of {base}")));
            }
            let given = |column: &str| !row.get(column).is_empty();
            self.own.push(OwnType {
                name: row.get("name"),
                base,
                mode,
                quad: if given("quad") { row.parse("quad")? } else { base.quad().number() },
                score: if given("score") { row.parse("score")? } else { self.score(base, mode) },
                cameo: Some(row.get("cameo")).filter(|code| !code.is_empty()),
            });
        }
        Ok(())
    }

    /// What a CAMEO code is in PLOVER: type, mode and contexts, of the code itself or of the longest shorter one that has any.
    pub fn plover(&self, cameo: &str) -> Option<(EventType, Option<&'static str>, &[&'static str])> {
        let row = (2..=cameo.len()).rev().find_map(|n| self.cameo.iter().find(|row| Some(row.code) == cameo.get(..n)));
        if let Some(row) = row {
            return Some((row.kind, Some(row.mode).filter(|m| !m.is_empty()), &row.contexts));
        }
        let root = cameo.get(..2)?;
        let kind = self.types.iter().find(|(_, row)| row.cameo.starts_with(root)).map(|(kind, _)| *kind)?;
        Some((kind, None, &[]))
    }

    /// The user's type of this name.
    pub(crate) fn named(&self, name: &str) -> Option<&OwnType> {
        self.own.iter().find(|t| t.name == name)
    }

    /// The user's type that an event of this type and mode is.
    pub fn own_type(&self, kind: EventType, mode: Option<&str>) -> Option<&OwnType> {
        let of = |t: &&OwnType| t.base == kind && (t.mode.is_none() || t.mode == mode);
        self.own.iter().filter(of).max_by_key(|t| t.mode.is_some())
    }

    /// A type's mode of this name.
    pub fn mode(&self, kind: EventType, name: &str) -> Option<&'static str> {
        self.modes.keys().find(|(k, m)| *k == kind && *m == name).map(|(_, mode)| *mode)
    }

    /// Whether PLOVER has this context.
    pub fn has_context(&self, context: &str) -> bool {
        self.contexts.contains(context)
    }

    /// Whether PLOVER has this sector or international entity.
    pub fn has_sector(&self, sector: &str) -> bool {
        self.sectors.contains(sector)
    }

    /// PLOVER's score of a type and mode, -10 (conflict) to 10 (cooperation).
    pub fn score(&self, kind: EventType, mode: Option<&'static str>) -> f32 {
        let by_mode = mode.and_then(|mode| self.modes.get(&(kind, mode))).copied();
        by_mode.or_else(|| self.types.get(&kind).map(|row| row.score)).unwrap_or(0.0)
    }

    /// The CAMEO code that says most of what type, mode and contexts say: of those of the mode the one that adds the fewest
    /// contexts and shares the most; without a mode, one that adds none; else the type's own.
    pub fn cameo(&self, kind: EventType, mode: Option<&str>, contexts: &[&'static str]) -> &'static str {
        let Some(of_type) = self.types.get(&kind) else { return "" };
        let added = |row: &CameoRow| row.contexts.iter().filter(|c| !contexts.contains(c)).count();
        let fits = |row: &&CameoRow| {
            let own_root = of_type.roots.iter().any(|root| row.code.starts_with(root));
            row.kind == kind && own_root && row.mode == mode.unwrap_or("") && (mode.is_some() || added(row) == 0)
        };
        // Of equals the shorter code claims less.
        let rank = |row: &&CameoRow| (added(row), usize::MAX - row.contexts.len(), row.code.len(), row.code);
        match self.cameo.iter().filter(fits).min_by_key(rank) {
            Some(row) if mode.is_some() || !row.contexts.is_empty() => row.code,
            _ => of_type.cameo,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_whole() {
        let ontology = Ontology::shipped().unwrap();
        assert_eq!(ontology.types.len(), EventType::ALL.len());
        for row in rows(demarche_tables::TYPES, &["type", "quad"]).unwrap().iter() {
            let kind: EventType = row.parse("type").unwrap();
            assert_eq!(row.parse("quad"), Ok(kind.quad().number()));
        }
        assert!(ontology.has_context("territory") && ontology.has_sector("GOV") && !ontology.has_sector("ZZZ"));
    }

    #[test]
    fn scores_and_codes() {
        let ontology = Ontology::shipped().unwrap();
        assert_eq!(ontology.score(EventType::Consult, Some("visit")), 4.0);
        assert_eq!(ontology.score(EventType::Assault, None), -9.0);
        assert_eq!(ontology.cameo(EventType::Reject, None, &[]), "120");
        assert_eq!(ontology.cameo(EventType::Consult, Some("visit"), &[]), "042");
        assert_eq!(ontology.cameo(EventType::Agree, None, &["economic"]), "0311");
        assert_eq!(ontology.cameo(EventType::Coerce, Some("arrest"), &[]), "173");
        assert_eq!(ontology.cameo(EventType::Retreat, Some("ceasefire"), &[]), "0871");
    }
}
