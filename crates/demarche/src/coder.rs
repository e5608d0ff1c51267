//! The one door: stories in, records out.

use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::actor::{Directory, most_named};
use crate::event::{Coding, EventTables, Scene};
use crate::ontology::Ontology;
use crate::own::Own;
use crate::place::Gazetteer;
use crate::reader::{Edition, Reader, ReaderError, Reading, Weights};
use crate::record::{self, Record};
use crate::story::Story;
use crate::table::TableError;
use crate::talks::TalksTables;
use crate::time::TimeTables;
use crate::voice::VoiceTables;

/// What can keep a coder from being made or from reading.
#[derive(Debug, Error)]
pub enum CoderError {
    /// A table is wrong.
    #[error(transparent)]
    Table(#[from] TableError),
    /// The reader cannot be used.
    #[error(transparent)]
    Reader(#[from] ReaderError),
}

/// What a thread gives; what it panics with is passed on.
pub(crate) fn joined<T>(thread: std::thread::ScopedJoinHandle<'_, T>) -> T {
    thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

/// Codes stories. Making one takes a moment; it serves any number of stories and threads.
pub struct Coder {
    pub(crate) reader: Reader,
    pub(crate) times: TimeTables,
    pub(crate) gazetteer: Gazetteer,
    pub(crate) directory: Directory,
    pub(crate) voices: VoiceTables,
    pub(crate) ontology: Ontology,
    pub(crate) events: EventTables,
    pub(crate) talks: TalksTables,
    /// What differs from the shipped weights, tables and settings.
    own: Sha256,
}

impl Coder {
    /// Stories are best coded together when so many bytes of text have come together: enough to fill batches, few enough to stay small.
    pub const CHUNK: usize = 400_000;

    /// A coder with the shipped weights and tables.
    pub fn new() -> Result<Self, CoderError> {
        Self::with(Weights::shipped(), Edition::Full)
    }

    /// A coder with the shipped tables, with the shipped weights or those of a training of one's own, and as much of them as an edition uses.
    pub fn with(weights: Weights, edition: Edition) -> Result<Self, CoderError> {
        let ontology = Ontology::shipped()?;
        let decisions = weights.decisions(edition);
        let mut own = Sha256::new();
        if let Some(digest) = weights.digest() {
            own.update(digest);
        }
        own.update([edition as u8]);
        // The two large tables are read beside the weights.
        let (gazetteer, directory, reader) = std::thread::scope(|scope| {
            let gazetteer = scope.spawn(Gazetteer::shipped);
            let directory = scope.spawn(Directory::shipped);
            let reader = Reader::new(weights, edition);
            (joined(gazetteer), joined(directory), reader)
        });
        Ok(Self {
            reader: reader?,
            times: TimeTables::shipped()?,
            gazetteer: gazetteer?,
            directory: directory?,
            voices: VoiceTables::shipped()?,
            events: EventTables::with(&ontology, &decisions)?,
            talks: TalksTables::shipped()?,
            ontology,
            own,
        })
    }

    /// Adds the user's own tables to the shipped ones.
    pub fn extend(&mut self, own: &Own) -> Result<(), CoderError> {
        let digest = own.digest.clone().finalize();
        if digest != Sha256::new().finalize() {
            self.own.update(digest);
        }
        self.ontology.extend(own)?;
        self.events.extend(own, &self.ontology)?;
        Ok(self.directory.extend(own)?)
    }

    /// Codes no event less sure than this, 0 to 1.
    pub fn set_min_confidence(&mut self, least: f32) {
        self.own.update(least.to_le_bytes());
        self.events.set_least(least);
    }

    /// What its records depend on beside their stories: the program's version, and a digest of weights, tables and settings. Records of one
    /// edition need not be made again.
    pub fn edition(&self) -> String {
        let mut digest = self.own.clone();
        let networks =
            [demarche_model::READER, demarche_model::READER_PIECES, demarche_model::ATTACH, demarche_model::EVENTS];
        for weights in networks.into_iter().chain(demarche_model::EVENT_WEIGHTS) {
            digest.update(weights);
        }
        for table in demarche_tables::ALL {
            digest.update(table.text);
        }
        let digest = digest.finalize();
        let short: String = digest[..6].iter().map(|byte| format!("{byte:02x}")).collect();
        format!("{}-{short}", env!("CARGO_PKG_VERSION"))
    }

    /// The record of one story.
    pub fn code(&self, story: &Story) -> Result<Record, CoderError> {
        Ok(self.code_all(std::slice::from_ref(story), 1)?.remove(0))
    }

    /// The records of stories, in their order, read together on up to `threads` threads. A story's record does not depend on
    /// the others.
    pub fn code_all(&self, stories: &[Story], threads: usize) -> Result<Vec<Record>, CoderError> {
        let bodies: Vec<_> = stories.iter().map(|story| (story.text.as_str(), story.body())).collect();
        let readings = self.reader.read(&bodies, threads)?;
        let write = |story: &Story, scene: &Scene, coding: &Coding| {
            let talks = self.talks.find(scene, coding);
            record::build(story, scene, coding, &talks, &self.directory, &self.ontology, notices(story))
        };
        let code = |(story, reading): (&Story, &Reading)| self.walk(story, reading, write);
        Ok(side_by_side(stories, &readings, threads, code))
    }

    /// The walk through the house; what is made of a story at its end is up to `end`.
    pub(crate) fn walk<T>(
        &self,
        story: &Story,
        reading: &Reading,
        end: impl FnOnce(&Story, &Scene, &Coding) -> T,
    ) -> T {
        let (text, published) = (story.text.as_str(), story.date);
        let times = self.times.find(text, &reading.word_spans(), published);
        let places = self.gazetteer.find(text, reading);
        let cast = self.directory.cast(text, reading, published, &places, &self.gazetteer);
        let voices = self.voices.find(text, reading, &cast);
        let scene = Scene {
            text,
            published,
            reading,
            times: &times,
            places: &places,
            gazetteer: &self.gazetteer,
            cast: &cast,
            ontology: &self.ontology,
            voices: &voices,
            voice_tables: &self.voices,
            home: most_named(&places, &self.gazetteer),
            dateline: story.dateline.as_ref().and_then(|d| self.gazetteer.by_dateline(d.place.text(text))),
        };
        let coding = self.events.find(&scene);
        end(story, &scene, &coding)
    }
}

/// What a reader of the record should know.
fn notices(story: &Story) -> Vec<String> {
    let undated = story.date.is_none().then(|| "no day of publication: relative dates are unresolved".to_owned());
    undated.into_iter().collect()
}

/// Applies `code` to pairs on several threads; the results are in their order.
pub(crate) fn side_by_side<A: Sync, B: Sync, T: Send>(
    left: &[A],
    right: &[B],
    threads: usize,
    code: impl Fn((&A, &B)) -> T + Sync,
) -> Vec<T> {
    let pairs: Vec<(&A, &B)> = left.iter().zip(right).collect();
    if threads <= 1 || pairs.len() <= 1 {
        return pairs.into_iter().map(code).collect();
    }
    let share = pairs.len().div_ceil(threads);
    std::thread::scope(|scope| {
        let code = &code;
        let parts: Vec<_> = pairs.chunks(share).collect();
        let workers: Vec<_> = parts
            .into_iter()
            .map(|part| scope.spawn(move || part.iter().map(|&p| code(p)).collect::<Vec<_>>()))
            .collect();
        let join = |worker: std::thread::ScopedJoinHandle<'_, Vec<T>>| match worker.join() {
            Ok(done) => done,
            Err(panic) => std::panic::resume_unwind(panic),
        };
        workers.into_iter().flat_map(join).collect()
    })
}
