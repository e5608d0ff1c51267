//! Word pieces: what the encoder reads instead of words.

use std::collections::HashMap;

use rten_text::models::{Model, WordPiece, WordPieceOptions};
use rten_text::normalizers::{Bert, BertOptions, Normalizer};
use rten_text::pre_tokenizers::{self, PreTokenizer};

use super::ReaderError;
use crate::span::Span;

/// Opens a sentence; its vector stands for the root.
const OPENS: &str = "[CLS]";
const CLOSES: &str = "[SEP]";
const UNKNOWN: &str = "[UNK]";
/// How many letter cases there are.
pub(super) const CASES: i32 = 5;

/// Splits words into the pieces of BERT's uncased vocabulary.
pub(crate) struct Pieces {
    normalizer: Bert,
    splitter: pre_tokenizers::Bert,
    model: WordPiece,
    opens: i32,
    closes: i32,
    unknown: i32,
}

/// A sentence, or a part of one too long for the encoder, in pieces.
#[derive(Debug, Default, Clone, PartialEq)]
pub(crate) struct Pieced {
    /// Pieces with the opening and the closing one.
    pub pieces: Vec<i32>,
    /// The letter case of each piece's word.
    pub case: Vec<i32>,
    /// The place of each word's first piece; of the root's, 0, first.
    pub first: Vec<i32>,
}

impl Pieced {
    /// Leaves out the words behind those that fit into so many pieces.
    pub fn cut(&mut self, most: usize) {
        if self.pieces.len() <= most {
            return;
        }
        let fits = self.first.partition_point(|&first| (first as usize) < most - 1).saturating_sub(1);
        let end = self.first[fits] as usize;
        let (closing, last) = (self.pieces.len() - 1, self.case.len() - 1);
        self.pieces.drain(end..closing);
        self.case.drain(end..last);
        self.first.truncate(fits);
    }

    /// Adds the words of another sentence behind the closing piece; its opening piece goes.
    pub fn append(&mut self, other: Self) {
        let offset = self.pieces.len() as i32 - 1;
        self.pieces.extend(&other.pieces[1..]);
        self.case.extend(&other.case[1..]);
        self.first.extend(other.first[1..].iter().map(|first| first + offset));
    }

    /// Adds to the letter case of every word's pieces what `added` gives for the word.
    pub fn mark(&mut self, added: impl Fn(usize) -> i32) {
        let last = self.pieces.len() as i32 - 1;
        for (word, from) in self.first.iter().skip(1).enumerate() {
            let to = self.first.get(word + 2).copied().unwrap_or(last);
            self.case[*from as usize..to as usize].iter_mut().for_each(|case| *case += added(word));
        }
    }
}

impl Pieces {
    /// Reads a vocabulary, one piece a line.
    pub fn read(vocabulary: &str) -> Result<Self, ReaderError> {
        let vocab: HashMap<String, u32> =
            vocabulary.lines().zip(0..).map(|(piece, id)| (piece.to_owned(), id)).collect();
        let id = |piece: &str| {
            let found = vocab.get(piece).and_then(|&id| i32::try_from(id).ok());
            found.ok_or_else(|| ReaderError::Vocabulary(format!("it lacks {piece}")))
        };
        let (opens, closes, unknown) = (id(OPENS)?, id(CLOSES)?, id(UNKNOWN)?);
        Ok(Self {
            normalizer: Bert::new(BertOptions { lowercase: true, strip_accents: true }),
            splitter: pre_tokenizers::Bert::new(),
            model: WordPiece::from_vocab(vocab, WordPieceOptions::default()),
            opens,
            closes,
            unknown,
        })
    }

    fn word(&self, word: &str) -> Vec<i32> {
        let mut out = Vec::new();
        if let Ok((plain, _)) = self.normalizer.normalize(word) {
            for part in self.splitter.pre_tokenize(&plain).unwrap_or_default() {
                let ids = self.model.encode(part).unwrap_or_default();
                out.extend(ids.into_iter().filter_map(|id| i32::try_from(id).ok()));
            }
        }
        if out.is_empty() { vec![self.unknown] } else { out }
    }

    /// How many pieces each word has, at most `most`.
    pub fn lengths<'t>(
        &self,
        seen: &mut HashMap<&'t str, Vec<i32>>,
        text: &'t str,
        words: &[Span],
        most: usize,
    ) -> Vec<usize> {
        words.iter().map(|word| self.ids(seen, word.text(text)).len().min(most)).collect()
    }

    fn ids<'s, 't>(&self, seen: &'s mut HashMap<&'t str, Vec<i32>>, word: &'t str) -> &'s [i32] {
        seen.entry(word).or_insert_with(|| self.word(word))
    }

    /// The pieces of a sentence's words; `seen` remembers words of the same run.
    ///
    /// A word of very many pieces (a long address) is cut to `most`, its first ones tell enough.
    pub fn sentence<'t>(
        &self,
        seen: &mut HashMap<&'t str, Vec<i32>>,
        text: &'t str,
        words: &[Span],
        most: usize,
    ) -> Pieced {
        let mut out = Pieced { pieces: vec![self.opens], case: vec![0], first: vec![0] };
        for word in words.iter().map(|word| word.text(text)) {
            let ids = self.ids(seen, word);
            let ids = &ids[..ids.len().min(most)];
            out.first.push(i32::try_from(out.pieces.len()).unwrap_or(i32::MAX));
            out.pieces.extend(ids);
            out.case.extend(std::iter::repeat_n(case_of(word), ids.len()));
        }
        out.pieces.push(self.closes);
        out.case.push(0);
        out
    }
}

/// The five-way letter case of a word, which an uncased vocabulary loses: 0 no letters, 1 lower, 2 Title, 3 UPPER, 4 miXed.
fn case_of(word: &str) -> i32 {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let upper = word.chars().filter(|c| c.is_uppercase()).count();
    let lower = word.chars().filter(|c| c.is_lowercase()).count();
    let first_upper = word.starts_with(char::is_uppercase);
    match (letters, upper, lower) {
        (0, ..) => 0,
        (_, 0, _) => 1,
        (_, _, 0) => {
            if letters > 1 {
                3
            } else {
                2
            }
        }
        (_, 1, _) if first_upper => 2,
        _ => 4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letter_case() {
        let words = ["1956", "talks", "Abe", "NATO", "I", "McCain", "U.S.", "iPhone"];
        assert_eq!(words.map(case_of), [0, 1, 2, 3, 2, 4, 3, 4]);
    }
}
