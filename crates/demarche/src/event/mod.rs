//! What happened: events found, typed, given their parts, and told once.
//!
//! In: a [`Scene`], all that the rooms before found in one story. Out: [`Coding`], its events, each with type, mode, contexts,
//! actors and recipients, status, time, place, and the words it was coded from. What verbs and nouns say is a table (`event/`);
//! who stands where around them follows from the tree. Never: a word of output; that is `record/`.

mod absorb;
mod arguments;
mod confidence;
mod context;
mod find;
mod hearing;
mod lexicon;
mod magnitude;
mod merge;
mod setting;
mod verdict;

use jiff::civil::Date;

pub use lexicon::EventTables;

use crate::actor::Cast;
use crate::ontology::{EventType, Ontology};
use crate::place::{Gazetteer, Places};
use crate::quantity::{Amount, Money};
use crate::reader::Reading;
use crate::span::Span;
use crate::time::{Interval, TimeLine};
use crate::voice::{Assertion, VoiceTables, Voices};

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
}

/// An actor or a recipient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Argument {
    /// The words it is named by.
    pub span: Span,
    /// Index of the entity in the cast.
    pub entity: usize,
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

/// How an event came to be coded.
#[derive(Clone, Debug, PartialEq)]
pub struct Why {
    /// The row of the lexicon that fits, as its table and line.
    pub rule: Option<(&'static str, usize)>,
    /// How likely the reader's heads take its word for a trigger.
    pub chance: f32,
    /// The types that the heads give it, the likeliest first, with their shares.
    pub types: Vec<(EventType, f32)>,
    /// The parties that the lexicon asks for stand where it asks for them.
    pub told: bool,
    /// The country of every party is known.
    pub identified: bool,
    /// Its word tells of events in the project's corpus.
    pub known: bool,
    /// Its word is a noun.
    pub noun: bool,
    /// Two parties at least are known.
    pub both: bool,
    /// How likely the heads take the least likely of the parties for one; a half where the tree named them.
    pub heard: f32,
    /// The heads named the actors; else the tree did.
    pub actors_heard: bool,
    /// The heads named the recipients; else the tree did.
    pub recipients_heard: bool,
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
