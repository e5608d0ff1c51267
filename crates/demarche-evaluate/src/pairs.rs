//! Which coded event is which marked one.

use std::cmp::Reverse;
use std::collections::HashMap;

use crate::characters::overlap;
use crate::coding::CodedEvent;
use crate::gold::GoldEvent;

/// Parties in common beyond so many make two events no more alike.
const PARTIES: usize = 3;

/// A marked event with all its tellings, as indices into the events of its story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Told {
    /// The first telling.
    pub first: usize,
    /// All of them, the first among them.
    pub tellings: Vec<usize>,
}

/// Brings the tellings of an event together, in the order in which events are first marked.
pub(crate) fn told(events: &[GoldEvent]) -> Vec<Told> {
    let places: HashMap<u32, usize> = events.iter().enumerate().map(|(i, event)| (event.number, i)).collect();
    let mut all: Vec<Told> = Vec::new();
    for i in 0..events.len() {
        let mut first = i;
        // Numbers only fall on the way, so it ends.
        while let Some(earlier) = events[first].same.and_then(|same| places.get(&same)) {
            first = *earlier;
        }
        match all.iter_mut().find(|told| told.first == first) {
            Some(told) => told.tellings.push(i),
            None => all.push(Told { first, tellings: vec![i] }),
        }
    }
    all
}

/// How much speaks for a coded event being a marked one; a greater one is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Likeness {
    /// Their triggers share a character; otherwise the mark's lies in a clause of the coded event.
    by_trigger: bool,
    same_type: bool,
    /// How many of the marked parties share a character with a coded one.
    parties: usize,
}

/// A marked event that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pair {
    /// Its index among the marked events.
    pub told: usize,
    /// Of its tellings the one that is most like the coded event, as an index into the events of the story.
    pub telling: usize,
    /// The index of the coded event.
    pub coded: usize,
}

/// Pairs events, the most alike first and each at most once; the pairs are in the order of the marked events.
pub(crate) fn pairs(all: &[Told], events: &[GoldEvent], coded: &[CodedEvent]) -> Vec<Pair> {
    let mut likely = Vec::new();
    for (i, told) in all.iter().enumerate() {
        for (j, event) in coded.iter().enumerate() {
            if let Some((likeness, telling)) = best(told, events, event) {
                likely.push((Reverse(likeness), Pair { told: i, telling, coded: j }));
            }
        }
    }
    likely.sort_by_key(|(likeness, pair)| (*likeness, pair.told, pair.coded));
    let mut pairs: Vec<Pair> = Vec::new();
    for (_, pair) in likely {
        if !pairs.iter().any(|taken| taken.told == pair.told || taken.coded == pair.coded) {
            pairs.push(pair);
        }
    }
    pairs.sort_by_key(|pair| pair.told);
    pairs
}

/// The telling that a coded event is most like; of equals the first.
fn best(told: &Told, events: &[GoldEvent], coded: &CodedEvent) -> Option<(Likeness, usize)> {
    let mut best: Option<(Likeness, usize)> = None;
    for &telling in &told.tellings {
        if let Some(likeness) = likeness(&events[telling], coded)
            && best.is_none_or(|(known, _)| likeness > known)
        {
            best = Some((likeness, telling));
        }
    }
    best
}

/// An event is found by its trigger, or else by its clause where type and a party are the same.
fn likeness(event: &GoldEvent, coded: &CodedEvent) -> Option<Likeness> {
    let by_trigger = coded.triggers.iter().any(|at| overlap(&event.trigger, at));
    let same_type = coded.kind == event.kind.code();
    let marked = event.actors.iter().chain(&event.recipients);
    let known = |at| coded.actors.iter().chain(&coded.recipients).any(|party| overlap(at, &party.at));
    let parties = marked.filter(|party| known(&party.at)).count().min(PARTIES);
    let inside = || coded.clauses.iter().any(|at| overlap(&event.trigger, at));
    let found = by_trigger || same_type && parties > 0 && inside();
    if found { Some(Likeness { by_trigger, same_type, parties }) } else { None }
}
