//! Where something stands in a text.

use std::ops::Range;

/// Characters (Unicode scalar values) of a text: the first, and one past the last.
pub type Characters = Range<usize>;

/// Whether they share a character.
pub(crate) fn overlap(a: &Characters, b: &Characters) -> bool {
    a.start < b.end && b.start < a.end
}
