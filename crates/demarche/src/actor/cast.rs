//! Building the cast: phrases read in order, each joined to the entity it means.

use std::collections::HashMap;

use jiff::civil::Date;

use super::directory::{Directory, Referent};
use super::phrase::{Description, Phrase, Said, is_locative};
use super::reference::Salience;
use super::speakers::Speakers;
use super::{Cast, Entity, EntityKind, Identity, Reference};
use crate::place::{Gazetteer, Places};
use crate::reader::{Reading, Sentence};
use crate::story::{Quoted, quoted};

/// Sectors whose members belong to the state of the place they act in.
const OF_A_STATE: [&str; 6] = ["GOV", "MIL", "COP", "JUD", "LEG", "SPY"];
/// Sectors whose members belong to the state of the place they act in, where the sentence names one.
const OF_A_PLACE: [&str; 8] = ["CVL", "OPP", "PTY", "LAB", "EDU", "MED", "REB", "UAF"];

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

/// The country that a story's places lie in most often.
fn most_named(places: &Places, gazetteer: &Gazetteer) -> Option<&'static str> {
    let mut count: Vec<(&'static str, usize)> = Vec::new();
    for country in places.mentions.iter().map(|m| gazetteer.place(m.place).country).filter(|c| !c.is_empty()) {
        match count.iter_mut().find(|(c, _)| *c == country) {
            Some((_, n)) => *n += 1,
            None => count.push((country, 1)),
        }
    }
    // The first named wins a tie.
    count.iter().rev().max_by_key(|(_, n)| *n).map(|(country, _)| *country)
}

