//! How sure an event is: a logistic model of what speaks for it, its weights in a table (`event/confidence.tsv`).

use std::collections::HashMap;

use super::Why;
use crate::table::{Rows, TableError};

/// The weights.
#[derive(Debug)]
pub(super) struct Confidence {
    weights: HashMap<&'static str, f32>,
    /// Events less sure are not coded.
    pub least: f32,
}

/// Probabilities are kept this far from 0 and 1.
const EDGE: f32 = 0.003;

fn logit(p: f32) -> f32 {
    let p = p.clamp(EDGE, 1.0 - EDGE);
    (p / (1.0 - p)).ln()
}

impl Why {
    /// What speaks for an event, by the names of the table.
    pub fn features(&self) -> [(&'static str, f32); 11] {
        let flag = |is: bool| f32::from(u8::from(is));
        let share = self.types.first().map_or(1.0, |(_, share)| *share);
        [
            ("chance", logit(self.chance)),
            ("share", logit(share)),
            ("rule", flag(self.rule.is_some())),
            ("told", flag(self.told)),
            ("identified", flag(self.identified)),
            ("actors heard", flag(self.actors_heard)),
            ("recipients heard", flag(self.recipients_heard)),
            ("known", flag(self.known)),
            ("noun", flag(self.noun)),
            ("both", flag(self.both)),
            ("heard", logit(self.heard)),
        ]
    }
}

impl Confidence {
    pub fn shipped() -> Result<Self, TableError> {
        let table = demarche_tables::CONFIDENCE;
        let mut weights = HashMap::new();
        for row in Rows::read(table.name, table.text, &["feature", "weight"])?.iter() {
            weights.insert(row.get("feature"), row.parse("weight")?);
        }
        let least = weights.get("least").copied().unwrap_or(0.0);
        Ok(Self { weights, least })
    }

    /// Probability that the event is as coded.
    pub fn of(&self, why: &Why) -> f32 {
        let weight = |name: &str| self.weights.get(name).copied().unwrap_or(0.0);
        let sum = weight("bias") + why.features().iter().map(|(name, value)| weight(name) * value).sum::<f32>();
        1.0 / (1.0 + (-sum).exp())
    }
}
