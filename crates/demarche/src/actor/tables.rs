//! Reading the directory's tables.

use std::collections::{HashMap, HashSet};

use super::directory::{Body, Directory, Person, Referent, State, Term};
use crate::own::Own;
use crate::table::{Row, Rows, TableError};
use demarche_tables::Table;

/// Countries whose names put the family first.
const FAMILY_FIRST: [&str; 6] = ["CHN", "TWN", "KOR", "PRK", "VNM", "KHM"];

/// Words that refer to what was named before, by class; see `actor/reference.tsv`.
#[derive(Debug, Default)]
pub(super) struct ReferenceWords {
    classes: HashMap<&'static str, HashSet<&'static str>>,
}

impl ReferenceWords {
    pub fn shipped() -> Result<Self, TableError> {
        let mut classes: HashMap<_, HashSet<_>> = HashMap::new();
        for row in rows(demarche_tables::REFERENCE, &["word", "class"])?.iter() {
            classes.entry(row.get("class")).or_default().insert(row.get("word"));
        }
        Ok(Self { classes })
    }

    /// Whether a lemma is of a class.
    pub fn is(&self, class: &str, lemma: &str) -> bool {
        self.classes.get(class).is_some_and(|words| words.contains(lemma))
    }
}

/// What a word before a kind of agent does to its sectors; see `actor/modifiers.tsv`.
#[derive(Clone, Debug)]
pub(super) struct Modifier {
    sectors: Vec<&'static str>,
    instead: bool,
}

