//! One event told several times is one event.

use super::{Argument, Basis, Event, EventTime, Telling};
use crate::actor::Cast;
use crate::ontology::EventType;

/// What a story tells without a date happened at most so many days before it.
const NEWS: i64 = 7;

/// Events in order, those that are the same joined into the first.
pub(super) fn merge(events: Vec<Event>, cast: &Cast) -> Vec<Event> {
    let mut out: Vec<Event> = Vec::new();
    for event in events {
        match out.iter_mut().find(|known| same(known, &event, cast)) {
            Some(known) => join(known, event),
            None => out.push(event),
        }
    }
    out
}

/// Whether two tell of the same: type, parties, and a time and status that agree.
fn same(a: &Event, b: &Event, cast: &Cast) -> bool {
    // A visit and the meeting it was made for are one.
    let modes = a.mode == b.mode || (a.kind == EventType::Consult && (a.mode.is_none() || b.mode.is_none()));
    let facts = a.assertion.status.is_fact() == b.assertion.status.is_fact();
    let status = a.assertion.status == b.assertion.status || (facts && a.assertion.status.is_fact());
    a.kind == b.kind && modes && status && times(a, b) && parties(a, b, cast)
}

fn times(a: &Event, b: &Event) -> bool {
    match (&a.time, &b.time) {
        (Some(a), Some(b)) => {
            let overlap = a.interval.from <= b.interval.to && b.interval.from <= a.interval.to;
            overlap
                || (a.basis == Basis::Publication && is_late(b, a))
                || (b.basis == Basis::Publication && is_late(a, b))
        }
        (Some(one), None) | (None, Some(one)) => !one.historic,
        (None, None) => true,
    }
}

/// Whether a time lies within the days before publication that a story without a date of its own may mean.
fn is_late(time: &EventTime, published: &EventTime) -> bool {
    let week = published.interval.from.checked_sub(jiff::Span::new().days(NEWS));
    week.is_ok_and(|week| time.interval.to >= week && time.interval.from <= published.interval.to)
}

fn parties(a: &Event, b: &Event, cast: &Cast) -> bool {
    let keys = |arguments: &[Argument]| -> Vec<String> { arguments.iter().map(|x| key(cast, x)).collect() };
    let all = |e: &Event| [keys(&e.actors), keys(&e.recipients)].concat();
    let shares = |x: &[String], y: &[String]| x.iter().any(|k| y.contains(k));
    if a.recipients.is_empty() != b.recipients.is_empty() {
        let (bare, full) = if a.recipients.is_empty() { (a, b) } else { (b, a) };
        // It told of them side by side, or of the actor alone.
        return match bare.actors.len() {
            0 => false,
            1 => shares(&keys(&bare.actors), &keys(&full.actors)),
            _ => keys(&bare.actors).iter().all(|k| all(full).contains(k)),
        };
    }
    let (ra, rb) = (keys(&a.recipients), keys(&b.recipients));
    shares(&keys(&a.actors), &keys(&b.actors)) && (ra.is_empty() || shares(&ra, &rb))
        || (a.actors.is_empty() && b.actors.is_empty() && shares(&ra, &rb))
}

/// Governments and those who speak for them are one party.
fn key(cast: &Cast, argument: &Argument) -> String {
    let identity = &cast.entities[argument.entity].identity;
    match (identity.country, identity.sectors.first()) {
        (Some(country), Some(&"GOV")) => country.to_owned(),
        _ => format!("{}#{}", identity.name, argument.entity),
    }
}

/// Takes from a later telling what the first did not say.
fn join(known: &mut Event, other: Event) {
    // Told side by side once, they do it together: `will meet` after `intends to talk to`.
    let mutual =
        matches!(known.kind, EventType::Agree | EventType::Consult | EventType::Cooperate | EventType::Support);
    let together = other.recipients.is_empty() && other.actors.len() > 1;
    if mutual && together && !known.recipients.is_empty() {
        known.actors.clear();
        known.recipients.clear();
    }
    if known.recipients.is_empty() && known.actors.len() < 2 {
        known.recipients = other.recipients;
    }
    if known.actors.is_empty() {
        known.actors = other.actors;
    }
    known.retold.push(Telling { sentence: other.sentence, evidence: other.evidence, trigger: other.trigger });
    known.retold.extend(other.retold);
    known.magnitude.join(other.magnitude);
    known.mode = known.mode.or(other.mode);
    let stated = |e: &Option<EventTime>| e.as_ref().is_some_and(|t| t.basis == Basis::Stated);
    if !stated(&known.time) && other.time.is_some() {
        known.time = other.time;
    }
    if known.place.as_ref().is_none_or(|p| p.basis != Basis::Stated) && other.place.is_some() {
        known.place = other.place;
    }
    known.assertion.condition = known.assertion.condition.or(other.assertion.condition);
    known.confidence = known.confidence.max(other.confidence);
}
