//! Stories from wherever they come, some at a time.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use demarche::story::Intake;
use demarche::{Coder, Story};
use demarche_sources::{DOCUMENTS, Document, Item, Known, Nothing, Sources, Trouble, Validators, is_address};
use indicatif::{ProgressBar, ProgressStyle};

use crate::arguments::Source;
use crate::failure::{Failure, tell_trouble};

/// What comes of a walk through the sources.
pub enum Got<'a> {
    /// Stories, in their order.
    Stories(&'a [Story]),
    /// A feed was read to its end, and all its stories were handed on.
    Feed(&'a str, &'a Validators),
}

/// How many stories came through, and why others did not.
#[derive(Debug, Default)]
pub struct Tally {
    pub coded: usize,
    /// By a few words why.
    pub skipped: BTreeMap<&'static str, usize>,
}

impl Tally {
    /// 0 all coded, 1 some skipped, 2 none coded.
    pub fn exit(&self) -> std::process::ExitCode {
        std::process::ExitCode::from(match (self.coded, self.skipped.is_empty()) {
            (_, true) => 0,
            (0, _) => 2,
            _ => 1,
        })
    }

    /// `3 skipped: 2 not in English, 1 damaged gzip`.
    pub fn reasons(&self) -> String {
        let all: usize = self.skipped.values().sum();
        let reasons: Vec<String> = self.skipped.iter().map(|(why, n)| format!("{n} {why}")).collect();
        if reasons.is_empty() { "none skipped".to_owned() } else { format!("{all} skipped: {}", reasons.join(", ")) }
    }

    pub fn skip(&mut self, why: &'static str) {
        *self.skipped.entry(why).or_insert(0) += 1;
    }
}

/// Walks through the sources and hands their stories to `take` in order, some at a time. What cannot be read is named and
/// counted.
pub fn stories(
    source: &Source,
    english_only: bool,
    mut take: impl FnMut(&[Story]) -> Result<(), Failure>,
) -> Result<Tally, Failure> {
    walk(source, english_only, &Nothing, &mut |got| match got {
        Got::Stories(stories) => take(stories),
        Got::Feed(..) => Ok(()),
    })
}

/// The same, where what is known need not be fetched again.
pub fn walk(
    source: &Source,
    english_only: bool,
    known: &dyn Known,
    take: &mut dyn FnMut(Got) -> Result<(), Failure>,
) -> Result<Tally, Failure> {
    let mut intake = Intake::new().map_err(demarche::CoderError::from)?;
    intake.date = source.date;
    let mut sources = Sources::new(source.from, Duration::from_secs_f32(source.pause.clamp(0.0, 3600.0)));
    let mut gathered = Gathered {
        intake: &intake,
        threads: source.threads(),
        english_only,
        tally: Tally::default(),
        documents: Vec::new(),
        stories: Vec::new(),
        progress: Progress::new(sources.read()),
        take,
    };
    let mut places: Vec<String> = Vec::new();
    for path in &source.paths {
        let name = path.display().to_string();
        if is_address(&name) || name == "-" {
            places.push(name);
            continue;
        }
        match demarche_sources::files(path) {
            Ok(files) => places.extend(files.iter().map(|file| file.display().to_string())),
            Err(trouble) => gathered.trouble(&trouble),
        }
    }
    gathered.progress.begin(&places);
    for place in &places {
        sources.walk(place, known, &mut |item| gathered.add(item))?;
    }
    gathered.flush()?;
    gathered.progress.bar.finish_and_clear();
    Ok(gathered.tally)
}

/// How far the walk has come, by bytes of files.
struct Progress {
    bar: ProgressBar,
    read: Arc<AtomicU64>,
    begun: Instant,
}

impl Progress {
    fn new(read: Arc<AtomicU64>) -> Self {
        Self { bar: ProgressBar::hidden(), read, begun: Instant::now() }
    }

    fn begin(&mut self, places: &[String]) {
        let bytes: u64 = places.iter().map(|place| demarche_sources::size(Path::new(place))).sum();
        if places.len() < 2 && (bytes as usize) < Coder::CHUNK {
            return;
        }
        let style = ProgressStyle::with_template("{bar:30} {bytes} of {total_bytes}, {msg}, {eta} left");
        self.bar = ProgressBar::new(bytes).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    }

    fn tell(&self, stories: usize) {
        let rate = stories as f64 / self.begun.elapsed().as_secs_f64().max(0.001);
        self.bar.set_position(self.read.load(Ordering::Relaxed));
        self.bar.set_message(format!("{stories} stories, {rate:.0}/s"));
    }
}

/// What has come together and is not handed on yet.
struct Gathered<'a> {
    intake: &'a Intake,
    threads: usize,
    english_only: bool,
    tally: Tally,
    documents: Vec<Document>,
    stories: Vec<Story>,
    progress: Progress,
    take: &'a mut dyn FnMut(Got) -> Result<(), Failure>,
}

impl Gathered<'_> {
    fn add(&mut self, item: Item) -> Result<(), Failure> {
        match item {
            Item::Document(document) => {
                self.documents.push(document);
                let bytes: usize = self.documents.iter().map(Document::size).sum();
                if bytes >= DOCUMENTS.0 || self.documents.len() >= DOCUMENTS.1 {
                    self.read();
                    self.hand_on(Coder::CHUNK)?;
                }
            }
            Item::Trouble(trouble) => self.trouble(&trouble),
            Item::Feed { url, validators } => {
                self.flush()?;
                (self.take)(Got::Feed(&url, &validators))?;
            }
        }
        Ok(())
    }

    fn trouble(&mut self, trouble: &Trouble) {
        self.progress.bar.suspend(|| tell_trouble(trouble));
        self.tally.skip(trouble.why.kind());
    }

    /// Makes stories of the documents.
    fn read(&mut self) {
        let documents = std::mem::take(&mut self.documents);
        for story in demarche_sources::stories(self.intake, documents, self.threads) {
            match story {
                Ok(story) => self.story(story),
                Err(trouble) => self.trouble(&trouble),
            }
        }
    }

    fn story(&mut self, story: Story) {
        if let Some(language) = story.language.filter(|&l| self.english_only && l != "en") {
            let id = &story.id;
            self.progress.bar.suspend(|| {
                eprintln!("warning: {id}: the story is not in English ({language}) and is skipped");
            });
            self.tally.skip("not in English");
            return;
        }
        if self.english_only && story.date.is_none() {
            let id = &story.id;
            self.progress.bar.suspend(|| {
                eprintln!("warning: {id}: no day of publication, so relative dates stay unresolved (--date sets one)");
            });
        }
        self.stories.push(story);
    }

    fn flush(&mut self) -> Result<(), Failure> {
        self.read();
        self.hand_on(1)
    }

    /// Hands stories on, in portions, as long as there are so many bytes of text.
    fn hand_on(&mut self, least: usize) -> Result<(), Failure> {
        loop {
            let mut bytes = 0;
            let full = self.stories.iter().position(|story| {
                bytes += story.text.len();
                bytes >= Coder::CHUNK
            });
            if bytes < least || self.stories.is_empty() {
                return Ok(());
            }
            let portion: Vec<Story> = self.stories.drain(..full.map_or(self.stories.len(), |last| last + 1)).collect();
            (self.take)(Got::Stories(&portion))?;
            self.tally.coded += portion.len();
            self.progress.tell(self.tally.coded);
        }
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
