//! Tables of one's own, explanations, and thresholds, as their users meet them.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::path::PathBuf;
use std::process::{Command, Output};

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_demarche")).args(arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A folder of this test's own, with files in it.
fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("demarche-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    for (file, text) in files {
        std::fs::write(folder.join(file), text).unwrap();
    }
    folder
}

const LEXICON: &str = r#"
[[type]]
name = "PARLEY"
base = "CONSULT"
score = 3.0

[[verb]]
lemmas = ["parley"]
type = "PARLEY"
actor = "both"
recipient = ["with"]

[[actor]]
names = ["Wuffle Front"]
country = "FRA"
sectors = ["REB"]

[[agent]]
nouns = ["boda driver"]
sectors = ["LAB"]
"#;

#[test]
fn verbs_types_and_actors_of_ones_own() {
    let folder =
        folder("lexicon", &[("a.toml", LEXICON), ("s.txt", "The Wuffle Front parleyed with Moscow on Monday.")]);
    let story = folder.join("s.txt");
    let arguments = [
        "code",
        "--format",
        "jsonl",
        "--date",
        "2024-01-02",
        "--lexicon",
        folder.to_str().unwrap(),
        story.to_str().unwrap(),
    ];
    let out = run(&arguments);
    let record: serde_json::Value = serde_json::from_str(&text(&out.stdout)).unwrap();
    let event = &record["events"][0];
    assert_eq!((event["type"].as_str(), event["score"].as_f64()), (Some("PARLEY"), Some(3.0)));
    assert_eq!(
        (event["actors"][0]["country"].as_str(), event["actors"][1]["country"].as_str()),
        (Some("FRA"), Some("RUS"))
    );
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_wrong_row_is_named_with_its_line() {
    let folder =
        folder("wrong", &[("b.toml", "\n[[verb]]\nlemmas = [\"x\"]\ntype = \"NOPE\"\n"), ("s.txt", "Nothing.")]);
    let out = run(&["code", "--lexicon", folder.to_str().unwrap(), folder.join("s.txt").to_str().unwrap()]);
    let errors = text(&out.stderr);
    assert_eq!(out.status.code(), Some(2));
    assert!(errors.contains("b.toml, line 2") && errors.contains("NOPE"), "{errors}");
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn dictionaries_of_petrarch_come_in() {
    let verbs = "--- PARLEY [040] ---\nPARLEY {PARLEYS PARLEYED}\n- * TRUCE [0871]\n";
    let folder = folder("petrarch", &[("v.txt", verbs), ("a.txt", "WUFFLE_FRONT_\n+WF_\n\t[FRAREB]\n")]);
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let out = run(&["import", "petrarch", "--out", &path("mine"), &path("v.txt"), &path("a.txt")]);
    assert!(out.status.success(), "{}", text(&out.stderr));
    let verbs = std::fs::read_to_string(path("mine/v.toml")).unwrap();
    assert!(verbs.contains("CONSULT") && verbs.contains("obj=truce") && verbs.contains("ceasefire"), "{verbs}");
    assert!(std::fs::read_to_string(path("mine/a.toml")).unwrap().contains("Wuffle Front"));
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn events_are_explained_and_thresholds_kept() {
    let folder = folder("why", &[("s.txt", "Iran rejected the offer of the United States on Monday.")]);
    let story = folder.join("s.txt").to_str().unwrap().to_owned();
    let out = text(&run(&["explain", "--date", "2024-01-02", &story]).stdout);
    assert!(
        out.contains("[trigger rejected]") && out.contains("[actor Iran]") && out.contains("event/verbs.tsv"),
        "{out}"
    );
    let line = text(&run(&["explain", "--format", "jsonl", "--date", "2024-01-02", &story]).stdout);
    let event: serde_json::Value = serde_json::from_str(line.lines().next().unwrap()).unwrap();
    assert_eq!((event["type"].as_str(), event["types"][0][0].as_str()), (Some("REJECT"), Some("REJECT")));
    let none = text(&run(&["code", "--format", "jsonl", "--min-confidence", "1", &story]).stdout);
    assert!(none.contains("\"events\":[]"), "{none}");
    std::fs::remove_dir_all(folder).unwrap();
}
