//! Where the talks stand: meetings, documents, and who holds which position.
//!
//! In: a [`Scene`] and its [`Coding`]. Out: [`Talks`]: meetings past and to come with their ordinals and parties, treaties and other documents
//! with their stage and terms, and positions, each with who holds it, on which issue, how, and in whose words. What words mean for these is a
//! table (`talks/`). Never: what many stories together say; that is `dossier/`.

mod documents;
mod meetings;
mod party;
mod phrases;
mod positions;
mod tables;

pub use tables::TalksTables;

use crate::event::{Coding, EventPlace, EventTime, Scene};
use crate::span::Span;
use crate::voice::Status;

/// A meeting, past or to come.
#[derive(Clone, Debug, PartialEq)]
pub struct Meeting {
    /// summit, call, visit, talks, conference or meeting.
    pub kind: &'static str,
    /// Which of its series: 25 for a 25th summit.
    pub ordinal: Option<u32>,
    /// Indices of who meets, in the cast.
    pub parties: Vec<usize>,
    /// When.
    pub time: Option<EventTime>,
    /// Where.
    pub place: Option<EventPlace>,
    /// Whether it is so.
    pub status: Status,
    /// Indices of the events that tell of it.
    pub events: Vec<usize>,
    /// The words that name it, and their sentences.
    pub mentions: Vec<(usize, Span)>,
}

coded! {
    /// How far a document has come, the furthest last.
    #[derive(PartialOrd, Ord)]
    Stage;
    /// Somebody proposes it.
    Proposed = "proposed";
    /// It is talked about.
    Negotiated = "under negotiation";
    /// Its text or its making is agreed.
    Agreed = "agreed";
    /// It is signed.
    Signed = "signed";
    /// It is ratified.
    Ratified = "ratified";
    /// It holds.
    InForce = "in force";
    /// It is suspended.
    Suspended = "suspended";
    /// It is violated.
    Broken = "broken";
    /// A party has left it.
    Denounced = "denounced";
}

/// A treaty or another document between parties.
#[derive(Clone, Debug, PartialEq)]
pub struct Instrument {
    /// The name of the table, or the words of the story.
    pub name: String,
    /// treaty, agreement, joint statement, ceasefire ...
    pub kind: &'static str,
    /// The year it is of.
    pub year: Option<i16>,
    /// ISO 3166-1 alpha-3 of the states that are parties to it.
    pub parties: Vec<&'static str>,
    /// How far it has come; none where the story does not tell.
    pub stage: Option<Stage>,
    /// The words that name it, and their sentences.
    pub mentions: Vec<(usize, Span)>,
    /// Indices of the events that its text lays down.
    pub terms: Vec<usize>,
}

coded! {
    /// How a position is held.
    Side;
    /// Wants it.
    For = "for";
    /// Does not want it.
    Against = "against";
    /// Asks it of others.
    Demands = "demands";
    /// Would do it.
    Offers = "offers";
    /// Will not have it.
    Refuses = "refuses";
}

impl Side {
    /// Of what is said not to be held.
    fn negated(self) -> Self {
        match self {
            Self::For | Self::Offers => Self::Against,
            Self::Against | Self::Refuses | Self::Demands => Self::For,
        }
    }
}

/// What somebody wants in a negotiation.
#[derive(Clone, Debug, PartialEq)]
pub struct Position {
    /// The words that name the holder.
    pub holder: Span,
    /// Indices of the holders in the cast.
    pub entities: Vec<usize>,
    /// What it is about: a name of the table of issues.
    pub issue: &'static str,
    /// How it is held.
    pub side: Side,
    /// The sentence.
    pub sentence: usize,
    /// What is wanted, offered, refused.
    pub text: Span,
    /// What it hangs on.
    pub condition: Option<Span>,
    /// Index of the attribution that it is part of.
    pub quote: Option<usize>,
    /// Index of the event that it is, where it is one.
    pub event: Option<usize>,
}

/// Where the talks of a story stand.
#[derive(Clone, Debug, Default)]
pub struct Talks {
    /// In order of mention.
    pub meetings: Vec<Meeting>,
    /// In order of mention.
    pub instruments: Vec<Instrument>,
    /// In order of mention.
    pub positions: Vec<Position>,
}

impl TalksTables {
    /// Where the talks of a story stand.
    pub fn find(&self, scene: &Scene, coding: &Coding) -> Talks {
        Talks {
            meetings: self.meetings(scene, coding),
            instruments: self.instruments(scene, coding),
            positions: self.positions(scene, coding),
        }
    }
}

#[cfg(test)]
mod tests;
