//! An event as far as it is compared with those of other stories.

use std::collections::BTreeSet;

use demarche::record::{ArgumentRecord, EventRecord, Record};
use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};

/// A party as far as it is compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Who {
    /// The fullest name known.
    pub name: String,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// PLOVER sectors, blanks between.
    pub sectors: String,
}

/// An event as far as it is compared.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Telling {
    /// PLOVER mode.
    pub mode: Option<String>,
    /// Whether it is so.
    pub status: String,
    /// First and last day, from 1970-01-01.
    pub days: (i32, i32),
    /// Who does it.
    pub actors: Vec<Who>,
    /// To whom.
    pub recipients: Vec<Who>,
    /// Where.
    pub place: Option<String>,
    /// ISO 3166-1 alpha-3 of the place.
    pub country: Option<String>,
    /// The words of the clause.
    pub quotation: String,
}

impl Telling {
    /// An event as far as it is compared; none of one without days.
    pub fn of(record: &Record, event: &EventRecord) -> Option<Self> {
        let time = event.time.as_ref()?;
        let who = |all: &[ArgumentRecord]| {
            let one = |a: &ArgumentRecord| Who {
                name: a.name.clone(),
                country: a.country.as_deref().map(str::to_owned),
                sectors: a.sectors.join(" "),
            };
            all.iter().map(one).collect()
        };
        let place = event.place.as_ref().map(|found| &found.place);
        Some(Self {
            mode: event.mode.as_deref().map(str::to_owned),
            status: event.status.to_string(),
            days: (number(&time.from)?, number(&time.to)?),
            actors: who(&event.actors),
            recipients: who(&event.recipients),
            place: place.map(|place| place.name.clone()),
            country: place.and_then(|place| place.country.as_deref()).map(str::to_owned),
            quotation: quotation(record, event),
        })
    }

    /// What two tellings of one occurrence have at least one of in common: names and countries of parties.
    pub fn keys(&self) -> BTreeSet<&str> {
        let parties = self.actors.iter().chain(&self.recipients);
        parties.flat_map(|who| [Some(who.name.as_str()), who.country.as_deref()]).flatten().collect()
    }
}

const EPOCH: Date = date(1970, 1, 1);

/// Days since an epoch.
pub(crate) fn number(day: &str) -> Option<i32> {
    Some(EPOCH.until(day.parse::<Date>().ok()?).ok()?.get_days())
}

/// The day of such a number.
pub(crate) fn day(number: i32) -> String {
    let span = jiff::Span::new().try_days(number).unwrap_or_default();
    EPOCH.checked_add(span).unwrap_or(EPOCH).to_string()
}

/// The words of a clause, on one line.
pub(crate) fn quotation(record: &Record, event: &EventRecord) -> String {
    let (start, end) = (event.evidence.start, event.evidence.end);
    let words: String = record.story.text.chars().skip(start).take(end - start).collect();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
