//! What can keep a document from becoming a story.

use demarche::story::{IntakeError, Problem};
use thiserror::Error;

/// Something that could not be read; all that stands beside it was.
#[derive(Debug, Error)]
#[error("{name}: {why}")]
pub struct Trouble {
    /// File, address or record, with the line where one is known.
    pub name: String,
    /// What is wrong.
    pub why: Why,
}

impl Trouble {
    pub(crate) fn new(name: impl Into<String>, why: Why) -> Self {
        Self { name: name.into(), why }
    }
}

impl From<IntakeError> for Trouble {
    fn from(error: IntakeError) -> Self {
        Self::new(format!("{}:{}", error.name, error.line), Why::Document(error.problem))
    }
}

/// What is wrong.
#[derive(Debug, Error)]
pub enum Why {
    /// The document itself.
    #[error("{0}")]
    Document(Problem),
    /// A file or a connection fails.
    #[error("it cannot be read: {0}")]
    Io(#[from] std::io::Error),
    /// A member of a gzip file is damaged or cut short.
    #[error("{0}")]
    Gzip(String),
    /// What is compressed grows beyond all measure.
    #[error("it is a compression bomb: more than {0} times its size")]
    Bomb(u64),
    /// A zip file, or an entry of one.
    #[error("the zip file cannot be read: {0}")]
    Zip(String),
    /// An archive inside an archive inside an archive.
    #[error("archives are packed into each other too deep")]
    Nested,
    /// A table without a column of texts, or a row that is no row.
    #[error("{0}")]
    Table(String),
    /// Broken XML.
    #[error("the XML is broken: {0}")]
    Xml(String),
    /// A record of a crawl.
    #[error("{0}")]
    Warc(String),
    /// A feed.
    #[error("the feed cannot be read: {0}")]
    Feed(String),
    /// A server's answer.
    #[error("{0}")]
    Http(String),
    /// What robots.txt forbids.
    #[error("the site's robots.txt forbids it")]
    Robots,
}

impl Why {
    /// A few words to count it under.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Document(Problem::Empty | Problem::NoText) => "no story in it",
            Self::Document(Problem::Binary { .. }) => "binary data",
            Self::Document(Problem::TooLarge { .. }) => "too large",
            Self::Document(Problem::Json { .. }) => "no JSON",
            Self::Document(Problem::Field { .. }) => "a field missing or wrong",
            Self::Io(_) => "unreadable",
            Self::Gzip(_) => "damaged gzip",
            Self::Bomb(_) => "compression bomb",
            Self::Zip(_) => "damaged zip",
            Self::Nested => "nested too deep",
            Self::Table(_) => "no table of stories",
            Self::Xml(_) => "broken XML",
            Self::Warc(_) => "damaged WARC record",
            Self::Feed(_) => "broken feed",
            Self::Http(_) => "not served",
            Self::Robots => "forbidden by robots.txt",
        }
    }

    /// What its owner can do about it.
    pub fn help(&self) -> &'static str {
        match self {
            Self::Document(problem) => problem.help(),
            Self::Io(_) => "check that it is there and may be read",
            Self::Gzip(_) | Self::Zip(_) | Self::Warc(_) => {
                "fetch it again; all that stands around the damage was read"
            }
            Self::Bomb(_) | Self::Nested => "unpack it and look at what is in it",
            Self::Table(_) => {
                "a table needs a header with `text`, and may have `id`, `date`, `title`, `url`, `publisher`"
            }
            Self::Xml(_) => "mend the file; what stands before the break was read",
            Self::Feed(_) => "it must be RSS, Atom or a JSON Feed; try again later",
            Self::Http(_) => "try again later, or look at the address in a browser",
            Self::Robots => "ask the site, or leave it out",
        }
    }
}
