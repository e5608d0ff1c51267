//! The figures of an evaluation, as they are written.

use demarche::ontology::EventType;
use demarche::voice::Status;
use serde::Serialize;

use crate::calibration::Calibration;
use crate::verdict::Ratio;

/// How well stories were coded.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Figures {
    /// How many stories.
    pub stories: Stories,
    /// How many events; an event that a story tells several times is one.
    pub events: Events,
    /// Events found: a trigger is where one is marked, or else type and a party are right in the clause around it.
    pub found: Score,
    /// Events found with their type.
    pub typed: Score,
    /// Events found with type, status, every actor and recipient and their countries.
    pub whole: Score,
    /// Dyads of each story: type, country of an actor, country of a recipient.
    pub dyads: Score,
    /// What of the events found is right.
    pub of_found: OfFound,
    /// By type, in the order of PLOVER's manual.
    pub types: Vec<TypeLine>,
    /// Statuses of the events found, as marked and as coded; pairs that occur.
    pub statuses: Vec<StatusPair>,
    /// How far confidence can be believed.
    pub calibration: Calibration,
}

/// How many stories.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Stories {
    /// Marked stories that are counted.
    pub marked: usize,
    /// Those of them without a record; their events are missed.
    pub without_record: usize,
    /// Stories that are not counted since something is wrong with their marks.
    pub stepped_over: usize,
    /// How many things are wrong with these.
    pub malformed_marks: usize,
}

/// How many events.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Events {
    /// Marked.
    pub marked: usize,
    /// Coded, and sure enough to be counted.
    pub coded: usize,
}

/// Precision, recall and F1, each 0 to 1; absent where there is nothing to divide by.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Score {
    /// How many are marked.
    pub marked: usize,
    /// How many are coded.
    pub coded: usize,
    /// How many are right.
    pub right: usize,
    /// Of those coded the share that is right.
    pub precision: Option<f64>,
    /// Of those marked the share that was found.
    pub recall: Option<f64>,
    /// The harmonic mean of both.
    pub f1: Option<f64>,
}

impl Score {
    pub(crate) fn of(right: usize, coded: usize, marked: usize) -> Self {
        let (precision, recall) = (divided(right, coded), divided(right, marked));
        Self { marked, coded, right, precision, recall, f1: divided(2 * right, coded + marked) }
    }
}

/// A share, 0 to 1; absent where there is nothing to divide by.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Share {
    /// How many are right.
    pub right: usize,
    /// Of how many.
    pub of: usize,
    /// The share.
    pub share: Option<f64>,
}

impl From<Ratio> for Share {
    fn from(Ratio { right, of }: Ratio) -> Self {
        Self { right, of, share: divided(right, of) }
    }
}

fn divided(right: usize, of: usize) -> Option<f64> {
    if of == 0 { None } else { Some(right as f64 / of as f64) }
}

/// What of the events found is right.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OfFound {
    /// Type.
    #[serde(rename = "type")]
    pub kind: Share,
    /// Type and mode.
    pub mode: Share,
    /// Status.
    pub status: Share,
    /// Whether the story looks back on it.
    pub historic: Share,
    /// Every actor, and no other.
    pub actors: Share,
    /// Every recipient, and no other.
    pub recipients: Share,
    /// Country, of parties found whose country is marked.
    pub country: Share,
    /// Sector, of parties found whose sector is marked; international bodies left out.
    pub sector: Share,
    /// When, of events of which that can be told.
    pub when: Share,
    /// Whether a place is coded, of events with a marked one.
    pub place_coded: Share,
    /// Where, of events with a marked and a coded place.
    #[serde(rename = "where")]
    pub place: Share,
}

/// Events of one type.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TypeLine {
    /// The type.
    #[serde(rename = "type")]
    pub kind: String,
    /// Marked events that were found, whatever their type in the record.
    pub found: usize,
    /// Events of this type that were found with it.
    #[serde(flatten)]
    pub typed: Score,
}

/// Events found of which one status is marked and one, the same or another, is coded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StatusPair {
    /// As marked.
    pub marked: String,
    /// As coded.
    pub coded: String,
    /// How many.
    pub events: usize,
}

/// Where a type stands in PLOVER's manual; a user's own comes after all.
pub(crate) fn type_place(kind: &str) -> usize {
    EventType::ALL.iter().position(|known| known.code() == kind).unwrap_or(usize::MAX)
}

/// Where a status stands in the order of the record's schema.
pub(crate) fn status_place(status: &str) -> usize {
    Status::ALL.iter().position(|known| known.code() == status).unwrap_or(usize::MAX)
}
