//! Stories in order of day, and citations of their sentences.

use schemars::JsonSchema;
use serde::Serialize;

use super::StoryLine;
use super::sides::Between;
use crate::record::{Attribution, EventRecord, Record};

/// A sentence of a story.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Cite {
    /// The story's identifier.
    pub story: String,
    /// Its day of publication, ISO 8601.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// First character of the sentence in the story's text.
    pub start: usize,
    /// One past its last character.
    pub end: usize,
    /// The sentence.
    pub quotation: String,
    /// Who says so, where it is not the story's own voice.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub said_by: Option<String>,
}

/// The record of a story that is drawn on.
pub(super) struct Told<'r> {
    pub record: &'r Record,
}

/// The stories of a dossier, the oldest first.
pub(super) struct Stories<'r> {
    pub told: Vec<Told<'r>>,
}

impl<'r> Stories<'r> {
    /// Those stories that tell of every party.
    pub fn of(records: &'r [Record], between: &Between) -> Self {
        let mut chosen: Vec<&Record> = records.iter().filter(|record| between.concerns(record)).collect();
        chosen.sort_by(|a, b| (&a.story.date, &a.story.id).cmp(&(&b.story.date, &b.story.id)));
        Self { told: chosen.into_iter().map(|record| Told { record }).collect() }
    }

    pub fn lines(&self) -> Vec<StoryLine> {
        let line = |told: &Told| {
            let story = &told.record.story;
            StoryLine {
                id: story.id.clone(),
                title: story.title.clone(),
                date: story.date.clone(),
                url: story.url.clone(),
            }
        };
        self.told.iter().map(line).collect()
    }
}

impl<'r> Told<'r> {
    /// The sentences that hold some characters.
    pub fn cite(&self, start: usize, end: usize, said_by: Option<usize>) -> Cite {
        let from = self.record.sentences.iter().rfind(|(from, _)| *from <= start).map_or(start, |(from, _)| *from);
        let to = self.record.sentences.iter().find(|(_, to)| *to >= end).map_or(end, |(_, to)| *to);
        let text: String = self.record.story.text.chars().skip(from).take(to - from).collect();
        Cite {
            story: self.record.story.id.clone(),
            date: self.record.story.date.clone(),
            start: from,
            end: to,
            quotation: text.split_whitespace().collect::<Vec<_>>().join(" "),
            said_by: said_by.and_then(|quote| self.source(&self.record.quotes[quote])),
        }
    }

    /// The sentence of an event.
    pub fn of_event(&self, event: &EventRecord) -> Cite {
        self.cite(event.evidence.start, event.evidence.end, event.said_by)
    }

    /// Who says a quote, by the name that is known.
    pub fn source(&self, quote: &Attribution) -> Option<String> {
        let named: Vec<&str> = quote.entities.iter().map(|&e| self.record.entities[e].name.as_str()).collect();
        if named.is_empty() { quote.source.as_ref().map(|s| s.text.clone()) } else { Some(named.join(" and ")) }
    }

    /// The event of an identifier.
    pub fn event(&self, id: &str) -> Option<&'r EventRecord> {
        self.record.events.iter().find(|event| event.id == id)
    }
}
