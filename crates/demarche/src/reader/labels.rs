//! The inventories that the heads' scores are numbered by.

use std::sync::Arc;

use serde::Deserialize;

use super::ReaderError;

/// The label lists that come with the weights.
#[derive(Debug, Deserialize)]
pub(crate) struct Labels {
    pub upos: Vec<Label>,
    pub xpos: Vec<Label>,
    pub feats: Vec<Label>,
    pub deprel: Vec<Label>,
    pub mention: Vec<Label>,
    pub attribution: Vec<Label>,
}

/// A label's name, shared by every word that bears it.
pub type Label = Arc<str>;

impl Labels {
    /// Reads `labels.json`.
    pub fn read(json: &str) -> Result<Self, ReaderError> {
        let labels: Self = serde_json::from_str(json).map_err(|error| ReaderError::Labels(error.to_string()))?;
        if labels.deprel.iter().any(|label| &**label == "root") {
            Ok(labels)
        } else {
            Err(ReaderError::Labels("there is no relation `root`".to_owned()))
        }
    }

    /// How many scores the tag head gives a word before those of events: tags, features, three for each part of an attribution.
    pub fn tags(&self) -> usize {
        self.upos.len() + self.xpos.len() + self.feats.len() + 3 * self.attribution.len()
    }
}

/// The labels of events, in the order of their scores.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct EventLabels {
    /// Types; the first says that a word is no trigger.
    pub types: Vec<Label>,
    /// Modes, as `TYPE/mode`; the first says that there is none.
    pub modes: Vec<Label>,
    pub statuses: Vec<Label>,
    /// Sectors of a party; `-` for a place or a thing.
    pub sectors: Vec<Label>,
    /// Countries of a party; `?` where nobody can tell.
    pub countries: Vec<Label>,
}

impl EventLabels {
    /// Reads `events.json`.
    pub fn read(json: &str) -> Result<Self, ReaderError> {
        serde_json::from_str(json).map_err(|error| ReaderError::Labels(error.to_string()))
    }

    /// How many scores a word has: `historic` has one and no label.
    pub fn scores(&self) -> usize {
        self.types.len() + self.modes.len() + self.statuses.len() + 1 + self.sectors.len() + self.countries.len()
    }
}
