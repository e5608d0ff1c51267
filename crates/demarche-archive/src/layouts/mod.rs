//! The archive's events in the layouts that existing work reads, to the letter; docs/exports.md says what maps to what and what is lost.
//!
//! Layouts without a word for status hold what happened, is going on, or is done by being said (a proposal, a threat); what is only possible,
//! denied or failed is left out of them, and so is what is planned if it is a deed. Layouts of dyads have a row for each pair of actor and
//! recipient, and two for each pair of those who take part in a symmetric event.

mod codes;
mod columns;
mod gdelt;
mod icews;
mod ngec;
mod phoenix;
mod polecat;

use demarche::record::{ArgumentRecord, EventRecord, Record};

pub use codes::Codes;
pub use columns::{Columns, EventRows, arrow_stream};

use super::StoredEvent;
use super::counted::counts;

/// A layout of lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// The 40 columns of POLECAT's weekly files, ISO 8859-1.
    Polecat,
    /// The 20 columns of ICEWS.
    Icews,
    /// The 26 columns of Phoenix, without a header.
    Phoenix,
    /// The lines that PETRARCH2 writes.
    Petrarch,
    /// The 58 columns of GDELT 1.0, without a header.
    Gdelt,
    /// The JSON Lines of NGEC.
    Ngec,
}

/// An event with all that is known of it.
#[derive(Clone, Copy, Debug)]
pub struct Exported<'a> {
    /// The record of its story.
    pub record: &'a Record,
    /// The event there.
    pub event: &'a EventRecord,
    /// The event in the archive.
    pub stored: &'a StoredEvent,
}

impl Layout {
    /// The line of column names, where the layout has one.
    pub fn header(self) -> Option<Vec<u8>> {
        match self {
            Self::Polecat => Some(line(&polecat::COLUMNS)),
            Self::Icews => Some(line(&icews::COLUMNS)),
            Self::Phoenix | Self::Petrarch | Self::Gdelt | Self::Ngec => None,
        }
    }

    /// The lines of an event; none where the layout has no place for it.
    pub fn lines(self, codes: &Codes, of: Exported) -> Vec<u8> {
        match self {
            Self::Polecat => polecat::row(codes, of),
            Self::Ngec => ngec::row(codes, of),
            _ if !counts(&of.event.status, i64::from(of.event.quad)) => Vec::new(),
            Self::Icews => icews::rows(codes, of),
            Self::Phoenix => phoenix::rows(codes, of),
            Self::Petrarch => phoenix::lines(of),
            Self::Gdelt => gdelt::rows(codes, of),
        }
    }
}

/// Cells as a line; tabs and line ends in them become blanks.
fn line<T: AsRef<str>>(cells: &[T]) -> Vec<u8> {
    let clean: Vec<String> = cells.iter().map(|cell| cell.as_ref().replace(['\t', '\n', '\r'], " ")).collect();
    (clean.join("\t") + "\n").into_bytes()
}

/// Who does it to whom: every actor to every recipient; of a symmetric event every pair, both ways; an actor alone without a target.
fn dyads(event: &EventRecord) -> Vec<(&ArgumentRecord, Option<&ArgumentRecord>)> {
    let actors = &event.actors;
    if !event.recipients.is_empty() {
        return actors.iter().flat_map(|a| event.recipients.iter().map(move |r| (a, Some(r)))).collect();
    }
    if actors.len() < 2 {
        return actors.iter().map(|a| (a, None)).collect();
    }
    let others = |i: usize| actors.iter().enumerate().filter(move |(j, _)| *j != i).map(|(_, b)| Some(b));
    actors.iter().enumerate().flat_map(|(i, a)| others(i).map(move |b| (a, b))).collect()
}

/// `USAGOV`: the country and the first sector, as CAMEO writes an actor.
fn cameo_actor(of: &ArgumentRecord) -> String {
    let sector = of.sectors.first().map_or("", |sector| &**sector);
    format!("{}{sector}", of.country.as_deref().unwrap_or(""))
}

/// First day, else that of publication.
fn day<'a>(of: &Exported<'a>) -> &'a str {
    let published = of.record.story.date.as_deref();
    of.event.time.as_ref().map_or(published.unwrap_or(""), |time| &time.from)
}

/// The feature code of GeoNames of an event's place, from where the story names it.
fn feature<'a>(of: &Exported<'a>) -> Option<&'a str> {
    let place = &of.event.place.as_ref()?.place;
    let same =
        |p: &&demarche::record::PlaceMentionRecord| p.place.name == place.name && p.place.geonames == place.geonames;
    of.record.places.iter().find(same).map(|p| &*p.feature)
}

/// The number of the sentence, from 1.
fn sentence(of: &Exported) -> usize {
    of.event.evidence.sentence + 1
}

/// The sentence itself; the clause where texts are not kept.
fn sentence_text(of: &Exported) -> String {
    let text = words(of.record, of.event);
    if text.is_empty() { of.stored.quotation.clone() } else { text }
}

/// The words of an event's sentence.
fn words(record: &Record, event: &EventRecord) -> String {
    let bounds = record.sentences.get(event.evidence.sentence).copied();
    let text = bounds.map_or_else(String::new, |(start, end)| {
        record.story.text.chars().skip(start).take(end - start).collect::<String>()
    });
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
