//! Building the cast: phrases read in order, each joined to the entity it means.

use std::collections::HashMap;

use jiff::civil::Date;

use super::directory::{Directory, Referent};
use super::home::{most_named, set_in};
use super::phrase::{Description, Phrase, Said, is_locative};
use super::reference::Salience;
use super::speakers::Speakers;
use super::{Cast, Entity, EntityKind, Identity, Reference};
use crate::place::{Gazetteer, Places};
use crate::reader::{Reading, Sentence};
use crate::story::{Quoted, quoted};

/// The day, and where the story is set.
pub(super) struct Setting<'a> {
    pub date: Option<Date>,
    pub places: &'a Places,
    pub gazetteer: &'a Gazetteer,
    /// The country named most often.
    pub home: Option<&'static str>,
    /// What stands between quotation marks.
    pub quoted: Vec<Quoted>,
}

impl Directory {
    /// The cast of a story.
    pub fn cast(
        &self,
        text: &str,
        reading: &Reading,
        date: Option<Date>,
        places: &Places,
        gazetteer: &Gazetteer,
    ) -> Cast {
        let home = most_named(places, gazetteer);
        let mut builder = Builder {
            directory: self,
            cast: Cast::default(),
            known: HashMap::new(),
            inert: HashMap::new(),
            salience: Salience::default(),
            speakers: Speakers::default(),
        };
        let setting = Setting { date, places, gazetteer, home, quoted: quoted(text) };
        for (at, sentence) in reading.sentences.iter().enumerate() {
            builder.sentence(text, at, sentence, &setting);
        }
        self.hear(&mut builder.cast, reading);
        compact(builder.cast)
    }
}

/// The cast without the entities that turned out to be others.
fn compact(mut cast: Cast) -> Cast {
    let mut place = Vec::with_capacity(cast.entities.len());
    let mut kept = 0;
    for entity in &cast.entities {
        place.push(kept);
        kept += usize::from(!entity.mentions.is_empty());
    }
    cast.entities.retain(|entity| !entity.mentions.is_empty());
    for entity in cast.references.iter_mut().chain(&mut cast.things).flat_map(|r| &mut r.entities) {
        *entity = place[*entity];
    }
    cast
}

pub(super) struct Builder<'d> {
    pub directory: &'d Directory,
    pub cast: Cast,
    known: HashMap<Referent, usize>,
    /// Places and things by their names in small letters.
    pub inert: HashMap<String, usize>,
    pub salience: Salience,
    pub speakers: Speakers,
}

