//! Sentences: a text split at the ends of paragraphs and of sentences, as news is written.
//!
//! A stop ends a sentence unless it belongs to an abbreviation, an initial or a number; a question or exclamation mark
//! inside a quotation does not where the speaker follows (`"Why?" Abe asked.`).

use super::words::{Abbreviation, WordTables};
use crate::span::Span;
use crate::story::paragraphs;

/// The sentences of `text` within `body`, in order, trimmed.
pub(crate) fn sentences(tables: &WordTables, text: &str, body: Span) -> Vec<Span> {
    let mut out = Vec::new();
    for block in paragraphs(text, body) {
        split_block(tables, text, block, &mut out);
    }
    out
}

fn split_block(tables: &WordTables, text: &str, block: Span, out: &mut Vec<Span>) {
    let mut start = block.start;
    let inner = block.text(text);
    for (offset, mark) in inner.char_indices() {
        let at = block.start + offset;
        if !matches!(mark, '.' | '!' | '?' | '…' | '。') || at < start {
            continue;
        }
        let end = closing_end(text, at + mark.len_utf8(), block.end);
        if ends_sentence(tables, text, Span::new(start, block.end), at, end) {
            push(text, Span::new(start, end), out);
            start = end;
        }
    }
    push(text, Span::new(start, block.end), out);
}

fn push(text: &str, span: Span, out: &mut Vec<Span>) {
    let span = span.trim(text);
    if !span.is_empty() {
        out.push(span);
    }
}

/// The end of the marks that close a sentence: further stops, quotes, brackets.
fn closing_end(text: &str, from: usize, limit: usize) -> usize {
    let rest = &text[from..limit];
    let tail = rest.trim_start_matches(['.', '!', '?', '…', '"', '”', '’', '\'', ')', ']', '»']);
    // `'` before a letter opens the next word (`'90s`) or is a clitic.
    limit - tail.len()
}

fn ends_sentence(tables: &WordTables, text: &str, from: Span, at: usize, end: usize) -> bool {
    let rest = &text[end..from.end];
    let next = rest.trim_start();
    if next.is_empty() {
        return true;
    }
    let spaced = rest.starts_with(char::is_whitespace);
    let Some(first) =
        next.chars().find(|c| !matches!(c, '"' | '“' | '‘' | '\'' | '(' | '[' | '`' | '«' | '-' | '—' | '–'))
    else {
        return spaced;
    };
    if !spaced || first.is_lowercase() || next.starts_with([',', ';', '-', '—', '–']) {
        return false;
    }
    match text[at..].chars().next() {
        Some('.') if end == at + 1 => stop_ends(tables, text, Span::new(from.start, at), next),
        Some('!' | '?') if end > at + 1 => !speaker_follows(next),
        _ => true,
    }
}

/// Whether the stop after `before` ends a sentence when `next` follows.
fn stop_ends(tables: &WordTables, text: &str, before: Span, next: &str) -> bool {
    let head = before.text(text);
    let word =
        head.rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '"' | '“' | '-' | '—')).next().unwrap_or("");
    let follower = next.split(|c: char| !c.is_alphanumeric()).find(|w| !w.is_empty()).unwrap_or("");
    let number = follower.starts_with(|c: char| c.is_ascii_digit());
    match tables.abbreviation(word) {
        Some(Abbreviation::Title) => false,
        Some(Abbreviation::Number) => !number,
        Some(Abbreviation::Other) => tables.starts_sentences(follower) || next.starts_with(['"', '“']),
        None => true,
    }
}

/// Whether a quotation's speaker follows: a few words, the last of them a verb of saying.
fn speaker_follows(next: &str) -> bool {
    const SAYING: [&str; 14] = [
        "said",
        "asked",
        "says",
        "asks",
        "told",
        "added",
        "wrote",
        "shouted",
        "replied",
        "tweeted",
        "exclaimed",
        "demanded",
        "chanted",
        "cried",
    ];
    next.split_whitespace().take(5).any(|word| SAYING.contains(&word.trim_end_matches(is_end)))
}

fn is_end(c: char) -> bool {
    !c.is_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn split(text: &str) -> Vec<&str> {
        let tables = WordTables::shipped().unwrap();
        sentences(&tables, text, Span::new(0, text.len())).into_iter().map(|s| s.text(text)).collect()
    }

    #[test]
    fn abbreviations_do_not_end_sentences() {
        assert_eq!(
            split("Gen. J. Smith of the U.S. Army left. He flew on Jan. 5 to the U.S. The talks failed."),
            ["Gen. J. Smith of the U.S. Army left.", "He flew on Jan. 5 to the U.S.", "The talks failed."]
        );
    }

    #[test]
    fn quotations_keep_their_speaker() {
        assert_eq!(
            split("\"Why now?\" Abe asked. \"We want peace.\" The minister left."),
            ["\"Why now?\" Abe asked.", "\"We want peace.\"", "The minister left."]
        );
    }

    #[test]
    fn paragraphs_and_wrapped_lines() {
        let wrapped = "The prime minister of Japan said on Friday that he would\ngo to Russia. He left.\n\nHeadline here\nThe end.";
        assert_eq!(split(wrapped).len(), 4);
        assert_eq!(split("One line.\r\nTwo lines.\r\n"), ["One line.", "Two lines."]);
    }

    proptest! {
        #[test]
        fn sentences_are_ordered_and_lose_nothing(text in "(\\PC|\n){0,200}") {
            let tables = WordTables::shipped().unwrap();
            let mut at = 0;
            for span in sentences(&tables, &text, Span::new(0, text.len())) {
                prop_assert!(text[at..span.start].chars().all(char::is_whitespace));
                at = span.end;
            }
            prop_assert!(text[at..].chars().all(char::is_whitespace));
        }
    }
}
