//! Feeds and pages, from a server of the test's own on this machine.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use demarche_sources::{Item, Known, Nothing, Sources, Validators};

/// Answers by path; `Location` and `ETag` as they are asked for. What was asked is written down.
struct Server {
    address: String,
    asked: Arc<Mutex<Vec<String>>>,
}

type Pages = HashMap<&'static str, (&'static str, String)>;

fn serve(pages: Pages) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let asked = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&asked);
    let here = address.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let _ = answer(stream.unwrap(), &pages, &log, &here);
        }
    });
    Server { address, asked }
}

fn answer(mut stream: TcpStream, pages: &Pages, log: &Mutex<Vec<String>>, here: &str) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let first = lines.next().unwrap()?;
    let path = first.split(' ').nth(1).unwrap_or("/").to_owned();
    let headers: Vec<String> = lines.map_while(Result::ok).take_while(|line| !line.is_empty()).collect();
    log.lock().unwrap().push(path.clone());
    let known = headers.iter().any(|h| h.to_lowercase().starts_with("if-none-match: \"one\""));
    let (status, body) = match pages.get(path.as_str()) {
        Some((_, _)) if known => ("304 Not Modified", String::new()),
        Some((status, body)) => (*status, body.replace("HERE", here)),
        None => ("404 Not Found", String::new()),
    };
    let location = if status.starts_with('3') { format!("Location: {path}\r\n") } else { String::new() };
    write!(
        stream,
        "HTTP/1.1 {status}\r\nETag: \"one\"\r\n{location}Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
}

fn page(words: &str) -> String {
    format!("<html><head><title>T</title></head><body><p>{words}</p></body></html>")
}

fn feed(items: &str) -> String {
    format!("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>News</title>{items}</channel></rss>")
}

fn item(path: &str) -> String {
    format!("<item><title>T</title><link>HERE{path}</link><pubDate>Mon, 04 May 2020 10:00:00 GMT</pubDate></item>")
}

/// What a walk gives: documents by their size, kinds of trouble, feeds read to their end.
fn walk(source: &str, known: &dyn Known) -> (usize, Vec<&'static str>, Vec<(String, Validators)>) {
    let (mut documents, mut troubles, mut feeds) = (0, Vec::new(), Vec::new());
    let walked: Result<(), ()> = Sources::new(None, Duration::ZERO).walk(source, known, &mut |item| {
        match item {
            Item::Document(_) => documents += 1,
            Item::Trouble(trouble) => troubles.push(trouble.why.kind()),
            Item::Feed { url, validators } => feeds.push((url, validators)),
        }
        Ok(())
    });
    walked.unwrap();
    (documents, troubles, feeds)
}

struct Before(Validators, String);

impl Known for Before {
    fn validators(&self, _: &str) -> Option<Validators> {
        Some(self.0.clone())
    }

    fn story(&self, url: &str) -> bool {
        url == self.1
    }
}

#[test]
fn a_feed_gives_its_pages_but_not_those_that_are_forbidden_missing_or_lead_in_circles() {
    let items = ["/one", "/two", "/private/three", "/gone", "/circle"].map(item).concat();
    let server = serve(HashMap::from([
        ("/robots.txt", ("200 OK", "User-agent: *\nDisallow: /private/\n".to_owned())),
        ("/feed", ("200 OK", feed(&items))),
        ("/one", ("200 OK", page("one"))),
        ("/two", ("200 OK", page("two"))),
        ("/private/three", ("200 OK", page("three"))),
        ("/circle", ("302 Found", String::new())),
    ]));
    let (documents, troubles, feeds) = walk(&format!("{}/feed", server.address), &Nothing);
    assert_eq!((documents, troubles), (2, vec!["forbidden by robots.txt", "not served", "not served"]));
    // Pages that were not served may be there next time, so the feed is not done with.
    assert!(feeds.is_empty());
    assert!(!server.asked.lock().unwrap().iter().any(|path| path.starts_with("/private")));
}

#[test]
fn what_is_known_is_not_fetched_again() {
    let items = ["/one", "/two"].map(item).concat();
    let server = serve(HashMap::from([
        ("/feed", ("200 OK", feed(&items))),
        ("/one", ("200 OK", page("one"))),
        ("/two", ("200 OK", page("two"))),
    ]));
    let url = format!("{}/feed", server.address);
    let before = Before(Validators::default(), format!("{}/one", server.address));
    let (documents, troubles, feeds) = walk(&url, &before);
    assert_eq!((documents, troubles.len(), feeds.len()), (1, 0, 1));
    let known = Before(feeds[0].1.clone(), String::new());
    assert_eq!(known.0.etag.as_deref(), Some("\"one\""));
    assert_eq!(walk(&url, &known), (0, Vec::new(), Vec::new()));
}

#[test]
fn a_broken_feed_and_a_site_that_forbids_all_are_named() {
    let server = serve(HashMap::from([(
        "/feed",
        ("200 OK", "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><item><title>T</tit".to_owned()),
    )]));
    let (documents, troubles, _) = walk(&format!("{}/feed", server.address), &Nothing);
    assert_eq!((documents, troubles), (0, vec!["broken feed"]));
    let server = serve(HashMap::from([
        ("/robots.txt", ("503 Service Unavailable", String::new())),
        ("/a", ("200 OK", page("a"))),
    ]));
    assert_eq!(walk(&format!("{}/a", server.address), &Nothing).1, ["forbidden by robots.txt"]);
    assert_eq!(walk("http://127.0.0.1:1/a", &Nothing).1, ["not served"]);
}
