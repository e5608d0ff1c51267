//! Why each event was coded: its parts in its sentence, the paths of the tree, what typed it, and what came next.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::coder::{Coder, CoderError};
use crate::event::{Argument, Event, Scene};
use crate::reader::Sentence;
use crate::span::Span;
use crate::story::Story;

/// How one event came about.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Explanation {
    /// PLOVER type.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// PLOVER mode.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mode: Option<&'static str>,
    /// Whether it is so.
    pub status: &'static str,
    /// How sure, 0 to 1.
    pub confidence: f32,
    /// The sentence cut at its parts, in order.
    pub sentence: Vec<Piece>,
    /// From the trigger to each part, the relations of the tree.
    pub paths: Vec<String>,
    /// The row of the lexicon that fits: table and line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// How likely the word tells of an event, 0 to 1.
    pub chance: f32,
    /// The types that it may tell of, the likeliest first, with their shares; at most three.
    pub types: Vec<(&'static str, f32)>,
    /// The statuses that it may have, the likeliest first, with their shares; at most three.
    pub statuses: Vec<(&'static str, f32)>,
    /// What speaks for an event, by the names of `event/decisions.tsv`.
    pub features: BTreeMap<&'static str, f32>,
    /// What speaks for its being right in all, by the names of the same table.
    pub whole: BTreeMap<&'static str, f32>,
}

/// A stretch of a sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Piece {
    /// The words.
    pub text: String,
    /// trigger, actor, recipient, time, place, condition, or absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<&'static str>,
}

impl Coder {
    /// Why the events of a story were coded, in the record's order.
    pub fn explain(&self, story: &Story) -> Result<Vec<Explanation>, CoderError> {
        let readings = self.reader.read(&[(story.text.as_str(), story.body())], 1)?;
        let reading = readings.into_iter().next().unwrap_or_default();
        Ok(self.walk(story, &reading, |_, scene, coding| coding.events.iter().map(|e| explanation(scene, e)).collect()))
    }
}

fn explanation(scene: &Scene, event: &Event) -> Explanation {
    let sentence = &scene.reading.sentences[event.sentence];
    Explanation {
        kind: event.kind.code(),
        mode: event.mode,
        status: event.assertion.status.code(),
        confidence: event.confidence,
        sentence: pieces(scene, sentence, event),
        paths: event.actors.iter().chain(&event.recipients).map(|a| path(scene, sentence, event, a)).collect(),
        rule: event.why.rule.map(|(table, line)| format!("{table}, line {line}")),
        chance: event.why.chance,
        types: event.why.types.iter().take(3).map(|(kind, share)| (kind.code(), *share)).collect(),
        statuses: event.why.statuses.iter().take(3).map(|(status, share)| (status.code(), *share)).collect(),
        features: event.why.features.iter().copied().collect(),
        whole: right(event),
    }
}

/// What speaks for an event being right in all.
fn right(event: &Event) -> BTreeMap<&'static str, f32> {
    let whole = event.why.right.iter().find(|(decision, _)| *decision == "whole");
    whole.map_or_else(BTreeMap::new, |(_, features)| features.iter().copied().collect())
}

/// The sentence cut at the event's parts; of parts that overlap the first named stays.
fn pieces(scene: &Scene, sentence: &Sentence, event: &Event) -> Vec<Piece> {
    let mut parts: Vec<(Span, &'static str)> = vec![(event.trigger, "trigger")];
    parts.extend(event.actors.iter().map(|a| (a.span, "actor")));
    parts.extend(event.recipients.iter().map(|a| (a.span, "recipient")));
    parts.extend(event.time.iter().filter_map(|t| Some((t.span?, "time"))));
    parts.extend(event.place.iter().filter_map(|p| Some((p.span?, "place"))));
    parts.extend(event.assertion.condition.map(|span| (span, "condition")));
    let mut kept: Vec<(Span, &'static str)> = Vec::new();
    for (span, part) in parts {
        let inside = sentence.span.start <= span.start && span.end <= sentence.span.end;
        if inside && !kept.iter().any(|(k, _)| span.start < k.end && k.start < span.end) {
            kept.push((span, part));
        }
    }
    kept.sort_by_key(|(span, _)| span.start);
    let mut out = Vec::new();
    let mut at = sentence.span.start;
    for (span, part) in kept {
        if at < span.start {
            out.push(Piece { text: scene.text[at..span.start].to_owned(), part: None });
        }
        out.push(Piece { text: span.text(scene.text).to_owned(), part: Some(part) });
        at = span.end;
    }
    if at < sentence.span.end {
        out.push(Piece { text: scene.text[at..sentence.span.end].to_owned(), part: None });
    }
    out
}

/// The way through the tree from the trigger to a part: `struck <nsubj- warplanes`, up by `-relation>`.
fn path(scene: &Scene, sentence: &Sentence, event: &Event, argument: &Argument) -> String {
    let words = sentence.words_in(argument.span);
    let trigger = sentence.words_in(event.trigger).start;
    let form = |i: usize| sentence.words[i].span.text(scene.text);
    if words.is_empty() || trigger >= sentence.words.len() {
        return argument.span.text(scene.text).to_owned();
    }
    let up = |from: usize| std::iter::successors(Some(from), |&i| sentence.words[i].head).collect::<Vec<_>>();
    let (rise, fall) = (up(trigger), up(sentence.head_of(words)));
    let meet = rise.iter().find(|i| fall.contains(i)).copied().unwrap_or(trigger);
    let mut out = form(trigger).to_owned();
    for pair in rise.windows(2).take_while(|pair| pair[0] != meet) {
        out += &format!(" -{}> {}", sentence.words[pair[0]].deprel, form(pair[1]));
    }
    let down: Vec<usize> = fall.iter().copied().take_while(|&i| i != meet).collect();
    for &i in down.iter().rev() {
        out += &format!(" <{}- {}", sentence.words[i].deprel, form(i));
    }
    out
}
