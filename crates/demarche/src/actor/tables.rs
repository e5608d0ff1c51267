//! Reading the directory's tables.

use std::collections::{HashMap, HashSet};

use super::directory::{Body, Directory, Person, Referent, State, Term};
use super::names::folded;
use crate::own::Own;
use crate::table::{Row, Rows, TableError};
use demarche_tables::Table;

/// The name of a row that says that nobody held an office.
const VACANT: &str = "-";

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

/// What a name of a state may name besides; see `actor/ambiguous.tsv`.
#[derive(Debug)]
pub(super) struct Otherwise {
    pub words: Vec<&'static str>,
    pub country: Option<&'static str>,
}

fn ambiguous(directory: &mut Directory) -> Result<(), TableError> {
    for row in rows(demarche_tables::AMBIGUOUS, &["name", "country", "words"])?.iter() {
        let country = Some(row.get("country")).filter(|c| !c.is_empty());
        directory.ambiguous.insert(row.get("name"), Otherwise { words: row.list("words").collect(), country });
    }
    Ok(())
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
    for table in [demarche_tables::ORGANISATIONS, demarche_tables::BODIES] {
        for row in rows(table, &["name", "aliases", "country", "sectors"])?.iter() {
            let index = directory.organisations.len();
            directory.organisations.push(body(row));
            for name in row.list("aliases").chain([row.get("name")]) {
                directory.name(name, Referent::Organisation(index));
            }
        }
    }
    for row in rows(demarche_tables::NAME_ORDER, &["country", "order"])?.iter() {
        directory.name_orders.insert(row.get("country"), row.list("order").collect());
    }
    people(directory)?;
    modifiers(directory)?;
    for row in rows(demarche_tables::GIVEN_NAMES, &["name", "gender"])?.iter() {
        directory.given.insert(row.get("name"), row.get("gender"));
    }
    ambiguous(directory)?;
    for table in [demarche_tables::AGENTS, demarche_tables::AGENTS_BY_HAND] {
        for row in rows(table, &["phrase", "sectors"])?.iter() {
            let (phrase, sectors) = (row.get("phrase"), row.list("sectors").collect::<Vec<_>>());
            directory.agents.insert(phrase.into(), sectors.clone());
            // Words are looked up in the singular: `human rights group`.
            if let Some((before, last)) = phrase.rsplit_once(' ').filter(|(before, _)| before.contains('s')) {
                let single: Vec<&str> = before.split(' ').map(|w| w.strip_suffix('s').unwrap_or(w)).collect();
                directory.agents.entry(format!("{} {last}", single.join(" ")).into()).or_insert(sectors);
            }
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
        let referent = own_actor(directory, &mut known, row)?;
        directory.own.insert(row.get("name"));
        for name in row.list("aliases").chain([row.get("name")]) {
            for of_name in
                [directory.names.entry(name.to_owned()).or_default(), directory.alike.entry(folded(name)).or_default()]
            {
                of_name.retain(|r| *r != referent);
                of_name.insert(0, referent);
            }
            directory.longest = directory.longest.max(name.split([' ', '-']).count() + 2);
        }
    }
    known.values().for_each(|&index| directory.people[index].terms.sort_by_key(|term| term.from));
    for row in own.agents.iter().flat_map(Rows::iter) {
        for phrase in row.list("phrase") {
            directory.agents.insert(phrase.into(), row.list("sectors").collect());
        }
    }
    Ok(())
}

/// A person where the row has days or an office, else a body.
fn own_actor(
    directory: &mut Directory,
    known: &mut HashMap<&'static str, usize>,
    row: Row<'_, 'static>,
) -> Result<Referent, TableError> {
    let (name, country, office) = (row.get("name"), row.get("country"), row.get("office"));
    let day = |column: &str| Some(row.get(column)).filter(|d| !d.is_empty()).map(|_| row.parse(column)).transpose();
    let (from, to) = (day("from")?, day("to")?);
    if from.is_none() && to.is_none() && office.is_empty() {
        directory.organisations.push(body(row));
        return Ok(Referent::Organisation(directory.organisations.len() - 1));
    }
    let index = *known.entry(name).or_insert_with(|| {
        directory.people.push(Person { name, terms: Vec::new() });
        directory.people.len() - 1
    });
    let from = from.unwrap_or(jiff::civil::Date::MIN);
    let sectors = row.list("sectors").collect();
    directory.people[index].terms.push(Term { country, office, sectors, rank: 0, from, to });
    let of_surname =
        directory.surnames.entry(folded(surname(name, directory.name_order(country).contains(&"family")))).or_default();
    if !of_surname.contains(&index) {
        of_surname.insert(0, index);
    }
    Ok(Referent::Person(index))
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

fn is_international(country: &str) -> bool {
    matches!(country, "UNO" | "EUR" | "IGO")
}

/// What an office makes of its holder; see `actor/titles.tsv`.
struct Titles {
    offices: HashMap<&'static str, (Vec<&'static str>, u8)>,
}

impl Titles {
    fn shipped(sole: &mut HashMap<&'static str, &'static str>) -> Result<Self, TableError> {
        let mut offices = HashMap::new();
        for row in rows(demarche_tables::TITLES, &["office", "sectors", "rank"])?.iter() {
            offices.insert(row.get("office"), (row.list("sectors").collect(), row.parse("rank")?));
            if !row.get("of").is_empty() {
                sole.insert(row.get("office"), row.get("of"));
            }
        }
        Ok(Self { offices })
    }

    fn term(&self, row: Row<'_, 'static>) -> Result<Term, TableError> {
        let (country, office) = (row.get("country"), row.get("office"));
        let known = self.offices.get(office);
        let own: Vec<&'static str> = row.list("sectors").collect();
        let sectors = match known {
            Some((sectors, _)) if sectors.contains(&country) => sectors.clone(),
            _ if is_international(country) => vec![country],
            _ if !own.is_empty() => own,
            Some((sectors, _)) => sectors.clone(),
            None => vec!["GOV"],
        };
        // Whoever heads an international body is named as often as a minister.
        let rank = known.map_or(if sectors[0] == country { 2 } else { 3 }, |(_, rank)| *rank);
        let to = if row.get("to").is_empty() { None } else { Some(row.parse("to")?) };
        Ok(Term { country, office, sectors, rank, from: row.parse("from")?, to })
    }
}

fn people(directory: &mut Directory) -> Result<(), TableError> {
    let titles = Titles::shipped(&mut directory.sole)?;
    let mut known: HashMap<(&str, &str), usize> = HashMap::new();
    // Who went from a state to an international body, or came back, is one person.
    let mut abroad: HashMap<&str, usize> = HashMap::new();
    let mut homes: HashMap<&str, usize> = HashMap::new();
    for table in [
        demarche_tables::OFFICES_BEFORE_2010,
        demarche_tables::OFFICES,
        demarche_tables::LEADERS,
        demarche_tables::OFFICIALS,
    ] {
        // Ministers of ten years ago are known by their full names alone.
        let by_surname = table.name != demarche_tables::OFFICIALS.name;
        for row in rows(table, &["name", "aliases", "country", "office", "from", "to"])?.iter() {
            let (name, country) = (row.get("name"), row.get("country"));
            if name == VACANT {
                continue;
            }
            let (here, there) = if is_international(country) { (&mut abroad, &homes) } else { (&mut homes, &abroad) };
            let index = *known.entry((name, country)).or_insert_with(|| {
                there.get(name).copied().unwrap_or_else(|| {
                    directory.people.push(Person { name, terms: Vec::new() });
                    directory.people.len() - 1
                })
            });
            here.entry(name).or_insert(index);
            directory.people[index].terms.push(titles.term(row)?);
            for name in row.list("aliases").chain([name]) {
                name_person(directory, name, country, index, by_surname);
            }
        }
    }
    for (index, person) in directory.people.iter_mut().enumerate() {
        person.terms.sort_by_key(|term| term.from);
        for term in person.terms.iter().filter(|term| !term.office.is_empty()) {
            let holders = directory.holders.entry((term.country, term.office)).or_default();
            if holders.last() != Some(&index) {
                holders.push(index);
            }
        }
    }
    Ok(())
}

/// Makes a person known by a name, by its parts in the other order where a country puts the family first or the press does, and by
/// the surname.
fn name_person(directory: &mut Directory, name: &'static str, country: &str, index: usize, by_surname: bool) {
    if let Some((first, last)) = name.split_once(' ') {
        directory.name(name, Referent::Person(index));
        if directory.name_order(country).contains(&"either") && !last.contains(' ') {
            directory.name(&format!("{last} {first}"), Referent::Person(index));
        }
        // `Ibrahim Solih` for `Ibrahim Mohamed Solih`.
        let plain = name.split(' ').all(|part| part.starts_with(char::is_uppercase));
        if let Some((_, last)) =
            last.rsplit_once(' ').filter(|_| plain && !directory.name_order(country).contains(&"family"))
        {
            directory.name(&format!("{first} {last}"), Referent::Person(index));
        }
    }
    if by_surname {
        let of_surname = directory
            .surnames
            .entry(folded(surname(name, directory.name_order(country).contains(&"family"))))
            .or_default();
        if !of_surname.contains(&index) {
            of_surname.push(index);
        }
    }
}

/// The family name of a full name.
fn surname(name: &'static str, family_first: bool) -> &'static str {
    let mut parts = name.split(' ');
    if family_first {
        return parts.next().unwrap_or(name);
    }
    // `bin Salman`, `van der Bellen` and the like are known by all of it.
    let at = name.split(' ').skip(1).position(|part| part.starts_with(char::is_lowercase));
    match at {
        Some(at) => name.splitn(at + 2, ' ').last().unwrap_or(name),
        None => parts.next_back().unwrap_or(name),
    }
}
