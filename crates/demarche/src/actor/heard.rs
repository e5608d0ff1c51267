//! What the network says of who takes part in events: of which country, and of words that name a party though no table and no noun phrase does.

use super::cast::Builder;
use super::directory::Directory;
use super::phrase::{Phrase, extent};
use super::{Cast, EntityKind, Heard, Identity};
use crate::reader::{Reading, Role, Sentence, roles};

/// A word that is no phrase of its own is taken for one where it is so likely to head a party.
const LIKELY: f32 = 0.3;

impl Directory {
    /// A code of a country or an international body, as the tables have it.
    pub(super) fn code(&self, code: &str) -> Option<&'static str> {
        let state = self.states.iter().map(|state| state.code).find(|known| *known == code);
        state.or_else(|| self.organisations.iter().map(|body| body.country).find(|known| *known == code))
    }

    /// Gives every entity what the network says of its country wherever it may take part in an event.
    pub(super) fn hear(&self, cast: &mut Cast, reading: &Reading) {
        let Cast { entities, references, things } = cast;
        for reference in references.iter().chain(things.iter()) {
            let Some(party) = reading.sentences[reference.sentence].party_in(&reference.words, reference.head) else {
                continue;
            };
            let countries = party.countries.iter().filter_map(|(label, p)| match &**label {
                "?" => Some((None, *p)),
                code => self.code(code).map(|code| (Some(code), *p)),
            });
            for (country, chance) in countries {
                let own = |&&entity: &&usize| self.own.contains(&*entities[entity].identity.name);
                let told: Vec<usize> = reference.entities.iter().filter(|entity| !own(entity)).copied().collect();
                for entity in told {
                    entities[entity].heard.push(Heard {
                        sentence: reference.sentence,
                        head: reference.head,
                        country,
                        chance,
                    });
                }
            }
        }
    }
}

impl Builder<'_> {
    /// The words that the network takes for heads of parties and that no reference covers yet: `who`, `him`, `some`, `at least 40`.
    pub(super) fn unnamed(&mut self, text: &str, at: usize, sentence: &Sentence, (first, thing): (usize, usize)) {
        let likely = |word: usize| {
            sentence.triggers.iter().map(|t| t.roles[word]).map(|role: Role| role.most()).fold(0.0, f32::max) >= LIKELY
        };
        for word in sentence.parties.iter().map(|party| party.word).filter(|&word| likely(word)) {
            let covers = |r: &super::Reference| r.words.contains(&word);
            let known = self.cast.references[first..].iter().chain(&self.cast.things[thing..]).any(covers);
            if known {
                continue;
            }
            let antecedent = self.antecedent(sentence, first, word);
            let phrase = Phrase { head: word, words: extent(sentence, word) };
            match antecedent {
                Some(entities) => self.refer(at, sentence, phrase, entities),
                None => {
                    let name = sentence.span_of(phrase.words.clone()).text(text).to_owned();
                    let kind = EntityKind::Group;
                    let entity = self.add(Identity { name, kind, country: None, sectors: Vec::new(), office: None });
                    self.refer(at, sentence, phrase, vec![entity]);
                }
            }
        }
        self.cast.references[first..].sort_by_key(|r| r.head);
    }

    /// Whom a relative pronoun stands for.
    fn antecedent(&self, sentence: &Sentence, first: usize, word: usize) -> Option<Vec<usize>> {
        let clause = sentence.words[word].head?;
        let noun = roles::resolve_relative(sentence, clause, word);
        if noun == word {
            return None;
        }
        self.cast.references[first..].iter().find(|r| r.head == noun).map(|r| r.entities.clone())
    }
}
