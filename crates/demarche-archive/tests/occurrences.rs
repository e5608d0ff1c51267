//! Pairs of stories that do or do not tell of the same event.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::path::Path;

use demarche::{Coder, Story};
use demarche_archive::{Archive, Filter, Keep};

/// Whether some event of one story is joined to one of the other.
fn joined(archive: &mut Archive, coder: &Coder, pair: [(&str, &str); 2]) -> bool {
    let stories = pair.map(|(day, text)| {
        let mut story = Story::of(text, text);
        story.date = Some(day.parse().unwrap());
        story
    });
    let records = coder.code_all(&stories, 1).unwrap();
    let pairs: Vec<_> = stories.iter().zip(records.iter().map(Some)).collect();
    archive.add(&pairs, &Keep { texts: true, edition: "test".to_owned() }).unwrap();
    archive.events(&Filter::default()).unwrap().iter().any(|event| event.stories > 1)
}

#[test]
fn tellings_of_one_event_are_joined_and_others_are_not() {
    let coder = Coder::new().unwrap();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("occurrences");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    let (mut right, mut wrong, mut missed) = (0, 0, 0);
    for (n, line) in include_str!("occurrences.tsv").lines().enumerate().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let mut archive = Archive::open(&folder.join(format!("{n}.db"))).unwrap();
        match (joined(&mut archive, &coder, [(cells[1], cells[2]), (cells[3], cells[4])]), cells[0] == "yes") {
            (true, true) => right += 1,
            (true, false) => {
                println!("taken for one: {} / {}", cells[2], cells[4]);
                wrong += 1;
            }
            (false, true) => {
                println!("not joined: {} / {}", cells[2], cells[4]);
                missed += 1;
            }
            (false, false) => {}
        }
    }
    let of = |n: i32, others: i32| f64::from(n) / f64::from((n + others).max(1));
    println!("precision {:.3}, recall {:.3}", of(right, wrong), of(right, missed));
    assert!(of(right, wrong) > 0.9 && of(right, missed) > 0.6);
}
