//! Phrases of one or more words, found in sentences by word or lemma.

use std::collections::HashMap;

use crate::reader::{Sentence, Word};

/// Phrases by their first word, each with what it stands for.
#[derive(Debug)]
pub(super) struct Phrases<T> {
    by_first: HashMap<String, Vec<(Vec<String>, T)>>,
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Self { by_first: HashMap::new() }
    }
}

impl<T: Copy> Phrases<T> {
    /// Adds a phrase; hyphens are words, as the reader has them.
    pub fn add(&mut self, phrase: &str, what: T) {
        let words: Vec<String> =
            phrase.to_lowercase().replace('-', " - ").split_whitespace().map(str::to_owned).collect();
        if let Some(first) = words.first() {
            self.by_first.entry(first.clone()).or_default().push((words, what));
        }
    }

    /// The longest phrase that begins at a word: how many words it takes, and what it stands for.
    pub fn at(&self, text: &str, words: &[Word]) -> Option<(usize, T)> {
        let is =
            |word: &Word, name: &str| word.lemma.to_lowercase() == name || word.span.text(text).to_lowercase() == name;
        let first = words.first()?;
        let lower = first.span.text(text).to_lowercase();
        let by_form = self.by_first.get(&lower).into_iter().flatten();
        let lemma = Some(first.lemma.to_lowercase()).filter(|lemma| *lemma != lower);
        let by_lemma = lemma.and_then(|lemma| self.by_first.get(&lemma)).into_iter().flatten();
        let fits = |phrase: &&(Vec<String>, T)| {
            phrase.0.len() <= words.len() && phrase.0.iter().zip(words).skip(1).all(|(name, word)| is(word, name))
        };
        by_form
            .chain(by_lemma)
            .filter(fits)
            .max_by_key(|(phrase, _)| phrase.len())
            .map(|(phrase, what)| (phrase.len(), *what))
    }

    /// All of a range of a sentence's words, each word taken once.
    pub fn within<'p>(
        &'p self,
        text: &'p str,
        sentence: &'p Sentence,
        words: std::ops::Range<usize>,
    ) -> impl Iterator<Item = (std::ops::Range<usize>, T)> + 'p {
        let mut at = words.start;
        std::iter::from_fn(move || {
            while at < words.end {
                let here = at;
                match self.at(text, &sentence.words[here..words.end]) {
                    Some((length, what)) => {
                        at += length;
                        return Some((here..here + length, what));
                    }
                    None => at += 1,
                }
            }
            None
        })
    }
}
