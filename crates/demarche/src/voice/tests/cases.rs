//! Four hundred sentences with the status of one word each: how many are right, by status.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::super::Status;
use crate::coder::Coder;
use crate::span::Span;
use crate::story::Story;
use crate::table::Rows;

const CASES: &str = include_str!("../../../tests/status/cases.tsv");

/// Right of all, at least: lower it for no rule.
const RIGHT: f64 = 0.92;

struct Case {
    status: &'static str,
    story: Story,
    word: Span,
}

fn cases() -> Vec<Case> {
    let rows = Rows::read("tests/status/cases.tsv", CASES, &["status", "sentence"]).unwrap();
    let case = |row: crate::table::Row<'_, 'static>| {
        let (before, rest) = row.get("sentence").split_once('[').unwrap();
        let (word, behind) = rest.split_once(']').unwrap();
        let mut story = Story::of("case", format!("{before}{word}{behind}"));
        story.date = Some(jiff::civil::date(2019, 1, 4));
        Case { status: row.get("status"), story, word: Span::new(before.len(), before.len() + word.len()) }
    };
    rows.iter().map(case).collect()
}

/// The status of the event that a word tells of, or, where none is coded, what the words around it say.
fn status(coder: &Coder, case: &Case) -> Status {
    let bodies = [(case.story.text.as_str(), case.story.body())];
    let reading = coder.reader.read(&bodies, 1).unwrap().remove(0);
    coder.walk(&case.story, &reading, |_, scene, coding| {
        let event = coding.events.iter().find(|e| e.trigger.overlaps(case.word));
        let at = reading.sentence_at(case.word.start).unwrap();
        let sentence = &reading.sentences[at];
        let word = sentence.head_of(sentence.words_in(case.word));
        event.map_or_else(|| scene.voice_tables.assertion(sentence, word).status, |event| event.assertion.status)
    })
}

#[test]
fn statuses_are_right() {
    let coder = Coder::new().unwrap();
    let mut table: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let (mut right, mut unseen, mut wrong) = (0, 0, String::new());
    let cases = cases();
    let mut of_status: BTreeMap<&str, usize> = BTreeMap::new();
    for case in &cases {
        let found = status(&coder, case).code();
        let number = of_status.entry(case.status).or_insert(0);
        *number += 1;
        *table.entry((case.status, found)).or_insert(0) += 1;
        if found == case.status {
            right += 1;
            unseen += usize::from(number.is_multiple_of(2));
        } else {
            let held = if number.is_multiple_of(2) { "held back" } else { "" };
            let _ = writeln!(
                wrong,
                "{held}\t{} not {found}\t{}\t{}",
                case.status,
                case.word.text(&case.story.text),
                case.story.text
            );
        }
    }
    println!("{right} of {} right, {unseen} of the {} held back", cases.len(), cases.len() / 2);
    let statuses: Vec<&str> = of_status.keys().copied().collect();
    println!("| is, coded as | {} |", statuses.join(" | "));
    for is in &statuses {
        let cells = statuses.iter().map(|found| table.get(&(*is, *found)).copied().unwrap_or(0));
        let cells: Vec<String> = cells.map(|n| if n == 0 { String::new() } else { n.to_string() }).collect();
        println!("| {is} | {} |", cells.join(" | "));
    }
    println!("{wrong}");
    assert!(right as f64 >= RIGHT * cases.len() as f64, "{right} of {}", cases.len());
}
