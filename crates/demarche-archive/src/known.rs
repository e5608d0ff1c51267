//! What a story is known by: its address, and its text with its day.

use demarche::Story;
use sha2::{Digest, Sha256};

/// Parameters of addresses that name a way to a story and not the story.
const TRACKING: [&str; 6] = ["utm_", "fbclid", "gclid", "mc_cid", "mc_eid", "ref"];

/// What a story is known by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// Its address without what does not tell stories apart: scheme, `www.`, fragment, parameters of tracking, a slash at the end.
    pub url: Option<String>,
    /// SHA-256 of its words and its day of publication: the same words of another day tell of something else.
    pub hash: [u8; 32],
}

impl Key {
    /// What a story is known by.
    pub fn of(story: &Story) -> Self {
        // Blanks and line ends differ between copies of one text.
        let words: Vec<&str> = story.text.split_whitespace().collect();
        let day = story.date.map(|day| day.to_string()).unwrap_or_default();
        Self { url: story.url.as_deref().map(canonical), hash: dated(&Sha256::digest(words.join(" ")), &day) }
    }
}

/// The hash of a text's words together with a day, empty where that is not known.
pub(crate) fn dated(words: &[u8], day: &str) -> [u8; 32] {
    Sha256::new().chain_update(words).chain_update(day).finalize().into()
}

/// An address without what does not tell stories apart: scheme, `www.`, fragment, parameters of tracking, a slash at the end.
pub(crate) fn canonical(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let rest = rest.split('#').next().unwrap_or(rest);
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (host, path) = path.split_once('/').unwrap_or((path, ""));
    let host = host.to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    let kept: Vec<&str> =
        query.split('&').filter(|p| !p.is_empty() && !TRACKING.iter().any(|t| p.starts_with(t))).collect();
    let query = if kept.is_empty() { String::new() } else { format!("?{}", kept.join("&")) };
    format!("{host}/{}{query}", path.trim_end_matches('/'))
}

#[cfg(test)]
mod tests {
    use super::canonical;

    #[test]
    fn addresses_of_one_story_are_one() {
        let plain = canonical("https://example.org/world/talks");
        for url in [
            "http://www.example.org/world/talks/",
            "https://EXAMPLE.org/world/talks?utm_source=feed&utm_medium=rss",
            "https://example.org/world/talks#comments",
        ] {
            assert_eq!(canonical(url), plain);
        }
        assert_ne!(canonical("https://example.org/story?id=1"), canonical("https://example.org/story?id=2"));
    }
}
