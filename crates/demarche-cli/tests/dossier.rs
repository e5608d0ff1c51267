//! The dossier: fifteen stories of nine months beside what is made of them, and the story that the project sets out from.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::path::Path;
use std::process::Command;

use serde_json::Value;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

fn dossier(arguments: &[&str]) -> String {
    let out =
        Command::new(env!("CARGO_BIN_EXE_demarche")).current_dir(ROOT).arg("dossier").args(arguments).output().unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).unwrap()
}

fn json(arguments: &[&str]) -> Value {
    serde_json::from_str(&dossier(&[arguments, &["--format", "json"]].concat())).unwrap()
}

fn find(list: &Value, fits: impl Fn(&Value) -> bool) -> &Value {
    list.as_array().unwrap().iter().find(|v| fits(v)).unwrap_or_else(|| panic!("not in {list:#}"))
}

#[test]
fn fifteen_stories_are_as_reviewed() {
    insta::with_settings!({ snapshot_path => "../../../examples/records", prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("japan-russia-dossier", dossier(&["examples/japan-russia", "--between", "JPN,RUS"]));
    });
}

#[test]
fn positions_move_and_stories_differ() {
    let dossier = json(&["examples/japan-russia"]);
    assert_eq!(dossier["between"], serde_json::json!(["JPN", "RUS"]), "the pair is found without being named");
    let territory = find(&dossier["issues"], |i| i["issue"] == "territory");
    let japan = find(&territory["sides"], |s| s["side"] == "JPN");
    assert_eq!((&japan["moved"]["from"], &japan["moved"]["to"]), (&"refuses".into(), &"offers".into()));
    let contradiction = find(&dossier["contradictions"], |c| c["about"].as_str().unwrap().contains("25"));
    assert_eq!(contradiction["says"].as_array().unwrap().len(), 2);
    let accepted = find(&dossier["offers"], |o| o["fate"] == "accepted");
    assert_eq!(accepted["issue"], "travel");
}

#[test]
fn the_order_of_stories_does_not_matter() {
    let mut stories: Vec<String> = std::fs::read_dir(Path::new(ROOT).join("examples/japan-russia"))
        .unwrap()
        .map(|entry| entry.unwrap().path().display().to_string())
        .collect();
    stories.sort();
    let forward: Vec<&str> = stories.iter().map(String::as_str).collect();
    let backward: Vec<&str> = forward.iter().rev().copied().collect();
    assert_eq!(dossier(&forward), dossier(&[&backward[..], &["--jobs", "1"]].concat()));
}

#[test]
fn every_quotation_is_in_its_story() {
    let dossier = dossier(&["examples/japan-russia"]);
    let folder = Path::new(ROOT).join("examples/japan-russia");
    let mut seen = 0;
    for line in dossier.lines().filter_map(|line| line.trim().strip_prefix("> “")) {
        let (quotation, source) = line.rsplit_once("” (").unwrap();
        let story = source.split([',', ')']).next().unwrap();
        let text = std::fs::read_to_string(folder.join(format!("{story}.md"))).unwrap();
        assert!(text.split_whitespace().collect::<Vec<_>>().join(" ").contains(quotation), "{quotation}");
        seen += 1;
    }
    assert!(seen > 40);
}

#[test]
fn the_first_story_says_where_the_talks_stand() {
    let story = "../shared/data/stories/japan-russia-2019-01-04.md";
    if !Path::new(ROOT).join(story).exists() {
        eprintln!("skipped: ../shared is not here");
        return;
    }
    let dossier = json(&[story]);
    let treaty = find(&dossier["documents"], |d| d["name"] == "peace treaty");
    assert_eq!(treaty["stage"], "under negotiation");
    let declaration = find(&dossier["documents"], |d| d["year"] == 1956);
    assert!(declaration["terms"][0]["quotation"].as_str().unwrap().contains("transfer the two smaller islands"));
    let offer = find(&dossier["offers"], |o| o["by"] == "RUS");
    assert_eq!(
        (&offer["issue"], &offer["fate"], &offer["place"]),
        (&"peace treaty".into(), &"refused".into(), &"Vladivostok".into())
    );
    assert_eq!(offer["day"][0], "2018-09-01");
    assert!(offer["condition"].as_str().unwrap().contains("pre-conditions"));
    assert!(offer["ground"].as_str().unwrap().contains("sovereignty must be settled first"));
    let speed = find(&dossier["commitments"], |c| c["day"][0] == "2018-11-01");
    assert_eq!(speed["by"], serde_json::json!(["Shinzo Abe", "Vladimir Putin"]));
    let terms = find(&dossier["commitments"], |c| c["document"].is_string());
    assert!(terms["condition"].as_str().unwrap().contains("after a peace treaty was concluded"));
    let summit = find(&dossier["meetings"], |m| m["ordinal"] == 25);
    assert_eq!(
        (&summit["status"], &summit["place"], &summit["day"][1]),
        (&"planned".into(), &"Russia".into(), &"2019-01-31".into())
    );
    let public =
        find(&dossier["issues"], |i| i["sides"].as_array().unwrap().iter().any(|s| s["side"] == "Russian public"));
    assert_eq!(find(&public["sides"], |s| s["side"] == "Russian public")["positions"][0]["stance"], "against");
    assert_eq!(dossier["views_differ"], true);
}
