//! Every coded event by itself, with what of it is right.

use serde::Serialize;

use crate::coding::{CodedEvent, Coding};
use crate::gold::GoldStory;
use crate::pairs::{pairs, told};
use crate::verdict::Verdict;

/// A coded event, and what of it is right.
#[derive(Clone, Debug, Serialize)]
pub struct Judged {
    /// The story's id.
    pub story: String,
    /// The event's number within the record: `e1`.
    pub event: String,
    /// How sure the record is, 0 to 1.
    pub confidence: f32,
    /// A marked event is this one.
    pub found: bool,
    /// What of it is right, where it was found.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub parts: Option<JudgedParts>,
}

/// What of an event that was found is right.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct JudgedParts {
    /// Its type.
    pub typed: bool,
    /// Its status.
    pub status: bool,
    /// All its actors, by their words.
    pub actors: bool,
    /// All its recipients, by their words.
    pub recipients: bool,
    /// The countries of all parties that were found.
    pub countries: bool,
    /// Its time; nothing where the marks do not tell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<bool>,
    /// Its place: wrong too where one is coded and none marked, or the other way round.
    pub place: bool,
    /// Type, status, all parties and their countries.
    pub whole: bool,
}

/// The coded events of a story, in order, each with what of it is right.
pub fn judged(story: &GoldStory, mut coding: Coding) -> Vec<Judged> {
    coding.fit(&story.text);
    let told = told(&story.events);
    let mut parts: Vec<Option<JudgedParts>> = vec![None; coding.events.len()];
    for pair in pairs(&told, &story.events, &coding.events) {
        let coded = &coding.events[pair.coded];
        parts[pair.coded] = Some(of(coded, Verdict::of(story, &story.events[pair.telling], coded)));
    }
    let judge = |(event, parts): (CodedEvent, Option<JudgedParts>)| Judged {
        story: story.id.clone(),
        event: event.id,
        confidence: event.confidence,
        found: parts.is_some(),
        parts,
    };
    coding.events.into_iter().zip(parts).map(judge).collect()
}

fn of(coded: &CodedEvent, verdict: Verdict) -> JudgedParts {
    JudgedParts {
        typed: verdict.typed,
        status: verdict.status,
        actors: verdict.actors,
        recipients: verdict.recipients,
        countries: verdict.country.right == verdict.country.of,
        when: verdict.when,
        place: verdict.place.unwrap_or(verdict.placed == coded.place.is_some()),
        whole: verdict.whole,
    }
}
