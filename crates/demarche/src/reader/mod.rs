//! The reader: from a text to its sentences, each a tree of words with the mentions in it.
//!
//! In: a story's text. Out: a [`Reading`]. One pass of a small encoder serves every head: tags and features, the tree, mentions, the parts of
//! attributions, and a first guess at events. A large encoder then reads windows of neighbouring sentences and says what they tell of; the fast edition
//! does without. Sentences of many stories are read together, in batches of one length; what is read of a story depends on the story alone.
//! Never: a name resolved, a file opened.

mod conllu;
mod decode;
mod encoder;
mod event_network;
mod events;
mod labels;
mod lemma;
mod packed;
mod parallel;
mod pieces;
mod reading;
pub(crate) mod roles;
mod sentence;
mod token;
mod tree;
mod weights;
mod windows;
mod words;

use std::collections::HashMap;
use std::sync::Arc;

use rten::ThreadPool;
use thiserror::Error;

pub use conllu::{ConlluError, read_conllu, write_conllu};
pub use labels::Label;
pub use reading::{Mention, Part, Party, Reading, Role, Sentence, Trigger, Word};
pub use weights::{Edition, Weights};
pub use words::WordTables;

use crate::span::Span;
use crate::table::TableError;
use encoder::{Encoder, LONGEST};
use event_network::EventNetwork;
use labels::{EventLabels, Labels};
pub(crate) use lemma::Lemmas;
use pieces::{Pieced, Pieces};
use windows::{Window, windows};

/// What can keep the reader from being made.
#[derive(Debug, Error)]
pub enum ReaderError {
    /// A table is wrong.
    #[error(transparent)]
    Table(#[from] TableError),
    /// The label lists are wrong.
    #[error("the reader's labels cannot be used: {0}")]
    Labels(String),
    /// The vocabulary is wrong.
    #[error("the reader's vocabulary cannot be used: {0}")]
    Vocabulary(String),
    /// The network is wrong.
    #[error("the reader's weights cannot be used: {0}")]
    Weights(String),
    /// The network failed.
    #[error("the reader failed: {0}")]
    Run(String),
}

/// The sentences of `text` within `body`, each with its words.
pub fn segment(tables: &WordTables, text: &str, body: Span) -> Vec<(Span, Vec<Span>)> {
    let sentences = sentence::sentences(tables, text, body);
    sentences.into_iter().map(|sentence| (sentence, token::words(tables, text, sentence))).collect()
}

/// Words to read as one sentence: the text they stand in, and where.
#[derive(Clone, Debug)]
pub struct Tokens<'t> {
    /// The text.
    pub text: &'t str,
    /// The sentence's words, in order.
    pub words: Vec<Span>,
    /// Where a relation is asked for, its source and its target.
    pub marks: Option<Marks>,
}

/// The words of a marked source and target.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// The source's.
    pub source: Vec<usize>,
    /// The target's; it wins where they share words.
    pub target: Vec<usize>,
}

impl Marks {
    /// What a mark adds to the letter case that the encoder reads.
    fn case(&self, word: usize) -> i32 {
        if self.target.contains(&word) {
            2 * pieces::CASES
        } else if self.source.contains(&word) {
            pieces::CASES
        } else {
            0
        }
    }
}

const NO_PAIRS: &str = "marked pairs are read by the large network, which the fast edition does without";

/// Reads texts. Making one takes a moment; it serves any number of threads.
pub struct Reader {
    tables: WordTables,
    lemmas: Lemmas,
    labels: Labels,
    pieces: Pieces,
    encoder: Encoder,
    event_labels: EventLabels,
    /// None in the fast edition.
    events: Option<EventNetwork>,
}

impl Reader {
    /// A reader with these weights.
    pub fn new(weights: Weights, edition: Edition) -> Result<Self, ReaderError> {
        let labels = Labels::read(&weights.labels)?;
        let of = weights.events;
        let event_labels = EventLabels::read(&of.labels)?;
        let events = match edition {
            Edition::Fast => None,
            Edition::Full => Some(EventNetwork::new(of.graph, &of.parts, &of.labels)?),
        };
        Ok(Self {
            tables: WordTables::shipped()?,
            lemmas: Lemmas::shipped()?,
            pieces: Pieces::read(demarche_model::VOCABULARY)?,
            encoder: Encoder::new([weights.reader, weights.attach, weights.pieces], &labels, event_labels.scores())?,
            labels,
            event_labels,
            events,
        })
    }

