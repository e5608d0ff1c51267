//! Finding events: triggers, the frames that fit them, and what becomes of those that have not happened.

use std::collections::{HashMap, HashSet};

use super::absorb::{SPEECH, absorb};
use super::arguments::Spot;
use super::lexicon::{EventTables, Frame, Of};
use super::merge::merge;
use super::verdict::verdict;
use super::{Argument, Basis, Coding, Event, EventTime, Magnitude, Scene, Why};
use crate::ontology::EventType;
use crate::reader::roles;
use crate::reader::{Reading, Sentence, Trigger};
use crate::span::Span;
use crate::time::Interval;
use crate::voice::Status;

/// A verb that introduces what somebody said tells of an event by itself from this probability on.
const REPORTED: f32 = 0.97;

impl EventTables {
    /// The events of a story.
    pub fn find(&self, scene: &Scene) -> Coding {
        if self.is_off_topic(scene.reading) {
            return Coding::default();
        }
        let mut events: Vec<Event> = Vec::new();
        for (at, sentence) in scene.reading.sentences.iter().enumerate() {
            let spot = Spot { scene, at, sentence };
            let mut triggers: Vec<(usize, EventType)> = Vec::new();
            for word in 0..sentence.words.len() {
                if let Some((said, event)) = self.event(&spot, word, &events) {
                    triggers.push((word, said));
                    events.push(event);
                }
            }
            let first = events.len() - triggers.len();
            let mut found = absorb(sentence, &triggers, events.split_off(first));
            self.weigh(&spot, &mut found);
            events.append(&mut found);
        }
        Coding { events: merge(events, scene.cast) }
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

    /// The event that a word tells of, with the type that the lexicon gives it before its status is seen to.
    fn event(&self, spot: &Spot, word: usize, before: &[Event]) -> Option<(EventType, Event)> {
        let (sentence, text) = (spot.sentence, spot.scene.text);
        let subject = match &*sentence.words[word].upos {
            "NOUN" => spot.noun_actors(self, word, Of::Actor),
            "VERB" | "ADJ" => roles::agent(sentence, word).map_or_else(Vec::new, |s| spot.parties(s)),
            _ => return None,
        };
        let sectors = subject.iter().flat_map(|a| &spot.scene.cast.entities[a.entity].identity.sectors);
        let sectors: Vec<&str> = sectors.copied().collect();
        let listed = self.frame(text, sentence, word, &sectors);
        let heard = sentence.trigger(word);
        // A row that asks for more than the word vouches for it as the corpus does.
        let vouched = listed.is_some_and(|f| !f.conditions.is_empty());
        let known = vouched || self.is_known(&sentence.words[word]);
        let acts = |a: &Argument| spot.scene.cast.entities[a.entity].identity.kind.acts();
        let filled = listed.is_some_and(|f| f.verb && self.is_filled(spot, f, word, &subject));
        // `is preparing to storm`, `weighs sanctions`: what is prepared is the event.
        if listed.is_none() && self.deferred(spot, word, &sectors).is_some() {
            return None;
        }
        let lifted = self.lifted(spot, word);
        let verdict = verdict(spot.scene.ontology, sentence, word, (listed, heard), lifted, (known, filled))?;
        // What merely reports is no event, unless the heads are very sure.
        let reports = spot.scene.voice_tables.reports(&sentence.words[word].lemma);
        if listed.is_none() && reports && verdict.chance < REPORTED {
            return None;
        }
        let frame = &verdict.frame;
        if !frame.verb && self.told_by_verb(text, sentence, word) {
            return None;
        }
        let (mut actors, mut recipients) = spot.heard(heard);
        let mut why = Why {
            rule: frame.row,
            chance: verdict.chance,
            types: verdict.types,
            told: verdict.told,
            identified: false,
            known,
            noun: !frame.verb,
            both: false,
            heard: 0.5,
            actors_heard: !actors.is_empty(),
            recipients_heard: !recipients.is_empty(),
        };
        if actors.is_empty() {
            actors = spot.actors(self, frame, word);
            actors.retain(|a| !recipients.iter().any(|r| r.entity == a.entity));
        }
        if recipients.is_empty() {
            recipients = spot.recipients(frame, word);
        }
        if frame.of == Of::Object && !why.actors_heard && !why.recipients_heard {
            recipients = actors;
            actors = roles::object(sentence, word).map_or_else(Vec::new, |guest| spot.parties(guest));
        }
        if let Some(source) = spot.source(word).filter(|_| frame.of == Of::Source) {
            recipients = spot.actors(self, frame, word);
            actors = source;
        }
        // `rejected the proposal`: not the thing was rejected, but who had proposed it.
        let echo = if recipients.iter().any(acts) { None } else { self.echoed(spot, word, before) };
        if let Some(earlier) = echo {
            let other = |a: &&Argument| !actors.iter().any(|b| b.entity == a.entity);
            recipients = earlier.actors.iter().filter(other).cloned().collect();
        }
        recipients.retain(|r| !actors.iter().any(|a| a.entity == r.entity));
        let together = frame.of == Of::Both || (frame.kind == EventType::Consult && actors.len() > 1);
        if together {
            recipients.retain(acts);
            actors.append(&mut recipients);
        }
        if !is_whole(spot, frame, &actors, &recipients) {
            return None;
        }
        if !frame.own
            && (self.is_inert(spot, word, &actors) || !self.is_public_affair(spot, frame, &actors, &recipients))
        {
            return None;
        }
        why.both = actors.len() + recipients.len() > 1 || actors.iter().any(|a| spot.is_plural(a));
        let of_a_country = |a: &Argument| spot.scene.cast.entities[a.entity].identity.country.is_some();
        why.identified = actors.iter().chain(&recipients).all(of_a_country);
        why.heard = spot.certainty(heard, &actors, &recipients);
        if !frame.own && self.confidence.of(&why) < self.confidence.least {
            return None;
        }
        Some((frame.kind, self.assemble(spot, word, frame, (actors, recipients, why), echo)))
    }

    /// Whether the parties that a verb's frame asks for stand there: an actor and a recipient, or an actor where it has no other, or
    /// several who do it together.
    fn is_filled(&self, spot: &Spot, frame: &Frame, word: usize, subject: &[Argument]) -> bool {
        let acts = |a: &Argument| spot.scene.cast.entities[a.entity].identity.kind.acts();
        let alone = frame.recipient.is_empty() || (frame.of == Of::Both && subject.iter().any(|a| spot.is_plural(a)));
        subject.iter().any(acts) && (alone || spot.recipients(frame, word).iter().any(acts))
    }

    /// What a word that only decides on whether something is so says that of, where the lexicon lists it.
    fn deferred(&self, spot: &Spot, word: usize, sectors: &[&str]) -> Option<usize> {
        let (sentence, text) = (spot.sentence, spot.scene.text);
        let this = &sentence.words[word];
        let inner = complement(sentence, word).or_else(|| roles::object(sentence, word))?;
        let defers = spot.scene.voice_tables.defers(&this.upos, &this.lemma);
        (defers && self.frame(text, sentence, inner, sectors).is_some()).then_some(inner)
    }

    /// How likely the word above tells of an event, where it is this word's: the heads may take `set` of `is set to meet` for the
    /// trigger.
    fn lifted(&self, spot: &Spot, word: usize) -> f32 {
        let this = &spot.sentence.words[word];
        let above = this.head.filter(|&head| {
            let governor = &spot.sentence.words[head];
            this.is("xcomp") || (this.is("obj") && spot.scene.voice_tables.defers(&governor.upos, &governor.lemma))
        });
        above.and_then(|head| spot.sentence.trigger(head)).map_or(0.0, Trigger::chance)
    }

    /// Whether the subject is a thing that does nothing by itself: `floods cut off villages`.
    fn is_inert(&self, spot: &Spot, word: usize, actors: &[Argument]) -> bool {
        let sentence = spot.sentence;
        let passive = roles::is_passive(sentence, word);
        let Some(subject) = sentence.children_by(word, "nsubj").next().filter(|_| !passive && actors.is_empty()) else {
            return false;
        };
        let of_noun = matches!(&*sentence.words[subject].upos, "NOUN" | "PROPN");
        of_noun && spot.owners(subject).is_empty() && !self.is_instrument(&sentence.words[subject].lemma.to_lowercase())
    }

    fn is_public_affair(&self, spot: &Spot, frame: &Frame, actors: &[Argument], recipients: &[Argument]) -> bool {
        let sectors = |a: &Argument| &spot.scene.cast.entities[a.entity].identity.sectors[..];
        let of = |parties: &[Argument]| parties.iter().map(sectors).collect::<Vec<_>>();
        self.is_public(frame.kind, frame.mode, &of(actors), &of(recipients))
    }

    /// The earlier event whose name the object is: `rejected the proposal`.
    fn echoed<'e>(&self, spot: &Spot, word: usize, before: &'e [Event]) -> Option<&'e Event> {
        let object = roles::object(spot.sentence, word)?;
        let kind = self.echo(&spot.sentence.words[object].lemma.to_lowercase())?;
        before.iter().rev().find(|e| e.kind == kind && !e.actors.is_empty())
    }

    fn assemble(
        &self,
        spot: &Spot,
        word: usize,
        frame: &Frame,
        (actors, recipients, why): (Vec<Argument>, Vec<Argument>, Why),
        echo: Option<&Event>,
    ) -> Event {
        let scene = spot.scene;
        let inner =
            complement(spot.sentence, word).filter(|_| matches!(frame.kind, EventType::Agree | EventType::Concede));
        // Of `is considering leaving`, which no row of the lexicon tells of, the status is what is said of leaving.
        let told = inner.filter(|_| frame.row.is_none()).unwrap_or(word);
        let mut assertion = scene.voice_tables.assertion(spot.sentence, told);
        // `offered to`, `proposed`: the offer was made; what is offered is only proposed.
        if assertion.status.is_fact() && is_offer(spot.sentence, word) {
            assertion.status = Status::Proposed;
        }
        // `threatened to strike unless`: the threat was made; what it threatens hangs on the condition.
        let spoken = SPEECH.contains(&frame.kind) && matches!(&*spot.sentence.words[word].xpos, "VBD" | "VBN");
        if spoken && assertion.status == Status::Conditional {
            assertion.status = Status::Happened;
        }
        let mut time = spot.time(word, assertion.status);
        // What is planned is dated and placed by the plan.
        let plan = inner.filter(|_| !assertion.status.is_fact());
        if let (Some(plan), true) = (plan, unstated(&time)) {
            time = spot.time(plan, assertion.status).or(time);
        }
        if let (Some(earlier), true) = (echo.and_then(|e| e.time.as_ref()), unstated(&time)) {
            time = follows(spot, earlier).or(time);
        }
        let ahead = scene.published.zip(time.as_ref()).is_some_and(|(p, t)| t.interval.from > p);
        if ahead && assertion.status.is_fact() {
            assertion.status = Status::Planned;
        }
        assertion.condition = assertion.condition.map(|span| balanced(scene.text, span));
        let (kind, mode) = self.becomes(frame.kind, assertion.status).unwrap_or((frame.kind, frame.mode));
        let place = spot
            .place(word, &actors, &recipients, kind)
            .or_else(|| plan.and_then(|plan| spot.place(plan, &actors, &recipients, kind)))
            .or_else(|| spot.filed(kind, assertion.status, &time, &actors, &recipients));
        let trigger = spot.sentence.words[word].span;
        let evidence = balanced(scene.text, spot.sentence.span_of(clause(spot.sentence, word)));
        let confidence = if frame.own { 1.0 } else { self.confidence.of(&why) };
        let said_by = scene.voices.holding(trigger);
        // `Japan must recognize it, Lavrov said`: he demands it of Japan.
        let demands = kind == EventType::Request && frame.kind != EventType::Request && recipients.is_empty();
        let (actors, recipients) = match said_by.map(|i| &scene.voices.quotes[i].entities[..]) {
            Some(&[speaker]) if demands && !actors.iter().any(|a| a.entity == speaker) => {
                (vec![Argument { span: scene.cast.entities[speaker].mentions[0], entity: speaker }], actors)
            }
            _ => (actors, recipients),
        };
        let parties: Vec<&Argument> = actors.iter().chain(&recipients).collect();
        let mut contexts = self.contexts.of(scene, spot.at, &parties, &frame.contexts);
        // Two modes name their own context.
        if let Some(own) = mode.filter(|m| matches!(*m, "cyber" | "misinformation") && !contexts.contains(m)) {
            contexts.push(own);
        }
        Event {
            kind,
            mode,
            contexts,
            named_contexts: frame.contexts.len(),
            actors,
            recipients,
            assertion,
            time,
            place,
            said_by,
            sentence: spot.at,
            evidence,
            trigger,
            retold: Vec::new(),
            magnitude: Magnitude::default(),
            why,
            confidence,
        }
    }
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

