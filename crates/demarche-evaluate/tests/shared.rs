//! The figures against those of the project's own scorer, to the last digit that it prints.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use demarche::Coder;
use demarche::record::Record;
use demarche_evaluate::{Coding, Figures, Gold, GoldStory, Score, Tally};

const SHARED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared");

/// How many files are coded where no records are given.
const FEW: usize = 2;

fn marked_files() -> Vec<PathBuf> {
    let entries = fs::read_dir(Path::new(SHARED).join("marked/train")).unwrap();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

fn stories(gold: &mut Gold, file: &Path) -> Vec<GoldStory> {
    let read = gold.read(&file.display().to_string(), &fs::read_to_string(file).unwrap());
    read.into_iter().map(Result::unwrap).collect()
}

/// Files of marked stories and a file with their records: the one that the variable `RECORDS` names, with all files that it has a record of; else
/// a few files, coded here.
fn material(folder: &Path) -> (Vec<(PathBuf, Vec<GoldStory>)>, PathBuf) {
    let mut gold = Gold::new().unwrap();
    let files = marked_files().into_iter().map(|file| (file.clone(), stories(&mut gold, &file)));
    if let Some(path) = std::env::var_os("RECORDS") {
        let known = records(Path::new(&path));
        let files = files.filter(|(_, stories)| stories.iter().any(|story| known.contains_key(&story.id)));
        return (files.collect(), path.into());
    }
    let files: Vec<_> = files.take(FEW).collect();
    let plain: Vec<_> = files.iter().flat_map(|(_, stories)| stories.iter().map(GoldStory::plain)).collect();
    let lines = Coder::new().unwrap().code_all(&plain, 2).unwrap();
    let lines: Vec<String> = lines.iter().map(|record| serde_json::to_string(record).unwrap()).collect();
    let path = folder.join("records.jsonl");
    fs::write(&path, lines.join("\n")).unwrap();
    (files, path)
}

fn records(path: &Path) -> HashMap<String, Coding> {
    let text = fs::read_to_string(path).unwrap();
    let records = text.lines().map(|line| Coding::of(&serde_json::from_str::<Record>(line).unwrap()));
    records.map(|coding| (coding.id.clone(), coding)).collect()
}

/// The figures in the words of the scorer.
fn told(figures: &Figures) -> String {
    let number = |value: Option<f64>| format!("{:.3}", value.unwrap_or(0.0));
    let score = |name: &str, of: &Score| {
        let [precision, recall, f1] = [of.precision, of.recall, of.f1].map(number);
        format!("{name:<6} precision {precision} recall {recall} F1 {f1}\n")
    };
    let of = &figures.of_found;
    let shares = [
        ("typed", of.kind),
        ("mode", of.mode),
        ("status", of.status),
        ("historic", of.historic),
        ("actors", of.actors),
        ("recipients", of.recipients),
        ("country", of.country),
        ("sector", of.sector),
        ("when", of.when),
    ];
    let shares = shares.map(|(name, share)| format!("{name} {}", number(share.share))).join(" ");
    let whole = figures.whole.right as f64 / figures.found.right.max(1) as f64;
    let (given, right) = (number(of.place_coded.share), number(of.place.share));
    format!("events marked {}, coded {}\n", figures.events.marked, figures.events.coded)
        + &score("found", &figures.found)
        + &score("typed", &figures.typed)
        + &score("whole", &figures.whole)
        + &format!(
            "of those found: {shares} whole {whole:.3}; a place given for {given} of those with one, right {right}\n"
        )
        + &score("dyads", &figures.dyads)
}

#[test]
#[ignore = "needs ../shared"]
fn the_figures_are_those_of_the_scorer() {
    let folder = tempfile::tempdir().unwrap();
    let (files, path) = material(folder.path());
    for least in ["0", "0.3", "0.5", "0.8"] {
        let mut known = records(&path);
        let mut tally = Tally::new(least.parse().unwrap());
        for story in files.iter().flat_map(|(_, stories)| stories) {
            match known.remove(&story.id) {
                Some(coding) => _ = tally.story(story, coding),
                None => tally.missing(story),
            }
        }
        let scorer = Path::new(SHARED).join("tools/marked.py");
        let mut command = Command::new("python3");
        command.arg(scorer).args(["score", "--min", least]).arg(&path).args(files.iter().map(|(file, _)| file));
        let output = String::from_utf8(command.output().unwrap().stdout).unwrap();
        let expected: String = output.split_inclusive('\n').filter(|line| !line.starts_with("no record of ")).collect();
        assert!(tally.figures().found.right > 0);
        assert_eq!(told(&tally.figures()), expected, "at least {least}");
        println!("at least {least}:\n{expected}");
    }
}
