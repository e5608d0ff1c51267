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
    pub relation: Vec<Label>,
    pub attribution: Vec<Label>,
    /// Types of events; the first says that a word is no trigger.
    pub event: Vec<Label>,
    /// Modes of events; the first says that it has none.
    pub mode: Vec<Label>,
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
    pub fn before_events(&self) -> usize {
        self.upos.len() + self.xpos.len() + self.feats.len() + 3 * self.attribution.len()
    }

    /// How many scores the tag head gives a word.
    pub fn tags(&self) -> usize {
        self.before_events() + self.event.len() + self.mode.len()
    }
}
