//! The reader: from a text to its sentences, each a tree of words with the mentions in it.
//!
//! In: a story's text. Out: a [`Reading`]. One pass of a small encoder serves every head: tags and features, the tree,
//! mentions, the parts of attributions. Sentences of many stories are read together, in batches of one length; what is read
//! of a sentence depends on the sentence alone. Never: a word of what it means, a name resolved, a file opened.

mod conllu;
mod decode;
mod encoder;
mod labels;
mod lemma;
mod pair;
mod pieces;
mod reading;
pub(crate) mod roles;
mod sentence;
mod token;
mod tree;
mod words;

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rten::ThreadPool;
use sha2::{Digest, Sha256};
use thiserror::Error;

pub use conllu::{ConlluError, read_conllu, write_conllu};
pub use labels::Label;
pub use reading::{Mention, Part, Reading, Sentence, Trigger, Word};
pub use words::WordTables;

use crate::span::Span;
use crate::table::TableError;
use encoder::{Encoder, LONGEST};
use labels::Labels;
pub(crate) use lemma::Lemmas;
use pair::Pair;
use pieces::{Pieced, Pieces};

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

/// The networks and their labels.
pub struct Weights {
    reader: Cow<'static, [u8]>,
    attach: Cow<'static, [u8]>,
    pair: Cow<'static, [u8]>,
    labels: Cow<'static, str>,
}

impl Weights {
    /// Those inside the program.
    pub fn shipped() -> Self {
        Self {
            reader: demarche_model::READER.into(),
            attach: demarche_model::ATTACH.into(),
            pair: demarche_model::PAIR.into(),
            labels: demarche_model::LABELS.into(),
        }
    }

    /// What tells them from the shipped ones; nothing for these.
    pub(crate) fn digest(&self) -> Option<[u8; 32]> {
        let all = [&self.reader, &self.attach, &self.pair];
        all.iter().any(|part| matches!(part, Cow::Owned(_))).then(|| {
            let digest = all.iter().fold(Sha256::new(), |digest, part| digest.chain_update(part));
            digest.chain_update(self.labels.as_bytes()).finalize().into()
        })
    }

    /// Those of a training of one's own: the three networks and `labels.json`, as `training/` exports them.
    pub fn of(reader: Vec<u8>, attach: Vec<u8>, pair: Vec<u8>, labels: String) -> Self {
        Self { reader: reader.into(), attach: attach.into(), pair: pair.into(), labels: labels.into() }
    }
}

/// Reads texts. Making one takes a moment; it serves any number of threads.
pub struct Reader {
    tables: WordTables,
    lemmas: Lemmas,
    labels: Labels,
    pieces: Pieces,
    encoder: Encoder,
    pair: Pair,
}

impl Reader {
    /// A reader with these weights.
    pub fn new(weights: Weights) -> Result<Self, ReaderError> {
        let labels = Labels::read(&weights.labels)?;
        Ok(Self {
            tables: WordTables::shipped()?,
            lemmas: Lemmas::shipped()?,
            pieces: Pieces::read(demarche_model::VOCABULARY)?,
            encoder: Encoder::new(weights.reader, weights.attach, &labels)?,
            pair: Pair::new(weights.pair)?,
            labels,
        })
    }

    /// The tables that sentences and words are found with.
    pub fn word_tables(&self) -> &WordTables {
        &self.tables
    }

    /// Reads the given parts of texts on up to `threads` threads.
    pub fn read(&self, texts: &[(&str, Span)], threads: usize) -> Result<Vec<Reading>, ReaderError> {
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

    /// The relation of a source to a target, both given as words of a sentence: labels with their probabilities, the likeliest
    /// first.
    pub fn relations(
        &self,
        sentence: &Sentence,
        source: &[usize],
        target: &[usize],
    ) -> Result<Vec<(Label, f32)>, ReaderError> {
        let scores = self.pair.run(sentence, source, target)?;
        let mut out: Vec<_> = self.labels.relation.iter().cloned().zip(scores).collect();
        out.sort_by(|a, b| b.1.total_cmp(&a.1));
        Ok(out)
    }

    /// Reads sentences whose words are given.
    pub fn read_tokens(&self, sentences: &[Tokens], threads: usize) -> Result<Vec<Sentence>, ReaderError> {
        let mut seen = HashMap::new();
        let mut parts: Vec<(usize, usize)> = Vec::new();
        let mut pieced: Vec<Pieced> = Vec::new();
        for (at, sentence) in sentences.iter().enumerate() {
            for (from, mut part) in self.parts(&mut seen, sentence) {
                if let Some(marks) = &sentence.marks {
                    part.mark(|word| marks.case(from + word));
                }
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
        let mut read = self.run(&pieced, &given, &encoder::batches(&lengths), threads)?;
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

    /// Runs batches on several threads; the order of the results is the sentences'.
    fn run(
        &self,
        pieced: &[Pieced],
        given: &[(&str, &[Span])],
        batches: &[Vec<usize>],
        threads: usize,
    ) -> Result<Vec<Sentence>, ReaderError> {
        let next = AtomicUsize::new(0);
        let work = || {
            // One thread of the runtime for each of ours: batches, not products, are what runs side by side.
            let pool = Arc::new(ThreadPool::with_num_threads(1));
            let mut done = Vec::new();
            while let Some(batch) = batches.get(next.fetch_add(1, Ordering::Relaxed)) {
                done.extend(self.batch(pieced, given, batch, &pool)?);
            }
            Ok::<_, ReaderError>(done)
        };
        let mut done = if threads <= 1 || batches.len() <= 1 {
            work()?
        } else {
            std::thread::scope(|scope| {
                let workers: Vec<_> = (0..threads.min(batches.len())).map(|_| scope.spawn(work)).collect();
                let mut all = Vec::new();
                for worker in workers {
                    let done = worker.join().map_err(|_| ReaderError::Run("a thread panicked".to_owned()))?;
                    all.extend(done?);
                }
                Ok::<_, ReaderError>(all)
            })?
        };
        done.sort_by_key(|(i, _)| *i);
        Ok(done.into_iter().map(|(_, sentence)| sentence).collect())
    }

    /// Reads one batch; every sentence comes with its index.
    fn batch(
        &self,
        pieced: &[Pieced],
        given: &[(&str, &[Span])],
        batch: &[usize],
        pool: &Arc<ThreadPool>,
    ) -> Result<Vec<(usize, Sentence)>, ReaderError> {
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
            out.push((i, decode::sentence(&self.labels, &self.lemmas, &scores, &this)));
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
    for mut trigger in part.triggers {
        trigger.word += offset;
        trigger.roles.splice(..0, std::iter::repeat_n([0.0; 2], offset));
        sentence.triggers.push(trigger);
    }
    sentence.triggers.iter_mut().for_each(|t| t.roles.resize(sentence.words.len(), [0.0; 2]));
    sentence.vectors.extend(part.vectors);
}
