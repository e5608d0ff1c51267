//! The marks in a line: brackets out, what they say kept.

use demarche::ontology::{EventType, Ontology};
use demarche::voice::Status;

use super::error::Problem;
use crate::characters::Characters;

/// How many characters of the text are quoted where a bracket is wrong.
const QUOTED: usize = 30;

/// A line without its marks, and these in the order in which their brackets close.
#[derive(Debug, Default)]
pub(super) struct Plain<'a> {
    pub text: String,
    /// Its length in characters.
    pub length: usize,
    pub marks: Vec<Mark<'a>>,
    /// Where brackets that are not closed yet were opened: in characters and in bytes.
    opened: Vec<(usize, usize)>,
}

/// What a bracket marks.
#[derive(Debug)]
pub(super) struct Mark<'a> {
    pub at: Characters,
    /// What follows the bar.
    pub parts: &'a str,
}

/// What words are in an event.
#[derive(Debug, PartialEq)]
pub(super) enum Part {
    Actor(u32),
    Recipient(u32),
    Trigger(u32, Trigger),
}

/// The word that tells of an event.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Trigger {
    pub at: Characters,
    pub kind: EventType,
    pub mode: Option<&'static str>,
    pub status: Status,
    pub historic: bool,
}

/// Takes the marks out of a line.
pub(super) fn plain(line: &str) -> Result<Plain<'_>, Problem> {
    let mut plain = Plain::default();
    let mut rest = line;
    while let Some(at) = rest.find(['[', ']', '|']) {
        plain.push(&rest[..at]);
        let (sign, after) = rest[at..].split_at(1);
        rest = after;
        match (sign, bar(after)) {
            ("[", _) => plain.opened.push((plain.length, plain.text.len())),
            ("|", Some((parts, beyond))) => {
                plain.close(parts)?;
                rest = beyond;
            }
            ("|", None) => plain.push(sign),
            _ if plain.opened.is_empty() => return Err(Problem::NotOpened(plain.end() + sign)),
            _ => return Err(Problem::NoBar(plain.end() + sign)),
        }
    }
    plain.push(rest);
    match plain.opened.last() {
        Some((_, byte)) => Err(Problem::NotClosed(format!("[{}", beginning(&plain.text[*byte..])))),
        None => Ok(plain),
    }
}

/// What follows a bar, and what follows the bracket that it ends with; a bar without one is part of the text.
fn bar(after: &str) -> Option<(&str, &str)> {
    let end = after.find(['[', ']', '|'])?;
    let beyond = after[end..].strip_prefix(']')?;
    Some((&after[..end], beyond))
}

impl<'a> Plain<'a> {
    fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.length += text.chars().count();
    }

    fn close(&mut self, parts: &'a str) -> Result<(), Problem> {
        let (start, byte) = self.opened.pop().ok_or_else(|| Problem::NotOpened(format!("{}|{parts}]", self.end())))?;
        let words = &self.text[byte..];
        if words.is_empty() || parts.trim().is_empty() {
            return Err(Problem::Empty { words: words.to_owned(), parts: parts.to_owned() });
        }
        self.marks.push(Mark { at: start..self.length, parts });
        Ok(())
    }

    /// The last characters so far.
    fn end(&self) -> String {
        self.text.chars().skip(self.length.saturating_sub(QUOTED)).collect()
    }
}

fn beginning(text: &str) -> String {
    text.chars().take(QUOTED).collect()
}

/// What a mark says, `base` being the place of its line's first character in the story.
pub(super) fn parts(mark: &Mark, base: usize, ontology: &Ontology) -> Result<Vec<Part>, Problem> {
    let at = base + mark.at.start..base + mark.at.end;
    let mut words = mark.parts.split_whitespace();
    let mut parts = Vec::new();
    while let Some(word) = words.next() {
        let number = word.get(1..).and_then(number).ok_or_else(|| Problem::Part(word.to_owned()))?;
        parts.push(match &word[..1] {
            "a" => Part::Actor(number),
            "r" => Part::Recipient(number),
            "e" => Part::Trigger(number, trigger(number, at.clone(), &mut words, ontology)?),
            _ => return Err(Problem::Part(word.to_owned())),
        });
    }
    Ok(parts)
}

