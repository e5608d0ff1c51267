//! Reading the tables of meetings, documents, stages, issues and stances.

use std::collections::{HashMap, HashSet};

use super::phrases::Phrases;
use super::{Side, Stage};
use crate::table::{Rows, TableError};

/// A document of the table of names.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub name: &'static str,
    pub kind: &'static str,
    pub year: Option<i16>,
    pub parties: Vec<&'static str>,
}

/// A noun that names a document.
#[derive(Clone, Debug)]
pub(super) struct Kind {
    pub kind: &'static str,
    /// Words of which one must stand before it; none for any.
    pub with: Vec<&'static str>,
}

/// The tables of `talks/`.
#[derive(Debug, Default)]
pub struct TalksTables {
    /// By lemma and part of speech; the rank of the kind and the kind.
    pub(super) meetings: HashMap<(&'static str, &'static str), (usize, &'static str)>,
    pub(super) kinds: HashMap<&'static str, Kind>,
    pub(super) stages: HashMap<(&'static str, &'static str), Stage>,
    /// By part of speech, then by lemma, with the relations of what it is about; none for any.
    pub(super) sides: HashMap<&'static str, HashMap<&'static str, (Side, Vec<&'static str>)>>,
    /// The issue and how strongly a phrase speaks of it.
    pub(super) issues: Phrases<(&'static str, u32)>,
    /// Nouns for what one side puts to another.
    pub(super) offers: HashSet<&'static str>,
    pub(super) known: Vec<Known>,
    /// Names of documents, by index in `known`.
    pub(super) names: Phrases<usize>,
}

impl TalksTables {
    /// Reads the shipped tables.
    pub fn shipped() -> Result<Self, TableError> {
        let mut out = Self::default();
        out.read_meetings()?;
        out.read_documents()?;
        out.read_stances()?;
        Ok(out)
    }

    fn read_meetings(&mut self) -> Result<(), TableError> {
        let table = demarche_tables::MEETINGS;
        for (rank, row) in Rows::read(table.name, table.text, &["lemma", "pos", "kind"])?.iter().enumerate() {
            self.meetings.insert((row.get("lemma"), row.get("pos")), (rank, row.get("kind")));
        }
        Ok(())
    }

    fn read_documents(&mut self) -> Result<(), TableError> {
        let table = demarche_tables::DOCUMENTS;
        for row in Rows::read(table.name, table.text, &["noun", "kind", "with"])?.iter() {
            self.kinds.insert(row.get("noun"), Kind { kind: row.get("kind"), with: row.list("with").collect() });
        }
        let table = demarche_tables::STAGES;
        for row in Rows::read(table.name, table.text, &["lemma", "pos", "stage"])?.iter() {
            let stage = Stage::of(row.get("stage"))
                .ok_or_else(|| row.error(format!("`{}` is no stage of a document", row.get("stage"))))?;
            self.stages.insert((row.get("lemma"), row.get("pos")), stage);
        }
        let table = demarche_tables::INSTRUMENTS_KNOWN;
        for row in Rows::read(table.name, table.text, &["name", "aliases", "kind", "year", "parties"])?.iter() {
            for name in row.list("aliases").chain([row.get("name")]) {
                self.names.add(name, self.known.len());
            }
            self.known.push(Known {
                name: row.get("name"),
                kind: row.get("kind"),
                year: Some(row.parse("year")?),
                parties: row.list("parties").collect(),
            });
        }
        Ok(())
    }

    fn read_stances(&mut self) -> Result<(), TableError> {
        let table = demarche_tables::ISSUES;
        for row in Rows::read(table.name, table.text, &["words", "issue", "strength"])?.iter() {
            self.issues.add(row.get("words"), (row.get("issue"), row.parse("strength")?));
        }
        self.offers.extend(crate::table::list(demarche_tables::OFFERS.text));
        let table = demarche_tables::STANCES;
        for row in Rows::read(table.name, table.text, &["lemma", "pos", "stance", "of"])?.iter() {
            let side = Side::of(row.get("stance"))
                .ok_or_else(|| row.error(format!("`{}` is no stance", row.get("stance"))))?;
            let about = (side, row.list("of").collect());
            self.sides.entry(row.get("pos")).or_default().insert(row.get("lemma"), about);
        }
        Ok(())
    }
}
