//! Every row of the lexicon keeps its example.

use crate::coder::Coder;
use crate::story::Story;
use crate::table::Rows;

#[test]
fn every_row_keeps_its_example() {
    let coder = Coder::new().unwrap();
    let mut wrong = Vec::new();
    for table in [demarche_tables::EVENT_VERBS, demarche_tables::EVENT_NOUNS] {
        let rows = Rows::read(table.name, table.text, &["type", "mode", "example"]).unwrap();
        let story = |text: &str| Story { date: Some(jiff::civil::date(2019, 1, 4)), ..Story::of("example", text) };
        let stories: Vec<Story> = rows.iter().map(|row| story(row.get("example"))).collect();
        for (row, record) in rows.iter().zip(coder.code_all(&stories, 2).unwrap()) {
            let coded: Vec<_> = record.events.iter().map(|e| (&*e.kind, e.mode.as_deref().unwrap_or(""))).collect();
            // The heads may add a mode to a row that names none.
            let mode = |m: &str| row.get("mode").is_empty() || m == row.get("mode");
            if !coded.iter().any(|(kind, m)| *kind == row.get("type") && mode(m)) {
                wrong.push(row.error(format!("`{}` gives {coded:?}", row.get("example"))).to_string());
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
