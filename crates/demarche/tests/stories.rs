//! Whole documents through the door: the shared example where it is present, and formats written here.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test may panic")]

use demarche::story::{Format, Intake, Problem};
use demarche::{Coder, Story};
use jiff::civil::date;

const SHARED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/stories/japan-russia-2019-01-04.md");

#[test]
fn the_first_story() {
    let Ok(bytes) = std::fs::read(SHARED) else {
        eprintln!("skipped: {SHARED} is absent");
        return;
    };
    let story = Intake::new().unwrap().read(SHARED, &bytes, None).remove(0).unwrap();
    assert_eq!(story.title.as_deref(), Some("Japan Plans to Push for Peace Treaty With Russia, PM Says"));
    assert_eq!((story.agency.as_deref(), story.byline), (Some("Reuters"), None));
    assert_eq!(story.date, Some(date(2019, 1, 4)));
    assert!(story.url.unwrap().starts_with("https://www.themoscowtimes.com/2019/01/04/"));
    assert_eq!(story.related.len(), 1);
    assert!(story.text.starts_with("Japanese Prime Minister Shinzo Abe said on Friday"));
    assert!(story.text.ends_with("in Russia as the Southern Kurils."));
    assert_eq!(story.text.matches("\n\n").count(), 10);
    assert!(!story.text.contains("TASS") && !story.text.contains("Unamused") && !story.text.contains("http"));
}

#[test]
fn a_page() {
    let page = include_str!("pages/ceasefire.html");
    let story = Intake::new().unwrap().read("ceasefire.html", page.as_bytes(), None).remove(0).unwrap();
    assert_eq!(story.title.as_deref(), Some("Ceasefire Signed in Valletta"));
    assert_eq!(story.date, Some(date(2021, 3, 9)));
    assert_eq!(story.publisher.as_deref(), Some("The Harbour Gazette"));
    assert_eq!(story.url.as_deref(), Some("https://gazette.example/2021/03/ceasefire"));
    assert!(story.text.contains("signed a ceasefire") && story.text.contains("monitors by April"));
    for furniture in ["Subscribe", "Most read", "Cookie", "Photo:"] {
        assert!(!story.text.contains(furniture), "{furniture} in {}", story.text);
    }
}

#[test]
fn lines_of_json_fail_one_by_one() {
    let lines = b"{\"id\": 7, \"date\": \"2020-02-03\", \"text\": \"Iran rejected the offer.\"}\n\n{\"text\": \"No date here.\"}\n{\"id\": \"x\"}\n{\"text\": \"cut";
    let read = Intake::new().unwrap().read("a.jsonl", lines, None);
    assert_eq!(read.len(), 4);
    let first = read[0].as_ref().unwrap();
    assert_eq!((first.id.as_str(), first.date), ("7", Some(date(2020, 2, 3))));
    assert_eq!(read[1].as_ref().unwrap().id, "a:3");
    let errors: Vec<_> = read[2..].iter().map(|r| r.as_ref().unwrap_err()).collect();
    assert_eq!((errors[0].line, errors[1].line), (4, 5));
    assert!(matches!(errors[0].problem, Problem::Field { field: "text", .. }));
    assert!(matches!(errors[1].problem, Problem::Json { .. }));
}

#[test]
fn what_holds_no_story_is_named() {
    let intake = Intake::new().unwrap();
    let problem = |bytes: &[u8]| intake.read("x", bytes, None).remove(0).unwrap_err().problem;
    assert_eq!(problem(b""), Problem::Empty);
    assert!(matches!(problem(b"\x89PNG\r\n\x1a\n\0\0"), Problem::Binary { .. }));
    assert!(matches!(problem(&vec![b'a'; Intake::LARGEST + 1]), Problem::TooLarge { .. }));
    assert_eq!(
        intake.read("x", b"# Only a title\n", Some(Format::Markdown)).remove(0).unwrap_err().problem,
        Problem::NoText
    );
}

#[test]
fn a_sentence_may_end_with_a_place_and_a_comma() {
    let story = Story { date: Some(date(2020, 1, 1)), ..Story::of("cut off", "Iran ,") };
    let record = Coder::new().unwrap().code(&story).unwrap();
    assert_eq!(record.places.len(), 1);
}
