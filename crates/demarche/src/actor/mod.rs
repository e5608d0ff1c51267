//! Who: states, people in office at a date, organisations, agents with sectors; and who `he` is.
//!
//! In: a text, its reading, and the day of publication. Out: [`Cast`], the entities of the story, each with a country, sectors
//! and an office where it has them, and every mention of each: names, descriptions (`Soviet troops`), pronouns and plurals
//! (`the two leaders`). Names and terms of office come from tables (`actor/`). Never: what anyone did; that is `event/`.

mod cast;
mod directory;
mod export;
mod heard;
mod home;
mod kinds;
mod names;
mod phrase;
mod reference;
mod same;
mod speakers;
mod tables;
mod things;
mod who;
mod whose;

use std::ops::Range;

pub(crate) use home::most_named;
pub(crate) use phrase::is_locative;

pub use directory::Directory;
pub use who::Who;

use crate::span::Span;

/// What an entity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EntityKind {
    /// One person.
    Person,
    /// A state or its government.
    State,
    /// A named body.
    Organisation,
    /// People or bodies described: `Soviet troops`.
    Group,
    /// A place that something is done to: `bombed Belgrade`.
    Place,
    /// Whoever writes, or is written to, and is not named.
    Speaker,
    /// What is no actor and may have something done to it: `the railway line`.
    Thing,
}

impl EntityKind {
    /// Whether it can act: places and things have things done to them, and who writes only tells.
    pub fn acts(self) -> bool {
        !matches!(self, Self::Place | Self::Thing | Self::Speaker)
    }

    /// The record's name for it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::State => "state",
            Self::Organisation => "organisation",
            Self::Group => "group",
            Self::Place => "place",
            Self::Speaker => "speaker",
            Self::Thing => "thing",
        }
    }
}

/// Who somebody is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The fullest name known.
    pub name: String,
    /// What it is.
    pub kind: EntityKind,
    /// ISO 3166-1 alpha-3, or one of PLOVER's international entities.
    pub country: Option<&'static str>,
    /// PLOVER sectors.
    pub sectors: Vec<&'static str>,
    /// Office held on the day of publication.
    pub office: Option<String>,
}

/// Somebody or something that acts in the story.
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// Who it is.
    pub identity: Identity,
    /// Where it is named or referred to.
    pub mentions: Vec<Span>,
    /// The person of the tables that it is.
    pub(crate) person: Option<usize>,
    /// Its country is told by what stands around it, and by no word of its own.
    pub(crate) inferred: bool,
    /// What the network says of its country, by where it is mentioned.
    pub(crate) heard: Vec<Heard>,
}

/// A country that the network gives a mention.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Heard {
    /// The sentence, and the word that the mention's others depend on.
    pub sentence: usize,
    pub head: usize,
    /// ISO 3166-1 alpha-3 or one of PLOVER's international entities; none where nobody can tell.
    pub country: Option<&'static str>,
    /// How likely, 0 to 1.
    pub chance: f32,
}

/// Words that refer to one entity or, as `the two leaders` do, to several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// Where they stand.
    pub span: Span,
    /// The sentence.
    pub sentence: usize,
    /// First and one past the last word.
    pub words: Range<usize>,
    /// The word the others depend on.
    pub head: usize,
    /// Indices of the entities.
    pub entities: Vec<usize>,
}

/// The entities of a story and the references to them, in order.
#[derive(Clone, Debug, Default)]
pub struct Cast {
    /// The entities, in order of first mention.
    pub entities: Vec<Entity>,
    /// The references to those who can act.
    pub references: Vec<Reference>,
    /// The references to places and things, which only have something done to them.
    pub things: Vec<Reference>,
}

impl Cast {
    /// The reference whose head is this word.
    pub fn at(&self, sentence: usize, head: usize) -> Option<&Reference> {
        of_sentence(&self.references, sentence).find(|r| r.head == head)
    }

    /// The references of a sentence to those who can act.
    pub fn actors_of(&self, sentence: usize) -> impl Iterator<Item = &Reference> {
        of_sentence(&self.references, sentence)
    }

    /// The references of a sentence to places and things.
    pub fn things_of(&self, sentence: usize) -> impl Iterator<Item = &Reference> {
        of_sentence(&self.things, sentence)
    }
}

fn of_sentence(references: &[Reference], sentence: usize) -> impl Iterator<Item = &Reference> {
    let from = references.partition_point(|r| r.sentence < sentence);
    references[from..].iter().take_while(move |r| r.sentence == sentence)
}

#[cfg(test)]
mod tests;
