//! Datelines: `TOKYO (Reuters) -`, `MOSCOW, Jan 4 (Interfax) —`.

use super::Dateline;
use super::layout::Layout;
use crate::span::Span;

/// Longer than this, in bytes, no dateline is.
const LONGEST: usize = 90;

/// The dateline that `text` begins with.
///
/// A place in capitals and a dash are enough; a place in ordinary letters needs the agency in brackets.
pub(super) fn find(layout: &Layout, text: &str) -> Option<Dateline> {
    let first = text.lines().next()?;
    let (at, dash) = first.char_indices().take_while(|(at, _)| *at < LONGEST).find(|&(at, c)| is_dash(first, at, c))?;
    let head = &first[..at];
    let end = at + dash.len_utf8();
    let end = end + (first[end..].len() - first[end..].trim_start_matches(['-', '–', '—', ' ']).len());
    let bracket = head.find('(');
    let named = &head[..bracket.unwrap_or(head.len())];
    let place = named.split(',').next().unwrap_or(named).trim_end();
    let bracketed = bracket.is_some_and(|b| layout.agency_in(&head[b..]).is_some());
    let capitals = place.chars().any(char::is_uppercase) && !place.chars().any(char::is_lowercase);
    let fits = !place.is_empty()
        && place.split(' ').count() <= 4
        && (capitals || (bracketed && place.starts_with(char::is_uppercase)));
    fits.then(|| Dateline { span: Span::new(0, end), place: Span::new(0, place.len()) })
}

/// A dash between spaces, or a long one.
fn is_dash(line: &str, at: usize, c: char) -> bool {
    let spaced = line[..at].ends_with(' ') && line[at + c.len_utf8()..].starts_with([' ', '-']);
    matches!(c, '—' | '–') || (c == '-' && spaced)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<(&str, &str)> {
        let dateline = find(&Layout::shipped().unwrap(), text)?;
        Some((dateline.place.text(text), &text[dateline.span.end..]))
    }

    #[test]
    fn datelines_and_what_only_looks_like_one() {
        assert_eq!(found("TOKYO (Reuters) - Japan agreed."), Some(("TOKYO", "Japan agreed.")));
        assert_eq!(found("MOSCOW, Jan 4 (Interfax) — Talks began."), Some(("MOSCOW", "Talks began.")));
        assert_eq!(found("Tel Aviv (AFP) -- Israel said."), Some(("Tel Aviv", "Israel said.")));
        assert_eq!(found("SAN FRANCISCO - The union is suing."), Some(("SAN FRANCISCO", "The union is suing.")));
        assert_eq!(found("The islands — known as the Kurils — are disputed."), None);
        assert_eq!(found("The talks - the first - began."), None);
    }
}
