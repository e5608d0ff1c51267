//! Where the characters of a record's text stand in the marked text, when these are not the same.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::characters::Characters;

/// What shares no character with anything.
const NOWHERE: Characters = 0..0;

/// How a record's text fits the marked one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// It is the same.
    Same,
    /// It differs in blanks alone: every span of the record was moved.
    Blanks,
    /// It has other words: spans were moved by the words that both have, and what stands on others matches nothing.
    Words,
}

/// Moves spans from one text to another.
#[derive(Debug)]
pub(crate) struct Moves {
    /// Of each character of the one its place in the other.
    to: Vec<Option<usize>>,
}

impl Moves {
    /// How one text fits another; where they are not the same, what moves spans from the one to the other.
    pub fn between(one: &str, other: &str) -> (Fit, Option<Self>) {
        if one == other {
            return (Fit::Same, None);
        }
        let (from, to) = (inked(one), inked(other));
        if from.iter().map(|(_, c)| c).eq(to.iter().map(|(_, c)| c)) {
            let pairs = from.iter().zip(&to).map(|((from, _), (to, _))| (*from, *to));
            return (Fit::Blanks, Some(Self::of(one, pairs)));
        }
        (Fit::Words, Some(Self::of(one, by_words(one, other).into_iter())))
    }

    fn of(one: &str, pairs: impl Iterator<Item = (usize, usize)>) -> Self {
        let mut to = vec![None; one.chars().count()];
        for (from, place) in pairs {
            to[from] = Some(place);
        }
        Self { to }
    }

    /// From where its first character went to where its last one did, among those that have a place there.
    pub fn moved(&self, at: &Characters) -> Characters {
        let mut places = self.to.get(at.clone()).unwrap_or(&[]).iter().flatten();
        let Some(first) = places.next() else { return NOWHERE };
        *first..places.next_back().unwrap_or(first) + 1
    }
}

/// The characters that are no blanks, and their places.
fn inked(text: &str) -> Vec<(usize, char)> {
    text.chars().enumerate().filter(|(_, c)| !c.is_whitespace()).collect()
}

/// Characters of the words that two texts have in common, in both.
fn by_words(one: &str, other: &str) -> Vec<(usize, usize)> {
    let (from, to) = (words(one), words(other));
    let of = |words: &[(usize, String)]| -> Vec<String> { words.iter().map(|(_, word)| word.clone()).collect() };
    let mut pairs = Vec::new();
    for step in capture_diff_slices(Algorithm::Myers, &of(&from), &of(&to)) {
        let DiffOp::Equal { old_index, new_index, len } = step else { continue };
        for ((a, word), (b, _)) in from[old_index..old_index + len].iter().zip(&to[new_index..]) {
            pairs.extend((0..word.chars().count()).map(|i| (a + i, b + i)));
        }
    }
    pairs
}

/// Runs of letters and digits, and every other sign alone, each with the place of its first character.
fn words(text: &str) -> Vec<(usize, String)> {
    let mut words: Vec<(usize, String)> = Vec::new();
    let mut open = false;
    for (at, c) in inked(text) {
        let letter = c.is_alphanumeric() || c == '_';
        match words.last_mut() {
            Some((start, word)) if open && letter && *start + word.chars().count() == at => word.push(c),
            _ => words.push((at, c.to_string())),
        }
        open = letter;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words of one text as the other has them.
    fn moved(one: &str, other: &str, part: &str) -> (Fit, String) {
        let byte = one.find(part).unwrap();
        let start = one[..byte].chars().count();
        let (fit, moves) = Moves::between(one, other);
        let at = moves.unwrap().moved(&(start..start + part.chars().count()));
        (fit, other.chars().skip(at.start).take(at.len()).collect())
    }

    #[test]
    fn the_same_text_needs_no_moves() {
        assert!(matches!(Moves::between("Oslo left.", "Oslo left."), (Fit::Same, None)));
    }

    #[test]
    fn blanks_alone() {
        let (one, other) = ("Zoë’s  envoy\nleft Oslo.", " Zoë’s envoy left\n\nOs lo.");
        assert_eq!(moved(one, other, "envoy\nleft"), (Fit::Blanks, "envoy left".to_owned()));
        assert_eq!(moved(one, other, "Oslo"), (Fit::Blanks, "Os lo".to_owned()));
        assert_eq!(moved(one, other, "  "), (Fit::Blanks, String::new()));
    }

    #[test]
    fn other_words() {
        let (one, other) = ("Advertisement. Oslo’s envoy left at noon.", "Oslo’s envoy (65) left.");
        assert_eq!(moved(one, other, "Oslo’s envoy left"), (Fit::Words, "Oslo’s envoy (65) left".to_owned()));
        assert_eq!(moved(one, other, "envoy"), (Fit::Words, "envoy".to_owned()));
        assert_eq!(moved(one, other, "left at noon"), (Fit::Words, "left".to_owned()));
        assert_eq!(moved(one, other, "Advertisement"), (Fit::Words, String::new()));
    }

    #[test]
    fn spans_beyond_the_text_go_nowhere() {
        let moves = Moves::between("Oslo", "Oslo left").1.unwrap();
        assert_eq!(moves.moved(&(2..9)), NOWHERE);
        #[allow(clippy::reversed_empty_ranges, reason = "a record may say anything")]
        let backward = 3..1;
        assert_eq!(moves.moved(&backward), NOWHERE);
    }
}
