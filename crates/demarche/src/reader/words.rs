//! The tables of words that splitting a text needs.

use std::collections::{HashMap, HashSet};

use crate::table::{self, Rows, TableError};

/// What may follow an abbreviation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Abbreviation {
    /// A name follows: never the end of a sentence.
    Title,
    /// A number follows; the form is a word of its own elsewhere.
    Number,
    /// Anything; the end of a sentence before a word that starts sentences.
    Other,
}

/// Abbreviations, sentence starters, hyphen prefixes and split words: what is needed to find sentences and words.
#[derive(Debug)]
pub struct WordTables {
    /// By lower-case form; the flag is set where it must be written with a capital.
    abbreviations: HashMap<String, (Abbreviation, bool)>,
    starters: HashSet<&'static str>,
    prefixes: HashSet<&'static str>,
    splits: HashMap<&'static str, usize>,
}

impl WordTables {
    /// Reads the shipped tables.
    pub fn shipped() -> Result<Self, TableError> {
        let table = demarche_tables::ABBREVIATIONS;
        let mut abbreviations = HashMap::new();
        for row in Rows::read(table.name, table.text, &["form", "kind"])?.iter() {
            let kind = match row.get("kind") {
                "title" => Abbreviation::Title,
                "number" => Abbreviation::Number,
                "other" => Abbreviation::Other,
                kind => return Err(row.error(format!("`{kind}` is no kind: title, number or other"))),
            };
            let form = row.get("form");
            abbreviations.insert(form.to_lowercase(), (kind, form.starts_with(char::is_uppercase)));
        }
        let table = demarche_tables::SPLITS;
        let mut splits = HashMap::new();
        for row in Rows::read(table.name, table.text, &["form", "at"])?.iter() {
            splits.insert(row.get("form"), row.parse("at")?);
        }
        Ok(Self {
            abbreviations,
            starters: table::list(demarche_tables::STARTERS.text).collect(),
            prefixes: table::list(demarche_tables::HYPHEN_PREFIXES.text).collect(),
            splits,
        })
    }

    /// The kind of abbreviation that `word` is, its last stop left out or not.
    ///
    /// Single letters (initials) and letters with stops between them count although no table can list them all.
    pub(crate) fn abbreviation(&self, word: &str) -> Option<Abbreviation> {
        let bare = word.strip_suffix('.').unwrap_or(word);
        if let Some((kind, capital)) = self.abbreviations.get(bare.to_lowercase().as_str()) {
            return (!capital || bare.starts_with(char::is_uppercase)).then_some(*kind);
        }
        let letters = bare.split('.').all(|part| part.chars().count() == 1 && part.chars().all(char::is_alphabetic));
        let initial = letters && bare.starts_with(char::is_uppercase) && bare != "I";
        match (initial, bare.contains('.')) {
            (true, false) => Some(Abbreviation::Title),
            (true, true) => Some(Abbreviation::Other),
            _ => None,
        }
    }

    /// Whether `word` begins sentences and hardly ever continues a name.
    pub(crate) fn starts_sentences(&self, word: &str) -> bool {
        self.starters.contains(word)
    }

    /// Whether a word that begins with `prefix` and a hyphen stays whole.
    pub(crate) fn keeps_hyphen(&self, prefix: &str) -> bool {
        self.prefixes.contains(prefix.to_lowercase().as_str())
    }

    /// Where the second of two words written as one begins, in bytes.
    pub(crate) fn split_at(&self, word: &str) -> Option<usize> {
        let characters = *self.splits.get(word.to_lowercase().as_str())?;
        word.char_indices().nth(characters).map(|(at, _)| at)
    }
}
