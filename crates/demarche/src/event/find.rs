//! Finding events: the words that tell of one, with its type, its parties, its status, its time and place.

use std::collections::{HashMap, HashSet};

use super::arguments::Spot;
use super::candidate::{Answer, Candidate, feature};
use super::decision::{Features, flag, log, logit};
use super::lexicon::{EventTables, Frame, Of};
use super::merge::merge;
use super::parties::{Claim, Side, settled};
use super::{Argument, Basis, Coding, Event, EventTime, Magnitude, Parts, Scene, Why};
use crate::actor::Cast;
use crate::ontology::EventType;
use crate::reader::roles;
use crate::reader::{Reading, Sentence};
use crate::span::Span;
use crate::voice::Status;

impl EventTables {
    /// The events of a story.
    pub fn find(&self, scene: &Scene) -> Coding {
        Coding { events: merge(&self.decisions, scene, self.tellings(scene)) }
    }

    /// The events of a story, each as often as it is told.
    pub(crate) fn tellings(&self, scene: &Scene) -> Vec<Event> {
        if self.is_off_topic(scene.reading) {
            return Vec::new();
        }
        let mut events: Vec<Event> = Vec::new();
        for (at, sentence) in scene.reading.sentences.iter().enumerate() {
            let spot = Spot { scene, at, sentence };
            let mut found: Vec<Event> = Vec::new();
            for candidate in self.candidates(&spot) {
                found.extend(self.event(&spot, &candidate));
            }
            self.weigh(&spot, &mut found);
            events.append(&mut found);
        }
        events.retain(|event| event.confidence >= self.least);
        events
    }

    /// Whether a story is about sport or the weather.
    fn is_off_topic(&self, reading: &Reading) -> bool {
        let mut count: HashMap<&str, (usize, HashSet<&str>)> = HashMap::new();
        let words: Vec<&str> = reading.sentences.iter().flat_map(|s| &s.words).map(|w| w.lemma.as_str()).collect();
        for lemma in &words {
            if let Some(topic) = self.topic(lemma) {
                let of_topic = count.entry(topic).or_default();
                of_topic.0 += 1;
                of_topic.1.insert(lemma);
            }
        }
        count.values().any(|(times, lemmas)| lemmas.len() >= 3 && times * 50 >= words.len())
    }

    /// The event that a candidate tells of, if it is likely enough.
    fn event(&self, spot: &Spot, candidate: &Candidate) -> Option<Event> {
        let own = candidate.frame.filter(|frame| frame.own);
        if own.is_none() && candidate.chance < self.decisions.weight("event", "least") {
            return None;
        }
        let kind = candidate.kinds.first()?;
        let frame = candidate.frame.filter(|frame| frame.kind == kind.what);
        let kept = settled(&candidate.claims, &self.decisions);
        let mut actors = arguments(spot.scene.cast, &kept, Side::Actor);
        let mut recipients = arguments(spot.scene.cast, &kept, Side::Recipient);
        if let Some(frame) = own {
            // A row of the user's own says where its parties stand; the network is asked where nobody stands there.
            let said = self.said(spot, frame, candidate.word);
            if !(said.0.is_empty() && said.1.is_empty()) {
                (actors, recipients) = said;
            }
        }
        if actors.is_empty() && recipients.is_empty() {
            return None;
        }
        Some(self.assemble(spot, candidate, (kind, frame), (actors, recipients)))
    }

    /// The actors and recipients that stand where a row of the lexicon says.
    fn said(&self, spot: &Spot, frame: &Frame, word: usize) -> (Vec<Argument>, Vec<Argument>) {
        let mut actors = spot.actors(self, frame, word);
        let mut recipients = spot.recipients(frame, word);
        recipients.retain(|r| !actors.iter().any(|a| a.entity == r.entity));
        if frame.of == Of::Both {
            actors.append(&mut recipients);
        }
        (actors, recipients)
    }

