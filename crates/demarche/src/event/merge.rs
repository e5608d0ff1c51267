//! One event told several times is one event.

use super::decision::{Decisions, Features, flag};
use super::{Argument, Basis, Event, EventTime, Scene, Telling};
use crate::ontology::EventType;

/// What a story tells without a date happened at most so many days before it.
const NEWS: i64 = 7;

/// Events in order, those that are the same joined into the first.
pub(super) fn merge(decisions: &Decisions, scene: &Scene, events: Vec<Event>) -> Vec<Event> {
    let least = decisions.weight("same", "least");
    // The clusters so far: the first telling as it was found, and where it stands.
    let mut tellings: Vec<(Event, usize)> = Vec::new();
    let mut out: Vec<Event> = Vec::new();
    for event in events {
        let chance = |(known, _): &(Event, usize)| decisions.probability("same", &pair(scene, known, &event));
        let alike = |known: &&(Event, usize)| known.0.kind == event.kind && !apart(&known.0, &event);
        let likely = tellings.iter().filter(alike).map(|known| (chance(known), known.1));
        let best = likely.filter(|(chance, _)| *chance >= least).max_by(|a, b| a.0.total_cmp(&b.0));
        let place = best.map_or(out.len(), |(_, place)| place);
        tellings.push((event.clone(), place));
        match best {
            Some((_, place)) => join(&mut out[place], event),
            None => out.push(event),
        }
    }
    out
}

/// What speaks for a later event being an earlier one told again.
pub(crate) fn pair(scene: &Scene, a: &Event, b: &Event) -> Features {
    let (actors, recipients) = (shared(scene, &a.actors, &b.actors), shared(scene, &a.recipients, &b.recipients));
    let crossed = shared(scene, &a.actors, &b.recipients).max(shared(scene, &a.recipients, &b.actors));
    let facts = a.assertion.status.is_fact() && b.assertion.status.is_fact();
    let stated = |e: &Event| e.time.as_ref().is_some_and(|t| t.basis != Basis::Publication);
    let places = a.place.as_ref().zip(b.place.as_ref());
    let apart = b.sentence.abs_diff(a.sentence) as f32;
    vec![
        ("type", flag(a.kind == b.kind)),
        ("mode", flag(a.mode.is_some() && a.mode == b.mode)),
        ("other mode", flag(a.mode.is_some() && b.mode.is_some() && a.mode != b.mode)),
        ("word", flag(lemma(scene, a) == lemma(scene, b))),
        ("status", flag(a.assertion.status == b.assertion.status || facts)),
        ("actors", actors),
        ("recipients", recipients),
        ("crossed", crossed),
        ("other actors", flag(actors == 0.0 && !a.actors.is_empty() && !b.actors.is_empty())),
        ("other recipients", flag(recipients == 0.0 && !a.recipients.is_empty() && !b.recipients.is_empty())),
        ("no actor", flag(a.actors.is_empty() || b.actors.is_empty())),
        ("no recipient", flag(a.recipients.is_empty() || b.recipients.is_empty())),
        ("times agree", flag(stated(a) && stated(b) && times(a, b))),
        ("other time", flag(!times(a, b))),
        ("historic", flag(historic(a) != historic(b))),
        ("place", flag(places.is_some_and(|(p, q)| p.place == q.place))),
        ("other place", flag(places.is_some_and(|(p, q)| p.place != q.place))),
        ("sentence", flag(a.sentence == b.sentence)),
        ("apart", (1.0 + apart).ln()),
        ("definite", flag(is_definite(scene, b))),
    ]
}

/// How far two sides name the same: 1 where one names somebody of the other, less where only the countries are the same.
fn shared(scene: &Scene, one: &[Argument], other: &[Argument]) -> f32 {
    let alike = |a: &Argument, b: &Argument| {
        let sector = |of: &Argument| scene.cast.entities[of.entity].identity.sectors.first().copied();
        if a.entity == b.entity {
            1.0
        } else if a.country.is_none() || a.country != b.country {
            0.0
        } else if sector(a) == sector(b) {
            0.7
        } else {
            0.4
        }
    };
    one.iter().flat_map(|a| other.iter().map(move |b| alike(a, b))).fold(0.0, f32::max)
}

/// Whether the story dates the two to different days: then they are two, whatever else speaks for one.
fn apart(a: &Event, b: &Event) -> bool {
    let stated = |e: &Event| e.time.as_ref().is_some_and(|t| t.basis == Basis::Stated);
    stated(a) && stated(b) && !times(a, b)
}

fn historic(event: &Event) -> bool {
    event.time.as_ref().is_some_and(|time| time.historic)
}

fn trigger(scene: &Scene, event: &Event) -> (usize, usize) {
    (event.sentence, scene.reading.sentences[event.sentence].words_in(event.trigger).start)
}

fn lemma<'s>(scene: &Scene<'s>, event: &Event) -> &'s str {
    let (sentence, word) = trigger(scene, event);
    &scene.reading.sentences[sentence].words[word].lemma
}

/// Whether a noun tells of the event as of one that is known: `the attack`.
fn is_definite(scene: &Scene, event: &Event) -> bool {
    let (sentence, word) = trigger(scene, event);
    let sentence = &scene.reading.sentences[sentence];
    sentence.children_by(word, "det").any(|det| &*sentence.words[det].feats == DEFINITE)
}

/// The features of a definite article.
const DEFINITE: &str = "Definite=Def|PronType=Art";

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
