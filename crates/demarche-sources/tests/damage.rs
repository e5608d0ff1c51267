//! What is broken is named and counted, and all around it is read: files, archives and crawls.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::fmt::Write as _;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use demarche::story::Intake;
use demarche_sources::{Document, Item, Nothing, Sources, Trouble, stories};
use flate2::Compression;
use flate2::write::GzEncoder;
use zip::write::SimpleFileOptions;

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// The texts of the stories of a file, and what was wrong with others.
fn read(path: &Path) -> (Vec<String>, Vec<Trouble>) {
    let (mut documents, mut troubles): (Vec<Document>, Vec<Trouble>) = (Vec::new(), Vec::new());
    let mut sources = Sources::new(None, Duration::ZERO);
    let walked: Result<(), ()> = sources.walk(path.to_str().unwrap(), &Nothing, &mut |item| {
        match item {
            Item::Document(document) => documents.push(document),
            Item::Trouble(trouble) => troubles.push(trouble),
            Item::Feed { .. } => {}
        }
        Ok(())
    });
    walked.unwrap();
    let mut texts = Vec::new();
    for story in stories(&Intake::new().unwrap(), documents, 2) {
        match story {
            Ok(story) => texts.push(story.text),
            Err(trouble) => troubles.push(trouble),
        }
    }
    (texts, troubles)
}

fn kinds(troubles: &[Trouble]) -> Vec<&'static str> {
    troubles.iter().map(|trouble| trouble.why.kind()).collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = GzEncoder::new(Vec::new(), Compression::default());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

fn sentence(number: usize) -> String {
    format!(
        "Iran rejected offer number {number} of the United States on Monday, and its parliament voted for more centrifuges."
    )
}

/// A record of a crawl; its page has the sentence of a number, often enough to be an article.
fn record(number: usize) -> Vec<u8> {
    let paragraphs =
        format!("<p>{} The foreign minister spoke in Tehran to reporters.</p>", sentence(number)).repeat(5);
    let page =
        format!("<html><head><title>Offer {number}</title></head><body><article>{paragraphs}</article></body></html>");
    let body = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}");
    format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://news.example/{number}\r\nWARC-Date: 2020-05-04T00:00:00Z\r\n\
         Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n{body}\r\n\r\n",
        body.len()
    )
    .into_bytes()
}

fn holds(texts: &[String], numbers: &[usize]) {
    assert_eq!(texts.len(), numbers.len(), "{texts:?}");
    for (text, number) in texts.iter().zip(numbers) {
        assert!(text.contains(&format!("number {number} of")), "{text}");
    }
}

#[test]
fn a_crawl_is_read_around_a_damaged_and_a_cut_member() {
    let path = folder("damage-warc").join("crawl.warc.gz");
    let mut bytes = Vec::new();
    for number in 0..6 {
        let mut member = gzip(&record(number));
        if number == 2 {
            let middle = member.len() / 2;
            member[middle..middle + 8].copy_from_slice(b"damaged!");
        }
        if number == 5 {
            member.truncate(member.len() - 40);
        }
        bytes.extend(member);
    }
    std::fs::write(&path, bytes).unwrap();
    let (texts, troubles) = read(&path);
    holds(&texts, &[0, 1, 3, 4]);
    assert!(troubles.iter().any(|t| t.why.kind() == "damaged gzip"), "{troubles:?}");
    assert!(troubles.iter().all(|t| matches!(t.why.kind(), "damaged gzip" | "damaged WARC record")), "{troubles:?}");
}

