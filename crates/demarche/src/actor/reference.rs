//! Who was spoken of last: what pronouns and descriptions find what they refer to by.

use super::phrase::Description;
use super::{Cast, EntityKind, Identity};
use crate::reader::Sentence;

/// How many sentences back a pronoun may reach.
const REACH: usize = 3;

/// How many sentences back a description may reach.
const FAR: usize = 30;

/// One sight of one or several entities.
#[derive(Debug)]
struct Sight {
    entities: Vec<usize>,
    sentence: usize,
    word: usize,
    subject: bool,
    plural: bool,
}

/// Sights in order, what groups were described as, and which of `he` and `she` a person turned out to be.
#[derive(Debug, Default)]
pub(super) struct Salience {
    sights: Vec<Sight>,
    described: Vec<(usize, Description)>,
    gender: Vec<(usize, &'static str)>,
}

impl Salience {
    pub fn saw(&mut self, entities: &[usize], sentence: usize, words: &Sentence, word: usize) {
        let of = &words.words[word];
        let plural = entities.len() > 1 || matches!(&*of.xpos, "NNS" | "NNPS") || words.child(word, "conj").is_some();
        let subject = of.is("nsubj") || of.is("root");
        self.sights.push(Sight { entities: entities.to_vec(), sentence, word, subject, plural });
    }

    /// Keeps that a person is `he` or `she`.
    pub fn know_gender(&mut self, entity: usize, class: &'static str) {
        if !self.gender.iter().any(|(e, _)| *e == entity) {
            self.gender.push((entity, class));
        }
    }

    /// Keeps what a new group was described as.
    pub fn describe(&mut self, entity: usize, description: &Description) {
        self.described.push((entity, description.clone()));
    }

    /// Entity `old` turned out to be `new`.
    pub fn replace(&mut self, old: usize, new: usize) {
        for entity in self.sights.iter_mut().flat_map(|s| s.entities.iter_mut()).filter(|e| **e == old) {
            *entity = new;
        }
    }

    /// What a pronoun refers to. Within its sentence and the few before it: the last subject that fits, else the last that fits.
    pub fn pronoun(
        &mut self,
        cast: &Cast,
        class: &'static str,
        at: usize,
        sentence: &Sentence,
        word: usize,
    ) -> Vec<usize> {
        let fits = |sight: &&Sight| (sight.entities.len() == 1 || class == "they") && self.may_be(cast, sight, class);
        let governs = |sight: &&Sight| sight.sentence == at && same_clause(sentence, sight.word, word);
        let governed: Vec<usize> =
            self.sights.iter().filter(governs).flat_map(|s| s.entities.iter().copied()).collect();
        let possessive = sentence.words[word].is("nmod:poss");
        let sights = || {
            let near = self.sights.iter().rev().take_while(|s| s.sentence + REACH >= at);
            near.filter(fits).filter(|s| possessive || !s.entities.iter().any(|e| governed.contains(e)))
        };
        // The subject of this sentence, then that of the one before, then whoever came last.
        let person = |s: &&Sight| cast.entities[s.entities[0]].identity.kind == EntityKind::Person;
        let subject = |people: bool| {
            (0..REACH.min(at + 1)).find_map(move |back| {
                sights().filter(|s| s.sentence + back == at && s.subject && (!people || person(s))).last()
            })
        };
        // A person comes before a group that one could be of.
        let people = matches!(class, "he" | "she");
        let found = subject(people)
            .or_else(|| sights().find(|s| !people || person(s)))
            .or_else(|| subject(false))
            .or_else(|| sights().next())
            .map_or_else(Vec::new, |sight| sight.entities.clone());
        if let (true, &[person]) = (matches!(class, "he" | "she"), &found[..]) {
            self.know_gender(person, class);
        }
        found
    }

    fn may_be(&self, cast: &Cast, sight: &Sight, class: &str) -> bool {
        let entity = sight.entities[0];
        let identity = &cast.entities[entity].identity;
        let other = |(e, g): &(usize, &str)| *e == entity && *g != class;
        match class {
            "he" | "she" => {
                let one = identity.kind == EntityKind::Person
                    || (identity.kind == EntityKind::Group && !sight.plural && identity.sectors != ["CVL"]);
                one && !self.gender.iter().any(other)
            }
            "it" => matches!(identity.kind, EntityKind::State | EntityKind::Organisation),
            "they" => sight.entities.len() > 1 || (sight.plural && identity.kind != EntityKind::Person),
            _ => false,
        }
    }

    /// A group or person that a description fits: `the Japanese leader` after `Prime Minister Abe`.
    pub fn described(&self, cast: &Cast, description: &Description, at: usize) -> Option<usize> {
        if !description.definite {
            return None;
        }
        let near = self.sights.iter().rev().take_while(|s| s.sentence + FAR >= at).filter(|s| s.entities.len() == 1);
        near.map(|s| s.entities[0]).find(|&entity| {
            let identity = &cast.entities[entity].identity;
            let country = description.country.is_none() || description.country == identity.country;
            match identity.kind {
                EntityKind::Person => {
                    let office = identity.office.as_deref().unwrap_or("");
                    let titled = office == description.title
                        || (description.lemma == "leader" && description.country.is_some())
                        || (!office.is_empty() && office.ends_with(&format!(" {}", description.lemma)));
                    !description.plural && country && titled && identity.sectors.first() == description.sectors.first()
                }
                EntityKind::Group | EntityKind::Organisation => {
                    let before = self.described.iter().find(|(e, _)| *e == entity);
                    let alike = |d: &Description| {
                        d.title == description.title && d.plural == description.plural && d.lemma == description.lemma
                    };
                    country && (before.is_some_and(|(_, d)| alike(d)) || is_named_for(identity, description))
                }
                EntityKind::State | EntityKind::Place | EntityKind::Thing | EntityKind::Speaker => false,
            }
        })
    }

    /// The state that was spoken of last.
    pub fn last_state(&self, cast: &Cast) -> Option<usize> {
        let states = self.sights.iter().rev().filter(|s| s.entities.len() == 1).map(|s| s.entities[0]);
        states.into_iter().find(|&e| cast.entities[e].identity.kind == EntityKind::State)
    }

    /// The two entities of a kind that were seen last, in the order of their naming.
    pub fn last_two(&self, cast: &Cast, kind: EntityKind) -> Vec<usize> {
        let mut found: Vec<usize> = Vec::new();
        for sight in self.sights.iter().rev() {
            for &entity in &sight.entities {
                if cast.entities[entity].identity.kind == kind && !found.contains(&entity) && found.len() < 2 {
                    found.push(entity);
                }
            }
        }
        if found.len() < 2 {
            return Vec::new();
        }
        found.sort_unstable();
        found
    }
}

/// `the court` after `the Supreme Court`: a body whose name has the noun that describes it.
fn is_named_for(identity: &Identity, description: &Description) -> bool {
    let same = |word: &str| word.to_lowercase() == description.lemma;
    identity.kind == EntityKind::Organisation && !description.plural && identity.name.split(' ').any(same)
}

/// Whether two words depend on one predicate: a pronoun does not mean the other argument of its own verb.
fn same_clause(sentence: &Sentence, a: usize, b: usize) -> bool {
    sentence.words[a].head.is_some() && sentence.words[a].head == sentence.words[b].head
}