impl Modifier {
    /// The sectors with this word said of them.
    pub fn apply(&self, sectors: &[&'static str]) -> Vec<&'static str> {
        let mut out = if self.instead { Vec::new() } else { sectors.to_vec() };
        out.extend(self.sectors.iter().filter(|s| !sectors.contains(s) || self.instead));
        out
    }
}

fn modifiers(directory: &mut Directory) -> Result<(), TableError> {
    for row in rows(demarche_tables::MODIFIERS, &["word", "effect", "sectors"])?.iter() {
        let instead = match row.get("effect") {
            "instead" => true,
            "also" => false,
            effect => return Err(row.error(format!("`{effect}` is no effect: instead or also"))),
        };
        directory.modifiers.insert(row.get("word"), Modifier { sectors: row.list("sectors").collect(), instead });
    }
    Ok(())
}

fn rows(table: Table, columns: &[&str]) -> Result<Rows<'static>, TableError> {
    Rows::read(table.name, table.text, columns)
}

/// Fills an empty directory.
pub(super) fn fill(directory: &mut Directory) -> Result<(), TableError> {
    states(directory)?;
    for row in rows(demarche_tables::SEATS, &["name", "country", "sectors"])?.iter() {
        let index = directory.seats.len();
        directory.seats.push(body(row));
        directory.name(row.get("name"), Referent::Seat(index));
    }
    for row in rows(demarche_tables::ORGANISATIONS, &["name", "aliases", "country", "sectors"])?.iter() {
        let index = directory.organisations.len();
        directory.organisations.push(body(row));
        for name in row.list("aliases").chain([row.get("name")]) {
            directory.name(name, Referent::Organisation(index));
        }
    }
    people(directory)?;
    modifiers(directory)?;
    for table in [demarche_tables::AGENTS, demarche_tables::AGENTS_BY_HAND] {
        for row in rows(table, &["phrase", "sectors"])?.iter() {
            directory.agents.insert(row.get("phrase"), row.list("sectors").collect());
        }
    }
    directory.agents.retain(|_, sectors| !sectors.is_empty());
    Ok(())
}

/// Adds the user's actors and agents; of two that bear one name the user's is meant. An actor with days is a person in office
/// from one to the other.
pub(super) fn extend(directory: &mut Directory, own: &Own) -> Result<(), TableError> {
    let mut known: HashMap<&str, usize> = HashMap::new();
    for row in own.actors.iter().flat_map(Rows::iter) {
        let day = |column: &str| Some(row.get(column)).filter(|d| !d.is_empty()).map(|_| row.parse(column)).transpose();
        let (from, to) = (day("from")?, day("to")?);
        let referent = if from.is_some() || to.is_some() {
            let sectors = Box::leak(row.list("sectors").collect::<Vec<_>>().into_boxed_slice());
            let from = from.unwrap_or(jiff::civil::Date::MIN);
            let index = *known.entry(row.get("name")).or_insert_with(|| {
                directory.people.push(Person { name: row.get("name"), terms: Vec::new() });
                directory.people.len() - 1
            });
            directory.people[index].terms.push(Term { country: row.get("country"), office: "", sectors, from, to });
            Referent::Person(index)
        } else {
            directory.organisations.push(body(row));
            Referent::Organisation(directory.organisations.len() - 1)
        };
        for name in row.list("aliases").chain([row.get("name")]) {
            let of_name = directory.names.entry(name.to_owned()).or_default();
            of_name.retain(|r| *r != referent);
            of_name.insert(0, referent);
            directory.longest = directory.longest.max(name.split([' ', '-']).count() + 2);
        }
    }
    known.values().for_each(|&index| directory.people[index].terms.sort_by_key(|term| term.from));
    for row in own.agents.iter().flat_map(Rows::iter) {
        for phrase in row.list("phrase") {
            directory.agents.insert(phrase, row.list("sectors").collect());
        }
    }
    Ok(())
}

fn body(row: Row<'_, 'static>) -> Body {
    Body { name: row.get("name"), country: row.get("country"), sectors: row.list("sectors").collect() }
}

fn states(directory: &mut Directory) -> Result<(), TableError> {
    let columns = ["code", "name", "aliases", "adjectives", "capitals", "cow", "from", "to"];
    for row in rows(demarche_tables::STATES, &columns)?.iter() {
        let index = directory.states.len();
        let (from, to) = (row.get("from").parse().ok(), row.get("to").parse().ok());
        directory.states.push(State { code: row.get("code"), name: row.get("name"), cow: row.get("cow"), from, to });
        for name in row.list("aliases").chain([row.get("name")]) {
            directory.name(name, Referent::State(index));
        }
        for adjective in row.list("adjectives") {
            directory.name(adjective, Referent::Nation(index));
            if adjective.ends_with(['n', 'i', 'k', 't', 'b', 'd']) {
                directory.name(&format!("{adjective}s"), Referent::Nation(index));
            }
        }
        for capital in row.list("capitals") {
            directory.name(capital, Referent::Capital(index));
        }
    }
    Ok(())
}

fn people(directory: &mut Directory) -> Result<(), TableError> {
    let mut known: HashMap<(&str, &str), usize> = HashMap::new();
    for table in [demarche_tables::OFFICES_BEFORE_2010, demarche_tables::OFFICES] {
        for row in rows(table, &["name", "aliases", "country", "office", "from", "to"])?.iter() {
            let (name, country) = (row.get("name"), row.get("country"));
            let index = *known.entry((name, country)).or_insert_with(|| {
                directory.people.push(Person { name, terms: Vec::new() });
                directory.people.len() - 1
            });
            let to = if row.get("to").is_empty() { None } else { Some(row.parse("to")?) };
            let term = Term { country, office: row.get("office"), sectors: &["GOV"], from: row.parse("from")?, to };
            directory.people[index].terms.push(term);
            for name in row.list("aliases").chain([name]) {
                if name.contains(' ') {
                    directory.name(name, Referent::Person(index));
                }
                let surname = surname(name, country);
                let of_surname = directory.surnames.entry(surname).or_default();
                if !of_surname.contains(&index) {
                    of_surname.push(index);
                }
            }
        }
    }
    for person in &mut directory.people {
        person.terms.sort_by_key(|term| term.from);
    }
    Ok(())
}

/// The family name of a full name.
fn surname(name: &'static str, country: &str) -> &'static str {
    let mut parts = name.split(' ');
    if FAMILY_FIRST.contains(&country) {
        return parts.next().unwrap_or(name);
    }
    // `bin Salman`, `van der Bellen` and the like are known by all of it.
    let at = name.split(' ').skip(1).position(|part| part.starts_with(char::is_lowercase));
    match at {
        Some(at) => name.splitn(at + 2, ' ').last().unwrap_or(name),
        None => parts.next_back().unwrap_or(name),
    }
}