fn number(digits: &str) -> Option<u32> {
    if digits.bytes().all(|byte| byte.is_ascii_digit()) { digits.parse().ok() } else { None }
}

/// The type, status and what follows it; takes all words that are left.
fn trigger<'a>(
    number: u32,
    at: Characters,
    words: &mut impl Iterator<Item = &'a str>,
    ontology: &Ontology,
) -> Result<Trigger, Problem> {
    let (Some(kind), Some(status)) = (words.next(), words.next()) else { return Err(Problem::Short(number)) };
    let (kind, mode) = kind.split_once('/').map_or((kind, None), |(kind, mode)| (kind, Some(mode)));
    let kind: EventType = kind.parse().map_err(|()| Problem::Type { number, kind: kind.to_owned() })?;
    let no_mode = |mode: &str| Problem::Mode { number, kind: kind.code(), mode: mode.to_owned() };
    let mode = mode.map(|mode| ontology.mode(kind, mode).ok_or_else(|| no_mode(mode))).transpose()?;
    let status = Status::of(status).ok_or_else(|| Problem::Status { number, status: status.to_owned() })?;
    let mut historic = false;
    for word in words {
        if word != "historic" {
            return Err(Problem::AfterStatus { number, word: word.to_owned() });
        }
        historic = true;
    }
    Ok(Trigger { at, kind, mode, status, historic })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_nest_and_bars_of_the_text_stay() {
        let line = plain("A | b [the [Élysée|r1] envoy|a1 r2] [left|e1 CONSULT/visit happened].").unwrap();
        assert_eq!(line.text, "A | b the Élysée envoy left.");
        let at: Vec<_> = line.marks.iter().map(|mark| (mark.at.clone(), mark.parts)).collect();
        assert_eq!(at, [(10..16, "r1"), (6..22, "a1 r2"), (23..27, "e1 CONSULT/visit happened")]);
        assert_eq!(line.length, line.text.chars().count());
    }

    #[test]
    fn parts_of_events() {
        let ontology = Ontology::shipped().unwrap();
        let mark = Mark { at: 2..5, parts: "a1 r22 e3 REJECT denied historic" };
        let trigger = Trigger {
            at: 12..15,
            kind: EventType::Reject,
            mode: None,
            status: Status::of("denied").unwrap(),
            historic: true,
        };
        let expected = [Part::Actor(1), Part::Recipient(22), Part::Trigger(3, trigger)];
        assert_eq!(parts(&mark, 10, &ontology).unwrap(), expected);
    }

    #[test]
    fn wrong_brackets_are_named() {
        let problem = |line: &str| plain(line).unwrap_err();
        assert_eq!(problem("he said]"), Problem::NotOpened("he said]".to_owned()));
        assert_eq!(problem("he|a1] said"), Problem::NotOpened("he|a1]".to_owned()));
        assert_eq!(problem("[sic] he said"), Problem::NoBar("sic]".to_owned()));
        assert_eq!(problem("and [he said"), Problem::NotClosed("[he said".to_owned()));
        assert_eq!(problem("[he|] said"), Problem::Empty { words: "he".to_owned(), parts: String::new() });
        assert_eq!(problem("[|a1] said"), Problem::Empty { words: String::new(), parts: "a1".to_owned() });
    }

    #[test]
    fn wrong_parts_are_named() {
        let ontology = Ontology::shipped().unwrap();
        let problem = |words: &str| parts(&Mark { at: 0..3, parts: words }, 0, &ontology).unwrap_err();
        for wrong in ["x1", "a", "1", "é", "a+1", "a99999999999"] {
            assert_eq!(problem(wrong), Problem::Part(wrong.to_owned()));
        }
        assert_eq!(problem("e1 REJECT"), Problem::Short(1));
        assert_eq!(problem("e1 DANCE happened"), Problem::Type { number: 1, kind: "DANCE".to_owned() });
        let mode = Problem::Mode { number: 1, kind: "REJECT", mode: "visit".to_owned() };
        assert_eq!(problem("e1 REJECT/visit happened"), mode);
        assert_eq!(problem("e1 REJECT done"), Problem::Status { number: 1, status: "done".to_owned() });
        assert_eq!(problem("e1 REJECT failed a2"), Problem::AfterStatus { number: 1, word: "a2".to_owned() });
    }
}