pub(super) struct Builder<'d> {
    pub directory: &'d Directory,
    pub cast: Cast,
    known: HashMap<Referent, usize>,
    /// Places and things by their names in small letters.
    pub inert: HashMap<String, usize>,
    salience: Salience,
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
        self.things(text, at, sentence, first, setting);
    }

    fn refer(&mut self, at: usize, sentence: &Sentence, phrase: Phrase, entities: Vec<usize>) {
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
                if description.country.is_none() {
                    description.country = self.possessed(at, sentence, phrase, &description.lemma);
                }
                let abroad = phrase
                    .words
                    .clone()
                    .any(|i| self.directory.words.is("abroad", &sentence.words[i].lemma.to_lowercase()));
                let home = !abroad && sentence.child(phrase.head, "nmod:poss").is_none();
                if description.country.is_none() && home {
                    description.country = self.acted_on(at, sentence, phrase, &description.sectors);
                }
                if description.country.is_none() && home {
                    description.country = set_in(setting, text, at, sentence, &description.sectors);
                }
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

    /// `its troops` are of the state that `its` means; `its ally` is not.
    fn possessed(&self, at: usize, sentence: &Sentence, phrase: &Phrase, lemma: &str) -> Option<&'static str> {
        let other = ["leader", "nation", "side"].iter().any(|class| self.directory.words.is(class, lemma));
        let possessor = sentence.children_by(phrase.head, "nmod:poss").next().filter(|_| !other)?;
        let reference = self.cast.at(at, possessor)?;
        self.cast.entities[*reference.entities.first()?].identity.country
    }

    /// `Turkey arrested 20 soldiers`: those whom a state does something to at home are its own.
    fn acted_on(&self, at: usize, sentence: &Sentence, phrase: &Phrase, sectors: &[&str]) -> Option<&'static str> {
        let verb = sentence.words[phrase.head].head.filter(|_| sentence.words[phrase.head].is("obj"))?;
        let subject = self.cast.at(at, sentence.child(verb, "nsubj")?)?;
        let identity = &self.cast.entities[*subject.entities.first()?].identity;
        let of_a_state = sectors.iter().any(|s| OF_A_STATE.contains(s));
        identity.country.filter(|_| of_a_state && identity.kind == EntityKind::State)
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

    /// A person named before whose name is this one, or ends or begins with it.
    fn namesake(&self, name: &str) -> Option<usize> {
        let same = |e: &Entity| {
            let whole = &e.identity.name;
            let ends = whole.strip_suffix(name).is_some_and(|before| before.is_empty() || before.ends_with(' '));
            let begins = whole.strip_prefix(name).is_some_and(|behind| behind.starts_with(' '));
            e.identity.kind == EntityKind::Person && !name.is_empty() && (ends || begins)
        };
        self.cast.entities.iter().rposition(same)
    }

    /// A body named before of whose words a name is the initials: `ANC` after `African National Congress`.
    fn spelled_out(&self, name: &str) -> Option<usize> {
        let capitals = name.len() > 1 && name.chars().all(|c| c.is_ascii_uppercase());
        let same = |e: &Entity| {
            let words = e.identity.name.split([' ', '-']);
            let initials: String = words.filter_map(|w| w.chars().next()).filter(|c| c.is_uppercase()).collect();
            e.identity.kind == EntityKind::Organisation && initials == name
        };
        self.cast.entities.iter().rposition(same).filter(|_| capitals)
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
        self.cast.entities.push(Entity { identity, mentions: Vec::new(), person: None });
        self.cast.entities.len() - 1
    }

    /// `Taro Kono, the Japanese foreign minister`: what stands in apposition means the same, and says more of it.
    fn appositions(&mut self, sentence: &Sentence, first: usize) {
        for at in first..self.cast.references.len() {
            let reference = &self.cast.references[at];
            let word = &sentence.words[reference.head];
            // `his counterpart, Sergei Lavrov`, which a tree may take for a list of two.
            let listed = word.is("conj") && sentence.child(reference.head, "cc").is_none();
            let Some(other) = word.head.filter(|_| word.is("appos") || listed) else { continue };
            let Some(beside) = self.cast.references[first..].iter().find(|r| r.head == other) else { continue };
            if let (&[a], &[b]) = (&beside.entities[..], &reference.entities[..]) {
                let country = |e: usize| self.cast.entities[e].identity.country;
                let fits =
                    !listed || (country(a).is_some() && country(a) == country(b) && is_singular(sentence, other));
                if fits {
                    self.join(a, b);
                }
            }
        }
    }

    /// One of two entities is a described one: what it says goes to the other, and so do its mentions.
    fn join(&mut self, a: usize, b: usize) {
        let named = |e: usize| self.cast.entities[e].identity.kind == EntityKind::Person;
        let described = |e: usize| self.cast.entities[e].identity.kind == EntityKind::Group;
        let (keep, give) = match (a != b, named(a) && described(b), described(a) && named(b)) {
            (true, true, _) => (a, b),
            (true, _, true) => (b, a),
            _ => return,
        };
        let given = self.cast.entities[give].clone();
        let kept = &mut self.cast.entities[keep];
        kept.identity.country = kept.identity.country.or(given.identity.country);
        if kept.identity.sectors.is_empty() {
            kept.identity.sectors = given.identity.sectors;
        }
        kept.identity.office = kept.identity.office.take().or(given.identity.office);
        kept.mentions.extend(given.mentions);
        self.cast.entities[give].mentions.clear();
        for reference in &mut self.cast.references {
            for entity in reference.entities.iter_mut().filter(|e| **e == give) {
                *entity = keep;
            }
        }
        self.salience.replace(give, keep);
    }
}

fn is_singular(sentence: &Sentence, word: usize) -> bool {
    &*sentence.words[word].xpos == "NN"
}

/// The country in which the sentence says that things took place, else, for those who serve a state, the story's.
fn set_in(
    setting: &Setting,
    text: &str,
    at: usize,
    sentence: &Sentence,
    sectors: &[&'static str],
) -> Option<&'static str> {
    let of_a_state = sectors.iter().any(|s| OF_A_STATE.contains(s));
    if !of_a_state && !sectors.iter().any(|s| OF_A_PLACE.contains(s)) {
        return None;
    }
    let here = setting.places.mentions.iter().filter(|m| m.sentence == at);
    let here = here.filter(|m| is_locative(text, sentence, sentence.head_of(m.words.clone())));
    let mut countries = here.map(|m| setting.gazetteer.place(m.place).country).filter(|c| !c.is_empty());
    match countries.next() {
        Some(first) if countries.all(|c| c == first) => Some(first),
        Some(_) => None,
        None => setting.home.filter(|_| of_a_state),
    }
}

/// A title that is an office of state.
fn office(description: &Description) -> Option<String> {
    let official = description.sectors.first().is_some_and(|s| matches!(*s, "GOV" | "MIL" | "JUD" | "LEG"));
    (official && !description.title.is_empty()).then(|| description.title.clone())
}
