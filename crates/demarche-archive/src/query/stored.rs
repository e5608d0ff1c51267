//! What an archive answers.

use rusqlite::Row;
use schemars::JsonSchema;
use serde::Serialize;

/// Who takes part in an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct StoredParty {
    /// The fullest name known.
    pub name: String,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// PLOVER sectors, blanks between.
    pub sectors: String,
}

/// An event of the archive.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct StoredEvent {
    /// Its number in the archive.
    pub id: i64,
    /// The story's identifier.
    pub story: String,
    /// The story's number in the archive.
    pub story_id: i64,
    /// Its number within the story: `e1`.
    pub number: String,
    /// First day, ISO 8601.
    pub from: Option<String>,
    /// Last day.
    pub to: Option<String>,
    /// The story looks back on it.
    pub historic: bool,
    /// PLOVER type.
    #[serde(rename = "type")]
    pub kind: String,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// CAMEO code.
    pub cameo: String,
    /// Quad class.
    pub quad: i64,
    /// PLOVER score.
    pub score: f64,
    /// Whether it is so.
    pub status: String,
    /// Who does it.
    pub actors: Vec<StoredParty>,
    /// To whom.
    pub recipients: Vec<StoredParty>,
    /// Where.
    pub place: Option<String>,
    /// ISO 3166-1 alpha-3 of the place.
    pub country: Option<String>,
    /// How sure, 0 to 1.
    pub confidence: f64,
    /// The clause it was coded from.
    pub quotation: String,
    /// What it tells of: the least number of the events that tell of the same.
    pub occurrence: i64,
    /// How many stories tell of it.
    pub stories: i64,
    /// How many sources of their own: agencies, else publishers, else stories.
    pub sources: i64,
}

/// Another event that tells of the same.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct StoredLink {
    /// The two events, by number.
    pub between: (i64, i64),
    /// How alike they are, 0 to 1.
    pub likeness: f64,
    /// What the link rests on.
    pub why: String,
}

/// A place where a story was published.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Carrier {
    /// Its identifier there.
    pub name: String,
    /// Its address.
    pub url: Option<String>,
    /// Its headline there.
    pub title: Option<String>,
    /// Day of publication there, ISO 8601.
    pub date: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// How much of the shorter text is in the other, 0 to 1.
    pub likeness: f64,
}

/// A story of the archive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct StoredStory {
    /// Its number in the archive.
    pub id: i64,
    /// Its identifier.
    pub name: String,
    /// Day of publication, ISO 8601.
    pub date: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Its address, without what does not tell stories apart.
    pub url: Option<String>,
    /// How many events it tells of.
    pub events: i64,
    /// In how many places it was published.
    pub carriers: i64,
}

impl StoredParty {
    /// Names with their countries, ` + ` between them.
    pub fn names(of: &[Self]) -> String {
        let name = |party: &Self| match &party.country {
            Some(country) => format!("{} ({country})", party.name),
            None => party.name.clone(),
        };
        of.iter().map(name).collect::<Vec<_>>().join(" + ")
    }
}

impl StoredEvent {
    /// The columns of a table of events.
    pub const COLUMNS: [&str; 19] = [
        "id",
        "story",
        "from",
        "to",
        "historic",
        "type",
        "mode",
        "cameo",
        "quad",
        "score",
        "status",
        "actors",
        "recipients",
        "place",
        "confidence",
        "quotation",
        "occurrence",
        "stories",
        "sources",
    ];

    /// An event as cells of these columns.
    pub fn cells(&self) -> [String; 19] {
        [
            self.id.to_string(),
            self.story.clone(),
            self.from.clone().unwrap_or_default(),
            self.to.clone().unwrap_or_default(),
            self.historic.to_string(),
            self.kind.clone(),
            self.mode.clone().unwrap_or_default(),
            self.cameo.clone(),
            self.quad.to_string(),
            self.score.to_string(),
            self.status.clone(),
            StoredParty::names(&self.actors),
            StoredParty::names(&self.recipients),
            self.place.clone().unwrap_or_default(),
            format!("{:.2}", self.confidence),
            self.quotation.clone(),
            self.occurrence.to_string(),
            self.stories.to_string(),
            self.sources.to_string(),
        ]
    }

    /// An event of a row of [`super::EVENT`], without its parties.
    pub(super) fn read(row: &Row) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            story: row.get(1)?,
            story_id: row.get(17)?,
            number: row.get(2)?,
            from: row.get(3)?,
            to: row.get(4)?,
            historic: row.get(5)?,
            kind: row.get(6)?,
            mode: row.get(7)?,
            cameo: row.get(8)?,
            quad: row.get(9)?,
            score: row.get(10)?,
            status: row.get(11)?,
            actors: Vec::new(),
            recipients: Vec::new(),
            place: row.get(12)?,
            country: row.get(13)?,
            confidence: row.get(14)?,
            quotation: row.get(15)?,
            occurrence: row.get(16)?,
            stories: 1,
            sources: 1,
        })
    }
}

impl StoredStory {
    /// A story of a row of [`super::STORY`].
    pub(super) fn read(row: &Row) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            name: row.get(1)?,
            date: row.get(2)?,
            title: row.get(3)?,
            url: row.get(4)?,
            events: row.get(5)?,
            carriers: row.get(6)?,
        })
    }
}

impl Carrier {
    pub(super) fn read(row: &Row) -> rusqlite::Result<Self> {
        Ok(Self {
            name: row.get(0)?,
            url: row.get(1)?,
            title: row.get(2)?,
            date: row.get(3)?,
            publisher: row.get(4)?,
            likeness: row.get(5)?,
        })
    }
}
