//! The record: what is written of a story, and nothing else.
//!
//! In: a story and all that the rooms before found in it. Out: [`Record`], which serialises to one JSON object. Every span
//! counts characters (Unicode scalar values) of `story.text`. Fields without a value are left out; the schema is extended only
//! by adding. Never: a decision about what the story says.

mod build;
mod candidates;
mod parts;
mod talks;

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use candidates::{AnswerRecord, CandidateRecord, ClaimRecord, FeatureMap, PairRecord, WeighedRecord};
pub use parts::{
    AmountRecord, Attribution, Condition, DateMention, Disputed, EntityRecord, Link, Located, MagnitudeRecord,
    MoneyRecord, NameInUse, PlaceMentionRecord, SpanText, StoryRecord,
};

pub use talks::{InstrumentRecord, MeetingRecord, MentionRecord, PartyRecord, PositionRecord};

pub(crate) use build::{build, dates, entities, listed, places, quotes};
pub(crate) use candidates::{candidates, pairs, weighed};

/// Version of the schema.
pub const SCHEMA: u32 = 1;

/// A word of a closed list, as the tables have it; one of the program's own, or read back from a record.
pub type Code = Cow<'static, str>;

/// What the program writes of a story.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Record {
    /// Version of this schema.
    pub schema: u32,
    /// The story as coded.
    pub story: StoryRecord,
    /// Its sentences: of each the first character and one past the last.
    #[serde(default)]
    pub sentences: Vec<(usize, usize)>,
    /// Who did what to whom.
    pub events: Vec<EventRecord>,
    /// Who acts in the story.
    pub entities: Vec<EntityRecord>,
    /// Time expressions.
    pub dates: Vec<DateMention>,
    /// Places named.
    pub places: Vec<PlaceMentionRecord>,
    /// Who says what.
    pub quotes: Vec<Attribution>,
    /// Meetings, past and to come.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub meetings: Vec<MeetingRecord>,
    /// Treaties, statements, ceasefires, resolutions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub instruments: Vec<InstrumentRecord>,
    /// Who holds which position.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub positions: Vec<PositionRecord>,
    /// Related stories.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// What a reader of the record should know of how it came about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notices: Vec<String>,
}

/// An event.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct EventRecord {
    /// Number within the story: `e1`.
    pub id: String,
    /// PLOVER type.
    #[serde(rename = "type")]
    pub kind: Code,
    /// PLOVER mode.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mode: Option<Code>,
    /// PLOVER contexts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contexts: Vec<Code>,
    /// CAMEO code.
    pub cameo: Code,
    /// Quad class: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
    pub quad: u8,
    /// PLOVER score, -10 (conflict) to 10 (cooperation).
    pub score: f32,
    /// Who does it; of a symmetric event, all who take part.
    pub actors: Vec<ArgumentRecord>,
    /// To whom; absent for a symmetric event.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recipients: Vec<ArgumentRecord>,
    /// Whether it is so: happened, ongoing, planned, proposed, demanded, threatened, conditional, possible, denied, failed.
    pub status: Code,
    /// What it hangs on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub condition: Option<Condition>,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<EventTimeRecord>,
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<EventPlaceRecord>,
    /// Index into `quotes` of the attribution that tells it; absent for the story's own voice.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub said_by: Option<usize>,
    /// The words it was coded from.
    pub evidence: Evidence,
    /// Where else the story tells of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub retold: Vec<Evidence>,
    /// How many people, how much money.
    #[serde(default, skip_serializing_if = "MagnitudeRecord::is_empty")]
    pub magnitude: MagnitudeRecord,
    /// How sure, 0 to 1: the share of events as sure as this whose type, parties and status were all right on held-back stories.
    pub confidence: f32,
    /// How sure its parts are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub probabilities: Option<Probabilities>,
}

/// How likely the parts of an event are right, 0 to 1 each, measured on held-back stories.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Probabilities {
    /// That it is an event.
    pub event: f32,
    /// Its type.
    #[serde(rename = "type")]
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

/// An actor or recipient.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ArgumentRecord {
    /// The words.
    pub text: String,
    /// First character.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
    /// Index into `entities`.
    pub entity: usize,
    /// The fullest name known.
    pub name: String,
    /// ISO 3166-1 alpha-3, of the state as it was at the event.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<Code>,
    /// PLOVER sectors.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sectors: Vec<Code>,
    /// Office held on the day of the event.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub office: Option<String>,
}

/// When an event was, or is to be.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct EventTimeRecord {
    /// The words that say so.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub span: Option<SpanText>,
    /// First day, ISO 8601.
    pub from: String,
    /// Last day, inclusive.
    pub to: String,
    /// stated, inferred or publication.
    pub basis: Code,
    /// The story looks back on it: it is no news.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub historic: bool,
}

/// Where an event was.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct EventPlaceRecord {
    /// The words that say so.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub span: Option<SpanText>,
    /// What it is and where.
    #[serde(flatten)]
    pub place: Located,
    /// stated, or inferred from the dateline.
    pub basis: Code,
}

/// Where an event was coded from.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Evidence {
    /// Index of the sentence, from 0.
    pub sentence: usize,
    /// First character of the clause.
    pub start: usize,
    /// One past its last character.
    pub end: usize,
    /// The word that says what happened.
    pub trigger: SpanText,
}

/// The record's JSON Schema.
pub fn schema() -> schemars::Schema {
    let settings = schemars::generate::SchemaSettings::draft2020_12().for_serialize();
    settings.into_generator().into_root_schema_for::<Record>()
}
