//! Tables of a user's own: TOML files of verbs, nouns, types, actors and agents that extend or replace the shipped ones.
//!
//! In: the texts of the files. Out: [`Own`], rows as the shipped tables have them, each with its line. Never: what a row means; the rooms that
//! read the shipped tables read these too, and say what is wrong with them.

use serde::Deserialize;
use sha2::{Digest, Sha256};
use toml::Spanned;

use crate::table::{Rows, TableError};

/// Rows of the user's own.
#[derive(Debug, Default)]
pub struct Own {
    /// The shipped verbs and nouns are left out.
    pub(crate) replaces: bool,
    pub(crate) verbs: Vec<Rows<'static>>,
    pub(crate) nouns: Vec<Rows<'static>>,
    pub(crate) types: Vec<Rows<'static>>,
    pub(crate) actors: Vec<Rows<'static>>,
    pub(crate) agents: Vec<Rows<'static>>,
    /// Of all the files' texts.
    pub(crate) digest: Sha256,
}

/// Columns of a verb or noun.
const FRAME: [&str; 8] = ["lemmas", "where", "type", "mode", "contexts", "actor", "recipient", "example"];
const TYPE: [&str; 6] = ["name", "base", "mode", "quad", "score", "cameo"];
const ACTOR: [&str; 7] = ["name", "aliases", "country", "sectors", "office", "from", "to"];
const AGENT: [&str; 2] = ["phrase", "sectors"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    replace: bool,
    #[serde(default)]
    verb: Vec<Spanned<Frame>>,
    #[serde(default)]
    noun: Vec<Spanned<Frame>>,
    #[serde(default, rename = "type")]
    types: Vec<Spanned<Type>>,
    #[serde(default)]
    actor: Vec<Spanned<Actor>>,
    #[serde(default)]
    agent: Vec<Spanned<Agent>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Frame {
    lemmas: Vec<String>,
    #[serde(default, rename = "where")]
    conditions: String,
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    mode: String,
    #[serde(default)]
    contexts: Vec<String>,
    #[serde(default)]
    actor: String,
    #[serde(default)]
    recipient: Vec<String>,
    #[serde(default)]
    example: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Type {
    name: String,
    base: String,
    #[serde(default)]
    mode: String,
    quad: Option<u8>,
    score: Option<f32>,
    #[serde(default)]
    cameo: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Actor {
    names: Vec<String>,
    #[serde(default)]
    country: String,
    #[serde(default)]
    sectors: Vec<String>,
    #[serde(default)]
    office: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Agent {
    nouns: Vec<String>,
    sectors: Vec<String>,
}

impl Own {
    /// Adds the rows of one file.
    pub fn add(&mut self, name: &str, text: &str) -> Result<(), TableError> {
        let line = |at: usize| text[..at.min(text.len())].matches('\n').count() + 1;
        let file: File = toml::from_str(text).map_err(|error| TableError {
            table: name.to_owned(),
            line: line(error.span().map_or(0, |span| span.start)),
            what: error.message().to_owned(),
        })?;
        self.replaces |= file.replace;
        self.digest.update(text);
        let name = kept(name.to_owned());
        let frames = |rows: Vec<Spanned<Frame>>| rows_of(name, &FRAME, rows, line, Frame::cells);
        self.verbs.push(frames(file.verb));
        self.nouns.push(frames(file.noun));
        self.types.push(rows_of(name, &TYPE, file.types, line, Type::cells));
        self.actors.push(rows_of(name, &ACTOR, file.actor, line, Actor::cells));
        self.agents.push(rows_of(name, &AGENT, file.agent, line, Agent::cells));
        Ok(())
    }

    /// Adds a table of actors, tab-separated with a header: `name`, `country`, `sectors` and, where wanted, `aliases`, `office`,
    /// `from` and `to`, as the command writes its own table; lists are separated by `|`.
    pub fn add_actors(&mut self, name: &str, text: &str) -> Result<(), TableError> {
        self.digest.update(text);
        let (name, text) = (kept(name.to_owned()), kept(text.to_owned()));
        self.actors.push(Rows::read(name, text, &["name", "country", "sectors"])?);
        Ok(())
    }
}

/// Tables live as long as the program, the user's like the shipped ones.
fn kept(text: String) -> &'static str {
    Box::leak(text.into_boxed_str())
}

fn rows_of<T>(
    name: &'static str,
    columns: &[&'static str],
    rows: Vec<Spanned<T>>,
    line: impl Fn(usize) -> usize,
    cells: impl Fn(T) -> Vec<String>,
) -> Rows<'static> {
    let rows = rows.into_iter().map(|row| {
        let at = line(row.span().start);
        (at, cells(row.into_inner()).into_iter().map(kept).collect())
    });
    Rows::of(name, columns.to_vec(), rows.collect())
}

impl Frame {
    fn cells(self) -> Vec<String> {
        let bar = |list: Vec<String>| list.join("|");
        let recipient = bar(self.recipient);
        vec![
            bar(self.lemmas),
            self.conditions,
            self.kind,
            self.mode,
            bar(self.contexts),
            self.actor,
            recipient,
            self.example,
        ]
    }
}

impl Type {
    fn cells(self) -> Vec<String> {
        let number = |n: Option<String>| n.unwrap_or_default();
        let (quad, score) = (self.quad.map(|n| n.to_string()), self.score.map(|n| n.to_string()));
        vec![self.name, self.base, self.mode, number(quad), number(score), self.cameo]
    }
}

impl Actor {
    fn cells(self) -> Vec<String> {
        let mut names = self.names.into_iter();
        let name = names.next().unwrap_or_default();
        let (aliases, sectors) = (names.collect::<Vec<_>>().join("|"), self.sectors.join("|"));
        vec![name, aliases, self.country, sectors, self.office, self.from, self.to]
    }
}

impl Agent {
    fn cells(self) -> Vec<String> {
        vec![self.nouns.join("|"), self.sectors.join("|")]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_keep_their_lines_and_faults_are_named() {
        let mut own = Own::default();
        own.add("a.toml", "replace = true\n\n[[verb]]\nlemmas = [\"exfiltrate\"]\ntype = \"AID\"\n").unwrap();
        assert!(own.replaces);
        assert_eq!(own.verbs[0].iter().next().map(|row| row.place()), Some(("a.toml", 3)));
        let error = own.add("b.toml", "[[verb]]\nlemma = 3\n").unwrap_err();
        assert_eq!((error.table.as_str(), error.line), ("b.toml", 2));
    }
}
