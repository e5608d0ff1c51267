//! Stories from files and standard input, some at a time.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use demarche::Story;
use demarche::story::{Format, Intake, IntakeError};
use indicatif::{ProgressBar, ProgressStyle};

use crate::arguments::Source;
use crate::failure::{Failure, tell_intake};

/// Stories are handed on when so many bytes of text have come together: enough to fill batches, few enough to stay small.
const CHUNK: usize = 400_000;

/// How many stories came through.
#[derive(Debug, Default)]
pub struct Tally {
    pub coded: usize,
    pub skipped: usize,
}

impl Tally {
    /// 0 all coded, 1 some skipped, 2 none coded.
    pub fn exit(&self) -> std::process::ExitCode {
        std::process::ExitCode::from(match (self.coded, self.skipped) {
            (_, 0) => 0,
            (0, _) => 2,
            _ => 1,
        })
    }
}

/// Walks through the sources and hands their stories to `take` in order, some at a time. What cannot be read is named and
/// counted.
pub fn stories(
    source: &Source,
    english_only: bool,
    mut take: impl FnMut(&[Story]) -> Result<(), Failure>,
) -> Result<Tally, Failure> {
    let mut intake = Intake::new().map_err(demarche::CoderError::from)?;
    intake.date = source.date;
    let paths = files(&source.paths)?;
    let progress = progress(paths.len());
    let mut gathered = Gathered { tally: Tally::default(), stories: Vec::new(), bytes: 0, english_only };
    for path in &paths {
        let read = one(&intake, path, source.from, |story| {
            gathered.add(story);
            gathered.hand_on(CHUNK, &mut take)
        });
        match read {
            Ok(()) => {}
            Err(Failure::Input { path, error }) => {
                Failure::Input { path, error }.tell();
                gathered.tally.skipped += 1;
            }
            Err(other) => return Err(other),
        }
        progress.inc(1);
    }
    gathered.hand_on(1, &mut take)?;
    progress.finish_and_clear();
    Ok(gathered.tally)
}

/// What a file of stories in a folder ends in.
const STORIES: [&str; 6] = ["md", "txt", "html", "htm", "jsonl", "json"];

/// The files that paths name: of a folder those of stories in it and in the folders below it, by name.
fn files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut out = Vec::new();
    for path in paths {
        if !path.is_dir() {
            out.push(path.clone());
            continue;
        }
        let entries = std::fs::read_dir(path).and_then(Iterator::collect::<Result<Vec<_>, _>>);
        let entries = entries.map_err(|error| Failure::Input { path: path.display().to_string(), error })?;
        let mut inner: Vec<PathBuf> = entries.into_iter().map(|entry| entry.path()).collect();
        let story = |path: &PathBuf| {
            path.is_dir() || path.extension().and_then(|e| e.to_str()).is_some_and(|e| STORIES.contains(&e))
        };
        inner.retain(story);
        inner.sort();
        out.extend(files(&inner)?);
    }
    Ok(out)
}

fn progress(files: usize) -> ProgressBar {
    if files < 2 {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:30} {pos} of {len} files, {per_sec}, {eta} left");
    ProgressBar::new(files as u64).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

struct Gathered {
    tally: Tally,
    stories: Vec<Story>,
    bytes: usize,
    english_only: bool,
}

impl Gathered {
    fn add(&mut self, story: Result<Story, IntakeError>) {
        match story {
            Ok(story) => {
                if let Some(language) = story.language.filter(|&l| self.english_only && l != "en") {
                    eprintln!("warning: {}: the story is not in English ({language}) and is skipped", story.id);
                    self.tally.skipped += 1;
                    return;
                }
                if self.english_only && story.date.is_none() {
                    eprintln!(
                        "warning: {}: no day of publication, so relative dates stay unresolved (--date sets one)",
                        story.id
                    );
                }
                self.bytes += story.text.len();
                self.stories.push(story);
            }
            Err(error) => {
                tell_intake(&error);
                self.tally.skipped += 1;
            }
        }
    }

    fn hand_on(&mut self, least: usize, take: &mut impl FnMut(&[Story]) -> Result<(), Failure>) -> Result<(), Failure> {
        if self.bytes < least || self.stories.is_empty() {
            return Ok(());
        }
        take(&self.stories)?;
        self.tally.coded += self.stories.len();
        self.stories.clear();
        self.bytes = 0;
        Ok(())
    }
}

/// Opens a file, or standard input for `-`.
pub fn open(path: &Path) -> Result<Box<dyn BufRead>, Failure> {
    if path.as_os_str() == "-" {
        return Ok(Box::new(BufReader::new(io::stdin())));
    }
    let fail = |error| Failure::Input { path: path.display().to_string(), error };
    if path.is_dir() {
        return Err(fail(io::Error::other("this is a folder; name the files in it")));
    }
    Ok(Box::new(BufReader::new(File::open(path).map_err(fail)?)))
}

/// The stories of one file: JSON Lines a line at a time, anything else whole.
fn one(
    intake: &Intake,
    path: &Path,
    format: Option<Format>,
    mut take: impl FnMut(Result<Story, IntakeError>) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let name = path.display().to_string();
    let fail = |error| Failure::Input { path: path.display().to_string(), error };
    let mut input = open(path)?;
    let head = input.fill_buf().map_err(fail)?;
    let format = format.unwrap_or_else(|| Format::sniff(&name, head));
    if format == Format::JsonLines {
        let mut line = Vec::new();
        for number in 1.. {
            line.clear();
            if input.read_until(b'\n', &mut line).map_err(fail)? == 0 {
                break;
            }
            if let Some(story) = intake.line(&name, number, &line) {
                take(story)?;
            }
        }
        return Ok(());
    }
    let mut bytes = Vec::new();
    // One byte too many is enough to be told from a document that is just within bounds.
    input.take(Intake::LARGEST as u64 + 1).read_to_end(&mut bytes).map_err(fail)?;
    intake.read(&name, &bytes, Some(format)).into_iter().try_for_each(take)
}
