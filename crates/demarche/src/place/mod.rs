//! Where: places named in a text, and where they are.
//!
//! In: a text and its reading. Out: [`Places`], each mention with the place it most likely means: a state, a division, a sea,
//! a city, or a territory that more than one party claims. Names come from tables (`place/`, and `actor/states.tsv`);
//! which of several places of one name is meant follows from what stands beside it, what else the story names, and size.
//! Never: nationalities (`Japanese`), nor which event happened where.

mod gazetteer;
mod resolve;

pub use gazetteer::{Disputed, Feature, Gazetteer, Place};

use crate::span::Span;

/// A place named in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceMention {
    /// Where it is named.
    pub span: Span,
    /// The sentence it stands in.
    pub sentence: usize,
    /// First and one past the last word of the name.
    pub words: std::ops::Range<usize>,
    /// Index of the place, for [`Gazetteer::place`].
    pub place: usize,
}

/// The places of a story, in order.
#[derive(Clone, Debug, Default)]
pub struct Places {
    /// The mentions.
    pub mentions: Vec<PlaceMention>,
}

impl Places {
    /// The mention that covers a word.
    pub fn at(&self, sentence: usize, word: usize) -> Option<&PlaceMention> {
        self.mentions.iter().find(|m| m.sentence == sentence && m.words.contains(&word))
    }
}
