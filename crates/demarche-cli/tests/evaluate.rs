//! How well marked stories are coded, as whoever marked them meets it.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::path::Path;
use std::process::{Command, Output};

const GOLD: &str = "# id: refusal
# date: 2020-02-03
# title: No Talks in Oslo
[Iran|a1] [rejected|e1 REJECT happened] the offer of [the United States|r1] on Sunday.
@1 a=IRN.GOV r=USA.GOV when=2020-02-02 where=-
[Norwegian Foreign Minister Ine Soreide|a2] [criticized|e2 ACCUSE/disapprove happened] [the government in Tehran|r2].
@2 a=NOR.GOV r=IRN.GOV when=~ where=-
# id: weather
# date: 2020-02-04
The morning was bright and calm, and the boats in the harbour lay still.
";

const WRONG: &str = "# id: broken
# date: 2020-02-05
[Iran|a1] [rejected|e1 REFUSE happened] the offer.
@1 a=IRN.GOV r=- when=~ where=-
";

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_demarche")).args(arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn file(folder: &tempfile::TempDir, name: &str, text: &str) -> String {
    let path = folder.path().join(name);
    std::fs::write(&path, text).unwrap();
    path.display().to_string()
}

/// The stories of the gold as they are coded without their marks.
fn records(folder: &tempfile::TempDir) -> String {
    let stories = [
        r#"{"id": "refusal", "date": "2020-02-03", "text": "Iran rejected the offer of the United States on Sunday.\n\nNorwegian Foreign Minister Ine Soreide criticized the government in Tehran."}"#,
        r#"{"id": "weather", "date": "2020-02-04", "text": "The morning was bright and calm, and the boats in the harbour lay still."}"#,
    ];
    let stories = file(folder, "stories.jsonl", &stories.join("\n"));
    let coded = text(&run(&["code", "--format", "jsonl", &stories]).stdout);
    assert_eq!(coded.lines().count(), 2);
    file(folder, "records.jsonl", &coded)
}

#[test]
fn gold_is_coded_or_held_against_records() {
    let folder = tempfile::tempdir().unwrap();
    let (gold, records) = (file(&folder, "gold.txt", GOLD), records(&folder));
    let coded = run(&["evaluate", &gold]);
    assert_eq!((coded.status.code(), text(&coded.stderr)), (Some(0), String::new()));
    let table = text(&coded.stdout);
    assert!(table.starts_with("stories: 2 marked\nevents: 2 marked, "), "{table}");
    assert_eq!(table, text(&run(&["evaluate", &gold, "--records", &records]).stdout));
    let json = run(&["evaluate", &gold, "--records", &records, "--format", "json"]);
    let figures: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!((&figures["events"]["marked"], &figures["found"]["recall"]), (&2.into(), &1.0.into()));
    assert_eq!(figures["calibration"]["bins"].as_array().unwrap().len(), 10);
}

#[test]
fn sure_events_alone_and_folds() {
    let folder = tempfile::tempdir().unwrap();
    let (gold, records) = (file(&folder, "gold.txt", GOLD), records(&folder));
    let marked = |options: &[&str]| {
        let out = run(&[&["evaluate", "--format", "json", "--records", &records], options, &[&gold]].concat());
        let figures: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
        (figures["stories"]["marked"].as_u64().unwrap(), figures["events"]["coded"].as_u64().unwrap())
    };
    let all = marked(&[]);
    assert!(all.1 > 0);
    assert_eq!(marked(&["--least", "1"]), (2, 0));
    let folds = ["0", "1", "2", "3", "4"].map(|fold| (marked(&["--fold", fold]).0, marked(&["--not-fold", fold]).0));
    assert_eq!(folds.iter().map(|(in_it, _)| in_it).sum::<u64>(), 2);
    assert!(folds.iter().all(|(in_it, others)| in_it + others == 2));
    for wrong in [&["--fold", "5"][..], &["--fold", "1", "--not-fold", "2"], &["--least", "2"]] {
        assert_eq!(run(&[&["evaluate", gold.as_str()], wrong].concat()).status.code(), Some(2), "{wrong:?}");
    }
    let out = run(&["evaluate", &gold, "--records", &records, "--min-confidence", "0.5"]);
    assert!(text(&out.stderr).contains("--records"), "what is coded already is not coded otherwise");
}

#[test]
fn what_is_wrong_is_named_and_stepped_over() {
    let folder = tempfile::tempdir().unwrap();
    let gold = file(&folder, "gold.txt", &format!("{WRONG}{GOLD}"));
    let lines = std::fs::read_to_string(records(&folder)).unwrap();
    let first = lines.lines().next().unwrap();
    let records = file(&folder, "part.jsonl", &format!("{first}\nno record\n"));
    let out = run(&["evaluate", &gold, "--records", &records]);
    assert_eq!(out.status.code(), Some(1));
    let (errors, table) = (text(&out.stderr), text(&out.stdout));
    assert!(
        errors.contains("gold.txt:3: event 1: PLOVER has no type `REFUSE`\n  help: the types are AGREE"),
        "{errors}"
    );
    assert!(errors.contains("part.jsonl: row 2 holds no record"), "{errors}");
    assert!(errors.contains("weather: no record, so all its events count as missed"), "{errors}");
    let counts = "stories: 2 marked, 1 of them without a record; 1 stepped over (malformed marks: 1)\n";
    assert!(table.starts_with(counts), "{table}");
}

#[test]
fn nothing_to_count_exits_with_two() {
    let folder = tempfile::tempdir().unwrap();
    let (wrong, records) = (file(&folder, "gold.txt", WRONG), file(&folder, "records.jsonl", ""));
    assert_eq!(run(&["evaluate", &wrong, "--records", &records]).status.code(), Some(2));
    let gold = file(&folder, "gold.txt", GOLD);
    assert_eq!(run(&["evaluate", &gold, "--records", &records]).status.code(), Some(2));
    let out =
        run(&["evaluate", &gold, "--records", &Path::new(&gold).with_file_name("none.jsonl").display().to_string()]);
    assert_eq!(out.status.code(), Some(2));
    assert!(text(&out.stderr).contains("none.jsonl"));
}
