//! From the records of any number of stories to where a negotiation stands.
//!
//! In: records, in any order. Out: [`Dossier`]: the parties; the issues and how each side holds them, and moved; offers and their fate; commitments;
//! meetings; documents and their stage; what others make of it; a timeline; and where stories contradict each other. Every line has its story, day and
//! quotation. Never: a word that no story has, nor a choice between stories that differ.

mod cite;
mod contradictions;
mod documents;
mod markdown;
mod meetings;
mod offers;
mod positions;
mod sides;
mod timeline;

use schemars::JsonSchema;
use serde::Serialize;

pub use cite::Cite;

use crate::record::{Code, Record};
use crate::table::TableError;
use cite::Stories;
use sides::Between;

/// Makes dossiers; holds the tables.
#[derive(Debug)]
pub struct DossierTables {
    observers: Vec<&'static str>,
    /// Nouns for what one side puts to another.
    put: Vec<&'static str>,
}

/// A story that a dossier draws on.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct StoryLine {
    /// Its identifier.
    pub id: String,
    /// Its headline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Day of publication, ISO 8601.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Address of the original.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// A party, and who speaks for it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Party {
    /// ISO 3166-1 alpha-3, or the name of one without a state.
    pub code: String,
    /// Who acts or speaks for it, the most named first.
    pub people: Vec<String>,
}

/// How a side held an issue at a time.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Holding {
    /// for, against, demands, offers or refuses.
    pub stance: Code,
    /// What it hangs on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub condition: Option<String>,
    /// Who holds it, by name.
    pub holders: Vec<String>,
    /// The day it was held: of the event that it is, else of the story.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub day: Option<String>,
    /// Where it stands.
    pub cite: Cite,
}

/// A side's positions on an issue, the oldest first.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SideOnIssue {
    /// The side: a party's code, or the name of a public or a third party.
    pub side: String,
    /// Its positions.
    pub positions: Vec<Holding>,
    /// From which stance to which it moved, where it did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moved: Option<Move>,
}

/// A change of stance.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Move {
    /// The stance it left.
    pub from: Code,
    /// The stance it came to.
    pub to: Code,
    /// When, as the later position's day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub day: Option<String>,
}

/// What is negotiated about, and who stands where.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Issue {
    /// Its name in the table of issues.
    pub issue: Code,
    /// The sides.
    pub sides: Vec<SideOnIssue>,
}

/// An offer and what became of it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Offer {
    /// Whose it is.
    pub by: String,
    /// The issue.
    pub issue: Code,
    /// Who made it, by name.
    pub holders: Vec<String>,
    /// When it was made: first and last day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub day: Option<(String, String)>,
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// What it hangs on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub condition: Option<String>,
    /// accepted, refused or unanswered.
    pub fate: Code,
    /// The words that tell of it.
    pub cites: Vec<Cite>,
    /// The words that answer it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<Cite>,
    /// What the answer demands instead: the ground of a refusal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ground: Option<String>,
}

/// What parties bound themselves to.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Commitment {
    /// Who did.
    pub by: Vec<String>,
    /// When: first and last day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub day: Option<(String, String)>,
    /// What it hangs on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub condition: Option<String>,
    /// The document that lays it down.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
    /// The words that tell of it.
    pub cites: Vec<Cite>,
}

/// A meeting that one or more stories tell of.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct MeetingLine {
    /// summit, call, visit, talks, conference or meeting.
    pub kind: Code,
    /// Which of its series.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ordinal: Option<u32>,
    /// Who meets, by name.
    pub parties: Vec<String>,
    /// The sides that they are of.
    #[serde(skip)]
    pub(crate) sides: Vec<String>,
    /// Those of them that are states, each with its side.
    #[serde(skip)]
    pub(crate) states: Vec<(String, String)>,
    /// First and last day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub day: Option<(String, String)>,
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Whether it is so, as the latest story has it.
    pub status: Code,
    /// The words that tell of it.
    pub cites: Vec<Cite>,
}

