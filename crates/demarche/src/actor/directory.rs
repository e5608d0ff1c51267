//! The directory: names of states, people, bodies, and what each stands for.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use jiff::civil::Date;

use super::names::{folded, may_fold};
use super::tables;
use super::{EntityKind, Identity};
use crate::own::Own;
use crate::reader::Lemmas;
use crate::table::TableError;

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Referent {
    State(usize),
    /// The adjective or the people of a state.
    Nation(usize),
    /// A capital, for the government in it.
    Capital(usize),
    Seat(usize),
    Organisation(usize),
    Person(usize),
}

#[derive(Debug)]
pub(super) struct State {
    pub code: &'static str,
    pub name: &'static str,
    pub cow: &'static str,
    pub from: Option<i16>,
    pub to: Option<i16>,
}

/// A seat or an organisation.
#[derive(Debug)]
pub(super) struct Body {
    pub name: &'static str,
    pub country: &'static str,
    pub sectors: Vec<&'static str>,
}

#[derive(Debug)]
pub(super) struct Person {
    pub name: &'static str,
    pub terms: Vec<Term>,
}

/// A term of office.
#[derive(Clone, Debug)]
pub(super) struct Term {
    pub country: &'static str,
    pub office: &'static str,
    pub sectors: Vec<&'static str>,
    /// Who is meant by a surname that several bear: the least.
    pub rank: u8,
    pub from: Date,
    pub to: Option<Date>,
}

/// States, terms of office, organisations and agents, by name.
#[derive(Debug, Default)]
pub struct Directory {
    pub(super) states: Vec<State>,
    pub(super) seats: Vec<Body>,
    pub(super) organisations: Vec<Body>,
    pub(super) people: Vec<Person>,
    pub(super) names: HashMap<String, Vec<Referent>>,
    /// The same names without accents, case, hyphens and points.
    pub(super) alike: HashMap<String, Vec<Referent>>,
    /// People by their surnames, folded.
    pub(super) surnames: HashMap<String, Vec<usize>>,
    pub(super) agents: HashMap<Cow<'static, str>, Vec<&'static str>>,
    pub(super) modifiers: HashMap<&'static str, tables::Modifier>,
    pub(super) ambiguous: HashMap<&'static str, tables::Otherwise>,
    pub(super) words: tables::ReferenceWords,
    pub(super) lemmas: Lemmas,
    /// In which orders a country's names stand: `family`, `either`.
    pub(super) name_orders: HashMap<&'static str, Vec<&'static str>>,
    /// Who held an office of a country, whenever.
    pub(super) holders: HashMap<(&'static str, &'static str), Vec<usize>>,
    /// Whose an office is where nothing is said: the pope's.
    pub(super) sole: HashMap<&'static str, &'static str>,
    /// `he` or `she` by given name.
    pub(super) given: HashMap<&'static str, &'static str>,
    pub(super) longest: usize,
    /// Names of the user's own actors: who they are, the network has no say in.
    pub(super) own: HashSet<&'static str>,
}

impl Directory {
    /// Reads the shipped tables.
    pub fn shipped() -> Result<Self, TableError> {
        let mut out = Self { words: tables::ReferenceWords::shipped()?, lemmas: Lemmas::shipped()?, ..Self::default() };
        tables::fill(&mut out)?;
        Ok(out)
    }

    /// The shipped tables with the user's.
    pub fn with(own: &Own) -> Result<Self, TableError> {
        let mut out = Self::shipped()?;
        out.extend(own)?;
        Ok(out)
    }

    /// Takes the user's actors and agents.
    pub(crate) fn extend(&mut self, own: &Own) -> Result<(), TableError> {
        tables::extend(self, own)
    }

    pub(super) fn name(&mut self, name: &str, referent: Referent) {
        if name.is_empty() {
            return;
        }
        self.longest = self.longest.max(name.split([' ', '-', '\'', '’', '.']).count() + 2);
        let alike = Some(folded(name)).filter(|_| may_fold(name));
        let same = alike.map(|alike| self.alike.entry(alike).or_default());
        for of_name in [self.names.entry(name.to_owned()).or_default()].into_iter().chain(same) {
            if !of_name.contains(&referent) {
                of_name.push(referent);
            }
        }
    }

