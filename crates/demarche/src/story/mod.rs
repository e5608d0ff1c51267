//! The door of the house: a document in, its stories out.
//!
//! In: the bytes of a Markdown file, a plain text, an HTML page, or lines of JSON. Out: [`Story`], whose `text` is the body
//! as coded (no credits, captions, links or boilerplate) and whose other fields are what the document said of itself.
//! Never: a file opened, a page fetched, a word understood. Only this room returns errors; every later one is total.

mod dateline;
mod dates;
mod decode;
mod error;
mod fields;
mod format;
mod html;
mod jsonl;
mod language;
mod layout;
mod markdown;
mod marks;
mod paragraphs;
mod plain;

use jiff::civil::Date;

pub use dates::Months;
pub use error::{IntakeError, Problem};
pub use fields::Fields;
pub use format::Format;
pub(crate) use marks::{Quoted, quoted};
pub(crate) use paragraphs::paragraphs;

use crate::span::Span;
use crate::table::TableError;
use layout::Layout;

/// A news story: what it says and what is known of it. See `demarche schema` for the same in the record.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Story {
    /// The document's own identifier, or its file's name.
    pub id: String,
    /// Headline.
    pub title: Option<String>,
    /// Day of publication; relative dates are counted from it.
    pub date: Option<Date>,
    /// News agency that wrote it.
    pub agency: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Who signed it.
    pub byline: Option<String>,
    /// Where and by whom the text says it was filed: `TOKYO (Reuters) -`, a part of `text` that is not coded.
    pub dateline: Option<Dateline>,
    /// Address of the original.
    pub url: Option<String>,
    /// Links to other stories.
    pub related: Vec<Link>,
    /// Language of `text`: `en`, or the three letters of ISO 639-3.
    pub language: Option<&'static str>,
    /// The body, paragraphs apart.
    pub text: String,
}

impl Story {
    /// A story of nothing but its text.
    pub fn of(id: impl Into<String>, text: impl Into<String>) -> Self {
        Self { id: id.into(), text: text.into(), ..Self::default() }
    }

    /// The part of `text` that is read: all but the dateline.
    pub fn body(&self) -> Span {
        Span::new(self.dateline.as_ref().map_or(0, |d| d.span.end), self.text.len())
    }
}

/// A dateline and the place in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dateline {
    /// The whole of it, the dash included.
    pub span: Span,
    /// The place's name.
    pub place: Span,
}

/// A link to another document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Its words.
    pub title: String,
    /// Its address, or `#` where the page left it out.
    pub url: String,
}

/// Reads documents into stories; holds the tables of agencies, furniture and months.
#[derive(Debug)]
pub struct Intake {
    layout: Layout,
    /// A day of publication for stories that do not say theirs.
    pub date: Option<Date>,
}

impl Intake {
    /// The largest document read as one story, in bytes.
    pub const LARGEST: usize = 20 << 20;

    /// Reads the shipped tables.
    pub fn new() -> Result<Self, TableError> {
        Ok(Self { layout: Layout::shipped()?, date: None })
    }

    /// The stories of a whole document called `name`, in its order.
    ///
    /// The format is sniffed where none is given. Only JSON Lines holds several stories; a bad line of it is an error in
    /// that line's place.
    pub fn read(&self, name: &str, bytes: &[u8], format: Option<Format>) -> Vec<Result<Story, IntakeError>> {
        let format = format.unwrap_or_else(|| Format::sniff(name, bytes));
        if format == Format::JsonLines {
            let lines = bytes.split(|&b| b == b'\n').enumerate();
            return lines.filter_map(|(i, line)| self.line(name, i + 1, line)).collect();
        }
        vec![self.document(name, bytes, format)]
    }

    /// One line of JSON Lines; `None` for a blank one.
    pub fn line(&self, name: &str, number: usize, line: &[u8]) -> Option<Result<Story, IntakeError>> {
        if line.iter().all(u8::is_ascii_whitespace) {
            return None;
        }
        let fields = jsonl::fields(line).map_err(|problem| IntakeError::new(name, number, problem));
        Some(fields.and_then(|fields| self.fields(name, number, fields)))
    }

    /// The story of which a row or an element says so much; `number` is its line.
    pub fn fields(&self, name: &str, number: usize, fields: Fields) -> Result<Story, IntakeError> {
        fields.story(&self.layout, name, number).and_then(|story| self.finish(name, number, story))
    }

    /// A story that was taken in before, with all that is read from its text again.
    pub fn complete(&self, story: Story) -> Result<Story, IntakeError> {
        self.finish(&story.id.clone(), 1, story)
    }

    fn document(&self, name: &str, bytes: &[u8], format: Format) -> Result<Story, IntakeError> {
        let fail = |line, problem| IntakeError::new(name, line, problem);
        if bytes.len() > Self::LARGEST {
            return Err(fail(1, Problem::TooLarge { bytes: bytes.len(), most: Self::LARGEST }));
        }
        let text = decode::decode(bytes).map_err(|(line, problem)| fail(line, problem))?;
        let mut story = match format {
            Format::Html => html::story(&self.layout, &text).map_err(|problem| fail(1, problem))?,
            Format::Markdown => self.layout.story(markdown::blocks(&text)),
            _ => self.layout.story(plain::blocks(&text)),
        };
        stem(name).clone_into(&mut story.id);
        self.finish(name, 1, story)
    }

    /// What every story gets, whatever it came from.
    fn finish(&self, name: &str, line: usize, mut story: Story) -> Result<Story, IntakeError> {
        if story.text.trim().is_empty() {
            return Err(IntakeError::new(name, line, Problem::NoText));
        }
        story.date = story.date.or(self.date);
        story.language = language::of(&story.text);
        story.dateline = dateline::find(&self.layout, &story.text);
        if let (None, Some(found)) = (&story.agency, &story.dateline) {
            story.agency = self.layout.agency_in(found.span.text(&story.text));
        }
        Ok(story)
    }
}

fn stem(name: &str) -> &str {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    file.rsplit_once('.').map_or(file, |(stem, _)| stem)
}
