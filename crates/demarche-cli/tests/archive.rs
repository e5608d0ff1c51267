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

/// Many stories made of sentences of the corpus, no two alike, as JSON Lines; big enough to be written in several goes.
fn many(folder: &Path) -> String {
    let corpus = format!("{ROOT}/training/corpus/reported.txt");
    let plain = |line: &str| -> String {
        let mut within_tag = false;
        let keep = |c: &char| {
            within_tag = (within_tag || *c == '|') && *c != ']';
            !within_tag && !matches!(c, '[' | ']')
        };
        line.chars().filter(keep).collect()
    };
    let text = std::fs::read_to_string(corpus).unwrap();
    let sentences: Vec<String> = text.lines().filter(|l| !l.is_empty() && !l.starts_with('#')).map(plain).collect();
    let mut lines = String::new();
    for story in 0..600_usize {
        let of = |n: usize| sentences[(story * 31 + n * (story % 17 + 3)) % sentences.len()].clone();
        let body: Vec<String> = (0..30).map(of).collect();
        lines += &format!("{}\n", serde_json::json!({ "id": story, "date": "2019-01-15", "text": body.join("\n\n") }));
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
    assert!(
        String::from_utf8_lossy(&again.stderr).contains("0 stories added, 0 copies of stories noted, 15 there already")
    );
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
    let story = "examples/japan-russia/12-lavrov-conditions.md";
    let holds = |db: &Path, words: &str| {
        let bytes = std::fs::read(db).unwrap();
        bytes.windows(words.len()).any(|window| window == words.as_bytes())
    };
    // A quotation of which no event was coded, and the clause of one that was.
    let (quoted, clause) =
        ("Japan should withdraw from its security treaty", "Russia refuses to hand over the islands to Japan");
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

#[test]
fn reprints_are_carriers_and_other_tellings_are_joined() {
    let folder = folder("archive-joined");
    let db = folder.join("a.db").display().to_string();
    let wire = "Japanese Prime Minister Shinzo Abe met Russian President Vladimir Putin in Moscow on Tuesday. \
                The two leaders spoke for three hours about a peace treaty and the disputed islands. \
                Abe said after the talks that both sides would go on with their work.";
    let lines = [
        serde_json::json!({ "id": "wire", "date": "2019-01-22", "publisher": "Reuters", "text": wire }),
        serde_json::json!({ "id": "reprint", "date": "2019-01-23", "publisher": "Daily Post", "url": "https://post.example/1",
            "text": format!("From our news desk. {wire}") }),
        serde_json::json!({ "id": "own", "date": "2019-01-22", "publisher": "Moscow Paper",
            "text": "Russian President Vladimir Putin received Shinzo Abe in the Kremlin. Vladimir Putin met Shinzo Abe in Moscow on \
                     Tuesday for a summit on a peace treaty, the 25th between them." }),
    ];
    let stories = folder.join("stories.jsonl");
    std::fs::write(&stories, lines.map(|line| line.to_string()).join("\n")).unwrap();
    let out = demarche(&["ingest", "--db", &db, &stories.display().to_string()]).output().unwrap();
    let told = String::from_utf8_lossy(&out.stderr);
    assert!(told.contains("2 stories added, 1 copies of stories noted"), "{told}");
    let consult = |more: &[&str]| {
        text(&[&["events", "--db", &db, "--type", "CONSULT", "--place", "Moscow", "--format", "jsonl"], more].concat())
    };
    let first: serde_json::Value = serde_json::from_str(consult(&[]).lines().next().unwrap()).unwrap();
    assert_eq!((&first["stories"], &first["sources"]), (&2.into(), &2.into()), "{first}");
    assert!(consult(&["--linked"]).lines().count() < consult(&[]).lines().count());
    let shown = text(&["show", "--db", &db, &first["id"].to_string()]);
    assert!(shown.contains("Told by 2 stories of 2 sources") && shown.contains("in Moscow"), "{shown}");
    assert!(text(&["stories", "--db", &db]).lines().count() == 2);
}

#[test]
fn records_that_were_coded_elsewhere_are_loaded_as_they_are() {
    let folder = folder("archive-records");
    let path = |name: &str| folder.join(name).display().to_string();
    let (one, two) = (path("one.db"), path("two.db"));
    text(&["ingest", "--db", &one, "examples/japan-russia"]);
    let lines = text(&["code", "--format", "jsonl", "examples/japan-russia"]);
    let stories = lines.lines().count();
    std::fs::write(path("records.jsonl"), &lines).unwrap();
    let load = |records: &str| demarche(&["ingest", "--records", "--db", &two, records]).output().unwrap();
    let out = load(&path("records.jsonl"));
    let told = String::from_utf8_lossy(&out.stderr).into_owned();
    assert!(out.status.success() && told.contains(&format!("{stories} stories added")), "{told}");
    assert_eq!(events(&two), events(&one));
    // Again, with a line that is no record between them: nothing twice, and the line is named and counted.
    std::fs::write(path("broken.jsonl"), format!("{{\"id\": 3}}\n{lines}")).unwrap();
    let out = load(&path("broken.jsonl"));
    let told = String::from_utf8_lossy(&out.stderr).into_owned();
    assert_eq!(out.status.code(), Some(1));
    assert!(told.contains("broken.jsonl: row 1 holds no record") && told.contains("1 skipped: 1 no records"), "{told}");
    assert!(told.contains(&format!("0 stories added, 0 copies of stories noted, {stories} there already")), "{told}");
    assert_eq!(events(&two), events(&one));
    // Parquet without records, and a file that is not there.
    text(&["export", "--db", &one, "parquet", "--out", &path("events.parquet")]);
    for (records, why) in [(path("events.parquet"), "no Parquet of stories"), (path("gone.parquet"), "cannot be read")]
    {
        let out = load(&records);
        let told = String::from_utf8_lossy(&out.stderr).into_owned();
        assert!(out.status.code() == Some(2) && told.contains(why), "{told}");
    }
}

#[test]
fn an_archive_gives_the_dossier_of_its_stories_and_recodes_nothing_that_is_current() {
    let folder = folder("archive-dossier");
    let db = folder.join("a.db").display().to_string();
    text(&["ingest", "--db", &db, "examples/japan-russia"]);
    let kept = text(&["dossier", "--db", &db, "--between", "JPN,RUS"]);
    assert_eq!(kept, text(&["dossier", "--between", "JPN,RUS", "examples/japan-russia"]));
    let recoded = |more: &[&str]| {
        let out = demarche(&[&["recode", "--db", &db], more].concat()).output().unwrap();
        String::from_utf8_lossy(&out.stderr).into_owned()
    };
    let before = events(&db);
    assert!(recoded(&[]).starts_with("0 of 0 stories"));
    assert!(recoded(&["--min-confidence", "0.99"]).starts_with("15 of 15 stories coded again"));
    assert!(events(&db).len() < before.len());
    assert!(recoded(&[]).starts_with("15 of 15 stories coded again"));
    assert_eq!(events(&db), before);
}

#[test]
fn exports_have_the_columns_of_their_data_sets() {
    let folder = folder("archive-exports");
    let db = folder.join("a.db").display().to_string();
    text(&["ingest", "--db", &db, "examples/japan-russia", "examples/sanctions.md"]);
    for (layout, columns, header) in [
        ("polecat", 40, true),
        ("icews", 20, true),
        ("phoenix", 26, false),
        ("petrarch", 6, false),
        ("gdelt", 58, false),
    ] {
        let out = demarche(&["export", layout, "--db", &db]).output().unwrap();
        let lines: Vec<&[u8]> = out.stdout.split(|&b| b == b'\n').filter(|line| !line.is_empty()).collect();
        assert!(lines.len() > 20, "{layout}: {} lines", lines.len());
        for line in lines.iter().skip(usize::from(header)) {
            assert_eq!(line.iter().filter(|&&b| b == b'\t').count() + 1, columns, "{layout}");
        }
    }
    let ngec = text(&["export", "ngec", "--db", &db]);
    let first: serde_json::Value = serde_json::from_str(ngec.lines().next().unwrap()).unwrap();
    assert_eq!(first["event_type"], "AGREE");
    assert_eq!(first["attributes"]["ACTOR"][0]["name"], "Vladimir Putin");
    let file = folder.join("events.parquet").display().to_string();
    text(&["export", "parquet", "--db", &db, "--out", &file]);
    let script = "import sys, pyarrow.parquet as p; t = p.read_table(sys.argv[1]).to_pylist(); \
                  print(len(t), t[0]['type'], t[0]['actors'][0]['country'], t[0]['from'])";
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let read = Command::new(python).args(["-c", script, &file]).output();
    match read {
        Ok(out) if out.status.success() => {
            let told = String::from_utf8_lossy(&out.stdout).into_owned();
            let events = ngec.lines().count();
            assert_eq!(told.trim(), format!("{events} AGREE RUS 2018-09-12"));
        }
        _ => eprintln!("skipped: pyarrow is absent, so that the Parquet is not opened"),
    }
}
