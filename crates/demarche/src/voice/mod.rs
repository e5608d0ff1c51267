//! Who says so, and is it so.
//!
//! In: a text, its reading, and its cast. Out: [`Voices`], the attributions of the story, each with its source, cue and
//! content; and, of any word that tells of something, its [`Status`]: whether it happened, is planned, proposed, denied, with
//! the condition it hangs on. Cues and the words that decide on a complement's truth are tables (`voice/`). Never: what kind
//! of thing happened.

mod attribution;
mod status;
mod tables;
mod tagged;

pub use status::{Assertion, Status};
pub use tables::{Stance, VoiceTables};

use crate::span::Span;

/// How words are given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuoteKind {
    /// In quotation marks, whole.
    Direct,
    /// In the writer's words.
    Indirect,
    /// In the writer's words, some of it in quotation marks.
    Mixed,
}

impl QuoteKind {
    /// The record's name for it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Indirect => "indirect",
            Self::Mixed => "mixed",
        }
    }
}

/// An attribution.
#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    /// The sentence it stands in.
    pub sentence: usize,
    /// Who says so; none where the story does not tell.
    pub source: Option<Span>,
    /// Indices of the source in the cast.
    pub entities: Vec<usize>,
    /// The source is not named: `a senior official`, `some experts`.
    pub anonymous: bool,
    /// Index of the attribution that it is part of: an agency that cites a ministry.
    pub within: Option<usize>,
    /// The word that introduces it; none for a quotation that goes on without one.
    pub cue: Option<Span>,
    /// What is said.
    pub content: Span,
    /// How it is given.
    pub kind: QuoteKind,
    /// How the source holds it.
    pub stance: Stance,
}

/// The attributions of a story, in order.
#[derive(Clone, Debug, Default)]
pub struct Voices {
    /// The attributions.
    pub quotes: Vec<Quote>,
}

impl Voices {
    /// The innermost attribution whose content holds a span.
    pub fn holding(&self, span: Span) -> Option<usize> {
        let holds = |i: &usize| self.quotes[*i].content.contains(span);
        (0..self.quotes.len()).filter(holds).min_by_key(|&i| self.quotes[i].content.len())
    }
}

#[cfg(test)]
mod tests;
