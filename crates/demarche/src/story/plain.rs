//! Plain text to blocks.

use super::layout::Block;
use super::paragraphs;
use crate::span::Span;

/// The paragraphs of a plain text.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let spans = paragraphs(text, Span::new(0, text.len()));
    spans.into_iter().map(|span| Block { text: span.text(text).to_owned(), ..Block::default() }).collect()
}