    /// The tables that sentences and words are found with.
    pub fn word_tables(&self) -> &WordTables {
        &self.tables
    }

    /// Reads the given parts of texts, with what they tell of, on up to `threads` threads.
    pub fn read(&self, texts: &[(&str, Span)], threads: usize) -> Result<Vec<Reading>, ReaderError> {
        let mut out = self.parse(texts, threads)?;
        if let Some(network) = &self.events {
            let texts: Vec<&str> = texts.iter().map(|(text, _)| *text).collect();
            self.read_events(network, &texts, &mut out, threads)?;
        }
        Ok(out)
    }

    /// Reads the given parts of texts with the small network alone, on up to `threads` threads.
    pub fn parse(&self, texts: &[(&str, Span)], threads: usize) -> Result<Vec<Reading>, ReaderError> {
        let mut tokens = Vec::new();
        let mut marks = Vec::new();
        for (at, &(text, body)) in texts.iter().enumerate() {
            for (span, words) in segment(&self.tables, text, body) {
                marks.push((at, span));
                tokens.push(Tokens { text, words, marks: None });
            }
        }
        let mut out = vec![Reading::default(); texts.len()];
        for ((at, span), mut sentence) in marks.into_iter().zip(self.read_tokens(&tokens, threads)?) {
            let (text, reading) = (texts[at].0, &mut out[at]);
            let before = reading.sentences.last().map_or(0, |previous: &Sentence| previous.span.end);
            sentence.opens_paragraph = reading.sentences.is_empty() || text[before..span.start].contains('\n');
            sentence.span = span;
            reading.sentences.push(sentence);
        }
        Ok(out)
    }

    /// Puts what the large network says of events in the place of the first guess.
    fn read_events(
        &self,
        network: &EventNetwork,
        texts: &[&str],
        readings: &mut [Reading],
        threads: usize,
    ) -> Result<(), ReaderError> {
        let mut seen = HashMap::new();
        let mut found: Vec<(usize, Window)> = Vec::new();
        for (story, reading) in readings.iter().enumerate() {
            let of_story = windows(&self.pieces, &mut seen, texts[story], &reading.sentences);
            found.extend(of_story.into_iter().map(|window| (story, window)));
        }
        let lengths: Vec<usize> = found.iter().map(|(_, window)| window.pieced.pieces.len()).collect();
        let batch = |batch: &[usize], pool: &Arc<ThreadPool>| {
            let rows: Vec<&Window> = batch.iter().map(|&i| &found[i].1).collect();
            network.read(&rows, pool)
        };
        let read = parallel::read(&event_network::batches(&lengths), threads, batch)?;
        for sentence in readings.iter_mut().flat_map(|reading| &mut reading.sentences) {
            sentence.triggers.clear();
            sentence.parties.clear();
        }
        for ((story, window), parts) in found.iter().zip(read) {
            for (part, (triggers, parties)) in window.parts.iter().zip(parts) {
                let sentence = &mut readings[*story].sentences[part.sentence];
                sentence.hear(part.words.start, triggers, parties);
            }
        }
        Ok(())
    }

    /// The type of what a marked source does to a marked target: labels with their probabilities, the likeliest first.
    pub fn relations(&self, sentence: &Tokens) -> Result<Vec<(Label, f32)>, ReaderError> {
        let marks = sentence.marks.clone().unwrap_or_default();
        let mut pieced = self.pieces.sentence(&mut HashMap::new(), sentence.text, &sentence.words, LONGEST / 4);
        pieced.cut(windows::LONGEST);
        pieced.mark(|word| marks.case(word));
        let network = self.events.as_ref().ok_or_else(|| ReaderError::Weights(NO_PAIRS.to_owned()))?;
        let scores = network.relate(&pieced, [&marks.source, &marks.target])?;
        let mut out: Vec<_> = network.labels.types.iter().cloned().zip(scores).collect();
        out.sort_by(|a, b| b.1.total_cmp(&a.1));
        Ok(out)
    }

