//! WARC files, as crawls are kept (ISO 28500, version 1.0 and 1.1): a record at a time, and on to the next one where a record is broken.
//!
//! The framing is our own, since what reads such files elsewhere ends at the first damage; the HTTP answer within is read by `httparse`.

use std::io::{self, BufRead, Read};

use demarche::story::{Format, Intake, Problem};
use jiff::civil::Date;

use super::gzip::Damage;
use super::walk::Walk;
use super::{Document, Trouble, Why};

/// A header longer than this is none.
const LONGEST_HEADER: usize = 64 << 10;

/// How much an answer's own header may add to a page of the largest size.
const LARGEST: u64 = Intake::LARGEST as u64 + LONGEST_HEADER as u64;

/// What a record says of itself.
#[derive(Default)]
struct Header {
    kind: String,
    uri: Option<String>,
    date: Option<Date>,
    content: String,
    length: Option<u64>,
}

/// What a record holds, as far as it is wanted.
enum Body {
    Whole(Vec<u8>),
    /// It is no answer of a server.
    Passed,
    TooLarge(u64),
    /// The file ends within it.
    Cut,
}

enum Next {
    Record(Header, Body),
    /// A line that begins no record was passed over.
    Junk,
    End,
}

/// A record that was read, and waits for word that what it was read from is sound: a checksum comes last.
struct Waiting {
    number: usize,
    header: Header,
    body: Body,
}

/// Hands on every page of the records.
pub(crate) fn records<E>(walk: &mut Walk<E>, name: &str, input: &mut dyn BufRead) -> Result<(), E> {
    let (mut number, mut lost) = (0_usize, false);
    let mut waiting: Option<Waiting> = None;
    loop {
        let behind = format!("{name}: behind record {number}");
        match next(input) {
            Ok(Next::Junk) if lost => {}
            Ok(Next::Junk) => {
                lost = true;
                let what = "what stands here is no record; reading goes on with the next one".to_owned();
                walk.trouble(Trouble::new(behind, Why::Warc(what)))?;
            }
            Ok(found) => {
                if let Some(sound) = waiting.take() {
                    record(walk, name, sound)?;
                }
                let Next::Record(header, body) = found else { return Ok(()) };
                (number, lost) = (number + 1, false);
                waiting = Some(Waiting { number, header, body });
            }
            Err((error, between)) => {
                lost = true;
                let within = between && matches!(Damage::of(&error), Some(Damage::Member { begun: true, .. }));
                match waiting.take() {
                    Some(broken) if within => {
                        let uri = broken.header.uri.unwrap_or_default();
                        if !walk.damage(&format!("{name}: record {number} ({uri})"), error)? {
                            return Ok(());
                        }
                        continue;
                    }
                    Some(sound) => record(walk, name, sound)?,
                    None => {}
                }
                if !walk.damage(&behind, error)? {
                    return Ok(());
                }
            }
        }
    }
}

fn record<E>(walk: &mut Walk<E>, name: &str, sound: Waiting) -> Result<(), E> {
    let Waiting { number, header, body } = sound;
    let uri = header.uri.as_deref().map_or_else(String::new, |uri| format!(" ({uri})"));
    let at = format!("{name}: record {number}{uri}");
    let why = match body {
        Body::Passed => return Ok(()),
        Body::Whole(bytes) => match page(&at, &header, &bytes) {
            Ok(Some(document)) => return walk.document(document),
            Ok(None) => return Ok(()),
            Err(why) => why,
        },
        Body::TooLarge(bytes) => Why::Document(Problem::TooLarge { bytes: bytes as usize, most: Intake::LARGEST }),
        Body::Cut => Why::Warc("the record is cut short".to_owned()),
    };
    walk.trouble(Trouble::new(at, why))
}

/// What comes next; an error with word whether it came before anything but blank lines did.
fn next(input: &mut dyn BufRead) -> Result<Next, (io::Error, bool)> {
    let mut line = Vec::new();
    loop {
        line.clear();
        let read = input.take(LONGEST_HEADER as u64).read_until(b'\n', &mut line);
        if read.map_err(|error| (error, line.trim_ascii().is_empty()))? == 0 {
            return Ok(Next::End);
        }
        if !line.trim_ascii().is_empty() {
            return rest(input, &line).map_err(|error| (error, false));
        }
    }
}

/// The record that a line begins.
fn rest(input: &mut dyn BufRead, first: &[u8]) -> io::Result<Next> {
    if !first.starts_with(b"WARC/") {
        return Ok(Next::Junk);
    }
    let mut header = Header::default();
    let (mut seen, mut line) = (0, Vec::new());
    loop {
        line.clear();
        seen += input.take(LONGEST_HEADER as u64).read_until(b'\n', &mut line)?;
        if line.trim_ascii().is_empty() {
            break;
        }
        if seen > LONGEST_HEADER {
            return Ok(Next::Junk);
        }
        header.set(&String::from_utf8_lossy(&line));
    }
    let Some(length) = header.length else { return Ok(Next::Junk) };
    let body = body(input, &header, length)?;
    Ok(Next::Record(header, body))
}

