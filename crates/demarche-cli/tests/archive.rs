//! The archive: each story once, whatever stops the program, and events found again.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

fn demarche(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_demarche"));
    command.current_dir(ROOT).args(arguments);
    command
}

fn text(arguments: &[&str]) -> String {
    let out = demarche(arguments).output().unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).unwrap()
}

/// A fresh folder for one test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// Events without their numbers in the archive, which say only when a story came in.
fn events(db: &str) -> Vec<serde_json::Value> {
    let mut events: Vec<serde_json::Value> = text(&["events", "--db", db, "--format", "jsonl"])
        .lines()
        .map(|line| {
            let mut event: serde_json::Value = serde_json::from_str(line).unwrap();
            event.as_object_mut().unwrap().remove("id");
            event
        })
        .collect();
    events.sort_by_key(ToString::to_string);
    events
}

/// Many stories made of the examples, each with a line of its own, as JSON Lines; big enough to be written in several goes.
fn many(folder: &Path) -> String {
    let mut lines = String::new();
    for copy in 0..20 {
        for story in ["01-vladivostok", "03-singapore", "08-ministers", "15-osaka"] {
            let body = std::fs::read_to_string(format!("{ROOT}/examples/japan-russia/{story}.md")).unwrap();
            let body = body.lines().skip(4).collect::<Vec<_>>().join("\n").repeat(10);
            let line = serde_json::json!({ "id": format!("{story}-{copy}"), "date": "2019-01-15", "text": format!("{body}\n\nCopy {copy}.") });
            lines += &format!("{line}\n");
        }
    }
    let path = folder.join("stories.jsonl");
    std::fs::write(&path, lines).unwrap();
    path.display().to_string()
}

#[test]
fn stories_are_kept_once_and_events_found() {
    let folder = folder("archive-once");
    let db = folder.join("a.db").display().to_string();
    text(&["ingest", "--db", &db, "examples/japan-russia"]);
    let first = events(&db);
    let again = demarche(&["ingest", "--db", &db, "examples/japan-russia"]).output().unwrap();
    assert!(String::from_utf8_lossy(&again.stderr).contains("0 stories added, 15 there already"));
    assert_eq!(events(&db), first);
    assert_eq!(text(&["stories", "--db", &db]).lines().count(), 15);
    let asked = text(&["events", "--db", &db, "--between", "JPN,RUS", "--type", "consult", "--format", "csv"]);
    assert!(asked.lines().count() > 5 && asked.lines().skip(1).all(|line| line.contains(",CONSULT,")), "{asked}");
    assert!(text(&["events", "--db", &db, "--text", "barracks"]).contains("MOBILIZE"));
    assert!(text(&["timeline", "--db", &db, "JPN", "RUS"]).contains("2019-01"));
    let number = asked.lines().nth(1).unwrap().split(',').next().unwrap();
    assert!(text(&["show", number, "--db", &db]).contains("CAMEO"));
}

#[test]
fn an_archive_that_is_not_there_is_named() {
    let out = demarche(&["events", "--db", "nowhere.db"]).output().unwrap();
    assert_eq!(out.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&out.stderr).contains("nowhere.db: there is no archive"));
}

#[test]
fn texts_can_be_left_out() {
    let folder = folder("archive-no-text");
    let db = folder.join("a.db");
    let story = "examples/japan-russia/13-treaty-stalls.md";
    let holds = |db: &Path, words: &str| {
        let bytes = std::fs::read(db).unwrap();
        bytes.windows(words.len()).any(|window| window == words.as_bytes())
    };
    // A quotation of which no event was coded, and the clause of one that was.
    let (quoted, clause) =
        ("the talks with Japan on a peace treaty had lost momentum", "Japan must leave its military alliance");
    text(&["ingest", "--no-text", "--db", &db.display().to_string(), story]);
    assert!(holds(&db, clause) && !holds(&db, quoted));
    let whole = folder.join("whole.db");
    text(&["ingest", "--db", &whole.display().to_string(), story]);
    assert!(holds(&whole, quoted));
}

#[test]
fn killed_at_any_time_and_run_again_it_holds_the_same() {
    let folder = folder("archive-killed");
    let stories = many(&folder);
    let (whole, broken) =
        (folder.join("whole.db").display().to_string(), folder.join("broken.db").display().to_string());
    text(&["ingest", "--db", &whole, &stories]);
    for milliseconds in [30, 700, 2000, 4000] {
        let mut running = demarche(&["ingest", "--db", &broken, &stories])
            .stderr(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(milliseconds));
        running.kill().unwrap();
        running.wait().unwrap();
    }
    // Two at once wait for each other.
    let mut beside = demarche(&["ingest", "--db", &broken, &stories]).stderr(Stdio::null()).spawn().unwrap();
    text(&["ingest", "--db", &broken, &stories]);
    assert!(beside.wait().unwrap().success());
    assert_eq!(events(&broken), events(&whole));
    assert_eq!(text(&["stories", "--db", &broken]), text(&["stories", "--db", &whole]));
}
