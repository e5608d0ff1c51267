//! The record's parts on where talks stand.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::build::{Kept, Writer, codes, event_place, event_time};
use super::{Code, Condition, EventPlaceRecord, EventTimeRecord, SpanText};
use crate::event::Scene;
use crate::span::Span;
use crate::talks::{Instrument, Meeting, Position};

/// Who takes part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PartyRecord {
    /// Index into `entities`.
    pub entity: usize,
    /// The fullest name known.
    pub name: String,
    /// ISO 3166-1 alpha-3.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<Code>,
    /// PLOVER sectors.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sectors: Vec<Code>,
}

/// Words that name something, and the sentence they stand in.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct MentionRecord {
    /// Index of the sentence, from 0.
    pub sentence: usize,
    /// Where it stands.
    #[serde(flatten)]
    pub span: SpanText,
}

/// A meeting, past or to come.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct MeetingRecord {
    /// summit, call, visit, talks, conference or meeting.
    pub kind: Code,
    /// Which of its series: 25 for a 25th summit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ordinal: Option<u32>,
    /// Who meets.
    pub parties: Vec<PartyRecord>,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<EventTimeRecord>,
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<EventPlaceRecord>,
    /// Whether it is so, as of an event.
    pub status: Code,
    /// `id` of the events that tell of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<String>,
    /// The words that name it.
    pub mentions: Vec<MentionRecord>,
}

/// A treaty or another document between parties.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct InstrumentRecord {
    /// The name of the table, or the words of the story.
    pub name: String,
    /// treaty, agreement, joint statement, declaration, ceasefire, resolution ...
    pub kind: Code,
    /// The year it is of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<i16>,
    /// ISO 3166-1 alpha-3 of the states that are parties to it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parties: Vec<Code>,
    /// proposed, under negotiation, agreed, signed, ratified, in force, suspended, broken or denounced.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stage: Option<Code>,
    /// `id` of the events that its text lays down.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub terms: Vec<String>,
    /// The words that name it.
    pub mentions: Vec<MentionRecord>,
}

/// What somebody wants in a negotiation.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PositionRecord {
    /// The words that name the holder.
    pub holder: SpanText,
    /// Who holds it.
    pub parties: Vec<PartyRecord>,
    /// What it is about: sovereignty, territory, security, prisoners, sanctions ...
    pub issue: Code,
    /// for, against, demands, offers or refuses.
    pub stance: Code,
    /// Index of the sentence, from 0.
    pub sentence: usize,
    /// What is wanted, offered or refused.
    #[serde(flatten)]
    pub span: SpanText,
    /// What it hangs on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub condition: Option<Condition>,
    /// Index into `quotes` of the attribution that tells it; absent for the story's own voice.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quote: Option<usize>,
    /// `id` of the event that it is, where it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
}

fn id(event: usize) -> String {
    format!("e{}", event + 1)
}

fn parties(scene: &Scene, kept: &Kept, of: &[usize]) -> Vec<PartyRecord> {
    let party = |&index: &usize| {
        let identity = &scene.cast.entities[index].identity;
        PartyRecord {
            entity: kept.place(index),
            name: identity.name.clone(),
            country: identity.country.map(Into::into),
            sectors: codes(&identity.sectors),
        }
    };
    of.iter().map(party).collect()
}

fn mentions(writer: &Writer, of: &[(usize, Span)]) -> Vec<MentionRecord> {
    of.iter().map(|&(sentence, span)| MentionRecord { sentence, span: writer.span(span) }).collect()
}

pub(super) fn meeting(writer: &Writer, scene: &Scene, kept: &Kept, meeting: &Meeting) -> MeetingRecord {
    MeetingRecord {
        kind: meeting.kind.into(),
        ordinal: meeting.ordinal,
        parties: parties(scene, kept, &meeting.parties),
        time: meeting.time.as_ref().map(|time| event_time(writer, time)),
        place: meeting.place.as_ref().map(|place| event_place(writer, scene.gazetteer, place)),
        status: meeting.status.code().into(),
        events: meeting.events.iter().map(|&e| id(e)).collect(),
        mentions: mentions(writer, &meeting.mentions),
    }
}

pub(super) fn instrument(writer: &Writer, instrument: &Instrument) -> InstrumentRecord {
    InstrumentRecord {
        name: instrument.name.clone(),
        kind: instrument.kind.into(),
        year: instrument.year,
        parties: codes(&instrument.parties),
        stage: instrument.stage.map(|stage| stage.code().into()),
        terms: instrument.terms.iter().map(|&e| id(e)).collect(),
        mentions: mentions(writer, &instrument.mentions),
    }
}

pub(super) fn position(writer: &Writer, scene: &Scene, kept: &Kept, position: &Position) -> PositionRecord {
    PositionRecord {
        holder: writer.span(position.holder),
        parties: parties(scene, kept, &position.entities),
        issue: position.issue.into(),
        stance: position.side.code().into(),
        sentence: position.sentence,
        span: writer.span(position.text),
        condition: position.condition.map(|span| writer.span(span)),
        quote: position.quote,
        event: position.event.map(id),
    }
}
