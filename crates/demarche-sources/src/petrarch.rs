//! The XML that PETRARCH reads: sentences with date, number and source; those of one story are put together again.

use std::io::BufRead;

use demarche::story::Fields;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::walk::Walk;
use super::{Document, Trouble, Why};

/// Whether a file's beginning is such XML.
pub(crate) fn is_petrarch(head: &str) -> bool {
    head.contains("<Sentences") || head.contains("<Sentence ")
}

/// A story as far as it has been read.
#[derive(Default)]
struct Told {
    id: String,
    date: String,
    source: String,
    text: String,
}

impl Told {
    /// What an element `Sentence` says. `AFP0001_2` is the second sentence of `AFP0001`, where the element says that it is one.
    fn of(element: &BytesStart) -> Result<Self, String> {
        let mut told = Self::default();
        let mut sentence = false;
        for attribute in element.attributes() {
            let attribute = attribute.map_err(|error| error.to_string())?;
            let value = attribute.value.clone().into_owned();
            match attribute.key.as_ref() {
                "id" => told.id = value,
                "date" => told.date = value,
                "source" => told.source = value,
                "sentence" => sentence = value.eq_ignore_ascii_case("true"),
                _ => {}
            }
        }
        if let Some((story, _)) = told.id.rsplit_once('_').filter(|_| sentence) {
            told.id = story.to_owned();
        }
        Ok(told)
    }

    fn fields(&self) -> Fields {
        let mut fields = Fields::default();
        let date = match self.date.as_str() {
            day if day.len() == 8 && day.bytes().all(|b| b.is_ascii_digit()) => {
                format!("{}-{}-{}", &day[..4], &day[4..6], &day[6..])
            }
            other => other.to_owned(),
        };
        let text = self.text.split_whitespace().collect::<Vec<_>>().join(" ");
        for (name, value) in [("id", &self.id), ("date", &date), ("publisher", &self.source), ("text", &text)] {
            fields.set(name, value);
        }
        fields
    }
}

/// Hands on every story.
pub(crate) fn sentences<E>(walk: &mut Walk<E>, name: &str, input: &mut dyn BufRead) -> Result<(), E> {
    let mut xml = Reader::from_reader(input);
    let mut buffer = Vec::new();
    let (mut story, mut number): (Option<Told>, usize) = (None, 0);
    let mut within_text = false;
    let hand_on = |walk: &mut Walk<E>, story: Option<Told>, number: usize| match story {
        Some(story) => walk.document(Document::Row { name: name.to_owned(), number, fields: Box::new(story.fields()) }),
        None => Ok(()),
    };
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer) {
            Ok(Event::Start(element)) if element.name().as_ref() == "Sentence" => match Told::of(&element) {
                Ok(new) if story.as_ref().is_some_and(|s| s.id == new.id && !s.id.is_empty()) => {}
                Ok(new) => {
                    hand_on(walk, story.replace(new), number)?;
                    number += 1;
                }
                Err(error) => {
                    let at = format!("{name}: byte {}", xml.buffer_position());
                    walk.trouble(Trouble::new(at, Why::Xml(error)))?;
                }
            },
            Ok(Event::Start(element)) if element.name().as_ref() == "Text" => {
                within_text = true;
                if let Some(story) = story.as_mut().filter(|s| !s.text.is_empty()) {
                    story.text.push(' ');
                }
            }
            Ok(Event::End(element)) if element.name().as_ref() == "Text" => within_text = false,
            Ok(Event::Text(words)) if within_text => {
                if let Some(story) = &mut story {
                    story.text.push_str(&words);
                }
            }
            Ok(Event::GeneralRef(entity)) if within_text => {
                if let (Some(story), Ok(text)) = (&mut story, quick_xml::escape::unescape(&format!("&{};", &*entity))) {
                    story.text.push_str(&text);
                }
            }
            Ok(Event::Eof) => return hand_on(walk, story, number),
            Ok(_) => {}
            Err(error) => {
                hand_on(walk, story, number)?;
                let at = format!("{name}: byte {}", xml.error_position());
                return walk.trouble(Trouble::new(at, Why::Xml(error.to_string())));
            }
        }
    }
}
