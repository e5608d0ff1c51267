//! Windows: what the network of events reads at once, sentences of one text that stand together.

use std::collections::HashMap;
use std::ops::Range;

use super::pieces::{Pieced, Pieces};
use super::reading::Sentence;

/// The most pieces of a window of several sentences: what the network learnt on.
const MOST: usize = 126;
/// The most pieces of a window of one sentence; of a longer one each part is read by itself.
pub(super) const LONGEST: usize = 252;

/// Words of one text that are read together.
#[derive(Debug)]
pub(super) struct Window {
    pub pieced: Pieced,
    /// The sentences that it holds, or the one that it is a part of; of each, its words, and the place in the window of the first of them.
    pub parts: Vec<Part>,
}

/// Words of a sentence in a window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub sentence: usize,
    pub words: Range<usize>,
    /// The place of the first of them in the window.
    pub at: usize,
}

/// The windows of a text: as many neighbouring sentences as fit.
pub(super) fn windows<'t>(
    pieces: &Pieces,
    seen: &mut HashMap<&'t str, Vec<i32>>,
    text: &'t str,
    sentences: &[Sentence],
) -> Vec<Window> {
    let mut out: Vec<Window> = Vec::new();
    for (sentence, read) in sentences.iter().enumerate() {
        let spans: Vec<_> = read.words.iter().map(|word| word.span).collect();
        for words in stretches(&pieces.lengths(seen, text, &spans, LONGEST / 4)) {
            let pieced = pieces.sentence(seen, text, &spans[words.clone()], LONGEST / 4);
            match out.last_mut() {
                // The opening piece goes, and the closing one before it parts the two.
                Some(window) if window.pieced.pieces.len() + pieced.pieces.len() - 1 <= MOST => {
                    let at = window.pieced.first.len() - 1;
                    window.parts.push(Part { sentence, words, at });
                    window.pieced.append(pieced);
                }
                _ => out.push(Window { pieced, parts: vec![Part { sentence, words, at: 0 }] }),
            }
        }
    }
    out
}

/// Words that fit into a window, by the pieces of each; all of them where they do.
fn stretches(lengths: &[usize]) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let (mut first, mut size) = (0, 2);
    for (word, length) in lengths.iter().enumerate() {
        if size + length > LONGEST {
            out.push(first..word);
            (first, size) = (word, 2);
        }
        size += length;
    }
    if first < lengths.len() {
        out.push(first..lengths.len());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_that_is_too_long_is_read_in_parts() {
        assert!(stretches(&[1; 250]).into_iter().eq(std::iter::once(0..250)));
        assert_eq!(stretches(&[1; 251]), [0..250, 250..251]);
        assert!(stretches(&[]).is_empty());
    }
}
