//! Words: a sentence split as the English treebanks of Universal Dependencies split it.
//!
//! Punctuation, clitics (`'s`, `n't`) and the parts of hyphenated words are words of their own; abbreviations, numbers,
//! addresses and words with a prefix (`pre-war`) stay whole. Every word is a span of the text: nothing is rewritten.

use super::words::{Abbreviation, WordTables};
use crate::span::Span;

const CLITICS: [&str; 6] = ["s", "ll", "re", "ve", "d", "m"];
const UNITS: [&str; 12] = ["am", "pm", "a.m", "p.m", "km", "m", "mm", "cm", "kg", "bn", "k", "mph"];

/// The words of `sentence`, in order.
pub(crate) fn words(tables: &WordTables, text: &str, sentence: Span) -> Vec<Span> {
    let mut out = Vec::with_capacity(sentence.len() / 5);
    let mut at = sentence.start;
    for chunk in sentence.text(text).split_inclusive(char::is_whitespace) {
        let span = Span::new(at, at + chunk.len()).trim(text);
        at += chunk.len();
        if !span.is_empty() {
            split_chunk(tables, text, span, &mut out);
        }
    }
    out
}

fn is_mark(c: char) -> bool {
    !c.is_alphanumeric() && !matches!(c, '_' | '\u{301}' | '\u{200d}')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '`' | '´')
}

/// Whether a chunk is a web or mail address, a handle or a file name, which no rule below may split.
fn is_address(chunk: &str) -> bool {
    chunk.contains("://")
        || chunk.starts_with("www.")
        || (chunk.contains('@') && chunk.contains('.') && !chunk.starts_with('@'))
}

fn split_chunk(tables: &WordTables, text: &str, chunk: Span, out: &mut Vec<Span>) {
    if is_address(chunk.text(text)) {
        let core =
            chunk.text(text).trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '"', '\'', '”', '’', '>']);
        let end = chunk.start + core.len();
        out.push(Span::new(chunk.start, end));
        marks(text, Span::new(end, chunk.end), out);
        return;
    }
    let (lead, core) = peel_front(text, chunk);
    let (core, trail) = peel_back(tables, text, core);
    marks(text, lead, out);
    if !core.is_empty() {
        split_core(tables, text, core, out);
    }
    marks(text, trail, out);
}

/// Splits off the marks that a chunk begins with.
fn peel_front(text: &str, chunk: Span) -> (Span, Span) {
    let inner = chunk.text(text);
    let mut rest = inner;
    while let Some(first) = rest.chars().next() {
        let next = rest[first.len_utf8()..].chars().next();
        let kept = match first {
            '@' | '#' => next.is_some_and(char::is_alphanumeric),
            c if is_apostrophe(c) => is_clitic_start(&rest[c.len_utf8()..]),
            '.' => next.is_some_and(|c| c.is_ascii_digit()),
            _ => false,
        };
        if !is_mark(first) || kept {
            break;
        }
        rest = &rest[first.len_utf8()..];
    }
    let start = chunk.end - rest.len();
    (Span::new(chunk.start, start), Span::new(start, chunk.end))
}

/// `'s` cut off by a line break, `'90s`, `'tis`: an apostrophe that belongs to its word.
fn is_clitic_start(rest: &str) -> bool {
    let word = rest.trim_end_matches(is_mark);
    CLITICS.contains(&word)
        || word.starts_with(|c: char| c.is_ascii_digit())
        || matches!(word, "tis" | "twas" | "em" | "cause")
}

/// Splits off the marks that a chunk ends with, leaving an abbreviation its stop.
fn peel_back(tables: &WordTables, text: &str, chunk: Span) -> (Span, Span) {
    let inner = chunk.text(text);
    let mut core = inner;
    while let Some(last) = core.chars().next_back() {
        if !is_mark(last) {
            break;
        }
        let without = &core[..core.len() - last.len_utf8()];
        let single = last == '.' && !without.is_empty() && !without.ends_with('.');
        if single && keeps_stop(tables, without, &text[chunk.end..]) {
            break;
        }
        core = without;
    }
    let end = chunk.start + core.len();
    (Span::new(chunk.start, end), Span::new(end, chunk.end))
}

