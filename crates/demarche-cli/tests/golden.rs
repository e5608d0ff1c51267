//! The stories of `examples/` and what is coded of them, side by side; reviewed by eye before a change is accepted.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::path::{Path, PathBuf};
use std::process::Command;

const EXAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples");

fn demarche() -> Command {
    Command::new(env!("CARGO_BIN_EXE_demarche"))
}

fn stories() -> Vec<PathBuf> {
    let files = std::fs::read_dir(EXAMPLES).unwrap().map(|entry| entry.unwrap().path());
    let mut stories: Vec<PathBuf> =
        files.filter(|p| p.extension().is_some_and(|e| e == "md") && !p.ends_with("README.md")).collect();
    stories.sort();
    stories
}

fn name(story: &Path) -> &str {
    story.file_stem().unwrap().to_str().unwrap()
}

fn written(format: &str, story: &Path) -> String {
    let out = demarche().args(["code", "--format", format]).arg(story).output().unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).unwrap()
}

#[test]
fn records_are_as_reviewed() {
    let stories = stories();
    assert!(stories.len() >= 12);
    for story in &stories {
        insta::with_settings!({ snapshot_path => "../../../examples/records", prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(name(story), written("table", story));
            insta::assert_snapshot!(format!("{}.json", name(story)), written("json", story));
        });
    }
}

#[test]
fn every_record_keeps_to_the_schema() {
    let schema = demarche().arg("schema").output().unwrap().stdout;
    let schema = serde_json::from_slice(&schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for story in stories() {
        let record: serde_json::Value = serde_json::from_str(&written("jsonl", &story)).unwrap();
        let errors: Vec<String> = validator.iter_errors(&record).map(|e| e.to_string()).collect();
        assert!(errors.is_empty(), "{}: {errors:?}", name(&story));
    }
}

#[test]
fn spans_slice_to_their_words() {
    for story in stories() {
        let record: serde_json::Value = serde_json::from_str(&written("jsonl", &story)).unwrap();
        let text: Vec<char> = record["story"]["text"].as_str().unwrap().chars().collect();
        let mut seen = 0;
        check(&record, &text, &mut seen);
        assert!(seen > 0 || record["events"].as_array().unwrap().is_empty());
    }
}

/// Every object with `text`, `start` and `end` holds the words between them.
fn check(value: &serde_json::Value, text: &[char], seen: &mut usize) {
    if let (Some(words), Some(start), Some(end)) =
        (value["text"].as_str(), value["start"].as_u64(), value["end"].as_u64())
    {
        let slice: String = text[start as usize..end as usize].iter().collect();
        assert_eq!(slice, words);
        *seen += 1;
    }
    let parts: Vec<&serde_json::Value> = match value {
        serde_json::Value::Array(items) => items.iter().collect(),
        serde_json::Value::Object(fields) => fields.values().collect(),
        _ => Vec::new(),
    };
    parts.into_iter().for_each(|part| check(part, text, seen));
}
