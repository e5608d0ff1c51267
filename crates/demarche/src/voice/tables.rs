//! Reading the tables of cues and of words that decide on a complement.

use std::collections::{HashMap, HashSet};

use super::status::Status;
use crate::table::{Rows, TableError};

/// How a source holds what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stance {
    /// Says it, no more.
    Neutral,
    /// Vouches for it.
    Positive,
    /// Denies it.
    Negative,
    /// Doubts it.
    Doubtful,
}

impl Stance {
    /// The record's name for it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Neutral => "neutral",
            Self::Positive => "positive",
            Self::Negative => "negative",
            Self::Doubtful => "doubtful",
        }
    }
}

/// A word that introduces what somebody said.
#[derive(Clone, Debug)]
pub(super) struct Cue {
    pub stance: Stance,
    pub complements: Vec<&'static str>,
}

/// What a word does to the truth of its complement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    /// The complement has this status.
    Gives(Status),
    /// It is as true as the governor.
    AsGovernor,
    /// It is as true as the governor, and was tried in vain where that is denied.
    Achieved,
}

/// Cues and embedding words.
#[derive(Debug, Default)]
pub struct VoiceTables {
    /// By part of speech, then by lemma.
    cues: HashMap<&'static str, HashMap<&'static str, Cue>>,
    unnamed: HashSet<&'static str>,
    embedding: HashMap<(&'static str, &'static str), (Effect, Vec<&'static str>)>,
}

impl VoiceTables {
    /// Reads the shipped tables.
    pub fn shipped() -> Result<Self, TableError> {
        let mut out = Self::default();
        let table = demarche_tables::CUES;
        for row in Rows::read(table.name, table.text, &["lemma", "pos", "stance", "complements"])?.iter() {
            let stance = match row.get("stance") {
                "neutral" => Stance::Neutral,
                "positive" => Stance::Positive,
                "negative" => Stance::Negative,
                "doubtful" => Stance::Doubtful,
                other => {
                    return Err(row.error(format!("`{other}` is no stance: neutral, positive, negative, doubtful")));
                }
            };
            let complements = row.list("complements").collect();
            out.cues.entry(row.get("pos")).or_default().insert(row.get("lemma"), Cue { stance, complements });
        }
        out.unnamed.extend(crate::table::list(demarche_tables::ANONYMOUS.text));
        let table = demarche_tables::EMBEDDING;
        for row in Rows::read(table.name, table.text, &["lemma", "pos", "effect", "of"])?.iter() {
            let effect = match row.get("effect") {
                "so" => Effect::AsGovernor,
                "achieved" => Effect::Achieved,
                code => Effect::Gives(
                    Status::of(code)
                        .ok_or_else(|| row.error(format!("`{code}` is no effect: so, achieved, or a status")))?,
                ),
            };
            out.embedding.insert((row.get("pos"), row.get("lemma")), (effect, row.list("of").collect()));
        }
        Ok(out)
    }

    /// The cue that a lemma is, as `verb` or `noun`.
    pub(super) fn cue(&self, pos: &str, lemma: &str) -> Option<&Cue> {
        self.cues.get(pos)?.get(lemma)
    }

    /// Whether a word before a source, or a source itself, leaves it unnamed.
    pub(super) fn leaves_unnamed(&self, word: &str) -> bool {
        self.unnamed.contains(word.to_lowercase().as_str())
    }

    /// Whether a modal makes a demand of what it helps: `must`, `should`.
    pub(crate) fn is_demand(&self, modal: &str) -> bool {
        self.effect("modal", modal, "") == Some(Effect::Gives(Status::Demanded))
    }

    /// Whether a verb introduces what somebody said.
    pub(crate) fn reports(&self, verb: &str) -> bool {
        self.cue("verb", verb).is_some()
    }

    /// Whether a word only decides on whether what it governs is so, as `prepare`, `fail`, `weigh` and `able` do.
    pub(crate) fn defers(&self, pos: &str, lemma: &str) -> bool {
        let of = ["verb", "adjective"].into_iter().find(|of| of.starts_with(&pos.to_lowercase()));
        let effect = of.and_then(|of| self.effect(of, lemma, "xcomp"));
        let real = [Status::Planned, Status::Possible, Status::Failed, Status::Ongoing];
        effect.is_some_and(|effect| match effect {
            Effect::AsGovernor | Effect::Achieved => true,
            Effect::Gives(status) => real.contains(&status),
        })
    }

    /// What a lemma does, as `verb`, `noun`, `adjective`, `modal` or `mark`, to a complement of a relation.
    pub(super) fn effect(&self, pos: &str, lemma: &str, relation: &str) -> Option<Effect> {
        let (effect, of) = self.embedding.get(&(pos, lemma))?;
        let plain = relation.split(':').next().unwrap_or(relation);
        (of.is_empty() || of.contains(&plain)).then_some(*effect)
    }
}
