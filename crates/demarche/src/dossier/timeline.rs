//! What happened between the parties, the oldest first.

use super::Entry;
use super::cite::Stories;
use super::offers::overlap;
use super::sides::Between;
use crate::record::{ArgumentRecord, EventRecord};

/// Events between the parties, those that several stories tell of once.
pub(super) fn timeline(stories: &Stories, between: &Between) -> Vec<Entry> {
    let mut out: Vec<Entry> = Vec::new();
    for told in &stories.told {
        for event in told.record.events.iter().filter(|e| is_ours(e, between)) {
            let Some(new) = entry(event, told.of_event(event)) else { continue };
            match out.iter_mut().find(|old| same(old, &new)) {
                Some(old) => {
                    old.day = (old.day.0.clone().max(new.day.0), old.day.1.clone().min(new.day.1));
                    old.cites.extend(new.cites);
                }
                None => out.push(new),
            }
        }
    }
    out.sort_by(|a, b| a.day.cmp(&b.day));
    out
}

/// Between two of the parties, or by one of them with nobody else in it.
pub(super) fn is_ours(event: &EventRecord, between: &Between) -> bool {
    let all = || event.actors.iter().chain(&event.recipients);
    let foreign = all().any(|a| a.country.is_some() && between.party(a.country.as_deref()).is_none());
    between.both(all().map(|a| a.country.as_deref())) || (!foreign && between.any(&event.actors))
}

fn entry(event: &EventRecord, cite: super::Cite) -> Option<Entry> {
    let time = event.time.as_ref()?;
    let names = |of: &[ArgumentRecord]| of.iter().map(|a| a.name.clone()).collect();
    Some(Entry {
        day: (time.from.clone(), time.to.clone()),
        kind: event.kind.clone(),
        actors: names(&event.actors),
        recipients: names(&event.recipients),
        status: event.status.clone(),
        cites: vec![cite],
    })
}

fn same(a: &Entry, b: &Entry) -> bool {
    let sorted = |names: &[String]| {
        let mut names = names.to_vec();
        names.sort();
        names
    };
    // A long stretch of time holds more than one event of a kind.
    let short = |entry: &Entry| entry.day.0.get(..7) == entry.day.1.get(..7) || entry.day.0.get(..4) < Some("1990");
    a.kind == b.kind
        && a.status == b.status
        && sorted(&a.actors) == sorted(&b.actors)
        && sorted(&a.recipients) == sorted(&b.recipients)
        && short(a)
        && short(b)
        && overlap(&Some(a.day.clone()), &Some(b.day.clone()))
}
