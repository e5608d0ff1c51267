//! The command as its users meet it: formats, bad input, exit codes, determinism.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

const EXAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples");
const SHARED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/stories/japan-russia-2019-01-04.md");

fn run(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_demarche"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    child.wait_with_output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn json(line: &str) -> serde_json::Value {
    serde_json::from_str(line).unwrap()
}

#[test]
fn bad_stories_are_named_and_the_others_coded() {
    let lines = b"{\"id\": \"a\", \"date\": \"2020-02-03\", \"text\": \"Iran rejected the offer of the United States on Sunday.\"}\n{\"id\": \"b\"}\n{\"text\": \"cut";
    let out = run(&["code", "--format", "jsonl", "-"], lines);
    assert_eq!(out.status.code(), Some(1));
    let records = text(&out.stdout);
    assert_eq!(records.lines().count(), 1);
    let event = &json(&records)["events"][0];
    assert_eq!((event["type"].as_str(), event["time"]["from"].as_str()), (Some("REJECT"), Some("2020-02-02")));
    let errors = text(&out.stderr);
    assert!(errors.contains("-:2:") && errors.contains("-:3:") && errors.contains("help:"), "{errors}");
}

#[test]
fn nothing_coded_exits_with_two() {
    for input in [&b""[..], b"\x89PNG\r\n\x1a\n\0\0"] {
        let out = run(&["code", "-"], input);
        assert_eq!(out.status.code(), Some(2));
        assert!(text(&out.stderr).contains("error: -:"));
    }
    let out = run(&["code", "no-such-file.md"], b"");
    assert_eq!(out.status.code(), Some(2));
    assert!(text(&out.stderr).contains("no-such-file.md"));
}

#[test]
fn other_languages_are_named_and_skipped() {
    let german = "Der Präsident hat am Montag in Berlin mit dem Außenminister über die Lage in der Ukraine gesprochen und neue Hilfen zugesagt.";
    let out = run(&["code", "-"], german.as_bytes());
    assert_eq!(out.status.code(), Some(2));
    assert!(text(&out.stderr).contains("not in English (deu)"));
}

#[test]
fn a_date_can_be_given() {
    let story = b"Iran rejected the offer of the United States on Sunday.";
    let out = run(&["code", "--format", "jsonl", "-"], story);
    assert!(text(&out.stderr).contains("no day of publication"));
    assert!(json(&text(&out.stdout))["events"][0].get("time").is_none());
    let out = run(&["code", "--format", "jsonl", "--date", "2020-02-03", "-"], story);
    assert_eq!(json(&text(&out.stdout))["events"][0]["time"]["from"], "2020-02-02");
}

#[test]
fn one_thread_alone_equals_eight_together() {
    let files = std::fs::read_dir(EXAMPLES).unwrap().map(|e| e.unwrap().path());
    let mut paths: Vec<String> = files
        .filter(|p| p.extension().is_some_and(|e| e == "md") && !p.ends_with("README.md"))
        .map(|p| p.display().to_string())
        .collect();
    paths.sort();
    let arguments = |jobs: &'static str| -> Vec<&str> {
        ["code", "--format", "jsonl", "--jobs", jobs].into_iter().chain(paths.iter().map(String::as_str)).collect()
    };
    let together = text(&run(&arguments("8"), b"").stdout);
    assert_eq!(together, text(&run(&arguments("1"), b"").stdout));
    for (path, line) in paths.iter().zip(together.lines()) {
        assert_eq!(text(&run(&["code", "--format", "jsonl", path], b"").stdout).trim_end(), line);
    }
}

#[test]
fn rooms_by_themselves() {
    let story = Path::new(EXAMPLES).join("sanctions.md").display().to_string();
    let out = run(&["annotate", "--layers", "dates,places,actors,quotes", &story], b"");
    let layers = json(&text(&out.stdout));
    for layer in ["dates", "places", "actors", "quotes"] {
        assert!(!layers[layer].as_array().unwrap().is_empty(), "{layer}");
    }
    let trees = text(&run(&["annotate", "--layers", "syntax", "--format", "conllu", &story], b"").stdout);
    assert!(trees.contains("\timpose\tVERB\t"));
    let given = "1\tIran\t_\t_\t_\t_\t_\t_\t_\t_\n2\tagreed\t_\t_\t_\t_\t_\t_\t_\t_\n\n";
    let kept = run(&["annotate", "--layers", "syntax", "--format", "conllu", "--gold-tokens", "-"], given.as_bytes());
    assert!(text(&kept.stdout).contains("2\tagreed\tagree\tVERB"));
    assert_eq!(run(&["annotate", "--layers", "verbs", &story], b"").status.code(), Some(2));
}