#[test]
fn a_crawl_that_is_not_compressed_is_read_around_a_wrong_length_and_what_is_no_page_is_passed_over() {
    let path = folder("damage-plain").join("crawl.warc");
    let mut bytes = record(0);
    bytes.extend(b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 4\r\n\r\ninfo\r\n\r\n");
    bytes.extend(String::from_utf8(record(1)).unwrap().replace("text/html", "image/png").into_bytes());
    bytes.extend(String::from_utf8(record(2)).unwrap().replace("200 OK", "404 Not Found").into_bytes());
    let short = String::from_utf8(record(3)).unwrap();
    bytes.extend(short.replacen("Content-Length: 1", "Content-Length: ", 1).into_bytes());
    bytes.extend(record(4));
    let last = record(5);
    bytes.extend(&last[..last.len() - 100]);
    std::fs::write(&path, bytes).unwrap();
    let (texts, troubles) = read(&path);
    assert!(texts.iter().any(|text| text.contains("number 4 of")), "{texts:?}");
    assert!(!texts.iter().any(|text| text.contains("number 1 of") || text.contains("number 5 of")));
    assert!(kinds(&troubles).iter().all(|kind| *kind == "damaged WARC record") && !troubles.is_empty(), "{troubles:?}");
}

#[test]
fn a_page_of_200_megabytes_and_a_bomb_are_stepped_over() {
    let folder = folder("damage-large");
    let mut huge = b"{\"text\": \"".to_vec();
    huge.resize(200 << 20, b'a');
    let page = folder.join("huge.html");
    std::fs::write(&page, &huge).unwrap();
    assert_eq!(kinds(&read(&page).1), ["too large"]);
    std::fs::remove_file(&page).unwrap();
    let bomb = folder.join("lines.jsonl.gz");
    std::fs::write(&bomb, [gzip(&huge), gzip(b"{\"text\": \"Iran rejected the offer.\"}\n")].concat()).unwrap();
    assert_eq!(kinds(&read(&bomb).1), ["too large", "compression bomb"]);
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("bomb.jsonl", SimpleFileOptions::default()).unwrap();
    zip.write_all(&huge).unwrap();
    zip.start_file("good.txt", SimpleFileOptions::default()).unwrap();
    zip.write_all(sentence(1).as_bytes()).unwrap();
    zip.start_file("picture.png", SimpleFileOptions::default()).unwrap();
    let path = folder.join("stories.zip");
    std::fs::write(&path, zip.finish().unwrap().into_inner()).unwrap();
    let (texts, troubles) = read(&path);
    holds(&texts, &[1]);
    assert_eq!(kinds(&troubles), ["too large", "compression bomb"]);
}

#[test]
fn a_zip_that_is_cut_short_is_named() {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("good.txt", SimpleFileOptions::default()).unwrap();
    zip.write_all(sentence(1).as_bytes()).unwrap();
    let bytes = zip.finish().unwrap().into_inner();
    let path = folder("damage-zip").join("cut.zip");
    std::fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
    assert_eq!(kinds(&read(&path).1), ["damaged zip"]);
}

#[test]
fn tables_have_named_columns() {
    let folder = folder("damage-tables");
    let path = folder.join("stories.csv");
    let mut table = "story_id,Headline,pub_date,event_text,color\n".to_owned();
    let _ = writeln!(table, "7,Offer,2020-05-04,\"{}\nA second line, \"\"quoted\"\".\",red", sentence(1));
    let _ = writeln!(table, "8,Offer,no day,\"{}\",red", sentence(2));
    let _ = writeln!(table, "9,Offer,2020-05-06,\"{}\",red", sentence(3));
    std::fs::write(&path, table).unwrap();
    let (texts, troubles) = read(&path);
    holds(&texts, &[1, 3]);
    assert!(texts[0].ends_with("A second line, \"quoted\"."));
    assert_eq!(kinds(&troubles), ["a field missing or wrong"]);
    let path = folder.join("numbers.csv");
    std::fs::write(&path, "a,b\n1,2\n").unwrap();
    assert_eq!(kinds(&read(&path).1), ["no table of stories"]);
}

#[test]
fn sentences_of_petrarch_are_stories_again_up_to_where_the_xml_breaks() {
    let path = folder("damage-xml").join("petrarch.xml");
    let element = |id: &str, text: &str| {
        format!(
            "<Sentence date=\"20200504\" id=\"{id}\" source=\"AFP\" sentence=\"True\"><Text>\n{text}\n</Text><Parse>(ROOT)</Parse></Sentence>\n"
        )
    };
    let whole =
        [element("A_1", "Iran &amp; Iraq met."), element("A_2", "They parted."), element("B_1", &sentence(2))].concat();
    std::fs::write(&path, format!("<?xml version=\"1.0\"?>\n<Sentences>\n{whole}<Sentence id=\"C_1\"></Text>"))
        .unwrap();
    let (texts, troubles) = read(&path);
    assert_eq!(texts[0], "Iran & Iraq met. They parted.");
    holds(&texts[1..], &[2]);
    assert!(kinds(&troubles).contains(&"broken XML"), "{troubles:?}");
}
