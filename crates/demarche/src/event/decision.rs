//! Decisions as fitted weights: what speaks for something, weighed and summed, becomes a probability (`event/decisions.tsv`).

use std::collections::HashMap;

use crate::table::{Rows, TableError};

/// What is weighed: names of the table, each with how much there is of it.
pub(crate) type Features = Vec<(&'static str, f32)>;

/// Probabilities are kept this far from 0 and 1.
const EDGE: f32 = 0.001;

/// The weights of all decisions.
#[derive(Debug)]
pub(crate) struct Decisions {
    weights: HashMap<String, HashMap<String, f32>>,
}

impl Decisions {
    /// Reads `decisions.tsv`, the shipped one or one that was fitted to a training of the user's own.
    pub fn read(table: &str) -> Result<Self, TableError> {
        let mut weights: HashMap<String, HashMap<String, f32>> = HashMap::new();
        for row in Rows::read(demarche_tables::DECISIONS.name, table, &["decision", "feature", "weight"])?.iter() {
            let of = weights.entry(row.get("decision").to_owned()).or_default();
            of.insert(row.get("feature").to_owned(), row.parse("weight")?);
        }
        Ok(Self { weights })
    }

    /// The weight of one feature; what the table lacks weighs nothing.
    pub fn weight(&self, decision: &str, feature: &str) -> f32 {
        self.weights.get(decision).and_then(|of| of.get(feature)).copied().unwrap_or(0.0)
    }

    /// The sum of what speaks for something.
    pub fn score(&self, decision: &str, features: &Features) -> f32 {
        let weighed = features.iter().map(|(name, value)| self.weight(decision, name) * value);
        self.weight(decision, "bias") + weighed.sum::<f32>()
    }

    /// The probability of something.
    pub fn probability(&self, decision: &str, features: &Features) -> f32 {
        1.0 / (1.0 + (-self.score(decision, features)).exp())
    }
}

/// The log odds of a probability.
pub(super) fn logit(p: f32) -> f32 {
    let p = p.clamp(EDGE, 1.0 - EDGE);
    (p / (1.0 - p)).ln()
}

/// The log of a share.
pub(super) fn log(p: f32) -> f32 {
    p.max(EDGE).ln()
}

/// 1 for what is so.
pub(super) fn flag(is: bool) -> f32 {
    f32::from(u8::from(is))
}
