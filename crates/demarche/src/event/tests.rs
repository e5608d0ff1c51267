//! Every row of the lexicon keeps its example.

use super::Spot;
use crate::coder::Coder;
use crate::reader::{Edition, Weights};
use crate::story::Story;
use crate::table::Rows;

/// The types and modes of the rows that fit a word of a story.
fn fired(coder: &Coder, story: &Story) -> Vec<(&'static str, &'static str)> {
    let reading = coder.reader.parse(&[(story.text.as_str(), story.body())], 1).unwrap().remove(0);
    coder.walk(story, &reading, |_, scene, _| {
        let spots = scene.reading.sentences.iter().enumerate().map(|(at, sentence)| Spot { scene, at, sentence });
        let row = |spot: &Spot, word: usize| {
            let sectors = spot.actor_sectors(&coder.events, word);
            coder
                .events
                .frame(scene.text, spot.sentence, word, &sectors)
                .map(|frame| (frame.kind.code(), frame.mode.unwrap_or_default()))
        };
        spots
            .flat_map(|spot| (0..spot.sentence.words.len()).filter_map(|word| row(&spot, word)).collect::<Vec<_>>())
            .collect()
    })
}

#[test]
fn every_row_fits_its_example() {
    let coder = Coder::with(Weights::shipped(), Edition::Fast).unwrap();
    let mut wrong = Vec::new();
    for table in [demarche_tables::EVENT_VERBS, demarche_tables::EVENT_NOUNS] {
        for row in Rows::read(table.name, table.text, &["type", "mode", "example"]).unwrap().iter() {
            let story = Story { date: Some(jiff::civil::date(2019, 1, 4)), ..Story::of("example", row.get("example")) };
            let fired = fired(&coder, &story);
            if !fired.contains(&(row.get("type"), row.get("mode"))) {
                wrong.push(row.error(format!("`{}` is met by {fired:?}", row.get("example"))).to_string());
            }
        }
    }
    assert!(wrong.is_empty(), "{} rows:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_measure_keeps_its_example() {
    let coder = Coder::new().unwrap();
    let table = demarche_tables::MEASURES;
    let rows = Rows::read(table.name, table.text, &["measure", "example"]).unwrap();
    for row in rows.iter() {
        let record = coder.code(&Story::of("example", row.get("example"))).unwrap();
        let measured = record.events.iter().any(|e| match row.get("measure") {
            "killed" => e.magnitude.killed.is_some(),
            "injured" => e.magnitude.injured.is_some(),
            _ => e.magnitude.arrested.is_some(),
        });
        assert!(measured, "{}", row.error(format!("`{}` gives none", row.get("example"))));
    }
}

#[test]
fn one_event_told_twice_is_one_and_two_on_two_days_are_two() {
    let coder = Coder::new().unwrap();
    let text = "Israel attacked Hamas fighters on Monday. Israel attacked Hamas fighters on Tuesday. \
                On Monday Israel attacked Hamas fighters, a general said.";
    let story = Story { date: Some(jiff::civil::date(2024, 1, 5)), ..Story::of("twice", text) };
    let events = coder.code(&story).unwrap().events;
    let attacks: Vec<_> = events.iter().filter(|e| e.kind == "ASSAULT").collect();
    let days: Vec<_> = attacks.iter().filter_map(|e| e.time.as_ref()).map(|t| t.from.as_str()).collect();
    assert_eq!(days, ["2024-01-01", "2024-01-02"]);
    assert_eq!(attacks.iter().map(|e| e.retold.len()).collect::<Vec<_>>(), [1, 0]);
}
