//! Counts story by story.

use std::collections::{BTreeMap, BTreeSet};

use crate::align::Fit;
use crate::calibration::Bins;
use crate::coding::{CodedEvent, Coding};
use crate::dyads;
use crate::figures::{Events, Figures, OfFound, Score, StatusPair, Stories, TypeLine, status_place, type_place};
use crate::gold::{GoldEvent, GoldStory};
use crate::pairs::{Told, pairs, told};
use crate::verdict::{Ratio, Verdict};

/// Counts stories whose marks and records are held against each other.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    least: f32,
    stories: Stories,
    events: Events,
    found: usize,
    typed: usize,
    whole: usize,
    dyads: Counts,
    right: Right,
    types: BTreeMap<String, Counts>,
    /// By the status marked and the one coded.
    statuses: BTreeMap<(String, String), usize>,
    bins: Bins,
}

/// Of events or dyads.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    marked: usize,
    coded: usize,
    found: usize,
    right: usize,
}

/// What of the events found is right.
#[derive(Clone, Copy, Debug, Default)]
struct Right {
    typed: Ratio,
    mode: Ratio,
    status: Ratio,
    historic: Ratio,
    actors: Ratio,
    recipients: Ratio,
    country: Ratio,
    sector: Ratio,
    when: Ratio,
    place_coded: Ratio,
    place: Ratio,
}

impl Tally {
    /// Nothing counted yet; coded events less sure than `least`, 0 to 1, will not be.
    pub fn new(least: f32) -> Self {
        Self { least, ..Self::default() }
    }

    /// Counts a story that was not read, since so many things are wrong with its marks.
    pub fn step_over(&mut self, malformed_marks: usize) {
        self.stories.stepped_over += 1;
        self.stories.malformed_marks += malformed_marks;
    }

    /// Counts a story without a record: all its events are missed.
    pub fn missing(&mut self, story: &GoldStory) {
        self.stories.without_record += 1;
        self.count(story, &[]);
    }

    /// Counts a story with what was coded of it, and says whether that was the same text.
    pub fn story(&mut self, story: &GoldStory, mut coding: Coding) -> Fit {
        let fit = coding.fit(&story.text);
        coding.events.retain(|event| event.confidence >= self.least);
        self.count(story, &coding.events);
        fit
    }

    fn count(&mut self, story: &GoldStory, coded: &[CodedEvent]) {
        let told = told(&story.events);
        self.stories.marked += 1;
        self.events.marked += told.len();
        self.events.coded += coded.len();
        // By marked and by coded event: those found are taken out, and what is left was missed or is too many.
        let mut missed: Vec<Option<&Told>> = told.iter().map(Some).collect();
        let mut extra: Vec<Option<&CodedEvent>> = coded.iter().map(Some).collect();
        for pair in pairs(&told, &story.events, coded) {
            let (event, coded) = (&story.events[pair.telling], &coded[pair.coded]);
            self.pair(event, coded, &Verdict::of(story, event, coded));
            (missed[pair.told], extra[pair.coded]) = (None, None);
        }
        for told in missed.into_iter().flatten() {
            self.of_type(story.events[told.first].kind.code()).marked += 1;
        }
        for event in extra.into_iter().flatten() {
            self.of_type(&event.kind).coded += 1;
            self.bins.add(event.confidence, false, false);
        }
        let marked = dyads::marked(told.iter().map(|told| &story.events[told.first]));
        self.dyads.add(&marked, &dyads::coded(coded));
    }

    /// Counts an event that was found; of one told under several types the type of the telling that it was found by.
    fn pair(&mut self, event: &GoldEvent, coded: &CodedEvent, verdict: &Verdict) {
        self.found += 1;
        self.typed += usize::from(verdict.typed);
        self.whole += usize::from(verdict.whole);
        self.right.add(verdict);
        self.bins.add(coded.confidence, verdict.typed, verdict.whole);
        self.of_type(&coded.kind).coded += 1;
        let counts = self.of_type(event.kind.code());
        counts.marked += 1;
        counts.found += 1;
        counts.right += usize::from(verdict.typed);
        let statuses = (event.status.code().to_owned(), coded.status.to_string());
        *self.statuses.entry(statuses).or_default() += 1;
    }

    fn of_type(&mut self, kind: &str) -> &mut Counts {
        self.types.entry(kind.to_owned()).or_default()
    }

    /// What has been counted.
    pub fn figures(&self) -> Figures {
        let Events { marked, coded } = self.events;
        let of_events = |right| Score::of(right, coded, marked);
        Figures {
            stories: self.stories,
            events: self.events,
            found: of_events(self.found),
            typed: of_events(self.typed),
            whole: of_events(self.whole),
            dyads: self.dyads.score(),
            of_found: self.right.shares(),
            types: self.type_lines(),
            statuses: self.status_pairs(),
            calibration: self.bins.calibration(),
        }
    }

    fn type_lines(&self) -> Vec<TypeLine> {
        let line = |(kind, counts): (&String, &Counts)| {
            let (kind, found) = (kind.clone(), counts.found);
            TypeLine { kind, found, typed: counts.score() }
        };
        let mut lines: Vec<TypeLine> = self.types.iter().map(line).collect();
        // A user's own types come last.
        lines.sort_by_key(|line| type_place(&line.kind));
        lines
    }

    fn status_pairs(&self) -> Vec<StatusPair> {
        let pair = |((marked, coded), events): (&(String, String), &usize)| {
            let (marked, coded) = (marked.clone(), coded.clone());
            StatusPair { marked, coded, events: *events }
        };
        let mut pairs: Vec<StatusPair> = self.statuses.iter().map(pair).collect();
        pairs.sort_by_key(|pair| (status_place(&pair.marked), status_place(&pair.coded)));
        pairs
    }
}

impl Counts {
    fn add(&mut self, marked: &BTreeSet<dyads::Dyad>, coded: &BTreeSet<dyads::Dyad>) {
        self.marked += marked.len();
        self.coded += coded.len();
        self.right += marked.intersection(coded).count();
    }

    fn score(&self) -> Score {
        Score::of(self.right, self.coded, self.marked)
    }
}

impl Right {
    fn add(&mut self, verdict: &Verdict) {
        self.typed.count(verdict.typed);
        self.mode.count(verdict.mode);
        self.status.count(verdict.status);
        self.historic.count(verdict.historic);
        self.actors.count(verdict.actors);
        self.recipients.count(verdict.recipients);
        self.country.add(verdict.country);
        self.sector.add(verdict.sector);
        if let Some(right) = verdict.when {
            self.when.count(right);
        }
        if verdict.placed {
            self.place_coded.count(verdict.place.is_some());
        }
        if let Some(right) = verdict.place {
            self.place.count(right);
        }
    }

    fn shares(&self) -> OfFound {
        OfFound {
            kind: self.typed.into(),
            mode: self.mode.into(),
            status: self.status.into(),
            historic: self.historic.into(),
            actors: self.actors.into(),
            recipients: self.recipients.into(),
            country: self.country.into(),
            sector: self.sector.into(),
            when: self.when.into(),
            place_coded: self.place_coded.into(),
            place: self.place.into(),
        }
    }
}
