//! The reader: from a text to its sentences and words.

mod sentence;
mod token;
mod words;

pub use words::WordTables;

use crate::span::Span;

/// The sentences of `text` within `body`, each with its words.
pub fn segment(tables: &WordTables, text: &str, body: Span) -> Vec<(Span, Vec<Span>)> {
    let sentences = sentence::sentences(tables, text, body);
    sentences.into_iter().map(|sentence| (sentence, token::words(tables, text, sentence))).collect()
}