fn body(input: &mut dyn BufRead, header: &Header, length: u64) -> io::Result<Body> {
    let wanted = matches!(header.kind.as_str(), "response" | "resource" | "conversion");
    if !wanted || length > LARGEST {
        let passed = io::copy(&mut input.take(length), &mut io::sink())?;
        return Ok(match passed < length {
            true => Body::Cut,
            false if wanted => Body::TooLarge(length),
            false => Body::Passed,
        });
    }
    let mut bytes = Vec::new();
    input.take(length).read_to_end(&mut bytes)?;
    Ok(if (bytes.len() as u64) < length { Body::Cut } else { Body::Whole(bytes) })
}

impl Header {
    fn set(&mut self, line: &str) {
        let Some((name, value)) = line.split_once(':') else { return };
        let value = value.trim();
        match name.trim().to_ascii_lowercase().as_str() {
            "warc-type" => self.kind = value.to_ascii_lowercase(),
            "warc-target-uri" => self.uri = Some(value.trim_matches(['<', '>']).to_owned()),
            "warc-date" => self.date = value.get(..10).and_then(|day| day.parse().ok()),
            "content-type" => self.content = value.to_ascii_lowercase(),
            "content-length" => self.length = value.parse().ok(),
            _ => {}
        }
    }
}

/// The page of a record; none where it holds something else, a picture or an answer that says that there is nothing.
fn page(name: &str, header: &Header, bytes: &[u8]) -> Result<Option<Document>, Why> {
    let (kind, bytes) = match header.kind.as_str() {
        "response" if header.content.starts_with("application/http") => match answer(bytes)? {
            Some(answer) => answer,
            None => return Ok(None),
        },
        "response" => return Ok(None),
        _ => (header.content.clone(), bytes.to_vec()),
    };
    let format = match kind.split(';').next().map(str::trim) {
        Some("text/html" | "application/xhtml+xml") => Format::Html,
        Some("text/plain") => Format::Text,
        _ => return Ok(None),
    };
    let (url, date, format) = (header.uri.clone(), header.date, Some(format));
    Ok(Some(Document::Whole { name: name.to_owned(), bytes, format, url, date }))
}

/// The content type and body of a server's answer.
fn answer(bytes: &[u8]) -> Result<Option<(String, Vec<u8>)>, Why> {
    let broken = |what: &str| Why::Warc(format!("the answer in the record is broken: {what}"));
    let mut headers = [httparse::EMPTY_HEADER; 128];
    let mut response = httparse::Response::new(&mut headers);
    let parsed = httparse::ParserConfig::default()
        .allow_spaces_after_header_name_in_responses(true)
        .ignore_invalid_headers_in_responses(true)
        .parse_response(&mut response, bytes);
    let start = match parsed {
        Ok(httparse::Status::Complete(start)) => start,
        Ok(httparse::Status::Partial) => return Err(broken("its header is cut short")),
        Err(error) => return Err(broken(&error.to_string())),
    };
    if response.code != Some(200) {
        return Ok(None);
    }
    let value = |name: &str| {
        let found = response.headers.iter().find(|header| header.name.eq_ignore_ascii_case(name));
        found.map_or_else(String::new, |header| String::from_utf8_lossy(header.value).trim().to_ascii_lowercase())
    };
    let mut body = bytes[start..].to_vec();
    // Crawlers mostly undo the codings and leave the headers standing.
    if value("transfer-encoding").contains("chunked")
        && let Some(joined) = unchunked(&body)
    {
        body = joined;
    }
    if body.starts_with(&[0x1f, 0x8b]) {
        let mut out = Vec::new();
        let unpacked =
            flate2::read::MultiGzDecoder::new(&body[..]).take(Intake::LARGEST as u64 + 1).read_to_end(&mut out);
        unpacked.map_err(|error| broken(&error.to_string()))?;
        body = out;
    }
    Ok(Some((value("content-type"), body)))
}

/// The chunks put together; none where they are no chunks.
fn unchunked(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    loop {
        let (start, size) = match httparse::parse_chunk_size(rest).ok()? {
            httparse::Status::Complete((start, size)) => (start, usize::try_from(size).ok()?),
            httparse::Status::Partial => return None,
        };
        if size == 0 {
            return Some(out);
        }
        out.extend_from_slice(rest.get(start..start.checked_add(size)?)?);
        rest = rest.get(start + size..)?.strip_prefix(b"\r\n")?;
    }
}
