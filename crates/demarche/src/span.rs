//! Spans: where in a story's text a datum stands.

use std::ops::Range;

/// A half-open range of bytes of a story's text. Both ends lie on character boundaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The span from `start` to `end`, in bytes.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end);
        Self { start, end }
    }

    /// The words it covers.
    ///
    /// ```
    /// use demarche::Span;
    /// assert_eq!(Span::new(0, 5).text("Tokyo agreed"), "Tokyo");
    /// ```
    pub fn text(self, text: &str) -> &str {
        &text[self.start..self.end]
    }

    /// Its length in bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether it covers nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies within it.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether they share a byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that covers both.
    pub fn cover(self, other: Span) -> Span {
        Span::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// The same span with white space at both ends left out.
    pub fn trim(self, text: &str) -> Span {
        let inner = self.text(text);
        let start = self.start + (inner.len() - inner.trim_start().len());
        Span::new(start, start.max(self.start + inner.trim_end().len()))
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Span::new(range.start, range.end)
    }
}

/// Turns byte offsets into offsets in Unicode scalar values, for the record.
pub struct CharOffsets {
    /// Byte offset of every 64th character; lookups count on from there.
    anchors: Vec<usize>,
}

const STRIDE: usize = 64;

impl CharOffsets {
    /// Prepares the offsets of `text`.
    pub fn new(text: &str) -> Self {
        let anchors = text.char_indices().step_by(STRIDE).map(|(at, _)| at).collect();
        Self { anchors }
    }

    /// How many characters of `text` come before the byte `at`, which must be a character boundary.
    pub fn at(&self, text: &str, at: usize) -> usize {
        let anchor = self.anchors.partition_point(|&a| a <= at);
        let Some(index) = anchor.checked_sub(1) else { return 0 };
        index * STRIDE + text[self.anchors[index]..at].chars().count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn char_offsets_agree_with_counting(text in "\\PC{0,300}") {
            let offsets = CharOffsets::new(&text);
            for (count, (at, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(offsets.at(&text, at), count);
            }
            prop_assert_eq!(offsets.at(&text, text.len()), text.chars().count());
        }
    }

    #[test]
    fn trim_keeps_to_the_words() {
        let text = "  a b \n";
        assert_eq!(Span::new(0, text.len()).trim(text).text(text), "a b");
        assert!(Span::new(0, 2).trim(text).is_empty());
    }
}