    fn assemble(
        &self,
        spot: &Spot,
        candidate: &Candidate,
        (kind, frame): (&Answer<EventType>, Option<&Frame>),
        (actors, recipients): (Vec<Argument>, Vec<Argument>),
    ) -> Event {
        let (scene, word) = (spot.scene, candidate.word);
        let own = frame.is_some_and(|frame| frame.own);
        let status = &candidate.statuses[0];
        let mut assertion = candidate.assertion;
        if !own {
            assertion.status = status.what;
        }
        let inner = complement(spot.sentence, word);
        let mut time = spot.time(word, assertion.status);
        // What is planned is dated and placed by the plan.
        let plan = inner.filter(|_| !assertion.status.is_fact());
        if let (Some(plan), true) = (plan, unstated(&time)) {
            time = spot.time(plan, assertion.status).or(time);
        }
        let ahead = scene.published.zip(time.as_ref()).is_some_and(|(p, t)| t.interval.from > p);
        if ahead && assertion.status.is_fact() {
            assertion.status = Status::Planned;
        }
        assertion.condition = assertion.condition.map(|span| balanced(scene.text, span));
        let place = spot
            .place(word, &actors, &recipients, kind.what)
            .or_else(|| plan.and_then(|plan| spot.place(plan, &actors, &recipients, kind.what)))
            .or_else(|| spot.filed(kind.what, assertion.status, &time, &actors, &recipients));
        let trigger = spot.sentence.words[word].span;
        let evidence = balanced(scene.text, spot.sentence.span_of(clause(spot.sentence, word)));
        let mode = self.mode(scene, candidate, kind.what, frame);
        let named: Vec<&'static str> = frame.map_or_else(Vec::new, |frame| frame.contexts.clone());
        let parties: Vec<&Argument> = actors.iter().chain(&recipients).collect();
        let mut contexts = self.contexts.of(scene, spot.at, &parties, &named);
        // Two modes name their own context.
        if let Some(own) = mode.filter(|m| matches!(*m, "cyber" | "misinformation") && !contexts.contains(m)) {
            contexts.push(own);
        }
        let weighed = self.parts(spot, candidate, kind, (&time, place.is_some()));
        let parts = weighed.0;
        let mut right = weighed.1;
        let countries =
            [&right[0].1, &right[1].1].map(|side| feature(side, "country")).into_iter().fold(f32::MAX, f32::min);
        right.push(("whole", whole(candidate, &parts, &parties, countries)));
        Event {
            kind: kind.what,
            mode,
            contexts,
            named_contexts: named.len(),
            assertion,
            said_by: scene.voices.holding(trigger),
            sentence: spot.at,
            evidence,
            trigger,
            retold: Vec::new(),
            magnitude: Magnitude::default(),
            confidence: if own { 1.0 } else { self.decisions.probability("whole", &right[right.len() - 1].1) },
            why: Why {
                rule: frame.and_then(|frame| frame.row),
                chance: candidate.chance,
                types: candidate.kinds.iter().map(|kind| (kind.what, kind.chance)).collect(),
                statuses: candidate.statuses.iter().map(|status| (status.what, status.chance)).collect(),
                features: candidate.features.clone(),
                right,
                parts,
            },
            actors,
            recipients,
            time,
            place,
        }
    }

    /// The mode: the lexicon's, else the likeliest that the type has.
    fn mode(
        &self,
        scene: &Scene,
        candidate: &Candidate,
        kind: EventType,
        frame: Option<&Frame>,
    ) -> Option<&'static str> {
        let trigger = candidate.trigger.filter(|_| !frame.is_some_and(|frame| frame.own && frame.mode.is_some()));
        let Some(trigger) = trigger else { return frame.and_then(|frame| frame.mode) };
        let of_kind =
            |label: &str| label.split_once('/').filter(|(of, _)| *of == kind.code()).map(|(_, mode)| mode.to_owned());
        let modes =
            trigger.modes.iter().filter_map(|(label, p)| Some((scene.ontology.mode(kind, &of_kind(label)?)?, *p)));
        let all: Vec<(&'static str, f32)> = modes.collect();
        let any: f32 = trigger.modes.iter().map(|(_, p)| p).sum();
        let listed = |mode: &str| frame.is_some_and(|frame| frame.mode == Some(mode));
        let weight = |(mode, p): &(&'static str, f32)| {
            p.max(1e-4).ln() + self.decisions.weight("mode", "listed") * flag(listed(mode))
        };
        let best = all.iter().max_by(|a, b| weight(a).total_cmp(&weight(b)))?;
        (weight(best) >= (1.0 - any).max(1e-4).ln()).then_some(best.0)
    }

