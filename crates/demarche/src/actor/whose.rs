//! Of which country somebody is by the words of the phrase: an adjective, a possessor, what stands behind `of`.

use super::directory::{Directory, Referent};
use super::phrase::{Phrase, extent, is_part_of_name};
use crate::reader::Sentence;

impl Directory {
    /// The country that a phrase names by an adjective, a possessor, or `of`.
    pub(super) fn country(&self, text: &str, sentence: &Sentence, phrase: &Phrase) -> Option<&'static str> {
        let of = sentence.children_by(phrase.head, "nmod").filter(|&i| {
            i > phrase.head && sentence.children_by(i, "case").any(|c| sentence.words[c].span.text(text) == "of")
        });
        let spans = |words: std::ops::Range<usize>| {
            words
                .clone()
                .flat_map(move |start| (1..=3).map(move |n| start..start + n))
                .filter(move |s| s.end <= words.end)
        };
        // An ally is of another country than whoever has it.
        let lemma = sentence.words[phrase.head].lemma.to_lowercase();
        let foreign = self.is_foreign(&lemma);
        let inside = spans(phrase.words.clone()).filter(|at| {
            let first = &sentence.words[at.start];
            let owned = foreign && at.clone().any(|i| sentence.words[i].is("nmod:poss"));
            let apart = self.is_apart(sentence, at.end) || is_part_of_name(sentence, at.clone());
            !(at.contains(&phrase.head) || first.is("flat") || owned || apart)
        });
        let behind = of.filter(|_| !foreign).flat_map(|i| {
            let words = extent(sentence, i);
            std::iter::once(words.clone()).chain(spans(words))
        });
        inside.chain(behind).find_map(|at| self.state_named(text, sentence, at))
    }

    /// Whether a noun is for somebody of another country than whoever has it: an ally, a rival.
    pub(super) fn is_foreign(&self, lemma: &str) -> bool {
        ["nation", "side"].iter().any(|class| self.words.is(class, lemma)) && !self.words.is("own", lemma)
    }

    /// Whether a name only says who backs or arms those it stands before: `US-backed fighters`.
    fn is_apart(&self, sentence: &Sentence, behind: usize) -> bool {
        let next = |at: usize| sentence.words.get(at);
        let hyphen = next(behind).is_some_and(|w| w.lemma == "-");
        let verb = if hyphen { next(behind + 1) } else { next(behind) };
        verb.is_some_and(|w| {
            let form = w.lemma.to_lowercase();
            self.words.is("apart", form.strip_prefix('-').unwrap_or(&form))
        })
    }

    fn state_named(&self, text: &str, sentence: &Sentence, at: std::ops::Range<usize>) -> Option<&'static str> {
        let name = sentence.span_of(at).text(text);
        let name = name.strip_prefix("the ").unwrap_or(name);
        if let Some(other) = self.otherwise(name, sentence.words.iter().map(|w| w.span.text(text))) {
            return other;
        }
        let of = |referent: &Referent| match *referent {
            Referent::State(i) | Referent::Nation(i) | Referent::Capital(i) => Some(self.states[i].code),
            Referent::Person(i) => self.people[i].terms.last().map(|term| term.country),
            Referent::Seat(_) | Referent::Organisation(_) => None,
        };
        self.named(name).iter().find_map(of).or_else(|| self.country_of_surname(name))
    }

    /// The countries beside the first in `Indian and Chinese soldiers`.
    pub(super) fn other_countries(
        &self,
        text: &str,
        sentence: &Sentence,
        phrase: &Phrase,
        first: Option<&str>,
    ) -> Vec<&'static str> {
        let plural = &*sentence.words[phrase.head].xpos == "NNS";
        let joined = |i: &usize| plural && *i < phrase.head && sentence.words[*i].is("conj");
        let nation = |i: usize| {
            self.named(sentence.words[i].span.text(text)).iter().find_map(|r| match *r {
                Referent::Nation(s) | Referent::State(s) => Some(self.states[s].code),
                _ => None,
            })
        };
        phrase.words.clone().filter(joined).filter_map(nation).filter(|code| Some(*code) != first).collect()
    }
}
