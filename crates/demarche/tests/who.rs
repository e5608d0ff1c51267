//! Who phrases mean on a day: a list written from PLOVER's manual and public facts, and leaders drawn from REIGN.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test may panic")]

use demarche::actor::{Directory, Who};
use demarche::place::Gazetteer;
use jiff::ToSpan;
use jiff::civil::{Date, date};

struct Tables {
    directory: Directory,
    gazetteer: Gazetteer,
}

impl Tables {
    fn new() -> Self {
        Self { directory: Directory::shipped().unwrap(), gazetteer: Gazetteer::shipped().unwrap() }
    }

    fn is_of(&self, country: Option<&str>, cow: &str) -> bool {
        country.and_then(|code| self.directory.cow(code)) == Some(cow)
    }

    fn who(&self, phrase: &str, on: Date) -> Option<Who> {
        self.directory.who(phrase, Some(on), &self.gazetteer)
    }
}

#[test]
fn phrases_of_the_list_are_known() {
    let tables = Tables::new();
    let rows: Vec<Vec<&str>> =
        include_str!("who/phrases.tsv").lines().skip(1).map(|line| line.split('\t').collect()).collect();
    let wrong: Vec<String> = rows
        .iter()
        .filter_map(|row| {
            let who = tables.who(row[0], row[1].parse().unwrap());
            let country = who.as_ref().and_then(|w| w.identity.country).unwrap_or("");
            let mut sectors = who.as_ref().map_or_else(Vec::new, |w| w.identity.sectors.clone());
            let mut wanted: Vec<&str> = row[3].split(' ').filter(|s| !s.is_empty()).collect();
            sectors.sort_unstable();
            wanted.sort_unstable();
            (country != row[2] || sectors != wanted).then(|| format!("{row:?}: {country} {sectors:?}"))
        })
        .collect();
    assert!(rows.len() >= 600);
    assert!(wrong.len() * 100 <= rows.len() * 3, "{} of {} wrong:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
}

/// Leaders of REIGN that have a full name, each on the day of taking office, the day before the term's last month, or between.
fn drawn(text: &str, count: usize) -> Vec<(String, String, Date)> {
    let mut terms = Vec::new();
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let number = |at: usize| cells.get(at).and_then(|cell| cell.parse::<i16>().ok());
        let (Some(day), Some(month), Some(year)) = (number(4), number(5), number(6)) else { continue };
        let Ok(start) = Date::new(year, month as i8, day as i8) else { continue };
        let end = match (number(7), number(8)) {
            (Some(month), Some(year)) => date(year, month as i8, 1),
            _ => date(2021, 3, 1),
        };
        // San Marino's captains regent, two every half year, would be a twentieth of the draw.
        if year >= 1990 && cells[1] != "331" && cells[3].contains(' ') && start < end {
            terms.push((cells[1].to_owned(), cells[3].to_owned(), start, end));
        }
    }
    // A linear congruential generator with a fixed seed: the same draw everywhere.
    let mut state = 2026_u64;
    let mut next = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize
    };
    let mut draw = || {
        let (cow, name, start, end) = terms[next() % terms.len()].clone();
        let days = (end - start).get_days();
        let on = match next() % 3 {
            0 => start,
            1 => end.saturating_sub(1.day()),
            _ => start.saturating_add((next() as i32 % days.max(1)).days()),
        };
        (cow, name, on)
    };
    (0..count).map(|_| draw()).collect()
}

/// The words of a name that tell it from others.
fn words(name: &str) -> Vec<String> {
    let plain = deunicode::deunicode(name).to_lowercase();
    plain.split([' ', '-', '.', '\'']).filter(|word| word.len() > 2).map(str::to_owned).collect()
}

#[test]
fn leaders_drawn_from_reign_are_in_office() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/who/reign_leaders_1950_2021.csv");
    let Ok(bytes) = std::fs::read(path) else {
        eprintln!("skipped: the shared data are not here");
        return;
    };
    let tables = Tables::new();
    let lines: Vec<String> = tables.directory.export().collect();
    let drawn = drawn(&String::from_utf8_lossy(&bytes), 200);
    // REIGN spells in its own way: whoever of the state shares a word of the name is asked for by the table's name.
    let governs = |name: &str, cow: &str, on: Date| {
        let who = tables.who(name, on);
        who.is_some_and(|w| w.identity.sectors.contains(&"GOV") && tables.is_of(w.identity.country, cow))
    };
    let known = |cow: &str, name: &str, on: Date| {
        let wanted = words(name);
        lines.iter().any(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            let shares = || words(&format!("{} {}", cells[0], cells[1])).iter().any(|word| wanted.contains(word));
            !cells[4].is_empty() && tables.is_of(Some(cells[2]), cow) && shares() && governs(cells[0], cow, on)
        })
    };
    let wrong: Vec<String> = drawn
        .iter()
        .filter(|(cow, name, on)| !known(cow, name, *on))
        .map(|(cow, name, on)| format!("{name} {on} COW {cow}"))
        .collect();
    assert!(wrong.len() * 100 <= drawn.len() * 2, "{} of {} wrong:\n{}", wrong.len(), drawn.len(), wrong.join("\n"));
}
