//! From scores to what words tell of: the triggers of a sentence, and who its parties are.

use std::ops::Range;

use rten_tensor::NdTensorView;

use super::labels::{EventLabels, Label};
use super::reading::{Party, Role, Trigger};

/// Words less likely than this to be triggers are not kept as such.
const FAINT: f32 = 0.02;
/// Countries and sectors of a word that are kept, the likeliest.
const KEPT: usize = 5;
/// Scores of roles that a pair of words has.
const ROLES: usize = 4;

/// The scores of several words that were read together.
pub(super) struct Read<'a> {
    pub labels: &'a EventLabels,
    /// Scores of words (w, labels), those of events beginning at `from`.
    pub tags: NdTensorView<'a, f32, 2>,
    pub from: usize,
    /// Scores of roles (4 w, w): trigger and role, other word.
    pub roles: NdTensorView<'a, f32, 2>,
}

impl Read<'_> {
    /// What a stretch of words tells of, as if it stood alone: its triggers, and whoever may be a party to one of them.
    pub fn of(&self, words: Range<usize>) -> (Vec<Trigger>, Vec<Party>) {
        let triggers: Vec<Trigger> = words.clone().filter_map(|word| self.trigger(word, &words)).collect();
        let takes_part = |word: &usize| triggers.iter().any(|t| t.roles[word - words.start].most() >= FAINT);
        let parties = words.clone().filter(takes_part).map(|word| self.party(word, words.start)).collect();
        (triggers, parties)
    }

    fn trigger(&self, word: usize, words: &Range<usize>) -> Option<Trigger> {
        let labels = self.labels;
        let kinds = self.shares(word, 0, labels.types.len());
        if 1.0 - kinds[0] < FAINT {
            return None;
        }
        let (modes, statuses) = (labels.types.len(), labels.types.len() + labels.modes.len());
        let historic = statuses + labels.statuses.len();
        let role = |other: usize| {
            let score = |role: usize| sigmoid(self.roles[[ROLES * word + role, other]]);
            Role { actor: score(0), recipient: score(1), in_actor: score(2), in_recipient: score(3) }
        };
        Some(Trigger {
            word: word - words.start,
            kinds: named(&labels.types, kinds).skip(1).collect(),
            modes: named(&labels.modes, self.shares(word, modes, labels.modes.len())).skip(1).collect(),
            statuses: named(&labels.statuses, self.shares(word, statuses, labels.statuses.len())).collect(),
            historic: sigmoid(self.tags[[word, self.from + historic]]),
            roles: words.clone().map(role).collect(),
        })
    }

    fn party(&self, word: usize, first: usize) -> Party {
        let labels = self.labels;
        let sectors = labels.types.len() + labels.modes.len() + labels.statuses.len() + 1;
        let countries = sectors + labels.sectors.len();
        Party {
            word: word - first,
            sectors: likeliest(&labels.sectors, self.shares(word, sectors, labels.sectors.len())),
            countries: likeliest(&labels.countries, self.shares(word, countries, labels.countries.len())),
        }
    }

    fn shares(&self, word: usize, from: usize, count: usize) -> Vec<f32> {
        softmax((self.from + from..self.from + from + count).map(|i| self.tags[[word, i]]))
    }
}

fn named(labels: &[Label], shares: Vec<f32>) -> impl Iterator<Item = (Label, f32)> {
    labels.iter().cloned().zip(shares)
}

fn likeliest(labels: &[Label], shares: Vec<f32>) -> Vec<(Label, f32)> {
    let mut all: Vec<(Label, f32)> = named(labels, shares).collect();
    all.sort_by(|a, b| b.1.total_cmp(&a.1));
    all.truncate(KEPT);
    all
}

fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}

pub(super) fn softmax(scores: impl Iterator<Item = f32> + Clone) -> Vec<f32> {
    let most = scores.clone().fold(f32::MIN, f32::max);
    let total: f32 = scores.clone().map(|s| (s - most).exp()).sum();
    scores.map(|s| (s - most).exp() / total).collect()
}