/// What answers an earlier event came after it and before the story.
fn follows(spot: &Spot, earlier: &EventTime) -> Option<EventTime> {
    let published = spot.scene.published.filter(|p| earlier.interval.from <= *p)?;
    spot.dated(None, Interval { from: earlier.interval.from, to: published }, Basis::Inferred)
}

/// The infinitive or participle that a word governs: `plans to visit`.
fn complement(sentence: &Sentence, word: usize) -> Option<usize> {
    let open = |c: &usize| sentence.words[*c].is("xcomp") || roles::is_infinitive(sentence, *c);
    ["xcomp", "ccomp", "advcl"].into_iter().filter_map(|relation| sentence.child(word, relation)).find(open)
}

/// Whether a trigger is itself an offer.
fn is_offer(sentence: &Sentence, word: usize) -> bool {
    matches!(&*sentence.words[word].lemma, "offer" | "propose" | "suggest" | "invite" | "proposal")
}

/// Whether enough parties are known: of a symmetric event two, of another one, and of what a noun says both where it has two.
fn is_whole(spot: &Spot, frame: &Frame, actors: &[Argument], recipients: &[Argument]) -> bool {
    let named = !actors.is_empty() && (!recipients.is_empty() || frame.recipient.is_empty() || actors.len() > 1);
    let deed = matches!(
        frame.kind,
        EventType::Assault
            | EventType::Coerce
            | EventType::Sanction
            | EventType::Protest
            | EventType::Mobilize
            | EventType::Retreat
    );
    match (frame.of, frame.verb) {
        (Of::Both, _) => actors.len() > 1 || actors.iter().any(|a| spot.is_plural(a)),
        (_, true) if needs_recipient(frame) => !recipients.is_empty() && !actors.is_empty(),
        (_, true) => !actors.is_empty() || (deed && !recipients.is_empty()),
        (_, false) => named || (deed && !(actors.is_empty() && recipients.is_empty())),
    }
}

/// Types that mean little without the one they are aimed at.
fn needs_recipient(frame: &Frame) -> bool {
    let aimed = matches!(frame.kind, EventType::Accuse | EventType::Support | EventType::Aid | EventType::Consult);
    aimed && !frame.recipient.is_empty()
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
