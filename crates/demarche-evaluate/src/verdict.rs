//! What of an event that was found is right.

use crate::characters::overlap;
use crate::coding::{CodedEvent, CodedParty, CodedPlace};
use crate::gold::{GoldEvent, GoldParty, GoldPlace, GoldStory};

/// What stands in the place of a country where nobody has one; which sector is added to it is not settled.
const BODIES: [&str; 7] = ["UNO", "EUR", "IGO", "NGO", "MNC", "IMG", "ISM"];

/// So many of so many are right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Ratio {
    pub right: usize,
    pub of: usize,
}

impl Ratio {
    pub fn count(&mut self, right: bool) {
        self.of += 1;
        self.right += usize::from(right);
    }

    pub fn add(&mut self, other: Ratio) {
        self.of += other.of;
        self.right += other.right;
    }
}

/// What of an event that was found is right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Verdict {
    pub typed: bool,
    /// Type and mode.
    pub mode: bool,
    pub status: bool,
    pub historic: bool,
    /// Every marked actor shares a character with a coded one, and every coded one with a marked one.
    pub actors: bool,
    pub recipients: bool,
    /// Of parties that were found and whose country is marked.
    pub country: Ratio,
    /// Of parties that were found and whose sector is marked.
    pub sector: Ratio,
    /// `None` where it cannot be told.
    pub when: Option<bool>,
    /// A place is marked.
    pub placed: bool,
    /// `None` where none is marked or none is coded.
    pub place: Option<bool>,
    /// Type, status, all parties and their countries.
    pub whole: bool,
}

impl Verdict {
    /// Holds a coded event against a telling of a story.
    pub fn of(story: &GoldStory, event: &GoldEvent, coded: &CodedEvent) -> Self {
        let typed = coded.kind == event.kind.code();
        let status = coded.status == event.status.code();
        let actors = same(&event.actors, &coded.actors);
        let recipients = same(&event.recipients, &coded.recipients);
        let (mut country, mut sector) = (Ratio::default(), Ratio::default());
        for (marked, known) in [(&event.actors, &coded.actors), (&event.recipients, &coded.recipients)] {
            country.add(countries(marked, known));
            sector.add(sectors(marked, known));
        }
        Self {
            typed,
            mode: typed && coded.mode.as_deref() == event.mode,
            status,
            historic: coded.historic == event.historic,
            actors,
            recipients,
            country,
            sector,
            when: event.when.agrees(coded.days, story.date),
            placed: event.place.is_some(),
            place: event.place.as_ref().zip(coded.place.as_ref()).map(|(marked, coded)| there(marked, coded)),
            whole: typed && status && actors && recipients && country.right == country.of,
        }
    }
}

fn same(marked: &[GoldParty], coded: &[CodedParty]) -> bool {
    marked.iter().all(|party| found(party, coded).is_some())
        && coded.iter().all(|party| marked.iter().any(|other| overlap(&party.at, &other.at)))
}

/// The coded party that a marked one is.
fn found<'a>(party: &GoldParty, coded: &'a [CodedParty]) -> Option<&'a CodedParty> {
    coded.iter().find(|other| overlap(&party.at, &other.at))
}

fn countries(marked: &[GoldParty], coded: &[CodedParty]) -> Ratio {
    let mut ratio = Ratio::default();
    for party in marked {
        if let (Some(country), Some(coded)) = (&party.country, found(party, coded)) {
            ratio.count(coded.country.as_deref() == Some(country));
        }
    }
    ratio
}

fn sectors(marked: &[GoldParty], coded: &[CodedParty]) -> Ratio {
    let mut ratio = Ratio::default();
    for party in marked {
        let body = party.country.as_deref().is_some_and(|country| BODIES.contains(&country));
        if let (false, Some(sector), Some(coded)) = (body, &party.sector, found(party, coded)) {
            ratio.count(coded.sectors.iter().any(|known| known == sector));
        }
    }
    ratio
}

/// A place is right by its name; one that is marked by its country alone, by that.
fn there(marked: &GoldPlace, coded: &CodedPlace) -> bool {
    match &marked.name {
        Some(name) => coded.names.to_lowercase().contains(&name.to_lowercase()),
        None => coded.country.as_deref() == marked.country.as_deref(),
    }
}
