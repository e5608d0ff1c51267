//! The record's smaller parts.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Code;

/// Words and where they stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SpanText {
    /// The words.
    pub text: String,
    /// First character.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
}

/// A condition, in the story's words.
pub type Condition = SpanText;

/// The story as coded.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct StoryRecord {
    /// The document's identifier.
    pub id: String,
    /// Headline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Day of publication, ISO 8601.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// News agency.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agency: Option<String>,
    /// Publisher.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// Who signed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub byline: Option<String>,
    /// Where it was filed, a part of `text` that is not coded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dateline: Option<SpanText>,
    /// Address of the original.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Language: `en`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<Code>,
    /// The body.
    pub text: String,
}

/// Somebody or something that acts.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct EntityRecord {
    /// The fullest name known.
    pub name: String,
    /// person, state, organisation or group.
    pub kind: Code,
    /// ISO 3166-1 alpha-3.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<Code>,
    /// PLOVER sectors.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sectors: Vec<Code>,
    /// Office held on the day of publication.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub office: Option<String>,
    /// Everywhere it is named or referred to.
    pub mentions: Vec<SpanText>,
}

/// A time expression.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct DateMention {
    /// Where it stands.
    #[serde(flatten)]
    pub span: SpanText,
    /// TIMEX3 type: DATE, TIME, DURATION or SET.
    #[serde(rename = "type")]
    pub kind: Code,
    /// TIMEX3 value.
    pub value: String,
    /// First day, ISO 8601.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Last day, inclusive.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
}

/// A place and where it is.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Located {
    /// Usual name.
    pub name: String,
    /// GeoNames number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub geonames: Option<u32>,
    /// Degrees north.
    pub lat: f32,
    /// Degrees east.
    pub lon: f32,
    /// ISO 3166-1 alpha-3 of the country that holds it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<Code>,
    /// First-order division, by GeoNames' code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub admin1: Option<Code>,
}

/// A place named.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PlaceMentionRecord {
    /// Where it stands.
    #[serde(flatten)]
    pub span: SpanText,
    /// What it is and where.
    #[serde(flatten)]
    pub place: Located,
    /// GeoNames feature code.
    pub feature: Code,
    /// Who claims it, for a disputed place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disputed: Option<Disputed>,
}

/// Who claims a place, and its names.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Disputed {
    /// ISO 3166-1 alpha-3 of every claimant.
    pub claimants: Vec<Code>,
    /// Every name in use.
    pub names: Vec<NameInUse>,
}

/// A name, and the party whose name it is.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct NameInUse {
    /// The name.
    pub name: Code,
    /// ISO 3166-1 alpha-3 of the party, where it is one side's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub used_by: Option<Code>,
}

/// An attribution.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Attribution {
    /// Index of the sentence, from 0.
    pub sentence: usize,
    /// Who says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<SpanText>,
    /// Indices into `entities` of the source.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entities: Vec<usize>,
    /// The source is not named: `a senior official`, `some experts`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub anonymous: bool,
    /// Index into `quotes` of the attribution that it is part of: an agency that cites a ministry.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub within: Option<usize>,
    /// The word that introduces it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cue: Option<SpanText>,
    /// What is said.
    pub content: SpanText,
    /// direct, indirect or mixed.
    pub kind: Code,
    /// neutral, positive, negative or doubtful.
    pub stance: Code,
}

/// A link to another story.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Link {
    /// Its words.
    pub title: String,
    /// Its address.
    pub url: String,
}

/// How many people, how much money an event is about.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct MagnitudeRecord {
    /// People killed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub killed: Option<AmountRecord>,
    /// People injured.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub injured: Option<AmountRecord>,
    /// People arrested.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arrested: Option<AmountRecord>,
    /// People who took part.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub crowd: Option<AmountRecord>,
    /// Money.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub money: Option<MoneyRecord>,
}

impl MagnitudeRecord {
    /// Whether the story gives no number.
    pub fn is_empty(&self) -> bool {
        let people = [&self.killed, &self.injured, &self.arrested, &self.crowd];
        people.iter().all(|n| n.is_none()) && self.money.is_none()
    }
}

/// A number, or a range: `at least 12` has no `max`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum AmountRecord {
    /// So many.
    Number(u64),
    /// From `min` to `max`, inclusive.
    Range {
        /// The least.
        #[serde(skip_serializing_if = "Option::is_none")]
        min: Option<u64>,
        /// The most.
        #[serde(skip_serializing_if = "Option::is_none")]
        max: Option<u64>,
    },
}

/// A sum of money.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct MoneyRecord {
    /// How much.
    pub amount: AmountRecord,
    /// ISO 4217.
    pub currency: Code,
}