fn keeps_stop(tables: &WordTables, word: &str, after: &str) -> bool {
    let tail = word.rsplit(['-', '–', '—', '/']).next().unwrap_or(word);
    let tail = tail.trim_start_matches(|c: char| c.is_ascii_digit());
    match tables.abbreviation(tail) {
        Some(Abbreviation::Number) => after.trim_start().starts_with(|c: char| c.is_ascii_digit()),
        kind => kind.is_some(),
    }
}

/// Marks: a run of the same mark is one word (`...`, `--`, `!!!`), others are single, brackets and quotes always.
fn marks(text: &str, span: Span, out: &mut Vec<Span>) {
    let mut at = span.start;
    let mut previous = None;
    for c in span.text(text).chars() {
        let end = at + c.len_utf8();
        let runs = matches!(c, '.' | '-' | '!' | '?' | '*' | '=' | '_' | '~' | '\'' | '`');
        let mixed = matches!((previous, c), (Some('!'), '?') | (Some('?'), '!'));
        match out.last_mut() {
            Some(last) if last.end == at && ((runs && previous == Some(c)) || mixed) => last.end = end,
            _ => out.push(Span::new(at, end)),
        }
        previous = Some(c);
        at = end;
    }
}

/// Splits a chunk freed of its outer marks at dashes, slashes and brackets, then into clitics.
fn split_core(tables: &WordTables, text: &str, core: Span, out: &mut Vec<Span>) {
    let mut start = core.start;
    let mut at = core.start;
    while at < core.end {
        let Some(c) = text[at..].chars().next() else { break };
        let next = at + c.len_utf8();
        let length = break_length(tables, text, Span::new(start, core.end), at);
        if length > 0 && at > start {
            split_word(tables, text, Span::new(start, at), out);
        }
        if length > 0 {
            marks(text, Span::new(at, at + length), out);
            start = at + length;
            at = start;
        } else {
            at = next;
        }
    }
    if start < core.end {
        split_word(tables, text, Span::new(start, core.end), out);
    }
}

/// How many bytes of marks at `at` separate two words; 0 where the chunk goes on.
fn break_length(tables: &WordTables, text: &str, chunk: Span, at: usize) -> usize {
    let rest = &text[at..chunk.end];
    let before = &text[chunk.start..at];
    for run in ["...", "--"] {
        if rest.starts_with(run) {
            let mark = &run[..1];
            return rest.len() - rest.trim_start_matches(mark).len();
        }
    }
    let Some(c) = rest.chars().next() else { return 0 };
    let after = &rest[c.len_utf8()..];
    let digits = before.ends_with(|c: char| c.is_ascii_digit()) && after.starts_with(|c: char| c.is_ascii_digit());
    let splits = match c {
        '—' | '–' | '…' | '(' | ')' | '[' | ']' | '{' | '}' | '"' | '“' | '”' | ';' | '|' | '<' | '>' | '•' => {
            true
        }
        '?' | '!' => true,
        ',' | ':' => !digits,
        '/' => !digits && before.chars().count() > 1,
        '-' => splits_hyphen(tables, before, after, digits),
        _ => false,
    };
    if splits { c.len_utf8() } else { 0 }
}

fn splits_hyphen(tables: &WordTables, before: &str, after: &str, digits: bool) -> bool {
    if before.is_empty() || after.is_empty() {
        return true;
    }
    let many = after.contains('-');
    if digits {
        let code = before.chars().chain(after.chars()).filter(|c| c.is_ascii_digit()).count() > 6;
        return !(many || code);
    }
    !(tables.keeps_hyphen(before) || is_code(before, after))
}

