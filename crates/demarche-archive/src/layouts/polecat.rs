//! POLECAT's weekly files: 40 columns, tab-separated, ISO 8859-1, `None` for what is not there, several values with `;` between them.

use demarche::record::{ArgumentRecord, EntityRecord};

use super::{Codes, Exported, day, feature};

pub(super) const COLUMNS: [&str; 40] = [
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Contexts",
    "Actor Name",
    "Actor Country",
    "Actor COW",
    "Primary Actor Sector",
    "Actor Sectors",
    "Actor Title",
    "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name",
    "Recipient Country",
    "Recipient COW",
    "Primary Recipient Sector",
    "Recipient Sectors",
    "Recipient Title",
    "Recipient Name Raw",
    "Wikipedia Recipient ID",
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
    "Version",
];

const QUADS: [&str; 4] = ["VERBAL COOPERATION", "MATERIAL COOPERATION", "VERBAL CONFLICT", "MATERIAL CONFLICT"];

/// The eight columns of a side.
fn side(codes: &Codes, of: &[ArgumentRecord]) -> [String; 8] {
    let each = |cell: &dyn Fn(&ArgumentRecord) -> String| {
        let cells: Vec<String> = of.iter().map(cell).collect();
        if cells.iter().all(String::is_empty) { String::new() } else { cells.join(";") }
    };
    [
        each(&|a| a.name.clone()),
        each(&|a| codes.name(a.country.as_deref()).to_owned()),
        each(&|a| codes.cow(a.country.as_deref()).to_owned()),
        each(&|a| a.sectors.first().map_or_else(String::new, |sector| sector.to_string())),
        each(&|a| a.sectors.join("|")),
        each(&|a| a.office.clone().unwrap_or_default()),
        each(&|a| a.text.clone()),
        String::new(),
    ]
}

pub(super) fn row(codes: &Codes, of: Exported) -> Vec<u8> {
    let (event, story) = (of.event, &of.record.story);
    let mut cells = vec![
        format!("{}-{}-{}", story.id, event.kind, event.id),
        day(&of).to_owned(),
        event.kind.to_string(),
        event.mode.clone().unwrap_or_default().into_owned(),
        event.score.to_string(),
        QUADS[usize::from(event.quad.clamp(1, 4)) - 1].to_owned(),
        event.contexts.join(";"),
    ];
    cells.extend(side(codes, &event.actors));
    cells.extend(side(codes, &event.recipients));
    cells.extend(place(codes, &of));
    let names = |kind: &str| {
        let of_kind = |entity: &&EntityRecord| entity.kind == kind;
        of.record.entities.iter().filter(of_kind).map(|e| e.name.clone()).collect::<Vec<_>>().join(";")
    };
    let mut locations: Vec<&str> = of.record.places.iter().map(|p| p.place.name.as_str()).collect();
    locations.dedup();
    cells.extend([
        story.publisher.clone().or(story.agency.clone()).unwrap_or_default(),
        story.date.clone().unwrap_or_default(),
        names("person"),
        names("organisation"),
        locations.join(";"),
        story.language.clone().unwrap_or_default().into_owned(),
        format!("demarche {}", env!("CARGO_PKG_VERSION")),
    ]);
    let filled: Vec<String> = cells
        .into_iter()
        .map(|cell| if cell.is_empty() { "None".to_owned() } else { cell.replace(['\t', '\n', '\r'], " ") })
        .collect();
    latin1(&(filled.join("\t") + "\n"))
}

/// Placename, city, district, province, country, latitude, longitude, number, words, feature.
fn place(codes: &Codes, of: &Exported) -> [String; 10] {
    let Some(found) = &of.event.place else { return Default::default() };
    let place = &found.place;
    let feature = feature(of).unwrap_or("");
    let city = if feature.starts_with("PPL") { place.name.clone() } else { String::new() };
    let province = if feature == "ADM1" { place.name.clone() } else { String::new() };
    let district = if feature == "ADM2" { place.name.clone() } else { String::new() };
    [
        place.name.clone(),
        city,
        district,
        province,
        codes.name(place.country.as_deref()).to_owned(),
        place.lat.to_string(),
        place.lon.to_string(),
        place.geonames.map_or_else(String::new, |number| number.to_string()),
        found.span.as_ref().map_or_else(String::new, |span| span.text.clone()),
        feature.to_owned(),
    ]
}

/// ISO 8859-1, with `?` for what it has no character for.
fn latin1(text: &str) -> Vec<u8> {
    text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect()
}
