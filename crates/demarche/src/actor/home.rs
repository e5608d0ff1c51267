//! Of which country those are of whom nothing is said: of their possessor's, of the state that acts on them, of the place or the story.

use super::EntityKind;
use super::cast::{Builder, Setting};
use super::phrase::{Phrase, is_locative};
use crate::place::{Gazetteer, Places};
use crate::reader::Sentence;

/// Sectors whose members belong to the state of the place they act in.
const OF_A_STATE: [&str; 6] = ["GOV", "MIL", "COP", "JUD", "LEG", "SPY"];
/// Sectors whose members belong to the state of the place they act in, where the sentence names one.
const OF_A_PLACE: [&str; 8] = ["CVL", "OPP", "PTY", "LAB", "EDU", "MED", "REB", "UAF"];

impl Builder<'_> {
    /// `its troops` are of the state that `its` means; `its ally` is not.
    pub(super) fn possessed(
        &self,
        at: usize,
        sentence: &Sentence,
        phrase: &Phrase,
        lemma: &str,
    ) -> Option<&'static str> {
        let other = ["leader", "nation", "side"].iter().any(|class| self.directory.words.is(class, lemma));
        let possessor = sentence.children_by(phrase.head, "nmod:poss").next().filter(|_| !other)?;
        let reference = self.cast.at(at, possessor)?;
        self.cast.entities[*reference.entities.first()?].identity.country
    }

    /// `Turkey arrested 20 soldiers`: those whom a state does something to at home are its own.
    pub(super) fn acted_on(
        &self,
        at: usize,
        sentence: &Sentence,
        phrase: &Phrase,
        sectors: &[&str],
    ) -> Option<&'static str> {
        let verb = sentence.words[phrase.head].head.filter(|_| sentence.words[phrase.head].is("obj"))?;
        let subject = self.cast.at(at, sentence.child(verb, "nsubj")?)?;
        let identity = &self.cast.entities[*subject.entities.first()?].identity;
        let of_a_state = sectors.iter().any(|s| OF_A_STATE.contains(s));
        identity.country.filter(|_| of_a_state && identity.kind == EntityKind::State)
    }
}

/// The country in which the sentence says that things took place, else, for those who serve a state, the story's.
pub(super) fn set_in(
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

/// The country that a story's places lie in most often.
pub(crate) fn most_named(places: &Places, gazetteer: &Gazetteer) -> Option<&'static str> {
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
