//! Documents, each good for a story, and the stories made of them on several threads.

use demarche::Story;
use demarche::story::{Fields, Format, Intake};
use jiff::civil::Date;

use super::Trouble;

/// Documents are best made into stories when so many bytes, or so many of them, have come together.
pub const DOCUMENTS: (usize, usize) = (8 << 20, 256);

/// A document that should hold one story.
#[derive(Clone, Debug)]
pub enum Document {
    /// A file or page.
    Whole {
        /// What it is called.
        name: String,
        /// Its bytes; of one that is too large, one more than a story may have.
        bytes: Vec<u8>,
        /// Its format, where it is known.
        format: Option<Format>,
        /// Its address, where it was fetched or crawled.
        url: Option<String>,
        /// When it was published at the latest, for one that does not say.
        date: Option<Date>,
    },
    /// A line of JSON.
    Line {
        /// The file's name.
        name: String,
        /// The line, from 1.
        number: usize,
        /// What stands in it.
        bytes: Vec<u8>,
    },
    /// A row of a table, or an element.
    Row {
        /// The file's name.
        name: String,
        /// The line or number, from 1.
        number: usize,
        /// What it says.
        fields: Box<Fields>,
    },
}

impl Document {
    /// How many bytes it holds, about.
    pub fn size(&self) -> usize {
        match self {
            Self::Whole { bytes, .. } | Self::Line { bytes, .. } => bytes.len(),
            Self::Row { fields, .. } => fields.size(),
        }
    }

    fn story(self, intake: &Intake) -> Result<Story, Trouble> {
        match self {
            Self::Line { name, number, bytes } => {
                intake.line(&name, number, &bytes).unwrap_or_else(|| intake.fields(&name, number, Fields::default()))
            }
            Self::Row { name, number, fields } => intake.fields(&name, number, *fields),
            Self::Whole { name, bytes, format, url, date } => {
                let read = intake.read(&name, &bytes, format).into_iter().next();
                let story = read.unwrap_or_else(|| intake.fields(&name, 1, Fields::default()));
                story.map(|mut story| {
                    if let Some(url) = url {
                        story.id.clone_from(&url);
                        story.url = story.url.or(Some(url));
                    }
                    story.date = story.date.or(date);
                    story
                })
            }
        }
        .map_err(Trouble::from)
    }
}

/// The stories of documents, in their order, made on up to `threads` threads.
pub fn stories(intake: &Intake, documents: Vec<Document>, threads: usize) -> Vec<Result<Story, Trouble>> {
    let share = documents.len().div_ceil(threads.max(1)).max(1);
    let mut left = documents.into_iter();
    let parts =
        std::iter::from_fn(|| Some(left.by_ref().take(share).collect::<Vec<_>>()).filter(|part| !part.is_empty()));
    let read = move |part: Vec<Document>| part.into_iter().map(|document| document.story(intake)).collect::<Vec<_>>();
    std::thread::scope(|scope| {
        let running: Vec<_> = parts.map(|part| scope.spawn(move || read(part))).collect();
        running
            .into_iter()
            .flat_map(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    })
}
