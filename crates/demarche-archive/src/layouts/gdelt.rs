//! GDELT 1.0: 58 columns with the address, tab-separated, no header. A day beyond its codebook's columns is nowhere.

use demarche::record::ArgumentRecord;
use jiff::civil::Date;

use super::{Codes, Exported, cameo_actor, day, dyads, feature, line};

pub(super) fn rows(codes: &Codes, of: Exported) -> Vec<u8> {
    let row = |(number, (source, target)): (usize, (&ArgumentRecord, Option<&ArgumentRecord>))| {
        // Numbers stay unique when an event gives several rows.
        let id = of.stored.id * 100 + number as i64;
        let mut cells = vec![id.to_string()];
        cells.extend(days(day(&of)));
        cells.extend(actor(Some(source)));
        cells.extend(actor(target));
        cells.extend(action(codes, &of));
        // Where an actor is is not coded; its country stands for it.
        cells.extend(country(codes, Some(source)));
        cells.extend(country(codes, target));
        cells.extend(place(codes, &of));
        let added = of.record.story.date.as_deref().unwrap_or("").replace('-', "");
        cells.extend([added, of.record.story.url.clone().unwrap_or_default()]);
        line(&cells)
    };
    dyads(of.event).into_iter().enumerate().flat_map(row).collect()
}

/// Day, month, year, and the year with its fraction.
fn days(day: &str) -> [String; 4] {
    let plain = day.replace('-', "");
    let part = |n: usize| plain.get(..n).unwrap_or("").to_owned();
    let fraction = day.parse::<Date>().map_or_else(
        |_| String::new(),
        |day| {
            format!("{:.4}", f64::from(day.year()) + f64::from(day.day_of_year() - 1) / f64::from(day.days_in_year()))
        },
    );
    [plain.clone(), part(6), part(4), fraction]
}

/// Code, name, country, group, ethnic, two religions, three types.
fn actor(of: Option<&ArgumentRecord>) -> [String; 10] {
    let Some(of) = of else { return Default::default() };
    let role = |n: usize| of.sectors.get(n).map_or_else(String::new, |sector| sector.to_string());
    let country = of.country.clone().map_or_else(String::new, |country| country.into_owned());
    let empty = String::new;
    [cameo_actor(of), of.name.to_uppercase(), country, empty(), empty(), empty(), empty(), role(0), role(1), role(2)]
}

/// Root event, three codes, quad class, Goldstein, mentions, sources, articles, tone.
fn action(codes: &Codes, of: &Exported) -> [String; 10] {
    let code = &of.event.cameo;
    let prefix = |n: usize| code.get(..n.min(code.len())).unwrap_or("").to_owned();
    // Protest is verbal conflict in GDELT, material in PLOVER.
    let quad = if code.starts_with("14") { 3 } else { of.event.quad };
    [
        u8::from(of.event.evidence.sentence < 3).to_string(),
        code.to_string(),
        prefix(3),
        prefix(2),
        quad.to_string(),
        codes.goldstein(code).to_owned(),
        (1 + of.event.retold.len()).to_string(),
        of.stored.sources.to_string(),
        of.stored.stories.to_string(),
        String::new(),
    ]
}

fn country(codes: &Codes, of: Option<&ArgumentRecord>) -> [String; 7] {
    let code = of.and_then(|of| of.country.as_deref());
    let (name, fips) = (codes.name(code), codes.fips(code));
    let kind = if name.is_empty() { "0" } else { "1" };
    [kind, name, fips, fips, "", "", ""].map(str::to_owned)
}

/// Type, full name, country, first-order division, latitude, longitude, number.
fn place(codes: &Codes, of: &Exported) -> [String; 7] {
    let Some(place) = of.event.place.as_ref().map(|p| &p.place) else {
        return ["0", "", "", "", "", "", ""].map(str::to_owned);
    };
    let code = place.country.as_deref();
    let (fips, usa) = (codes.fips(code), code == Some("USA"));
    let kind = match feature(of).unwrap_or("") {
        f if f.starts_with("PCL") || f == "TERR" => "1",
        f if f.starts_with("ADM") && usa => "2",
        f if f.starts_with("ADM") => "5",
        _ if usa => "3",
        _ => "4",
    };
    let full = if kind == "1" { place.name.clone() } else { format!("{}, {}", place.name, codes.name(code)) };
    let division = place.admin1.as_deref().map_or_else(|| fips.to_owned(), |division| format!("{fips}{division}"));
    let number = place.geonames.map_or_else(String::new, |number| number.to_string());
    [kind.to_owned(), full, fips.to_owned(), division, place.lat.to_string(), place.lon.to_string(), number]
}