#[test]
fn marked_pairs_are_related() {
    let file = "id\tmarked_sentence\n1\t<s>Turkey</s> condemned <t>Israel</t> on Monday.\n";
    let out = text(&run(&["relate", "-"], file.as_bytes()).stdout);
    let rows: Vec<&str> = out.lines().collect();
    assert_eq!(rows[0], "type\tconfidence");
    assert!(rows[1].starts_with("ACCUSE\t"), "{out}");
    let out = run(&["relate", "-"], b"marked_sentence\n<s>Turkey condemned.\n");
    assert_eq!(out.status.code(), Some(1));
    assert!(text(&out.stderr).contains("-:2:") && text(&out.stdout).ends_with("NONE\t0.000\n"));
}

#[test]
fn the_first_story() {
    if !Path::new(SHARED).exists() {
        eprintln!("skipped: {SHARED} is absent");
        return;
    }
    let record = json(&text(&run(&["code", "--format", "jsonl", SHARED], b"").stdout));
    let story = &record["story"];
    assert_eq!((story["agency"].as_str(), story["date"].as_str()), (Some("Reuters"), Some("2019-01-04")));
    assert!(story["url"].as_str().unwrap().starts_with("https://www.themoscowtimes.com/2019/01/04/"));
    assert!(!["TASS", "Unamused", "http"].iter().any(|word| story["text"].as_str().unwrap().contains(word)));
    let events = record["events"].as_array().unwrap();
    // The event of a type, status and time, within days that the story leaves open.
    let event = |kind: &str, status: &str, from: &str, to: &str| {
        let within = |e: &&serde_json::Value| {
            e["time"]["from"].as_str().unwrap_or("") >= from && e["time"]["to"].as_str().unwrap_or("9") <= to
        };
        let of_kind = |e: &&serde_json::Value| e["type"] == kind && e["status"] == status;
        events.iter().find(|e| of_kind(e) && within(e)).unwrap_or_else(|| panic!("{kind} {status} {from}"))
    };
    let countries = |parties: &serde_json::Value| -> Vec<String> {
        let parties = parties.as_array().map_or(&[][..], Vec::as_slice);
        parties.iter().map(|p| p["country"].as_str().unwrap_or("").to_owned()).collect()
    };
    let summit = event("AGREE", "planned", "2019-01-04", "2019-01-31");
    assert_eq!(
        ([countries(&summit["actors"]), countries(&summit["recipients"])].concat(), &summit["place"]["name"]),
        (vec!["JPN".into(), "RUS".into()], &"Russia".into())
    );
    let proposal = event("AGREE", "proposed", "2018-09-01", "2018-09-30");
    assert_eq!(proposal["actors"][0]["name"], "Vladimir Putin");
    let condition = proposal["condition"]["text"].as_str().unwrap();
    assert!(condition.contains("by year-end") && condition.contains("pre-conditions"), "{condition}");
    let refusal = event("REJECT", "happened", "2018-09-01", "2019-01-04");
    assert_eq!(
        (countries(&refusal["actors"]), &refusal["recipients"][0]["text"]),
        (vec!["JPN".into()], &"the proposal".into())
    );
    let meeting = event("CONSULT", "happened", "2018-11-01", "2018-11-30");
    assert_eq!((countries(&meeting["actors"]).len(), &meeting["place"]["name"]), (2, &"Singapore".into()));
    assert_eq!(countries(&event("AGREE", "happened", "2018-11-01", "2018-11-30")["actors"]).len(), 2);
    let transfer = event("AGREE", "happened", "1956-01-01", "1956-12-31");
    assert_eq!(
        (countries(&transfer["actors"]), countries(&transfer["recipients"])),
        (vec!["SUN".into()], vec!["JPN".into()])
    );
    let seizure = event("ASSAULT", "happened", "1945-08-01", "1945-09-02");
    assert_eq!(countries(&seizure["actors"]), ["SUN"]);
    assert!(transfer["time"]["historic"] == true && seizure["time"]["historic"] == true);
    assert!(meeting["time"].get("historic").is_none());
    for (name, country) in [("Shinzo Abe", "JPN"), ("Vladimir Putin", "RUS")] {
        let who = record["entities"].as_array().unwrap().iter().find(|e| e["name"] == name).unwrap();
        assert_eq!((&who["country"], &who["sectors"][0]), (&country.into(), &"GOV".into()));
    }
    let quotes = record["quotes"].as_array().unwrap();
    let by = |name: &str| {
        let entity = record["entities"].as_array().unwrap().iter().position(|e| e["name"] == name).unwrap();
        let quoted = |q: &&serde_json::Value| q["kind"] != "indirect" && q["entities"][0] == entity;
        quotes.iter().filter(quoted).count()
    };
    assert!(by("Shinzo Abe") >= 3 && by("Vladimir Putin") >= 1);
}
