//! The words of a story that may tell of events, with all that is weighed of them: what decisions are fitted on.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::SpanText;
use super::build::Writer;
use crate::event::{Answer, Candidate, Claim, Coding, Event, EventTables, Scene, Spot, pair};

/// Features by their names in `event/decisions.tsv`.
pub type FeatureMap = BTreeMap<&'static str, f32>;

/// A word that may tell of an event.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct CandidateRecord {
    /// Index of the sentence, from 0.
    pub sentence: usize,
    /// The word.
    pub trigger: SpanText,
    /// What speaks for an event.
    pub features: FeatureMap,
    /// The types that it may tell of.
    pub types: Vec<AnswerRecord>,
    /// The statuses that it may have.
    pub statuses: Vec<AnswerRecord>,
    /// How likely the story looks back on it, by the network, 0 to 1.
    pub historic: f32,
    /// The phrases that may be its parties.
    pub parties: Vec<ClaimRecord>,
}

/// One of several answers.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct AnswerRecord {
    /// The answer.
    pub what: &'static str,
    /// What speaks for it.
    pub features: FeatureMap,
}

/// A phrase that may be a party.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ClaimRecord {
    /// Its words.
    #[serde(flatten)]
    pub span: SpanText,
    /// What speaks for it as an actor.
    pub actor: FeatureMap,
    /// What speaks for it as a recipient.
    pub recipient: FeatureMap,
    /// The countries that it may be of; `?` where nobody can tell.
    pub countries: Vec<AnswerRecord>,
    /// person, state, organisation, group, place or thing.
    pub kind: &'static str,
}

/// Two tellings of a story that may be of one event.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PairRecord {
    /// The word of the earlier one.
    pub first: SpanText,
    /// The word of the later one.
    pub second: SpanText,
    /// What speaks for their being one.
    pub features: FeatureMap,
}

/// An event as it was coded, and what speaks for its being right.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct WeighedRecord {
    /// Its number within the story, as in the record: `e1`.
    pub event: String,
    /// By decision, what speaks for it.
    pub right: BTreeMap<&'static str, FeatureMap>,
}

/// The events of a story with what speaks for their being right.
pub(crate) fn weighed(coding: &Coding) -> Vec<WeighedRecord> {
    let right =
        |event: &Event| event.why.right.iter().map(|(name, of)| (*name, of.iter().copied().collect())).collect();
    let record = |(i, event): (usize, &Event)| WeighedRecord { event: format!("e{}", i + 1), right: right(event) };
    coding.events.iter().enumerate().map(record).collect()
}

/// Two and two tellings of a story that are of one type.
pub(crate) fn pairs(tables: &EventTables, scene: &Scene) -> Vec<PairRecord> {
    let writer = Writer::new(scene.text);
    let tellings = tables.tellings(scene);
    let mut out = Vec::new();
    for (i, second) in tellings.iter().enumerate() {
        for first in tellings[..i].iter().filter(|first| first.kind == second.kind) {
            let features = pair(scene, first, second).into_iter().collect();
            out.push(PairRecord { first: writer.span(first.trigger), second: writer.span(second.trigger), features });
        }
    }
    out
}

/// The candidates of a story.
pub(crate) fn candidates(tables: &EventTables, scene: &Scene) -> Vec<CandidateRecord> {
    let writer = Writer::new(scene.text);
    let mut out = Vec::new();
    for (at, sentence) in scene.reading.sentences.iter().enumerate() {
        let spot = Spot { scene, at, sentence };
        out.extend(tables.candidates(&spot).iter().map(|candidate| record(&writer, &spot, candidate)));
    }
    out
}

fn record(writer: &Writer, spot: &Spot, candidate: &Candidate) -> CandidateRecord {
    let claim = |claim: &Claim| {
        let identity = &spot.scene.cast.entities[claim.reference.entities[0]].identity;
        let [actor, recipient] = &claim.sides;
        ClaimRecord {
            span: writer.span(claim.reference.span),
            actor: actor.0.iter().copied().collect(),
            recipient: recipient.0.iter().copied().collect(),
            countries: claim.countries.iter().map(|country| answer(country.what.unwrap_or("?"), country)).collect(),
            kind: identity.kind.code(),
        }
    };
    CandidateRecord {
        sentence: spot.at,
        trigger: writer.span(spot.sentence.words[candidate.word].span),
        features: candidate.features.iter().copied().collect(),
        types: candidate.kinds.iter().map(|kind| answer(kind.what.code(), kind)).collect(),
        statuses: candidate.statuses.iter().map(|status| answer(status.what.code(), status)).collect(),
        historic: candidate.historic,
        parties: candidate.claims.iter().map(claim).collect(),
    }
}

fn answer<T>(what: &'static str, of: &Answer<T>) -> AnswerRecord {
    AnswerRecord { what, features: of.features.iter().copied().collect() }
}
