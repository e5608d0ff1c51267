//! Addresses: a feed with the pages that it links, or whatever else is there.

use std::io::{BufRead, BufReader, Read};

use demarche::story::{Fields, Format, Intake, Problem};
use feed_rs::model::Entry;
use feed_rs::parser::Builder;
use jiff::civil::Date;

use super::walk::{Known, Walk};
use super::web::{Answer, Web, is_address};
use super::{Document, Trouble, Validators, Why};

/// A feed is not longer than this.
const LARGEST: u64 = 20 << 20;

/// Walks through what is at an address.
pub(crate) fn address<E>(walk: &mut Walk<E>, web: &mut Web, known: &dyn Known, url: &str) -> Result<(), E> {
    let before = known.validators(url);
    match web.get(url, before.as_ref()) {
        Ok(Answer::Same) => Ok(()),
        Ok(Answer::Body(body, validators)) => {
            let mut body = BufReader::new(body);
            match is_feed(&mut body) {
                Ok(true) => feed(walk, web, known, (url, validators), body),
                Ok(false) => other(walk, url, &mut body),
                Err(error) => walk.damage(url, error).map(|_| ()),
            }
        }
        Err(why) => walk.trouble(Trouble::new(url, why)),
    }
}

/// Whether what comes is RSS, Atom or a JSON Feed.
fn is_feed(body: &mut impl BufRead) -> std::io::Result<bool> {
    let head = body.fill_buf()?;
    let head = String::from_utf8_lossy(&head[..head.len().min(2048)]).to_lowercase();
    Ok(["<rss", "<feed", "<rdf:rdf", "jsonfeed.org/version"].iter().any(|mark| head.contains(mark)))
}

/// A page, or a file of any other kind.
fn other<E>(walk: &mut Walk<E>, url: &str, body: &mut dyn BufRead) -> Result<(), E> {
    let head = body.fill_buf().map(|head| Format::sniff("", head) == Format::Html && !head.starts_with(b"<?xml"));
    match head {
        Ok(true) => page(walk, url, body, None),
        _ => {
            let name = url.split(['?', '#']).next().unwrap_or(url);
            walk.stream(name, body, 0)
        }
    }
}

fn page<E>(walk: &mut Walk<E>, url: &str, body: &mut dyn Read, date: Option<Date>) -> Result<(), E> {
    let mut bytes = Vec::new();
    if let Err(error) = body.take(Intake::LARGEST as u64 + 1).read_to_end(&mut bytes) {
        return walk.damage(url, error).map(|_| ());
    }
    if bytes.len() > Intake::LARGEST {
        let problem = Problem::TooLarge { bytes: bytes.len(), most: Intake::LARGEST };
        return walk.trouble(Trouble::new(url, Why::Document(problem)));
    }
    let (name, url) = (url.to_owned(), Some(url.to_owned()));
    walk.document(Document::Whole { name, bytes, format: Some(Format::Html), url, date })
}

fn feed<E>(
    walk: &mut Walk<E>,
    web: &mut Web,
    known: &dyn Known,
    (url, validators): (&str, Validators),
    body: impl Read,
) -> Result<(), E> {
    let feed = match Builder::new().base_uri(Some(url)).build().parse(body.take(LARGEST)) {
        Ok(feed) => feed,
        Err(error) => return walk.trouble(Trouble::new(url, Why::Feed(error.to_string()))),
    };
    let mut whole = true;
    for (number, entry) in feed.entries.into_iter().enumerate() {
        match entry.links.iter().map(|link| link.href.clone()).find(|href| is_address(href)) {
            Some(link) if known.story(&link) => {}
            Some(link) => match web.get(&link, None) {
                Ok(Answer::Body(mut body, _)) => page(walk, &link, &mut body, published(&entry))?,
                Ok(Answer::Same) => {}
                Err(why) => {
                    // What may be there next time is asked for next time.
                    whole &= matches!(why, Why::Robots);
                    walk.trouble(Trouble::new(link, why))?;
                }
            },
            None => walk.document(within(url, number + 1, &entry))?,
        }
    }
    if whole && validators != Validators::default() {
        walk.feed(url, validators)?;
    }
    Ok(())
}

fn published(entry: &Entry) -> Option<Date> {
    let at = entry.published.or(entry.updated)?;
    at.to_rfc3339().get(..10)?.parse().ok()
}

/// The story that stands in the feed itself.
fn within(url: &str, number: usize, entry: &Entry) -> Document {
    let mut fields = Fields::default();
    let content = entry.content.as_ref().and_then(|content| content.body.clone());
    let text = content.or_else(|| entry.summary.as_ref().map(|summary| summary.content.clone())).unwrap_or_default();
    if text.contains("</") {
        let title = entry.title.as_ref().map_or("", |title| &title.content);
        let page = format!("<html><head><title>{title}</title></head><body><article>{text}</article></body></html>");
        let (name, url, date) = (format!("{url}#{number}"), None, published(entry));
        return Document::Whole { name, bytes: page.into_bytes(), format: Some(Format::Html), url, date };
    }
    fields.set("id", &entry.id);
    fields.set("text", &text);
    fields.set("title", entry.title.as_ref().map_or("", |title| &title.content));
    fields.set("date", &published(entry).map_or_else(String::new, |day| day.to_string()));
    Document::Row { name: url.to_owned(), number, fields: Box::new(fields) }
}
