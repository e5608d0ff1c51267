//! Identities by the tables alone; the cast of whole stories is tested with the golden records.

use jiff::civil::date;

use super::directory::Referent;
use super::*;

fn identity(name: &str, year: i16) -> Identity {
    let directory = Directory::shipped().unwrap();
    let referent = directory.named(name)[0];
    directory.identity(referent, Some(date(year, 1, 4)))
}

#[test]
fn office_is_the_one_held_on_the_day() {
    let abe = identity("Shinzo Abe", 2019);
    assert_eq!(
        (abe.country, &abe.sectors[..], abe.office.as_deref()),
        (Some("JPN"), &["GOV"][..], Some("prime minister"))
    );
    assert_eq!(identity("Shinzo Abe", 2022).sectors, ["ELI"]);
    assert_eq!(identity("Dmitry Medvedev", 2010).office.as_deref(), Some("president"));
}

#[test]
fn capitals_and_seats_stand_for_governments() {
    assert_eq!(identity("Moscow", 2019).country, Some("RUS"));
    assert_eq!(identity("Kremlin", 2019).sectors, ["GOV"]);
    assert_eq!(identity("State Duma", 2019).sectors, ["LEG"]);
}

#[test]
fn states_that_are_gone_keep_their_years() {
    let directory = Directory::shipped().unwrap();
    assert_eq!(directory.state_in("RUS", 1956), "SUN");
    assert_eq!(directory.state_in("RUS", 2019), "RUS");
    assert_eq!(directory.state_in("JPN", 1956), "JPN");
}

#[test]
fn every_sector_of_the_tables_is_in_the_manual() {
    let ontology = crate::ontology::Ontology::shipped().unwrap();
    let directory = Directory::shipped().unwrap();
    let bodies = directory.seats.iter().chain(&directory.organisations).flat_map(|b| &b.sectors);
    for sector in directory.agents.values().flatten().chain(bodies) {
        assert!(ontology.has_sector(sector), "{sector}");
    }
    assert!(
        directory
            .named("Japan")
            .contains(&Referent::State(directory.states.iter().position(|s| s.code == "JPN").unwrap()))
    );
}

#[test]
fn terms_of_an_office_follow_one_another() {
    let table = demarche_tables::OFFICES;
    let rows = crate::table::Rows::read(table.name, table.text, &["name", "country", "office", "from", "to"]).unwrap();
    let mut terms: Vec<(&str, &str, jiff::civil::Date, Option<jiff::civil::Date>, usize)> = rows
        .iter()
        .map(|row| {
            let to = (!row.get("to").is_empty()).then(|| row.parse("to").unwrap());
            (row.get("country"), row.get("office"), row.parse("from").unwrap(), to, row.place().1)
        })
        .collect();
    terms.sort();
    for pair in terms.windows(2) {
        let (country, office, _, to, line) = pair[0];
        let (next_country, next_office, from, _, next_line) = pair[1];
        if (country, office) != (next_country, next_office) {
            continue;
        }
        let to =
            to.unwrap_or_else(|| panic!("line {line}: the {office} of {country} has a successor, line {next_line}"));
        let gap = (from - to).get_days();
        assert!(gap >= 0, "lines {line} and {next_line}: two at once are {office} of {country}");
        assert!(gap <= 366, "lines {line} and {next_line}: nobody is {office} of {country} for {gap} days");
    }
}
