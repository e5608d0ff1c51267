//! Places and things: phrases that name nobody who could act, to which something may yet be done.

use super::cast::{Builder, Setting};
use super::phrase::Phrase;
use super::{EntityKind, Identity, Reference};
use crate::reader::Sentence;

impl Builder<'_> {
    /// The phrases of a sentence that no reference so far covers.
    pub(super) fn things(&mut self, text: &str, at: usize, sentence: &Sentence, first: usize, setting: &Setting) {
        for phrase in Phrase::all(sentence) {
            let nominal = matches!(&*sentence.words[phrase.head].upos, "NOUN" | "PROPN");
            if !nominal || self.cast.references[first..].iter().any(|r| r.head == phrase.head) {
                continue;
            }
            let place = setting.places.at(at, phrase.head);
            let span = place.map_or_else(|| sentence.span_of(phrase.words.clone()), |place| place.span);
            let identity = self.identity_of_thing(text, at, sentence, &phrase, setting);
            let entity = match self.inert.get(&identity.name.to_lowercase()) {
                Some(&entity) => entity,
                None => {
                    let name = identity.name.to_lowercase();
                    let entity = self.add(identity);
                    self.inert.insert(name, entity);
                    entity
                }
            };
            // `Strait of Hormuz` is one place and two phrases.
            if self.cast.entities[entity].mentions.last() != Some(&span) {
                self.cast.entities[entity].mentions.push(span);
            }
            let Phrase { head, words } = phrase;
            self.cast.things.push(Reference { span, sentence: at, words, head, entities: vec![entity] });
        }
    }

    fn identity_of_thing(
        &self,
        text: &str,
        at: usize,
        sentence: &Sentence,
        phrase: &Phrase,
        setting: &Setting,
    ) -> Identity {
        let place = setting.places.at(at, phrase.head).map(|m| setting.gazetteer.place(m.place));
        let country = match place {
            Some(place) => Some(place.country).filter(|c| !c.is_empty()),
            None => self.directory.country(text, sentence, phrase).or_else(|| set_in(at, sentence, phrase, setting)),
        };
        let words = phrase.words.clone();
        let start = words.clone().find(|&i| !sentence.words[i].is("det")).unwrap_or(words.start);
        let kind = if place.is_some() { EntityKind::Place } else { EntityKind::Thing };
        let name = match place {
            Some(place) => place.name.to_owned(),
            None => sentence.span_of(start..words.end).text(text).to_owned(),
        };
        Identity { name, kind, country, sectors: Vec::new(), office: None }
    }
}

/// The country of a place behind a thing: `a village in Mali`.
fn set_in(at: usize, sentence: &Sentence, phrase: &Phrase, setting: &Setting) -> Option<&'static str> {
    let mut behind = sentence.children_by(phrase.head, "nmod").filter(|&i| i > phrase.head);
    let place = behind.find_map(|i| setting.places.at(at, i))?;
    Some(setting.gazetteer.place(place.place).country).filter(|c| !c.is_empty())
}