    /// How likely each part of an event is right, and what says so.
    fn parts(
        &self,
        spot: &Spot,
        candidate: &Candidate,
        kind: &Answer<EventType>,
        (time, placed): (&Option<EventTime>, bool),
    ) -> (Parts, Vec<(&'static str, Features)>) {
        let basis = |of: Basis| flag(time.as_ref().is_some_and(|t| t.basis == of));
        let when = vec![
            ("stated", basis(Basis::Stated)),
            ("inferred", basis(Basis::Inferred)),
            ("publication", basis(Basis::Publication)),
        ];
        let here = spot.scene.places.mentions.iter().any(|m| m.sentence == spot.at);
        let right = vec![
            (Side::Actor.right(), self.side(candidate, Side::Actor)),
            (Side::Recipient.right(), self.side(candidate, Side::Recipient)),
            ("time right", when),
            ("place right", vec![("given", flag(placed)), ("here", flag(here))]),
        ];
        let chance = |i: usize| self.decisions.probability(right[i].0, &right[i].1);
        let parts = Parts {
            event: candidate.chance,
            kind: kind.chance,
            actors: chance(0),
            recipients: chance(1),
            status: candidate.statuses[0].chance,
            time: chance(2),
            place: chance(3),
        };
        (parts, right)
    }

    /// What speaks for all on a side being right: the least likely that is kept, the likeliest that is not, and how sure their countries are.
    fn side(&self, candidate: &Candidate, side: Side) -> Features {
        let kept = settled(&candidate.claims, &self.decisions);
        let of: Vec<&&Claim> = kept.iter().filter(|c| c.side() == side).collect();
        let dropped = candidate.claims.iter().filter(|c| !kept.iter().any(|k| std::ptr::eq(*k, *c)));
        let sure = |claim: &&&Claim| claim.countries.first().map_or(0.0, |country| country.chance);
        vec![
            ("kept", logit(of.iter().map(|c| c.chance()).fold(1.0, f32::min))),
            ("dropped", logit(dropped.map(|c| c.sides[side as usize].1).fold(0.0, f32::max))),
            ("country", logit(of.iter().map(sure).fold(1.0, f32::min))),
            ("none", flag(of.is_empty())),
        ]
    }
}

/// What speaks for an event being right in all.
fn whole(candidate: &Candidate, parts: &Parts, parties: &[&Argument], countries: f32) -> Features {
    vec![
        ("event", logit(parts.event)),
        ("type", logit(parts.kind)),
        ("actors", logit(parts.actors)),
        ("recipients", logit(parts.recipients)),
        ("status", logit(parts.status)),
        ("countries", countries),
        ("parties", (parties.len() as f32).ln()),
        ("nobody knows", parties.iter().filter(|a| a.country.is_none()).count() as f32),
        ("listed", flag(candidate.frame.is_some())),
        ("certain", log(parts.event * parts.kind * parts.actors * parts.recipients * parts.status)),
    ]
}

fn arguments(cast: &Cast, kept: &[&Claim], side: Side) -> Vec<Argument> {
    let mut out: Vec<Argument> = Vec::new();
    for claim in kept.iter().filter(|claim| claim.side() == side) {
        for &entity in &claim.reference.entities {
            if out.iter().any(|a| a.entity == entity) {
                continue;
            }
            let mut argument = Argument::of(cast, claim.reference.span, entity);
            // What is weighed of a phrase is of the one whom it means; `the two leaders` are of their own countries.
            if claim.reference.entities.len() == 1 {
                argument.country = claim.countries.first().and_then(|country| country.what);
            }
            out.push(argument);
        }
    }
    out
}

/// A span that opens a quotation and breaks off before the mark that closes it takes that mark in.
fn balanced(text: &str, span: Span) -> Span {
    let marks = |mark: &str| span.text(text).matches(mark).count();
    let open = marks("\"") % 2 == 1 || marks("“") > marks("”");
    let rest = &text[span.end..];
    let closing = rest.trim_start_matches([',', '.', '!', '?']);
    let mark = closing.chars().next().filter(|c| open && matches!(c, '"' | '”'));
    mark.map_or(span, |mark| Span::new(span.start, span.end + rest.len() - closing.len() + mark.len_utf8()))
}

fn unstated(time: &Option<EventTime>) -> bool {
    time.as_ref().is_none_or(|t| t.basis != Basis::Stated)
}

/// The infinitive or participle that a word governs: `plans to visit`.
fn complement(sentence: &Sentence, word: usize) -> Option<usize> {
    let open = |c: &usize| sentence.words[*c].is("xcomp") || roles::is_infinitive(sentence, *c);
    ["xcomp", "ccomp", "advcl"].into_iter().filter_map(|relation| sentence.child(word, relation)).find(open)
}

/// The clause that a trigger belongs to, without the conjunction and the punctuation around it.
fn clause(sentence: &Sentence, word: usize) -> std::ops::Range<usize> {
    let mut at = word;
    while let Some(head) = sentence.words[at].head {
        if matches!(&*sentence.words[at].upos, "VERB") && !sentence.words[at].is("xcomp") {
            break;
        }
        at = head;
    }
    let mut words = sentence.subtree(at);
    let loose =
        |i: usize| &*sentence.words[i].upos == "PUNCT" || sentence.words[i].is("mark") || sentence.words[i].is("cc");
    while words.start < word && loose(words.start) {
        words.start += 1;
    }
    while words.end > word + 1 && &*sentence.words[words.end - 1].upos == "PUNCT" {
        words.end -= 1;
    }
    words
}