impl Builder<'_> {
    fn sentence(&mut self, text: &str, at: usize, sentence: &Sentence, setting: &Setting) {
        let first = self.cast.references.len();
        let mut pronouns = Vec::new();
        for phrase in Phrase::all(sentence) {
            let Some(said) = self.directory.read(text, sentence, &phrase, setting.date) else {
                self.nations(text, at, sentence, &phrase, setting);
                continue;
            };
            if let Said::Pronoun(class @ ("first" | "we" | "you")) = said {
                pronouns.push((phrase, class));
                continue;
            }
            // A name that the tables of actors lack and the gazetteer has is a place.
            if matches!(&said, Said::Described(d) if d.sectors.is_empty())
                && setting.places.at(at, phrase.head).is_some()
            {
                continue;
            }
            let entities = self.entities(text, at, sentence, &phrase, said, setting);
            if entities.is_empty() {
                continue;
            }
            if !is_locative(text, sentence, phrase.head) {
                self.salience.saw(&entities, at, sentence, phrase.head);
            }
            self.refer(at, sentence, phrase, entities);
        }
        self.appositions(sentence, first);
        self.quantities(at, sentence, first);
        self.speakers(at, sentence, first, pronouns, &setting.quoted);
        let thing = self.cast.things.len();
        self.things(text, at, sentence, first, setting);
        self.unnamed(text, at, sentence, (first, thing));
    }

    pub(super) fn refer(&mut self, at: usize, sentence: &Sentence, phrase: Phrase, entities: Vec<usize>) {
        let span = sentence.span_of(phrase.words.clone());
        for &entity in &entities {
            self.cast.entities[entity].mentions.push(span);
        }
        let Phrase { head, words } = phrase;
        self.cast.references.push(Reference { span, sentence: at, words, head, entities });
    }

    /// `Russian airstrikes`, `US sanctions`: states before a noun that is no actor itself.
    fn nations(&mut self, text: &str, at: usize, sentence: &Sentence, phrase: &Phrase, setting: &Setting) {
        let before = phrase.words.clone().filter(|&i| {
            sentence.words[i].head == Some(phrase.head)
                && (sentence.words[i].is("amod") || sentence.words[i].is("compound"))
        });
        for word in before.collect::<Vec<_>>() {
            let name = sentence.words[word].span.text(text);
            let state = |r: &Referent| matches!(r, Referent::State(_) | Referent::Nation(_));
            if let Some(&referent) = self.directory.named(name).iter().find(|r| state(r)) {
                let entity = self.known(referent, setting.date);
                self.refer(at, sentence, Phrase { head: word, words: word..word + 1 }, vec![entity]);
            }
        }
    }

    /// `hundreds of protesters`: what counts others means them.
    fn quantities(&mut self, at: usize, sentence: &Sentence, first: usize) {
        for phrase in Phrase::all(sentence).into_iter().rev() {
            let counted = self.directory.counted(sentence, phrase.head);
            let inner = counted.and_then(|of| self.cast.references[first..].iter().find(|r| r.head == of));
            if let Some(entities) = inner.map(|r| r.entities.clone()) {
                let words = phrase.words.start..phrase.words.end.max(counted.map_or(0, |of| of + 1));
                self.refer(at, sentence, Phrase { head: phrase.head, words }, entities);
            }
        }
    }

    /// The entities that a phrase means, made where they are new.
    fn entities(
        &mut self,
        text: &str,
        at: usize,
        sentence: &Sentence,
        phrase: &Phrase,
        said: Said,
        setting: &Setting,
    ) -> Vec<usize> {
        match said {
            Said::Known(referent) => vec![self.known(referent, setting.date)],
            Said::Person { name, description } => vec![self.person(name, description)],
            Said::Pronoun(class) => self.salience.pronoun(&self.cast, class, at, sentence, phrase.head),
            Said::Two(class) => self.two(class, setting.date),
            Said::Described(mut description) => {
                let name = sentence.span_of(phrase.words.clone()).text(text);
                let bare = description.sectors.is_empty();
                let namesake = bare.then(|| self.namesake(name).or_else(|| self.spelled_out(name))).flatten();
                let here = self.directory.words.is("here", &description.lemma) && description.definite;
                let alone = here && !description.plural && description.country.is_none() && phrase.words.len() == 2;
                let state = alone.then(|| self.salience.last_state(&self.cast)).flatten();
                let before = || self.salience.described(&self.cast, &description, at);
                if let Some(entity) = namesake.or(state).or_else(before) {
                    return vec![entity];
                }
                let said = description.country.is_some();
                if description.country.is_none() {
                    description.country = self.possessed(at, sentence, phrase, &description.lemma);
                }
                let abroad = phrase
                    .words
                    .clone()
                    .any(|i| self.directory.words.is("abroad", &sentence.words[i].lemma.to_lowercase()));
                let foreign = self.directory.is_foreign(&description.lemma);
                let home = !abroad && !foreign && sentence.child(phrase.head, "nmod:poss").is_none();
                if description.country.is_none() && home {
                    description.country = self.acted_on(at, sentence, phrase, &description.sectors);
                }
                if description.country.is_none() && home {
                    description.country = set_in(setting, text, at, sentence, &description.sectors);
                }
                description.inferred = !said;
                let others = self.directory.other_countries(text, sentence, phrase, description.country);
                let more: Vec<Description> = others
                    .into_iter()
                    .map(|country| Description { country: Some(country), ..description.clone() })
                    .collect();
                let all = std::iter::once(description).chain(more);
                all.map(|description| self.group(text, sentence, phrase, description)).collect()
            }
        }
    }

    fn known(&mut self, referent: Referent, date: Option<Date>) -> usize {
        // A capital or the people's name stands for the state.
        let referent = match referent {
            Referent::Capital(i) | Referent::Nation(i) => Referent::State(i),
            other => other,
        };
        if let Some(&entity) = self.known.get(&referent) {
            return entity;
        }
        let entity = self.add(self.directory.identity(referent, date));
        if let Referent::Person(person) = referent {
            self.cast.entities[entity].person = Some(person);
        }
        self.known.insert(referent, entity);
        self.gender(entity, None);
        entity
    }

    /// Keeps whether a person is `he` or `she`, where a given name or a noun says it.
    fn gender(&mut self, entity: usize, description: Option<&Description>) {
        let identity = &self.cast.entities[entity].identity;
        let given = identity.name.split(' ').next().filter(|first| *first != identity.name);
        let by_name = given.and_then(|first| self.directory.given.get(first)).copied();
        let said = |lemma: &str| {
            let classes = [("male", "he"), ("female", "she")];
            classes.into_iter().find(|(class, _)| self.directory.words.is(class, lemma)).map(|(_, gender)| gender)
        };
        let noun = description.filter(|d| !d.plural).and_then(|d| said(&d.lemma));
        if let Some(class) = noun.or(by_name.filter(|_| identity.kind == EntityKind::Person)) {
            self.salience.know_gender(entity, class);
        }
    }

    /// A person by name: one named before whose name ends alike, or a new one.
    fn person(&mut self, name: String, description: Description) -> usize {
        if let Some(entity) = self.namesake(&name) {
            let identity = &mut self.cast.entities[entity].identity;
            identity.country = identity.country.or(description.country);
            if identity.sectors.is_empty() {
                identity.sectors = description.sectors;
            }
            return entity;
        }
        let office = office(&description);
        let entity = self.add(Identity {
            name,
            kind: EntityKind::Person,
            country: description.country,
            sectors: description.sectors.clone(),
            office,
        });
        self.gender(entity, Some(&description));
        entity
    }

    fn group(&mut self, text: &str, sentence: &Sentence, phrase: &Phrase, description: Description) -> usize {
        let words = phrase.words.clone();
        let start = words.clone().find(|&i| !sentence.words[i].is("det")).unwrap_or(words.start);
        let name = sentence.span_of(start..words.end).text(text).to_owned();
        let kind =
            if &*sentence.words[phrase.head].upos == "PROPN" { EntityKind::Organisation } else { EntityKind::Group };
        self.salience.describe(self.cast.entities.len(), &description);
        let office = office(&description).filter(|_| !description.plural);
        let sectors = description.sectors.clone();
        let entity = self.add(Identity { name, kind, country: description.country, sectors, office });
        self.cast.entities[entity].inferred = description.inferred;
        self.gender(entity, Some(&description));
        entity
    }

    /// The two of a class that were named last: people, or the states that they lead.
    fn two(&mut self, class: &str, date: Option<Date>) -> Vec<usize> {
        let people = self.salience.last_two(&self.cast, EntityKind::Person);
        let states = self.salience.last_two(&self.cast, EntityKind::State);
        let led: Vec<&'static str> = people.iter().filter_map(|&e| self.cast.entities[e].identity.country).collect();
        match class {
            "leader" if people.len() == 2 => people,
            "nation" if led.len() == 2 && led[0] != led[1] => {
                led.into_iter().filter_map(|code| self.state(code, date)).collect()
            }
            _ if states.len() == 2 => states,
            _ => people,
        }
    }

    fn state(&mut self, code: &str, date: Option<Date>) -> Option<usize> {
        let index = self.directory.states.iter().position(|s| s.code == code)?;
        Some(self.known(Referent::State(index), date))
    }

    pub(super) fn add(&mut self, identity: Identity) -> usize {
        let (mentions, heard) = (Vec::new(), Vec::new());
        self.cast.entities.push(Entity { identity, mentions, person: None, inferred: false, heard });
        self.cast.entities.len() - 1
    }
}

/// A title that is an office of state.
fn office(description: &Description) -> Option<String> {
    let official = description.sectors.first().is_some_and(|s| matches!(*s, "GOV" | "MIL" | "JUD" | "LEG"));
    (official && !description.title.is_empty()).then(|| description.title.clone())
}