    /// Reads sentences whose words are given.
    pub fn read_tokens(&self, sentences: &[Tokens], threads: usize) -> Result<Vec<Sentence>, ReaderError> {
        let mut seen = HashMap::new();
        let mut parts: Vec<(usize, usize)> = Vec::new();
        let mut pieced: Vec<Pieced> = Vec::new();
        for (at, sentence) in sentences.iter().enumerate() {
            for (from, part) in self.parts(&mut seen, sentence) {
                parts.push((at, from));
                pieced.push(part);
            }
        }
        let lengths: Vec<usize> = pieced.iter().map(|part| part.pieces.len()).collect();
        let words_of = |i: usize| {
            let (at, from) = parts[i];
            &sentences[at].words[from..from + pieced[i].first.len() - 1]
        };
        let given: Vec<(&str, &[Span])> = (0..parts.len()).map(|i| (sentences[parts[i].0].text, words_of(i))).collect();
        let batches = encoder::batches(&lengths, encoder::BATCH);
        let mut read = parallel::read(&batches, threads, |batch, pool| self.batch(&pieced, &given, batch, pool))?;
        let mut out: Vec<Sentence> = vec![Sentence::default(); sentences.len()];
        for (i, part) in read.iter_mut().enumerate() {
            join(&mut out[parts[i].0], std::mem::take(part));
        }
        for sentence in &mut out {
            if let (Some(first), Some(last)) = (sentence.words.first(), sentence.words.last()) {
                sentence.span = first.span.cover(last.span);
            }
        }
        Ok(out)
    }

    /// A sentence in pieces; one too long for the encoder in several parts, each with the word it begins at.
    fn parts<'t>(&self, seen: &mut HashMap<&'t str, Vec<i32>>, sentence: &Tokens<'t>) -> Vec<(usize, Pieced)> {
        let (text, words) = (sentence.text, &sentence.words);
        let whole = self.pieces.sentence(seen, text, words, LONGEST / 4);
        if whole.pieces.len() <= LONGEST {
            return if words.is_empty() { Vec::new() } else { vec![(0, whole)] };
        }
        let mut out = Vec::new();
        let mut from = 0;
        while from < words.len() {
            let fits = |to: usize| whole.first[to] - whole.first[from + 1] < LONGEST as i32 * 3 / 4;
            let to = (from + 1..=words.len()).take_while(|&to| fits(to)).last().unwrap_or(from + 1);
            out.push((from, self.pieces.sentence(seen, text, &words[from..to], LONGEST / 4)));
            from = to;
        }
        out
    }

    /// Reads one batch.
    fn batch(
        &self,
        pieced: &[Pieced],
        given: &[(&str, &[Span])],
        batch: &[usize],
        pool: &Arc<ThreadPool>,
    ) -> Result<Vec<Sentence>, ReaderError> {
        let rows: Vec<&Pieced> = batch.iter().map(|&i| &pieced[i]).collect();
        let lengths: Vec<usize> = batch.iter().map(|&i| given[i].1.len()).collect();
        let scores = self.encoder.run(&rows, pool)?;
        let trees = decode::trees(&scores, &lengths);
        let relations = self.encoder.relations(&scores, &trees, pool)?;
        let mut out = Vec::with_capacity(batch.len());
        let mut from = 0;
        for (row, &i) in batch.iter().enumerate() {
            let (text, words) = given[i];
            let this = decode::Row { text, words, row, heads: &trees[row], relations: &relations, from };
            out.push(decode::sentence(&self.labels, &self.event_labels, &self.lemmas, &scores, &this));
            from += words.len();
        }
        Ok(out)
    }
}

/// Appends the next part of a sentence; its root hangs on the first part's, as what follows a semicolon does.
fn join(sentence: &mut Sentence, part: Sentence) {
    let offset = sentence.words.len();
    if offset == 0 {
        *sentence = part;
        return;
    }
    let root = sentence.words.iter().position(|word| word.head.is_none());
    for mut word in part.words {
        match word.head {
            Some(head) => word.head = Some(head + offset),
            None => {
                word.head = root;
                word.deprel = "parataxis".into();
            }
        }
        sentence.words.push(word);
    }
    for mut mention in part.mentions {
        mention.words = mention.words.start + offset..mention.words.end + offset;
        sentence.mentions.push(mention);
    }
    sentence.hear(offset, part.triggers, part.parties);
}