    /// In which orders a country's names stand.
    pub(super) fn name_order(&self, country: &str) -> &[&'static str] {
        self.name_orders.get(country).map_or(&[], Vec::as_slice)
    }

    /// What a name stands for: to the letter, or else but for accents, case, hyphens and points.
    pub(super) fn named(&self, name: &str) -> &[Referent] {
        let exact = self.names.get(name);
        let found = exact.or_else(|| may_fold(name).then(|| self.alike.get(&folded(name))).flatten());
        found.map_or(&[], Vec::as_slice)
    }

    /// Whose a name of a state or capital is, or nobody's, where other words show that it names something else.
    pub(super) fn otherwise<'t>(
        &self,
        name: &str,
        mut words: impl Iterator<Item = &'t str>,
    ) -> Option<Option<&'static str>> {
        let other = self.ambiguous.get(name)?;
        words.any(|word| other.words.contains(&word)).then_some(other.country)
    }

    /// The code of the state that stood in `code`'s place in a year: the Soviet Union for Russia in 1956.
    pub fn state_in(&self, code: &'static str, year: i16) -> &'static str {
        let stood = |s: &&State| s.from.is_none_or(|from| from <= year) && s.to.is_none_or(|to| year <= to);
        let Some(now) = self.states.iter().find(|s| s.code == code) else { return code };
        // A state that is gone is meant where it is named.
        if stood(&now) || now.cow.is_empty() || now.to.is_some_and(|to| to < year) {
            return code;
        }
        self.states.iter().find(|s| s.cow == now.cow && stood(s)).map_or(code, |s| s.code)
    }

    fn state_on(&self, code: &'static str, date: Option<Date>) -> &'static str {
        date.map_or(code, |date| self.state_in(code, date.year()))
    }

    /// The name of a state.
    pub fn state_name(&self, code: &str) -> Option<&'static str> {
        self.states.iter().find(|s| s.code == code).map(|s| s.name)
    }

    /// The number of a state in the list of the Correlates of War.
    pub fn cow(&self, code: &str) -> Option<&'static str> {
        self.states.iter().find(|s| s.code == code).map(|s| s.cow).filter(|cow| !cow.is_empty())
    }

    /// Who a referent is on a day.
    pub(super) fn identity(&self, referent: Referent, date: Option<Date>) -> Identity {
        match referent {
            Referent::State(i) | Referent::Nation(i) | Referent::Capital(i) => {
                let state = &self.states[i];
                let code = self.state_on(state.code, date);
                Identity {
                    name: self.state_name(code).unwrap_or(state.name).to_owned(),
                    kind: EntityKind::State,
                    country: Some(code),
                    sectors: vec!["GOV"],
                    office: None,
                }
            }
            Referent::Seat(i) => {
                let seat = body(&self.seats[i]);
                Identity { country: seat.country.map(|code| self.state_on(code, date)), ..seat }
            }
            Referent::Organisation(i) => body(&self.organisations[i]),
            Referent::Person(i) => self.person(i, date),
        }
    }

    /// Who a person of the tables is on a day.
    pub(crate) fn person(&self, index: usize, date: Option<Date>) -> Identity {
        let person = &self.people[index];
        let (term, holds) = person.term_at(date);
        Identity {
            name: person.name.to_owned(),
            kind: EntityKind::Person,
            country: Some(self.state_on(term.country, date)),
            // Of whom no office is known yet the story has to say what they are.
            sectors: match holds {
                true => term.sectors.clone(),
                false if date.is_some_and(|date| person.terms.iter().all(|t| date < t.from)) => Vec::new(),
                false => vec!["ELI"],
            },
            office: Some(term.office.to_owned()).filter(|office| holds && !office.is_empty()),
        }
    }

    /// The country of all the people of a surname: `the Assad regime`.
    pub(super) fn country_of_surname(&self, surname: &str) -> Option<&'static str> {
        if surname.len() < 3 || !surname.starts_with(char::is_uppercase) {
            return None;
        }
        let mut countries =
            self.surnames.get(&folded(surname))?.iter().filter_map(|&i| Some(self.people[i].terms.last()?.country));
        let first = countries.next()?;
        countries.all(|country| country == first).then_some(first)
    }

    /// The people known by a surname who were in office on the day or had left it at most five years before.
    fn by_surname(&self, surname: &str, date: Option<Date>) -> Vec<usize> {
        let all = self.surnames.get(&folded(surname)).map_or(&[][..], Vec::as_slice);
        let held = |&&i: &&usize| self.people[i].term_at(date).1;
        let now: Vec<usize> = all.iter().filter(held).copied().collect();
        if !now.is_empty() {
            return now;
        }
        let recent = |&&i: &&usize| date.is_some_and(|date| self.people[i].left_within(date, 5));
        all.iter().filter(recent).copied().collect()
    }

    /// Whom a surname means on a day: of the country and the office that stand with it, where they do, and of several the one
    /// who leads.
    pub(super) fn surnamed(
        &self,
        surname: &str,
        date: Option<Date>,
        country: Option<&str>,
        title: &str,
    ) -> Option<usize> {
        let mut known = self.by_surname(surname, date);
        if known.is_empty() && !title.is_empty() {
            known = self.surnames.get(&folded(surname))?.clone();
        }
        if let Some(country) = country {
            known.retain(|&i| self.people[i].terms.iter().any(|term| term.country == country));
        }
        let titled = |i: &usize| self.people[*i].term_at(date).0.office == title;
        if known.iter().any(titled) {
            known.retain(titled);
        }
        let rank = |i: &usize| self.people[*i].term_at(date).0.rank;
        let least = known.iter().map(rank).min()?;
        known.retain(|i| rank(i) == least);
        if let [one] = known[..] {
            return Some(one);
        }
        // Of several who have left, a title means the last of them.
        let left = known.iter().all(|&i| !self.people[i].term_at(date).1) && !title.is_empty();
        known.into_iter().filter(|_| left).max_by_key(|&i| self.people[i].term_at(date).0.to)
    }

    /// The one person of a surname, whenever in office.
    pub(super) fn only(&self, surname: &str) -> Option<usize> {
        match self.surnames.get(&folded(surname))?[..] {
            [one] => Some(one),
            _ => None,
        }
    }

    /// Whether a person leads a state on a day.
    pub(super) fn leads(&self, index: usize, date: Option<Date>) -> bool {
        let (term, held) = self.people[index].term_at(date);
        held && term.rank <= 1
    }

    /// Who holds an office of a country on a day, where one person does.
    pub(super) fn holder(&self, country: &str, office: &str, date: Option<Date>) -> Option<usize> {
        let holds = |&&i: &&usize| {
            let (term, held) = self.people[i].term_at(date);
            held && term.country == country && term.office == office
        };
        let mut holders = self.holders.get(&(country, office))?.iter().filter(holds).copied();
        holders.next().filter(|_| holders.next().is_none())
    }
}

