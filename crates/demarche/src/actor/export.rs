//! The directory written out: a line for every seat, body and term of office, as a user's own table is written.

use std::collections::HashMap;

use super::directory::{Body, Directory, Referent, Term};

/// Columns of [`Directory::export`].
const HEADER: &str = "name\taliases\tcountry\tsectors\toffice\tfrom\tto";

impl Directory {
    /// The whole table, tab-separated with a header; lists are separated by `|`, days are the first and the last.
    pub fn export(&self) -> impl Iterator<Item = String> + '_ {
        let aliases = self.aliases();
        let of = move |referent: Referent, name: &str| {
            let others = aliases.get(&referent).into_iter().flatten().filter(|n| **n != name);
            others.copied().collect::<Vec<_>>().join("|")
        };
        let body = |referent: Referent, b: &Body| {
            format!("{}\t{}\t{}\t{}\t\t\t", b.name, of(referent, b.name), b.country, b.sectors.join("|"))
        };
        let seats = self.seats.iter().enumerate().map(|(i, b)| body(Referent::Seat(i), b));
        let organisations = self.organisations.iter().enumerate().map(|(i, b)| body(Referent::Organisation(i), b));
        let bodies: Vec<String> = seats.chain(organisations).collect();
        let people = self.people.iter().enumerate().flat_map(move |(i, person)| {
            let aliases = of(Referent::Person(i), person.name);
            person.terms.iter().map(move |term| line(person.name, &aliases, term)).collect::<Vec<_>>()
        });
        std::iter::once(HEADER.to_owned()).chain(bodies).chain(people)
    }

    /// The names of everybody, each in order.
    fn aliases(&self) -> HashMap<Referent, Vec<&str>> {
        let mut out: HashMap<Referent, Vec<&str>> = HashMap::new();
        for (name, referents) in &self.names {
            referents.iter().for_each(|referent| out.entry(*referent).or_default().push(name));
        }
        out.values_mut().for_each(|names| names.sort_unstable());
        out
    }
}

fn line(name: &str, aliases: &str, term: &Term) -> String {
    let to = term.to.map_or_else(String::new, |to| to.to_string());
    format!("{name}\t{aliases}\t{}\t{}\t{}\t{}\t{to}", term.country, term.sectors.join("|"), term.office, term.from)
}
