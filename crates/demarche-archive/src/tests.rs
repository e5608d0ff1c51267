use demarche::voice::Status;
use demarche::{Coder, Story};
use rusqlite::Connection;

use super::counted::{condition, counts};
use super::{Archive, Filter, Keep, Step};

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
fn the_same_words_of_another_day_are_another_story_in_old_archives_too() {
    let mut archive = filled();
    let mut week_later = story("w", "Iran rejected the offer of the United States on Monday.", None);
    week_later.date = Some("2019-01-11".parse().unwrap());
    let mut reversed = story("r", "The United States rejected the offer of Iran on Monday.", None);
    reversed.date = Some("2019-01-04".parse().unwrap());
    let stories = [week_later, reversed];
    assert_eq!(archive.sift(&stories).unwrap(), [true, true]);
    // As a program before the fourth version of the tables kept it: by its words alone.
    let words = "Iran rejected the offer of the United States on Monday.";
    let hash = <sha2::Sha256 as sha2::Digest>::digest(words).to_vec();
    for table in ["stories", "carriers"] {
        archive.db.execute(&format!("UPDATE {table} SET hash = ?1 WHERE name = 'a'"), [&hash]).unwrap();
    }
    archive
        .db
        .execute_batch(
            "DELETE FROM stories WHERE name <> 'a'; ALTER TABLE pairs DROP COLUMN counted; DROP TABLE named; PRAGMA user_version = 3",
        )
        .unwrap();
    super::migrate(&mut archive.db).unwrap();
    let same = story("s", words, None);
    assert_eq!(archive.sift(&[same]).unwrap(), [false]);
    assert_eq!(archive.sift(&stories).unwrap(), [true, true]);
}

#[test]
fn what_is_denied_or_only_possible_is_not_counted_over_time() {
    let archive = filled();
    let all = Filter::default();
    let counted = |filter: &Filter| -> i64 {
        archive.series(filter, Step::Year).unwrap().iter().map(crate::Bucket::events).sum()
    };
    let pair = Filter { between: vec!["JPN".to_owned(), "RUS".to_owned()], ..Filter::default() };
    assert_eq!((counted(&all), counted(&pair)), (3, 1));
    for status in ["denied", "possible", "conditional", "failed"] {
        archive.db.execute("UPDATE events SET status = ?1 WHERE type = 'COERCE'", [status]).unwrap();
        assert_eq!(counted(&all), 2, "{status}");
        assert_eq!(counted(&Filter { status: Some(status.to_owned()), ..Filter::default() }), 1);
    }
    for status in Status::ALL.iter().map(|status| status.code()) {
        for quad in 1..=4 {
            let row = format!("SELECT {} FROM (SELECT ?1 AS status, ?2 AS quad) e", condition("e"));
            let sql: bool = archive.db.query_row(&row, rusqlite::params![status, quad], |row| row.get(0)).unwrap();
            assert_eq!(sql, counts(status, quad), "{status} {quad}");
        }
    }
}

#[test]
fn an_archive_of_a_later_program_is_left_alone() {
    let db = Connection::open_in_memory().unwrap();
    db.pragma_update(None, "user_version", 99).unwrap();
    assert!(Archive::with(db).unwrap_err().to_string().contains("newer program"));
}
