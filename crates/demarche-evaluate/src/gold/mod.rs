//! Stories whose events people marked.
//!
//! In: the text of a file of marked stories. Out: [`GoldStory`], the plain text and its events, or what is wrong with the marks, by line.
//! Never: a record.

mod error;
mod facts;
mod marks;
mod story;
mod when;

use std::collections::HashSet;

use demarche::ontology::{EventType, Ontology};
use demarche::voice::Status;
use demarche::{Story, TableError};
use jiff::civil::Date;
use sha2::{Digest, Sha256};

pub use error::{MarkError, Problem};
pub use when::When;

use crate::characters::Characters;

/// How many folds stories are dealt into; the project keeps the last for its tests.
pub const FOLDS: u32 = 5;

/// A story with its events marked.
#[derive(Clone, Debug)]
pub struct GoldStory {
    /// Its id, which its record has too.
    pub id: String,
    /// Day of publication.
    pub date: Date,
    /// Headline.
    pub title: Option<String>,
    /// The text without marks, its paragraphs joined by an empty line.
    pub text: String,
    /// Every telling of its events, in the order of their first marks.
    pub events: Vec<GoldEvent>,
}

/// An event as told once.
#[derive(Clone, Debug)]
pub struct GoldEvent {
    /// Its number in the story.
    pub number: u32,
    /// PLOVER type.
    pub kind: EventType,
    /// PLOVER mode.
    pub mode: Option<&'static str>,
    /// Whether it is so.
    pub status: Status,
    /// The story looks back on it.
    pub historic: bool,
    /// The word that tells of it.
    pub trigger: Characters,
    /// Who does it, in the order of the text.
    pub actors: Vec<GoldParty>,
    /// To whom.
    pub recipients: Vec<GoldParty>,
    /// When.
    pub when: When,
    /// Where, if that is told.
    pub place: Option<GoldPlace>,
    /// The number of its first telling, lower than its own.
    pub same: Option<u32>,
}

/// A marked actor or recipient.
#[derive(Clone, Debug)]
pub struct GoldParty {
    /// The words.
    pub at: Characters,
    /// Country or what stands in its place, three letters, where it can be told.
    pub country: Option<String>,
    /// PLOVER sector, where it has one that can be told.
    pub sector: Option<String>,
}

/// A marked place; it has a name, a country, or both.
#[derive(Clone, Debug)]
pub struct GoldPlace {
    /// Its name.
    pub name: Option<String>,
    /// Its country, three letters.
    pub country: Option<String>,
}

impl GoldStory {
    /// Which fold it is in, from 0: what its id alone decides.
    pub fn fold(&self) -> u32 {
        let digest = Sha256::digest(self.id.as_bytes());
        u32::from_be_bytes([digest[0], digest[1], digest[2], digest[3]]) % FOLDS
    }

    /// The story as a coder takes it, nothing of its marks told.
    pub fn plain(&self) -> Story {
        let (title, date) = (self.title.clone(), Some(self.date));
        Story { title, date, ..Story::of(self.id.clone(), self.text.clone()) }
    }
}

/// Reads marked stories; knows the ontology, and the stories it has read.
#[derive(Debug)]
pub struct Gold {
    ontology: Ontology,
    ids: HashSet<String>,
}

impl Gold {
    /// Reads the ontology.
    pub fn new() -> Result<Self, TableError> {
        Ok(Self { ontology: Ontology::shipped()?, ids: HashSet::new() })
    }

    /// The stories of the file called `name`, in its order; in place of one all that is wrong with its marks. Of two stories with one id, in
    /// this file or an earlier one, the second is wrong.
    pub fn read(&mut self, name: &str, text: &str) -> Vec<Result<GoldStory, Vec<MarkError>>> {
        let blocks = blocks(text.trim_start_matches('\u{feff}'));
        blocks.iter().map(|lines| self.story(name, lines)).collect()
    }

    fn story(&mut self, name: &str, lines: &[(usize, &str)]) -> Result<GoldStory, Vec<MarkError>> {
        let story = story::read(name, lines, &self.ontology)?;
        if self.ids.insert(story.id.clone()) {
            return Ok(story);
        }
        let line = lines.first().map_or(1, |(line, _)| *line);
        Err(vec![MarkError { name: name.to_owned(), line, problem: Problem::IdTwice(story.id) }])
    }
}

/// The lines of each story, numbered from 1: one begins with its `# id:`.
fn blocks(text: &str) -> Vec<Vec<(usize, &str)>> {
    let mut blocks: Vec<Vec<(usize, &str)>> = Vec::new();
    for (i, line) in text.lines().enumerate() {
        match blocks.last_mut() {
            Some(block) if !line.starts_with(story::ID) => block.push((i + 1, line)),
            _ => blocks.push(vec![(i + 1, line)]),
        }
    }
    blocks.retain(|lines| lines.iter().any(|(_, line)| !line.trim().is_empty()));
    blocks
}

#[cfg(test)]
mod tests;
