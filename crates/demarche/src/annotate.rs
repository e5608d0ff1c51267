//! Any room by itself, for those who want no more than dates, places, actors, quotations or trees.

use schemars::JsonSchema;
use serde::Serialize;

use crate::coder::{Coder, CoderError, side_by_side};
use crate::event::{Coding, Scene};
use crate::reader::{ConlluError, Reading, Tokens, read_conllu, segment, write_conllu};
use crate::record::{
    self, Attribution, CandidateRecord, DateMention, EntityRecord, PairRecord, PlaceMentionRecord, WeighedRecord,
};
use crate::span::CharOffsets;
use crate::story::Story;

/// What to annotate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Layers {
    /// Word spans of every sentence.
    pub words: bool,
    /// Trees.
    pub syntax: bool,
    /// Time expressions.
    pub dates: bool,
    /// Places.
    pub places: bool,
    /// Entities.
    pub actors: bool,
    /// Attributions.
    pub quotes: bool,
    /// Words that may tell of events, with all that is weighed of them.
    pub candidates: bool,
}

impl Layers {
    /// The names of the layers.
    pub const NAMES: &str = "words, syntax, dates, places, actors, quotes, candidates";

    /// The layer of a name switched on. False for a name that is none.
    pub fn add(&mut self, name: &str) -> bool {
        match name {
            "words" => self.words = true,
            "syntax" => self.syntax = true,
            "dates" => self.dates = true,
            "places" => self.places = true,
            "actors" => self.actors = true,
            "quotes" => self.quotes = true,
            "candidates" => self.candidates = true,
            _ => return false,
        }
        true
    }

    /// Whether none of them needs more than the words.
    fn need_words_only(self) -> bool {
        !(self.syntax || self.places || self.actors || self.quotes || self.candidates)
    }
}

/// The layers of one story. Spans count characters.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Annotation {
    /// The story's identifier.
    pub id: String,
    /// First and one past the last character of every word, by sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sents: Option<Vec<Vec<(usize, usize)>>>,
    /// CoNLL-U.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub syntax: Option<String>,
    /// Time expressions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dates: Option<Vec<DateMention>>,
    /// Places.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub places: Option<Vec<PlaceMentionRecord>>,
    /// Entities.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actors: Option<Vec<EntityRecord>>,
    /// Attributions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quotes: Option<Vec<Attribution>>,
    /// What decides about events.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub weighed: Option<Weighed>,
}

/// All that is weighed to find the events of a story.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Weighed {
    /// Words that may tell of events.
    pub candidates: Vec<CandidateRecord>,
    /// Two and two of the events that these words tell of and that may be one.
    pub pairs: Vec<PairRecord>,
    /// The events as coded.
    pub events: Vec<WeighedRecord>,
}

impl Coder {
    /// The layers of stories, in their order. Dates and words need no reading and come much faster alone.
    pub fn annotate(&self, stories: &[Story], layers: Layers, threads: usize) -> Result<Vec<Annotation>, CoderError> {
        let bodies: Vec<_> = stories.iter().map(|story| (story.text.as_str(), story.body())).collect();
        let readings = if layers.need_words_only() {
            vec![Reading::default(); stories.len()]
        } else if layers.actors || layers.candidates {
            self.reader.read(&bodies, threads)?
        } else {
            self.reader.parse(&bodies, threads)?
        };
        Ok(side_by_side(stories, &readings, threads, |(story, reading)| self.layers(story, reading, layers)))
    }

    fn layers(&self, story: &Story, reading: &Reading, layers: Layers) -> Annotation {
        let text = story.text.as_str();
        let words = if layers.need_words_only() {
            segment(self.reader.word_tables(), text, story.body()).into_iter().map(|(_, words)| words).collect()
        } else {
            reading.word_spans()
        };
        let places = (layers.places || layers.actors || layers.quotes).then(|| self.gazetteer.find(text, reading));
        let cast = places
            .as_ref()
            .filter(|_| layers.actors || layers.quotes)
            .map(|places| self.directory.cast(text, reading, story.date, places, &self.gazetteer));
        let voices = cast.as_ref().filter(|_| layers.quotes).map(|cast| self.voices.find(text, reading, cast));
        let weigh = |_: &Story, scene: &Scene, coding: &Coding| Weighed {
            candidates: record::candidates(&self.events, scene),
            pairs: record::pairs(&self.events, scene),
            events: record::weighed(coding),
        };
        let offsets = CharOffsets::new(text);
        let characters = |span: &crate::Span| (offsets.at(text, span.start), offsets.at(text, span.end));
        Annotation {
            id: story.id.clone(),
            dates: layers.dates.then(|| record::dates(text, &self.times.find(text, &words, story.date))),
            places: places.as_ref().filter(|_| layers.places).map(|p| record::places(text, p, &self.gazetteer)),
            actors: cast.as_ref().filter(|_| layers.actors).map(|cast| record::entities(text, cast)),
            quotes: voices
                .as_ref()
                .map(|voices| record::quotes(text, voices, &cast.as_ref().map_or_else(Vec::new, record::listed))),
            syntax: layers.syntax.then(|| conllu(text, reading)),
            weighed: layers.candidates.then(|| self.walk(story, reading, weigh)),
            sents: layers.words.then(|| words.iter().map(|s| s.iter().map(characters).collect()).collect()),
        }
    }

    /// CoNLL-U in, CoNLL-U out: the file's own words, read anew.
    pub fn reread(&self, file: &str, threads: usize) -> Result<Result<String, ConlluError>, CoderError> {
        let given = match read_conllu(file) {
            Ok(given) => given,
            Err(error) => return Ok(Err(error)),
        };
        let tokens: Vec<Tokens> =
            given.iter().map(|g| Tokens { text: &g.text, words: g.words.clone(), marks: None }).collect();
        let mut out = String::new();
        for (given, sentence) in given.iter().zip(self.reader.read_tokens(&tokens, threads)?) {
            write_conllu(&mut out, &given.text, &sentence, &given.comments);
        }
        Ok(Ok(out))
    }
}

fn conllu(text: &str, reading: &Reading) -> String {
    let mut out = String::new();
    for sentence in &reading.sentences {
        write_conllu(&mut out, text, sentence, &[]);
    }
    out
}
