//! Positions: who wants, offers, demands or refuses what, on which issue.

use super::party::{entities, part};
use super::{Position, Side, TalksTables};
use crate::event::{Coding, Event, Scene};
use crate::ontology::EventType;
use crate::reader::Sentence;
use crate::reader::roles::{agent, is_passive, owner, preposition, subject};
use crate::span::Span;
use crate::voice::Status;

/// How strongly words must speak of an issue.
const LEAST: u32 = 2;

/// An event less sure than this tells of no position, unless a word of stance does.
const SURE: f32 = 0.3;

/// How many words above a trigger may say how its actors stand to it: `ready to continue talks`.
const ABOVE: usize = 3;

/// Relations of what a word of stance is about.
const COMPLEMENTS: [&str; 8] = ["ccomp", "xcomp", "obj", "obl", "acl", "nmod", "advcl", "nsubj:pass"];

impl TalksTables {
    /// The positions of a story, in order.
    pub(super) fn positions(&self, scene: &Scene, coding: &Coding) -> Vec<Position> {
        let mut out: Vec<Position> = Vec::new();
        for (index, event) in coding.events.iter().enumerate() {
            let before = out.iter().rev().find(|p| p.side == Side::Offers || p.side == Side::Demands).map(|p| p.issue);
            out.extend(self.of_event(scene, index, event, before));
        }
        for (at, sentence) in scene.reading.sentences.iter().enumerate() {
            for word in 0..sentence.words.len() {
                let found = self.of_word(scene, at, word, &out).or_else(|| self.of_modal(scene, at, word));
                if let Some(position) = found.filter(|new| !out.iter().any(|old| covers(old, new))) {
                    out.push(position);
                }
            }
        }
        out.sort_by_key(|p| (p.sentence, p.text.start));
        out
    }

    /// The issue that words speak of most.
    fn issue(&self, scene: &Scene, at: usize, words: std::ops::Range<usize>) -> Option<&'static str> {
        let sentence = &scene.reading.sentences[at];
        let mut weights: Vec<(&'static str, u32)> = Vec::new();
        for (_, (issue, strength)) in self.issues.within(scene.text, sentence, words) {
            match weights.iter_mut().find(|(name, _)| *name == issue) {
                Some((_, weight)) => *weight += strength,
                None => weights.push((issue, strength)),
            }
        }
        // Of equals the one named first.
        let best = weights.iter().rev().max_by_key(|(_, weight)| *weight)?;
        (best.1 >= LEAST).then_some(best.0)
    }

    fn of_event(&self, scene: &Scene, index: usize, event: &Event, before: Option<&'static str>) -> Option<Position> {
        let sentence = &scene.reading.sentences[event.sentence];
        let trigger = sentence.words_in(event.trigger).start;
        let governor = |&word: &usize| {
            let this = &sentence.words[word];
            this.head.filter(|_| this.is("xcomp") || this.is("obj"))
        };
        let mut by_words = std::iter::successors(Some(trigger), governor).take(ABOVE);
        // `made the offer` says no word of what it is about.
        let about = |word: usize| sentence.children(word).any(|i| is_content(sentence, i));
        let says = |word| self.stance(scene.text, sentence, word).filter(|(_, pos, _)| *pos != "noun" || about(word));
        let by_word = by_words.find_map(says).map(|(side, ..)| side);
        if event.confidence < SURE && by_word.is_none() {
            return None;
        }
        let side = side(event).map(|side| by_word.unwrap_or(side))?;
        let said = event.said_by.map(|q| &scene.voices.quotes[q]);
        // What is demanded of somebody is the demand of whoever says so.
        let speaker =
            said.filter(|q| side == Side::Demands && event.kind != EventType::Request && !q.entities.is_empty());
        let (holder, entities) = match speaker {
            Some(quote) => (quote.source?, quote.entities.clone()),
            None => {
                // What is done is all actors' doing; what is only wished, that of whoever stands first.
                let first = event.actors.first()?.span;
                let all = event.assertion.status.is_fact();
                let holders = event.actors.iter().filter(|a| all || a.span == first);
                (first, holders.map(|a| a.entity).collect())
            }
        };
        let own = self.issue(scene, event.sentence, sentence.words_in(event.evidence));
        let answered = before.filter(|_| side == Side::Refuses);
        let issue = own.or(answered)?;
        Some(Position {
            holder,
            entities,
            issue,
            side,
            sentence: event.sentence,
            text: event.evidence,
            condition: event.assertion.condition,
            quote: event.said_by,
            event: Some(index),
        })
    }

