//! Polarity is never turned round: sentences in which a word tempts to code the opposite (`polarity/cases.tsv`).

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::BTreeMap;

use demarche::record::EventRecord;
use demarche::{Coder, Story};
use sha2::{Digest, Sha256};

struct Case<'t> {
    sentence: &'t str,
    trigger: &'t str,
    kind: &'t str,
    tempting: Vec<&'t str>,
    form: &'t str,
}

impl Case<'_> {
    /// Half of the cases, by the hash of the sentence, are only counted and never shown.
    fn is_hidden(&self) -> bool {
        Sha256::digest(self.sentence)[0] % 2 == 1
    }

    /// An event of the right type at the trigger, and none of a tempting type.
    fn is_right(&self, events: &[EventRecord]) -> bool {
        let start = self.sentence[..self.sentence.find(self.trigger).unwrap()].chars().count();
        let end = start + self.trigger.chars().count();
        let at = |event: &EventRecord| {
            let tellings = std::iter::once(&event.evidence).chain(&event.retold);
            tellings.map(|t| &t.trigger).any(|t| t.start < end && start < t.end)
        };
        let tempted = events.iter().any(|event| self.tempting.contains(&&*event.kind));
        events.iter().any(|event| event.kind == self.kind && at(event)) && !tempted
    }
}

fn cases(text: &str) -> Vec<Case<'_>> {
    let rows = text.lines().skip(1).filter(|line| !line.starts_with('#') && !line.is_empty());
    rows.map(|row| {
        let [sentence, trigger, kind, tempting, _, form] =
            <[&str; 6]>::try_from(row.split('\t').collect::<Vec<_>>()).unwrap();
        Case { sentence, trigger, kind, tempting: tempting.split('|').collect(), form }
    })
    .collect()
}

#[test]
fn polarity_is_never_turned_round() {
    let cases = cases(include_str!("polarity/cases.tsv"));
    let story = |case: &Case| Story { date: Some(jiff::civil::date(2024, 3, 15)), ..Story::of("case", case.sentence) };
    let stories: Vec<Story> = cases.iter().map(story).collect();
    let records = Coder::new().unwrap().code_all(&stories, 2).unwrap();
    let mut forms: BTreeMap<&str, [u32; 2]> = BTreeMap::new();
    let mut halves = [[0_u32; 2]; 2];
    for (case, record) in cases.iter().zip(&records) {
        let right = case.is_right(&record.events);
        for count in [forms.entry(case.form).or_default(), &mut halves[usize::from(case.is_hidden())]] {
            count[0] += u32::from(right);
            count[1] += 1;
        }
        if !right && !case.is_hidden() {
            let coded = record.events.iter().map(|e| format!("{} ({})", e.kind, e.evidence.trigger.text));
            println!(
                "{} ({}): {} | coded {}",
                case.kind,
                case.trigger,
                case.sentence,
                coded.collect::<Vec<_>>().join(", ")
            );
        }
    }
    println!("by form: {forms:?}; shown half {:?}, hidden half {:?}", halves[0], halves[1]);
    let [right, all] = [0, 1].map(|i| halves[0][i] + halves[1][i]);
    assert!(right * 100 >= all * 75, "{right} of {all}");
}