/// How far a document had come at a time.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct StageLine {
    /// proposed, under negotiation, agreed, signed ...
    pub stage: Code,
    /// The words that tell of it.
    pub cite: Cite,
}

/// A document and its stage.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct DocumentLine {
    /// Its name.
    pub name: String,
    /// treaty, joint statement ...
    pub kind: Code,
    /// Its year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<i16>,
    /// The states that are parties to it.
    pub parties: Vec<Code>,
    /// How far it has come, as the latest story that says so has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stage: Option<Code>,
    /// How it came there.
    pub stages: Vec<StageLine>,
    /// What it lays down.
    pub terms: Vec<Cite>,
}

/// What somebody outside the talks makes of them.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct View {
    /// Who.
    pub holder: String,
    /// neutral, positive, negative or doubtful.
    pub stance: Code,
    /// What is said.
    pub text: String,
    /// Where.
    pub cite: Cite,
}

/// A day on the timeline.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Entry {
    /// First and last day.
    pub day: (String, String),
    /// PLOVER type.
    #[serde(rename = "type")]
    pub kind: Code,
    /// Who, by name.
    pub actors: Vec<String>,
    /// To whom, by name.
    pub recipients: Vec<String>,
    /// Whether it is so.
    pub status: Code,
    /// The words that tell of it.
    pub cites: Vec<Cite>,
}

/// Two stories that cannot both be right.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Contradiction {
    /// What they differ in.
    pub about: String,
    /// What each says.
    pub says: Vec<(String, Cite)>,
}

/// Where a negotiation stands.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Dossier {
    /// Version of the schema.
    pub schema: u32,
    /// The parties between whom it is, by code.
    pub between: Vec<String>,
    /// The stories that it draws on, the oldest first.
    pub stories: Vec<StoryLine>,
    /// The parties.
    pub parties: Vec<Party>,
    /// The issues, the most spoken of first.
    pub issues: Vec<Issue>,
    /// Offers, the oldest first.
    pub offers: Vec<Offer>,
    /// Commitments, the oldest first.
    pub commitments: Vec<Commitment>,
    /// Meetings, the oldest first.
    pub meetings: Vec<MeetingLine>,
    /// Documents, the oldest first.
    pub documents: Vec<DocumentLine>,
    /// What others make of it.
    pub views: Vec<View>,
    /// Whether those differ: some say what others doubt.
    pub views_differ: bool,
    /// What happened, the oldest first.
    pub timeline: Vec<Entry>,
    /// Where stories contradict each other.
    pub contradictions: Vec<Contradiction>,
}

impl DossierTables {
    /// Reads the shipped tables.
    pub fn shipped() -> Result<Self, TableError> {
        let observers = crate::table::list(demarche_tables::OBSERVERS.text).collect();
        let put = crate::table::list(demarche_tables::OFFERS.text).collect();
        Ok(Self { observers, put })
    }

    /// The dossier of some stories between two or more parties, by ISO 3166-1 alpha-3; between the two that most is told of where none are
    /// given.
    pub fn make(&self, records: &[Record], between: &[String]) -> Dossier {
        let between = Between::of(records, between);
        let stories = Stories::of(records, &between);
        let views = positions::views(&stories, &between, &self.observers);
        let doubtful = |view: &View| matches!(&*view.stance, "doubtful" | "negative");
        let meetings = meetings::meetings(&stories, &between);
        Dossier {
            schema: crate::record::SCHEMA,
            parties: sides::parties(&stories, &between),
            issues: positions::issues(&stories, &between, &self.observers),
            offers: offers::offers(&stories, &between, &self.put),
            commitments: offers::commitments(&stories, &between),
            contradictions: contradictions::contradictions(&stories, &between),
            documents: documents::documents(&stories, &between),
            views_differ: views.iter().any(doubtful) && !views.iter().all(doubtful),
            timeline: timeline::timeline(&stories, &between),
            stories: stories.lines(),
            between: between.codes().to_vec(),
            meetings,
            views,
        }
    }
}
