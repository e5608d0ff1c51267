//! Which format a document is in.

use std::str::FromStr;

/// The formats that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Markdown, one story.
    Markdown,
    /// Plain text, one story.
    Text,
    /// A web page, one story.
    Html,
    /// JSON Lines, a story a line.
    JsonLines,
}

impl FromStr for Format {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        match name.to_ascii_lowercase().as_str() {
            "md" | "markdown" => Ok(Self::Markdown),
            "txt" | "text" => Ok(Self::Text),
            "html" | "htm" | "xhtml" => Ok(Self::Html),
            "jsonl" | "ndjson" | "json" => Ok(Self::JsonLines),
            _ => Err(()),
        }
    }
}

impl Format {
    /// Judges by the first bytes, and by the name's ending where these leave it open.
    pub fn sniff(name: &str, bytes: &[u8]) -> Self {
        let head = &bytes[..bytes.len().min(4096)];
        let start = String::from_utf8_lossy(head);
        let start = start.trim_start_matches('\u{feff}').trim_start();
        let lower = start.get(..start.len().min(1024)).unwrap_or(start).to_ascii_lowercase();
        if start.starts_with('{') && start.contains('"') {
            return Self::JsonLines;
        }
        if ["<!doctype html", "<html", "<head", "<body", "<?xml"].iter().any(|tag| lower.starts_with(tag)) {
            return Self::Html;
        }
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        match Self::from_str(ending) {
            Ok(Self::JsonLines) | Err(()) if looks_like_markdown(start) => Self::Markdown,
            Ok(Self::JsonLines) | Err(()) => Self::Text,
            Ok(format) => format,
        }
    }
}

fn looks_like_markdown(text: &str) -> bool {
    text.starts_with('#')
        || text.lines().any(|line| line.starts_with("# ") || line.starts_with("## ") || line.contains("]("))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_beats_the_name() {
        assert_eq!(Format::sniff("a.txt", b"\xef\xbb\xbf {\"text\": 1}"), Format::JsonLines);
        assert_eq!(Format::sniff("-", b"<!DOCTYPE html><p>"), Format::Html);
        assert_eq!(Format::sniff("-", b"# Title\n\nText"), Format::Markdown);
        assert_eq!(Format::sniff("a.md", b"Title\n\nText"), Format::Markdown);
        assert_eq!(Format::sniff("a.jsonl", b"no json"), Format::Text);
    }
}
