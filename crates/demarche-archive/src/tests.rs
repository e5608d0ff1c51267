use demarche::{Coder, Story};
use rusqlite::Connection;

use super::{Archive, Filter, Keep};

fn story(id: &str, text: &str, url: Option<&str>) -> Story {
    let mut story = Story::of(id, text);
    story.date = Some("2019-01-04".parse().unwrap());
    story.url = url.map(str::to_owned);
    story
}

fn filled() -> Archive {
    let stories = [
        story("a", "Iran rejected the offer of the United States on Monday.", Some("https://example.org/a")),
        story("b", "Shinzo Abe met Vladimir Putin in Singapore in November.", None),
        story("c", "Soviet troops seized the islands in August 1945.", None),
        story("again", "Another text.", Some("http://www.example.org/a/?utm_source=feed")),
        story("copy", "Shinzo Abe met  Vladimir Putin\nin Singapore in November.", None),
    ];
    let records = Coder::new().unwrap().code_all(&stories, 1).unwrap();
    let mut archive = Archive::with(Connection::open_in_memory().unwrap()).unwrap();
    let pairs: Vec<_> = stories.iter().zip(records.iter().map(Some)).collect();
    let keep = Keep { texts: true, edition: "test".to_owned() };
    assert_eq!(archive.sift(&stories).unwrap(), [true, true, true, false, false]);
    assert_eq!(archive.add(&pairs, &keep).unwrap().new, 3);
    assert_eq!(archive.add(&pairs, &keep).unwrap().known, 5);
    archive
}

#[test]
fn each_story_is_kept_once_and_its_events_are_found() {
    let archive = filled();
    assert_eq!(archive.stories().unwrap().len(), 3);
    let types = |filter: Filter| -> Vec<String> {
        archive.events(&filter).unwrap().into_iter().map(|event| event.kind).collect()
    };
    let codes = |codes: &[&str]| codes.iter().map(|&code| code.to_owned()).collect();
    assert_eq!(types(Filter { between: codes(&["JPN", "RUS"]), ..Filter::default() }), ["CONSULT"]);
    assert_eq!(types(Filter { actor: Some("IRN".to_owned()), ..Filter::default() }), ["REJECT"]);
    assert_eq!(types(Filter { actor: Some("Abe".to_owned()), ..Filter::default() }), ["CONSULT"]);
    assert_eq!(types(Filter { actor: Some("MIL".to_owned()), ..Filter::default() }), ["COERCE"]);
    assert_eq!(types(Filter { place: Some("Singapore".to_owned()), ..Filter::default() }), ["CONSULT"]);
    assert_eq!(types(Filter { text: Some("islands".to_owned()), ..Filter::default() }), ["COERCE"]);
    assert_eq!(types(Filter { text: Some("vladimir-putin, Singapore.".to_owned()), ..Filter::default() }), ["CONSULT"]);
    assert_eq!(types(Filter { text: Some("offer OR troop*".to_owned()), ..Filter::default() }), ["COERCE", "REJECT"]);
    assert_eq!(types(Filter { named: Some("Shinzo Abe".to_owned()), ..Filter::default() }), ["CONSULT"]);
    let page = archive.page(&Filter { between: codes(&["RUS", "JPN"]), ..Filter::default() }, None, 5).unwrap();
    assert_eq!((page.items.len(), page.next), (1, None));
    assert_eq!(types(Filter { until: Some("1950-01-01".to_owned()), ..Filter::default() }), ["COERCE"]);
    assert_eq!(types(Filter { no_historic: true, ..Filter::default() }), ["CONSULT", "REJECT"]);
}

#[test]
fn an_archive_of_a_later_program_is_left_alone() {
    let db = Connection::open_in_memory().unwrap();
    db.pragma_update(None, "user_version", 99).unwrap();
    assert!(Archive::with(db).unwrap_err().to_string().contains("newer program"));
}
