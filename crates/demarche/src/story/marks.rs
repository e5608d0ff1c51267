//! Quotation marks: which stretches of a text stand between them.

use super::paragraphs;
use crate::span::Span;

/// A stretch between quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Quoted {
    /// What stands between the marks.
    pub inner: Span,
    /// The marks too.
    pub outer: Span,
}

/// The stretches of `text` between double quotation marks, straight or curved, one paragraph at a time. One that is not closed
/// goes on to its paragraph's end, as it does in news where the next paragraph goes on with it.
pub(crate) fn quoted(text: &str) -> Vec<Quoted> {
    let mut out = Vec::new();
    for block in paragraphs(text, Span::new(0, text.len())) {
        let mut open: Option<(usize, usize)> = None;
        for (offset, c) in block.text(text).char_indices() {
            let at = block.start + offset;
            let end = at + c.len_utf8();
            match (c, open) {
                ('“' | '„' | '«', None) | ('"', None) => open = Some((at, end)),
                ('”' | '»' | '"', Some((from, inner))) => {
                    push(&mut out, from, inner, at, end);
                    open = None;
                }
                _ => {}
            }
        }
        if let Some((from, inner)) = open {
            push(&mut out, from, inner, block.end, block.end);
        }
    }
    out
}

fn push(out: &mut Vec<Quoted>, from: usize, inner: usize, inner_end: usize, end: usize) {
    if inner < inner_end {
        out.push(Quoted { inner: Span::new(inner, inner_end), outer: Span::new(from, end) });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_paired_within_paragraphs() {
        let text = "He said \"no\" and “never.”\n\n\"It goes on.\n\n\"And on,\" he said.";
        let inner: Vec<&str> = quoted(text).iter().map(|q| q.inner.text(text)).collect();
        assert_eq!(inner, ["no", "never.", "It goes on.", "And on,"]);
    }
}