/// Letters and digits of a designation: `F-16`, `S-400`, `COVID-19`.
fn is_code(before: &str, after: &str) -> bool {
    let letters = before.chars().all(char::is_uppercase);
    letters && after.starts_with(|c: char| c.is_ascii_digit()) && before.chars().count() <= 2
}

/// Splits clitics, fused words and numbers with units.
fn split_word(tables: &WordTables, text: &str, word: Span, out: &mut Vec<Span>) {
    let inner = word.text(text);
    let cut = tables
        .split_at(inner)
        .or_else(|| clitic_at(inner))
        .or_else(|| currency_at(inner))
        .or_else(|| unit_at(inner))
        .filter(|&at| at > 0 && at < inner.len());
    match cut {
        Some(at) => out.extend([Span::new(word.start, word.start + at), Span::new(word.start + at, word.end)]),
        None => out.push(word),
    }
}

fn clitic_at(word: &str) -> Option<usize> {
    let (at, mark) = word.char_indices().rev().find(|(_, c)| is_apostrophe(*c))?;
    let tail = word[at + mark.len_utf8()..].to_lowercase();
    if tail == "t" && word[..at].ends_with(['n', 'N']) {
        return Some(at - 1);
    }
    CLITICS.contains(&tail.as_str()).then_some(at)
}

fn currency_at(word: &str) -> Option<usize> {
    let at = word.find(['$', '€', '£', '¥'])?;
    let sign = word[at..].chars().next()?.len_utf8();
    word[at + sign..].starts_with(|c: char| c.is_ascii_digit()).then_some(at + sign)
}

fn unit_at(word: &str) -> Option<usize> {
    let at = word.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | ':')))?;
    let unit = word[at..].trim_end_matches('.').to_lowercase();
    (at > 0 && UNITS.contains(&unit.as_str())).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn split(text: &str) -> Vec<&str> {
        let tables = WordTables::shipped().unwrap();
        words(&tables, text, Span::new(0, text.len())).into_iter().map(|w| w.text(text)).collect()
    }

    #[test]
    fn clitics_and_marks() {
        assert_eq!(
            split("Japan's PM didn't say \"no.\""),
            ["Japan", "'s", "PM", "did", "n't", "say", "\"", "no", ".", "\""]
        );
        assert_eq!(split("“We’ll see,” he said."), ["“", "We", "’ll", "see", ",", "”", "he", "said", "."]);
        assert_eq!(split("They cannot wait..."), ["They", "can", "not", "wait", "..."]);
    }

    #[test]
    fn abbreviations_keep_their_stop() {
        assert_eq!(split("the U.S. and Gen. J. Smith"), ["the", "U.S.", "and", "Gen.", "J.", "Smith"]);
        assert_eq!(split("at 5 p.m. in Acme Inc."), ["at", "5", "p.m.", "in", "Acme", "Inc."]);
    }

    #[test]
    fn hyphens_dashes_and_slashes() {
        assert_eq!(
            split("pre-war war-torn F-16 9/11 and/or"),
            ["pre-war", "war", "-", "torn", "F-16", "9/11", "and", "/", "or"]
        );
        assert_eq!(split("talks — long–awaited"), ["talks", "—", "long", "–", "awaited"]);
    }

    #[test]
    fn money_numbers_and_addresses() {
        assert_eq!(split("$5.5m US$20 40% 5pm"), ["$", "5.5", "m", "US$", "20", "40", "%", "5", "pm"]);
        assert_eq!(split("see http://a.org/b-c."), ["see", "http://a.org/b-c", "."]);
    }

    proptest! {
        #[test]
        fn words_are_ordered_and_lose_nothing(text in "\\PC{0,120}") {
            let tables = WordTables::shipped().unwrap();
            let found = words(&tables, &text, Span::new(0, text.len()));
            let mut at = 0;
            for word in &found {
                prop_assert!(word.start >= at && !word.is_empty());
                prop_assert!(text[at..word.start].chars().all(char::is_whitespace));
                at = word.end;
            }
            prop_assert!(text[at..].chars().all(char::is_whitespace));
        }
    }
}
