//! What happened: events found, typed, given their parts, and told once.
//!
//! In: a [`Scene`], all that the rooms before found in one story. Out: [`Coding`], its events, each with type, mode, contexts,
//! actors and recipients, status, time, place, and the words it was coded from. What verbs and nouns say is a table (`event/`);
//! who stands where around them follows from the tree. Never: a word of output; that is `record/`.

mod arguments;
mod candidate;
mod context;
mod country;
mod decision;
mod find;
mod lexicon;
mod magnitude;
mod merge;
mod parties;
mod setting;

use jiff::civil::Date;

pub(crate) use arguments::Spot;
pub(crate) use candidate::{Answer, Candidate};
pub use lexicon::EventTables;
pub(crate) use merge::pair;
pub(crate) use parties::Claim;

use crate::actor::Cast;
use crate::ontology::{EventType, Ontology};
use crate::place::{Gazetteer, Places};
use crate::quantity::{Amount, Money};
use crate::reader::Reading;
use crate::span::Span;
use crate::time::{Interval, TimeLine};
use crate::voice::{Assertion, Status, VoiceTables, Voices};

/// A story with all that was found in it.
pub struct Scene<'a> {
    /// Its text.
    pub text: &'a str,
    /// Day of publication.
    pub published: Option<Date>,
    /// Its sentences.
    pub reading: &'a Reading,
    /// When.
    pub times: &'a TimeLine,
    /// Where.
    pub places: &'a Places,
    /// The places there are.
    pub gazetteer: &'a Gazetteer,
    /// Who.
    pub cast: &'a Cast,
    /// The types, modes and contexts there are.
    pub ontology: &'a Ontology,
    /// Who says so.
    pub voices: &'a Voices,
    /// What decides whether it is so.
    pub voice_tables: &'a VoiceTables,
    /// The place of the dateline, as an index of the gazetteer.
    pub dateline: Option<usize>,
    /// The country that its places lie in most often.
    pub home: Option<&'static str>,
}

/// An actor or a recipient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Argument {
    /// The words it is named by.
    pub span: Span,
    /// Index of the entity in the cast.
    pub entity: usize,
    /// Its country, where more than the entity's own words tells it.
    pub country: Option<&'static str>,
}

impl Argument {
    /// An entity by the words that name it, of the country that these say.
    pub fn of(cast: &Cast, span: Span, entity: usize) -> Self {
        Self { span, entity, country: cast.entities[entity].identity.country }
    }
}

/// Where a time or a place comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// The story says it.
    Stated,
    /// It follows from what the story says beside it.
    Inferred,
    /// It is the day of publication.
    Publication,
}

impl Basis {
    /// The record's name for it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Stated => "stated",
            Self::Inferred => "inferred",
            Self::Publication => "publication",
        }
    }
}

/// When an event was, or is to be.
#[derive(Clone, Debug, PartialEq)]
pub struct EventTime {
    /// The expression's words.
    pub span: Option<Span>,
    /// The days.
    pub interval: Interval,
    /// How that is known.
    pub basis: Basis,
    /// The story looks back on it.
    pub historic: bool,
}

/// Where an event was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventPlace {
    /// The place's words.
    pub span: Option<Span>,
    /// Index of the place in the gazetteer.
    pub place: usize,
    /// How that is known.
    pub basis: Basis,
}

/// How many people, how much money.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Magnitude {
    /// People killed.
    pub killed: Option<Amount>,
    /// People injured.
    pub injured: Option<Amount>,
    /// People arrested.
    pub arrested: Option<Amount>,
    /// People who take part.
    pub crowd: Option<Amount>,
    /// Money given, asked for, withheld.
    pub money: Option<Money>,
}

/// The words that an event was told in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Telling {
    /// The sentence.
    pub sentence: usize,
    /// The clause or phrase.
    pub evidence: Span,
    /// The word that says what.
    pub trigger: Span,
}

/// How likely the parts of an event are right, 0 to 1 each.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Parts {
    /// That it is an event.
    pub event: f32,
    /// Its type.
    pub kind: f32,
    /// All its actors.
    pub actors: f32,
    /// All its recipients.
    pub recipients: f32,
    /// Its status.
    pub status: f32,
    /// Its time.
    pub time: f32,
    /// Its place.
    pub place: f32,
}

/// How an event came to be coded.
#[derive(Clone, Debug, PartialEq)]
pub struct Why {
    /// The row of the lexicon that fits, as its table and line.
    pub rule: Option<(&'static str, usize)>,
    /// How likely the word tells of an event.
    pub chance: f32,
    /// The types that it may tell of, the likeliest first, with their shares.
    pub types: Vec<(EventType, f32)>,
    /// The statuses that it may have, the likeliest first, with their shares.
    pub statuses: Vec<(Status, f32)>,
    /// What speaks for an event, by the names of `event/decisions.tsv`.
    pub features: Vec<(&'static str, f32)>,
    /// What speaks for its being right in all, and in its parts, by the decisions of the same table.
    pub right: Vec<(&'static str, Vec<(&'static str, f32)>)>,
    /// How likely its parts are right.
    pub parts: Parts,
}

/// An event.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// PLOVER type.
    pub kind: EventType,
    /// PLOVER mode.
    pub mode: Option<&'static str>,
    /// PLOVER contexts.
    pub contexts: Vec<&'static str>,
    /// How many of them, the first, the lexicon names: a CAMEO code is told by these.
    pub named_contexts: usize,
    /// Who does it; of a symmetric event, all who take part.
    pub actors: Vec<Argument>,
    /// Whom it is done to.
    pub recipients: Vec<Argument>,
    /// Whether it is so.
    pub assertion: Assertion,
    /// When.
    pub time: Option<EventTime>,
    /// Where.
    pub place: Option<EventPlace>,
    /// Index of the attribution that it is part of.
    pub said_by: Option<usize>,
    /// The sentence.
    pub sentence: usize,
    /// The clause or phrase it was coded from.
    pub evidence: Span,
    /// The word that says what.
    pub trigger: Span,
    /// Where else the story tells of it.
    pub retold: Vec<Telling>,
    /// How many, how much.
    pub magnitude: Magnitude,
    /// How it came to be coded so.
    pub why: Why,
    /// 0 to 1.
    pub confidence: f32,
}

/// The events of a story, in order.
#[derive(Clone, Debug, Default)]
pub struct Coding {
    /// The events.
    pub events: Vec<Event>,
}

#[cfg(test)]
mod tests;