fn body(body: &Body) -> Identity {
    Identity {
        name: body.name.to_owned(),
        kind: EntityKind::Organisation,
        country: (!body.country.is_empty()).then_some(body.country),
        sectors: body.sectors.clone(),
        office: None,
    }
}

impl Person {
    /// The term held on a day, or the last one before it (or, failing that, the first); and whether it was held.
    fn term_at(&self, date: Option<Date>) -> (&Term, bool) {
        let Some(date) = date else {
            let last = self.terms.last().unwrap_or(&self.terms[0]);
            return (last, last.to.is_none());
        };
        // On the day of a change the new office counts; of two held at once the higher.
        let holds = |t: &&Term| t.from <= date && t.to.is_none_or(|to| date <= to);
        let held = self.terms.iter().filter(holds);
        if let Some(term) = held.min_by_key(|t| (t.to == Some(date), t.rank, std::cmp::Reverse(t.from))) {
            return (term, true);
        }
        let before = self.terms.iter().filter(|t| t.from <= date).max_by_key(|t| t.from);
        (before.unwrap_or(&self.terms[0]), false)
    }

    fn left_within(&self, date: Date, years: i16) -> bool {
        self.terms.iter().any(|t| t.to.is_some_and(|to| to <= date && date.year() - to.year() <= years))
    }
}
