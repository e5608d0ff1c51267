//! ICEWS: 20 columns, tab-separated, with a header.

use demarche::record::ArgumentRecord;

use super::{Codes, Exported, day, dyads, line, sentence};

pub(super) const COLUMNS: [&str; 20] = [
    "Event ID",
    "Event Date",
    "Source Name",
    "Source Sectors",
    "Source Country",
    "Event Text",
    "CAMEO Code",
    "Intensity",
    "Target Name",
    "Target Sectors",
    "Target Country",
    "Story ID",
    "Sentence Number",
    "Publisher",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
];

pub(super) fn rows(codes: &Codes, of: Exported) -> Vec<u8> {
    let sectors = |who: &ArgumentRecord| who.sectors.join(",");
    let place = of.event.place.as_ref().map(|p| &p.place);
    let row = |(source, target): (&ArgumentRecord, Option<&ArgumentRecord>)| {
        line(&[
            of.stored.id.to_string(),
            day(&of).to_owned(),
            source.name.clone(),
            sectors(source),
            codes.name(source.country.as_deref()).to_owned(),
            codes.label(&of.event.cameo).to_owned(),
            of.event.cameo.to_string(),
            codes.goldstein(&of.event.cameo).to_owned(),
            target.map_or_else(String::new, |t| t.name.clone()),
            target.map_or_else(String::new, sectors),
            target.map_or("", |t| codes.name(t.country.as_deref())).to_owned(),
            of.record.story.id.clone(),
            sentence(&of).to_string(),
            of.record.story.publisher.clone().or(of.record.story.agency.clone()).unwrap_or_default(),
            place.map_or_else(String::new, |p| p.name.clone()),
            String::new(),
            String::new(),
            codes.name(place.and_then(|p| p.country.as_deref())).to_owned(),
            place.map_or_else(String::new, |p| p.lat.to_string()),
            place.map_or_else(String::new, |p| p.lon.to_string()),
        ])
    };
    dyads(of.event).into_iter().flat_map(row).collect()
}