    /// What the table says of a word, and as which part of speech; `opposed` is an adjective before it is a participle.
    fn stance(&self, text: &str, sentence: &Sentence, word: usize) -> Option<(Side, &'static str, &[&'static str])> {
        let pos = part(sentence, word)?;
        let form = sentence.words[word].span.text(text).to_lowercase();
        let lemma = sentence.words[word].lemma.to_lowercase();
        let of = |pos: &str, word: &str| self.sides.get(pos)?.get(word).map(|(side, of)| (*side, of.as_slice()));
        let participle = of("adjective", &form).filter(|_| is_passive(sentence, word));
        let (found, pos) = participle.map(|found| (found, "adjective")).or_else(|| Some((of(pos, &lemma)?, pos)))?;
        Some((found.0, pos, found.1))
    }

    /// The position that a word of stance expresses.
    fn of_word(&self, scene: &Scene, at: usize, word: usize, found: &[Position]) -> Option<Position> {
        let sentence = &scene.reading.sentences[at];
        let (side, pos, of) = self.stance(scene.text, sentence, word)?;
        let holder = match pos {
            "noun" => owner(sentence, word, 0),
            "verb" => agent(sentence, word),
            _ => subject(sentence, word, 0),
        }?;
        let entities = entities(scene, at, holder);
        let assertion = scene.voice_tables.assertion(sentence, word);
        let open = matches!(assertion.status, Status::Possible | Status::Conditional | Status::Demanded);
        if entities.is_empty() || open {
            return None;
        }
        let relations = if of.is_empty() { &COMPLEMENTS[..] } else { of };
        let about =
            sentence.children(word).filter(|&i| relations.iter().any(|r| sentence.words[i].is(r)) && i != holder);
        let about = about.filter(|&i| pos != "noun" || is_content(sentence, i));
        // `accepted the proposal`: on the issue of what the other side last put.
        let put = |i: usize| {
            let offer = self.offers.contains(sentence.words[i].lemma.to_lowercase().as_str());
            let before = found.iter().filter(|p| (p.sentence, p.text.start) < (at, sentence.words[word].span.start));
            let theirs = before.filter(|p| !p.entities.iter().any(|e| entities.contains(e)));
            let last = theirs
                .filter(|p| matches!(p.side, Side::Offers | Side::Demands))
                .max_by_key(|p| (p.sentence, p.text.start));
            last.filter(|_| offer).map(|p| p.issue)
        };
        let of = |i: usize| self.issue(scene, at, sentence.subtree(i)).or_else(|| put(i));
        let (about, issue) = about.filter_map(|i| Some((i, of(i)?))).next()?;
        // A stance that has not changed is held all the same.
        let side = if assertion.status == Status::Denied && pos != "noun" { side.negated() } else { side };
        Some(self.position(scene, at, (holder, entities), (side, issue), sentence.subtree(about), assertion.condition))
    }

    /// The demand of whoever says that something must or should be.
    fn of_modal(&self, scene: &Scene, at: usize, word: usize) -> Option<Position> {
        let sentence = &scene.reading.sentences[at];
        let modal = |&i: &usize| scene.voice_tables.is_demand(&sentence.words[i].lemma.to_lowercase());
        sentence.children_by(word, "aux").find(modal)?;
        let span = sentence.words[word].span;
        let quote = &scene.voices.quotes[scene.voices.holding(span)?];
        let holder = quote.source.filter(|_| !quote.entities.is_empty())?;
        let words = sentence.subtree(word);
        let issue = self.issue(scene, at, words.clone())?;
        let assertion = scene.voice_tables.assertion(sentence, word);
        let side = if assertion.status == Status::Denied { Side::Against } else { Side::Demands };
        let mut position =
            self.position(scene, at, (word, quote.entities.clone()), (side, issue), words, assertion.condition);
        position.holder = holder;
        Some(position)
    }

    fn position(
        &self,
        scene: &Scene,
        at: usize,
        (holder, entities): (usize, Vec<usize>),
        (side, issue): (Side, &'static str),
        words: std::ops::Range<usize>,
        condition: Option<Span>,
    ) -> Position {
        let sentence = &scene.reading.sentences[at];
        let text = sentence.span_of(words);
        let reference = scene.cast.at(at, holder).map(|r| r.span);
        Position {
            holder: reference.unwrap_or(sentence.words[holder].span),
            entities,
            issue,
            side,
            sentence: at,
            text,
            condition,
            quote: scene.voices.holding(text),
            event: None,
        }
    }
}

/// How the actors of an event stand to what it is about.
fn side(event: &Event) -> Option<Side> {
    use EventType::{Agree, Aid, Concede, Cooperate, Reject, Request, Support};
    let yields = matches!(event.kind, Agree | Aid | Concede | Cooperate | Support);
    match (event.kind, event.assertion.status) {
        _ if historic(event) => None,
        (Request, Status::Denied) => None,
        (Request, _) => Some(Side::Demands),
        (Reject, Status::Happened | Status::Ongoing) => Some(Side::Refuses),
        (_, Status::Demanded) => Some(Side::Demands),
        (_, Status::Proposed) if yields => Some(Side::Offers),
        // What is done is done: only what is agreed or yielded tells what one is for.
        (Agree | Concede, Status::Happened | Status::Ongoing | Status::Planned) => Some(Side::For),
        (_, Status::Denied) if yields => Some(Side::Refuses),
        _ => None,
    }
}

/// Whether a word beside a noun says what it is about: a clause, or `of`, `to`, `for` what.
fn is_content(sentence: &Sentence, word: usize) -> bool {
    let this = &sentence.words[word];
    let case = preposition(sentence, word).map(|c| sentence.words[c].lemma.to_lowercase());
    let of = case.is_some_and(|case| matches!(&*case, "of" | "to" | "for"));
    this.is("acl") || this.is("ccomp") || (this.is("nmod") && of)
}

fn historic(event: &Event) -> bool {
    event.time.as_ref().is_some_and(|t| t.historic)
}

/// Whether an earlier position says what a later one of its sentence says again.
fn covers(old: &Position, new: &Position) -> bool {
    let shared = old.entities.iter().any(|e| new.entities.contains(e));
    let apart = !old.text.overlaps(new.text);
    old.sentence == new.sentence && shared && !apart && (old.issue == new.issue || old.side == new.side)
}
