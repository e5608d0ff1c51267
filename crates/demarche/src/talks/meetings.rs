//! Meetings: what tells of one, who meets, and which mentions are of the same.

use super::party::{around, event_above, part};
use super::{Meeting, TalksTables};
use std::collections::HashSet;

use crate::actor::EntityKind;
use crate::event::{Coding, Event, EventTime, Scene};
use crate::ontology::EventType;
use crate::reader::Sentence;
use crate::time::Interval;
use crate::voice::Status;

impl TalksTables {
    /// The meetings that a story tells of, each once.
    pub(super) fn meetings(&self, scene: &Scene, coding: &Coding) -> Vec<Meeting> {
        let mut out: Vec<Meeting> = Vec::new();
        for (at, sentence) in scene.reading.sentences.iter().enumerate() {
            for word in 0..sentence.words.len() {
                let lemma = sentence.words[word].lemma.to_lowercase();
                let row = part(sentence, word).and_then(|pos| self.meetings.get(&(lemma.as_str(), pos)));
                if let Some((_, kind)) = row
                    && let Some(meeting) = meeting(scene, coding, at, word, kind)
                {
                    self.put(scene, &mut out, meeting);
                }
            }
        }
        out.retain(|meeting| sides(scene, meeting) > 1);
        out
    }

    /// Adds a meeting, or what it says of one that is there.
    fn put(&self, scene: &Scene, out: &mut Vec<Meeting>, new: Meeting) {
        let Some(old) = out.iter_mut().find(|old| same(scene, old, &new)) else {
            out.push(new);
            return;
        };
        let rank = |kind: &str| self.meetings.values().filter(|(_, k)| *k == kind).map(|(rank, _)| *rank).min();
        if rank(new.kind) < rank(old.kind) {
            old.kind = new.kind;
        }
        old.ordinal = old.ordinal.or(new.ordinal);
        old.place = old.place.take().or(new.place);
        if narrower(old.time.as_ref(), new.time.as_ref()) {
            old.time = new.time;
        }
        // What is told as done is done, however it was announced.
        if new.status.is_fact() && !new.events.is_empty() && !old.status.is_fact() && old.status != Status::Denied {
            old.status = new.status;
        }
        join(&mut old.parties, new.parties);
        join(&mut old.events, new.events);
        old.mentions.extend(new.mentions);
    }
}

/// How many sides meet: states and those without one.
fn sides(scene: &Scene, meeting: &Meeting) -> usize {
    let identity = |&party: &usize| &scene.cast.entities[party].identity;
    let of: HashSet<&str> = meeting.parties.iter().map(|p| identity(p).country.unwrap_or(&identity(p).name)).collect();
    of.len()
}

fn join(list: &mut Vec<usize>, more: Vec<usize>) {
    for item in more {
        if !list.contains(&item) {
            list.push(item);
        }
    }
}

/// Whether a second time says more of when than a first.
fn narrower(old: Option<&EventTime>, new: Option<&EventTime>) -> bool {
    let length = |time: &EventTime| time.interval.to.since(time.interval.from).map_or(i32::MAX, |l| l.get_days());
    let stated = |time: &EventTime| time.span.is_some();
    match (old, new) {
        (None, Some(_)) => true,
        (Some(old), Some(new)) => (!stated(old) && stated(new)) || (stated(new) && length(new) < length(old)),
        _ => false,
    }
}

fn meeting(scene: &Scene, coding: &Coding, at: usize, word: usize, kind: &'static str) -> Option<Meeting> {
    let sentence = &scene.reading.sentences[at];
    let index = event_above(coding, sentence, word);
    let event = index.map(|index| &coding.events[index]);
    let mut parties = around(scene, at, word);
    if let Some(event) = event {
        for party in event.actors.iter().chain(&event.recipients).map(|a| a.entity) {
            if !parties.contains(&party) && scene.cast.entities[party].identity.country.is_some() {
                parties.push(party);
            }
        }
    }
    let ordinal = ordinal(scene.text, sentence, word);
    // Talk of talks in general is no meeting.
    if event.is_none() && ordinal.is_none() {
        return None;
    }
    let span = sentence.words[word].span;
    // A president who comes stands for his country.
    let country = |party: usize| scene.cast.entities[party].identity.country;
    let person = |party: usize| scene.cast.entities[party].identity.kind == EntityKind::Person;
    let stood_for = |&party: &usize| parties.iter().any(|&p| person(p) && country(p) == country(party));
    let parties = parties.iter().copied().filter(|party| person(*party) || !stood_for(party)).collect();
    Some(Meeting {
        kind,
        ordinal,
        parties,
        time: event.and_then(|event| event.time.clone()),
        place: event.and_then(|event| event.place.clone()),
        status: event.map_or(Status::Planned, status),
        events: index.into_iter().collect(),
        mentions: vec![(at, span)],
    })
}

/// Whether a meeting that an event tells of is so: one that is called off is not, one that is asked for is not yet.
fn status(event: &Event) -> Status {
    match event.kind {
        EventType::Reject if event.assertion.status.is_fact() => Status::Denied,
        EventType::Request if event.assertion.status.is_fact() => Status::Demanded,
        _ => event.assertion.status,
    }
}

/// `25th summit`, `second round of talks`.
fn ordinal(text: &str, sentence: &Sentence, noun: usize) -> Option<u32> {
    const WORDS: [&str; 10] =
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];
    let mut near = sentence.children(noun).filter(|&i| sentence.words[i].is("amod") || sentence.words[i].is("nummod"));
    near.find_map(|i| {
        let word = sentence.words[i].span.text(text).to_lowercase();
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let suffix = &word[digits.len()..];
        let figure = digits.parse().ok().filter(|_| matches!(suffix, "st" | "nd" | "rd" | "th"));
        figure.or_else(|| WORDS.iter().position(|w| *w == word).map(|i| i as u32 + 1))
    })
}

/// Whether two mentions are of one meeting: told by one event, or of the same parties at times that may be one. A state is the same as whoever
/// comes for it.
fn same(scene: &Scene, a: &Meeting, b: &Meeting) -> bool {
    if a.events.iter().any(|event| b.events.contains(event)) {
        return true;
    }
    if let (Some(a), Some(b)) = (a.ordinal, b.ordinal) {
        return a == b;
    }
    let identity = |party: usize| &scene.cast.entities[party].identity;
    let stands_for = |one: usize, other: usize| {
        let state = identity(one).kind == EntityKind::State || identity(other).kind == EntityKind::State;
        state && identity(one).country.is_some() && identity(one).country == identity(other).country
    };
    let in_both = |party: &&usize| b.parties.iter().any(|&other| other == **party || stands_for(other, **party));
    let shared = a.parties.iter().filter(in_both).count();
    let settled = |m: &Meeting| m.status.is_fact();
    let overlap = |a: Interval, b: Interval| a.from <= b.to && b.from <= a.to;
    let times = match (&a.time, &b.time) {
        (Some(a), Some(b)) => overlap(a.interval, b.interval),
        _ => settled(a) == settled(b),
    };
    shared > 1 && times
}
