//! Paragraphs of running text.

use crate::span::Span;

/// A line shorter than this many characters that ends without a stop stands alone (a headline, a list item).
const SHORT_LINE: usize = 50;

/// Paragraphs: text between blank lines, indented lines, or after a line that ends a sentence or stands alone. Lines that a
/// mail program or an archive wrapped are joined.
pub(crate) fn paragraphs(text: &str, body: Span) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    let mut open: Option<Span> = None;
    let mut at = body.start;
    for line in body.text(text).split_inclusive(['\n', '\r', '\u{2028}', '\u{2029}']) {
        let whole = Span::new(at, at + line.len());
        at = whole.end;
        let span = whole.trim(text);
        if span.is_empty() {
            // The second half of a `\r\n` is no blank line.
            if line != "\n" || !text[..whole.start].ends_with('\r') {
                out.extend(open.take());
            }
            continue;
        }
        let indented = line.starts_with("   ") || line.starts_with('\t');
        open = match open {
            Some(previous) if indented || ends_paragraph(previous.text(text)) => {
                out.push(previous);
                Some(span)
            }
            Some(previous) => Some(previous.cover(span)),
            None => Some(span),
        };
    }
    out.extend(open);
    out
}

fn ends_paragraph(text: &str) -> bool {
    let line = text.rsplit(['\n', '\r']).next().unwrap_or(text).trim();
    let ended = line.trim_end_matches(['"', '”', '’', '\'', ')', '`']).ends_with(['.', '!', '?', '…', ':']);
    ended || (line.chars().count() < SHORT_LINE && !line.ends_with([',', ';', '-']))
}
