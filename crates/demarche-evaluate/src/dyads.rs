//! Dyads: of a story who did what to whom by countries, as a table of events has it.

use std::collections::BTreeSet;

use crate::coding::{CodedEvent, CodedParty};
use crate::gold::{GoldEvent, GoldParty};

/// A type, the country of an actor and that of a recipient.
pub(crate) type Dyad<'a> = (&'a str, Option<&'a str>, Option<&'a str>);

/// The dyads of marked events.
pub(crate) fn marked<'a>(events: impl Iterator<Item = &'a GoldEvent>) -> BTreeSet<Dyad<'a>> {
    let countries = |parties: &'a [GoldParty]| parties.iter().filter_map(|party| party.country.as_deref()).collect();
    events
        .flat_map(|e| dyads(e.kind.code(), e.actors.len(), &countries(&e.actors), &countries(&e.recipients)))
        .collect()
}

/// The dyads of coded events.
pub(crate) fn coded(events: &[CodedEvent]) -> BTreeSet<Dyad<'_>> {
    let all = events.iter();
    all.flat_map(|e| dyads(&e.kind, e.actors.len(), &countries(&e.actors), &countries(&e.recipients))).collect()
}

fn countries(parties: &[CodedParty]) -> BTreeSet<&str> {
    parties.iter().filter_map(|party| party.country.as_deref()).collect()
}

/// Every actor's country with every recipient's; where no recipient has one and several act, they act with each other.
fn dyads<'a>(kind: &'a str, many: usize, actors: &BTreeSet<&'a str>, recipients: &BTreeSet<&'a str>) -> Vec<Dyad<'a>> {
    if recipients.is_empty() && many > 1 {
        return among(kind, actors);
    }
    let side = |countries: &BTreeSet<&'a str>| -> Vec<Option<&'a str>> {
        if countries.is_empty() { vec![None] } else { countries.iter().copied().map(Some).collect() }
    };
    let mut out = Vec::new();
    for actor in side(actors) {
        out.extend(side(recipients).into_iter().map(|recipient| (kind, actor, recipient)));
    }
    out.retain(|(_, actor, recipient)| actor.is_some() || recipient.is_some());
    out
}

/// Each pair of countries once, in the order of their letters; a country alone is with itself.
fn among<'a>(kind: &'a str, countries: &BTreeSet<&'a str>) -> Vec<Dyad<'a>> {
    let mut out = Vec::new();
    for (i, one) in countries.iter().copied().enumerate() {
        out.extend(countries.iter().copied().skip(i + 1).map(|other| (kind, Some(one), Some(other))));
    }
    if out.is_empty() {
        out.extend(countries.iter().copied().map(|one| (kind, Some(one), Some(one))));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(many: usize, actors: &[&'static str], recipients: &[&'static str]) -> Vec<String> {
        let set = |codes: &[&'static str]| codes.iter().copied().collect();
        let dyads = dyads("CONSULT", many, &set(actors), &set(recipients));
        dyads.iter().map(|(_, a, r)| format!("{}>{}", a.unwrap_or(""), r.unwrap_or(""))).collect()
    }

    #[test]
    fn every_actor_with_every_recipient() {
        assert_eq!(told(2, &["NOR", "ISL"], &["DNK"]), ["ISL>DNK", "NOR>DNK"]);
        assert_eq!(told(1, &["NOR"], &[]), ["NOR>"]);
        assert_eq!(told(1, &[], &["DNK"]), [">DNK"]);
        assert!(told(1, &[], &[]).is_empty());
    }

    #[test]
    fn who_meet_are_paired_with_each_other() {
        assert_eq!(told(3, &["NOR", "ISL", "DNK"], &[]), ["DNK>ISL", "DNK>NOR", "ISL>NOR"]);
        assert_eq!(told(2, &["NOR"], &[]), ["NOR>NOR"]);
        assert!(told(2, &[], &[]).is_empty());
    }
}
