//! Who takes part in what a word tells of, and which events tell of it.

use crate::event::{Coding, Event, Scene};
use crate::reader::Sentence;
use crate::reader::roles::{agent, object, owner, preposition};
use crate::span::Span;

/// The name of a word's class in the tables.
pub(super) fn part(sentence: &Sentence, word: usize) -> Option<&'static str> {
    match &*sentence.words[word].upos {
        "VERB" => Some("verb"),
        "NOUN" => Some("noun"),
        "ADJ" => Some("adjective"),
        _ => None,
    }
}

/// The entities that a word refers to.
pub(super) fn entities(scene: &Scene, at: usize, word: usize) -> Vec<usize> {
    scene.cast.at(at, word).map_or_else(Vec::new, |reference| reference.entities.clone())
}

/// Who takes part in what a verb or noun tells of: its subject or owner, `with` and `between` whom.
pub(super) fn around(scene: &Scene, at: usize, word: usize) -> Vec<usize> {
    let sentence = &scene.reading.sentences[at];
    let verb = &*sentence.words[word].upos == "VERB";
    let subject = if verb { agent(sentence, word) } else { owner(sentence, word, 0) };
    let object = object(sentence, word).filter(|_| verb);
    let beside = sentence.children(word).filter(|&child| {
        let case = preposition(sentence, child).map(|c| sentence.words[c].lemma.to_lowercase());
        case.is_some_and(|case| matches!(&*case, "with" | "between" | "and" | "of"))
    });
    let mut words: Vec<usize> = subject.into_iter().chain(object).chain(beside).collect();
    let joined: Vec<usize> = words.iter().flat_map(|&w| sentence.children_by(w, "conj").collect::<Vec<_>>()).collect();
    words.extend(joined);
    let mut out = Vec::new();
    for entity in words.into_iter().flat_map(|w| entities(scene, at, w)) {
        if !out.contains(&entity) && scene.cast.entities[entity].identity.country.is_some() {
            out.push(entity);
        }
    }
    out
}

/// The index of the event one of whose tellings has this trigger.
pub(super) fn event_of(coding: &Coding, trigger: Span) -> Option<usize> {
    let tells = |event: &Event| event.trigger == trigger || event.retold.iter().any(|t| t.trigger == trigger);
    coding.events.iter().position(tells)
}

/// The event that tells most nearly of a word: of the word itself, else of the word above it whose clause it is part of.
pub(super) fn event_above(coding: &Coding, sentence: &Sentence, word: usize) -> Option<usize> {
    let mut at = Some(word);
    while let Some(word) = at {
        if let Some(event) = event_of(coding, sentence.words[word].span) {
            return Some(event);
        }
        // A clause of its own is about something else.
        if ["acl", "advcl", "parataxis"].iter().any(|r| sentence.words[word].is(r)) {
            return None;
        }
        at = sentence.words[word].head;
    }
    None
}
