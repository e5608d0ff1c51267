//! What can be wrong with a document.

use thiserror::Error;

/// A document that gives no story, with the place and what to do.
#[derive(Debug, Error, Clone, PartialEq, Eq)]
#[error("{name}:{line}: {problem}")]
pub struct IntakeError {
    /// File or stream.
    pub name: String,
    /// Line, from 1.
    pub line: usize,
    /// What is wrong.
    pub problem: Problem,
}

impl IntakeError {
    pub(crate) fn new(name: &str, line: usize, problem: Problem) -> Self {
        Self { name: name.to_owned(), line, problem }
    }
}

/// What is wrong with a document.
#[derive(Debug, Error, Clone, PartialEq, Eq)]
pub enum Problem {
    /// Not a byte, or nothing but white space.
    #[error("the file is empty")]
    Empty,
    /// Bytes that are no text in any encoding.
    #[error("this is no text but binary data (byte {byte:#04x})")]
    Binary {
        /// The first byte that no text holds.
        byte: u8,
    },
    /// More than a story can be.
    #[error("the document is too large for one story: more than {most} bytes")]
    TooLarge {
        /// Its size.
        bytes: usize,
        /// The limit.
        most: usize,
    },
    /// A line that is no JSON.
    #[error("this is no JSON: {why}")]
    Json {
        /// The parser's words.
        why: String,
    },
    /// JSON that lacks a field or has it in another type.
    #[error("the field `{field}` {what}")]
    Field {
        /// Its name.
        field: &'static str,
        /// What is the matter with it.
        what: String,
    },
    /// A document of which nothing remains once its furniture is left out.
    #[error("no story was found in it")]
    NoText,
}

impl Problem {
    /// What its owner can do about it.
    pub fn help(&self) -> &'static str {
        match self {
            Self::Empty | Self::NoText => "give it a text, or leave it out",
            Self::Binary { .. } => "convert it to text first: Markdown, plain text, HTML or JSON Lines",
            Self::TooLarge { .. } => "split it into one story a line and pass it as JSON Lines (--from jsonl)",
            Self::Json { .. } => {
                "each line must be one whole JSON object; a last line cut short is what a broken download leaves"
            }
            Self::Field { .. } => {
                "a line needs `text`, and may have `id`, `date` (YYYY-MM-DD), `title`, `url`, `publisher`"
            }
        }
    }
}
