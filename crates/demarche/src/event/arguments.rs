//! Who stands where around a trigger: words of the tree, and the entities they mean.

use super::lexicon::{EventTables, Frame, Of};
use super::{Argument, Scene};
use crate::actor::EntityKind;
use crate::ontology::EventType;
use crate::reader::Sentence;
use crate::reader::roles::{self, preposition};

/// A sentence of a scene.
pub(crate) struct Spot<'a> {
    pub scene: &'a Scene<'a>,
    pub at: usize,
    pub sentence: &'a Sentence,
}

impl Spot<'_> {
    /// The sectors of whoever does what a word says, which some rows of the lexicon ask for.
    pub fn actor_sectors(&self, tables: &EventTables, word: usize) -> Vec<&'static str> {
        let subject = match &*self.sentence.words[word].upos {
            "NOUN" => self.noun_actors(tables, word, Of::Actor),
            "VERB" | "ADJ" => roles::agent(self.sentence, word).map_or_else(Vec::new, |s| self.parties(s)),
            _ => Vec::new(),
        };
        let sectors = subject.iter().flat_map(|a| &self.scene.cast.entities[a.entity].identity.sectors);
        sectors.copied().collect()
    }

    /// The entities that a word and those coordinated with it mean.
    pub fn parties(&self, word: usize) -> Vec<Argument> {
        let mut out = self.party(word);
        for conjunct in self.conjuncts(word) {
            for argument in self.party(conjunct) {
                if !out.iter().any(|a| a.entity == argument.entity) {
                    out.push(argument);
                }
            }
        }
        out
    }

    /// What is coordinated with a word or with a part of the phrase that it heads; also where the tree calls it an apposition.
    fn conjuncts(&self, word: usize) -> Vec<usize> {
        let sentence = self.sentence;
        let phrase = self.scene.cast.at(self.at, word).map_or(word..word + 1, |r| r.words.clone());
        let joined = |i: usize| {
            sentence.words[i].is("conj")
                || (sentence.words[i].is("appos") && sentence.subtree(i).any(|c| c < i && sentence.words[c].is("cc")))
        };
        let parts = phrase.clone().filter(|&p| p == word || &*sentence.words[p].upos == "PROPN");
        let mut out: Vec<usize> =
            parts.flat_map(|p| sentence.children(p)).filter(|&i| !phrase.contains(&i) && joined(i)).collect();
        // `the government of Colombia and the FARC`: what is no state goes with the government.
        let is_state = |i: usize| self.party(i).iter().any(|a| self.kind(a) == EntityKind::State);
        let state = self.by_preposition(word, "of").filter(|&of| is_state(of));
        out.extend(state.into_iter().flat_map(|of| sentence.children_by(of, "conj")).filter(|&i| !is_state(i)));
        out
    }

    /// Whoever a thing belongs to or comes from: `Syria's reactor`, `the attack by Israel`.
    pub fn owners(&self, thing: usize) -> Vec<Argument> {
        let sentence = self.sentence;
        let before = sentence.children(thing).filter(|&i| {
            sentence.words[i].is("nmod:poss") || sentence.words[i].is("amod") || sentence.words[i].is("compound")
        });
        let behind = ["by", "of", "from"].iter().filter_map(|form| self.by_preposition(thing, form));
        before.chain(behind).map(|i| self.parties(i)).find(|found| !found.is_empty()).unwrap_or_default()
    }

    fn kind(&self, argument: &Argument) -> EntityKind {
        self.scene.cast.entities[argument.entity].identity.kind
    }

    fn party(&self, word: usize) -> Vec<Argument> {
        if let Some(reference) = self.scene.cast.at(self.at, word) {
            return reference.entities.iter().map(|&e| Argument::of(self.scene.cast, reference.span, e)).collect();
        }
        if matches!(&*self.sentence.words[word].lemma.to_lowercase(), "i" | "we" | "me" | "us" | "my" | "our") {
            return self.speaker(word);
        }
        Vec::new()
    }

    /// Whoever says `I` or `we`.
    fn speaker(&self, word: usize) -> Vec<Argument> {
        let span = self.sentence.words[word].span;
        let quote = self.scene.voices.holding(span).map(|i| &self.scene.voices.quotes[i]);
        quote.map_or_else(Vec::new, |q| q.entities.iter().map(|&e| Argument::of(self.scene.cast, span, e)).collect())
    }

    /// The dependent of a word by a preposition.
    pub fn by_preposition(&self, word: usize, form: &str) -> Option<usize> {
        let sentence = self.sentence;
        let mut phrases =
            sentence.children(word).filter(|&i| sentence.words[i].is("obl") || sentence.words[i].is("nmod"));
        phrases.find(|&i| {
            preposition(sentence, i)
                .is_some_and(|c| sentence.words[c].span.text(self.scene.text).eq_ignore_ascii_case(form))
        })
    }

    /// The actors that a frame gives a trigger.
    pub fn actors(&self, tables: &EventTables, frame: &Frame, word: usize) -> Vec<Argument> {
        if frame.verb {
            return roles::agent(self.sentence, word).map_or_else(Vec::new, |subject| self.parties(subject));
        }
        self.noun_actors(tables, word, frame.of)
    }

    /// Who stands behind a noun: before it, `by`, `between`, `of` where that names the actor, or its light verb's subject.
    pub fn noun_actors(&self, tables: &EventTables, word: usize, of: Of) -> Vec<Argument> {
        let mut out = Vec::new();
        let mut take = |found: Vec<Argument>| {
            if out.is_empty() || of == Of::Both {
                let new = found.into_iter().filter(|a| !out.iter().any(|b: &Argument| b.entity == a.entity));
                out.extend(new.collect::<Vec<_>>());
            }
        };
        // `his arrest` is done to him, `Israel's bombing of Gaza` by Israel.
        let possessor = of != Of::Recipient || self.by_preposition(word, "of").is_some();
        let sentence = self.sentence;
        let before = sentence.children(word).filter(|&i| {
            i < word && !sentence.words[i].is("case") && (possessor || !sentence.words[i].is("nmod:poss"))
        });
        before.for_each(|i| take(self.parties(i)));
        for form in ["by", "between", "among", "from"] {
            // `the recognition of Kosovo by Japan` may hang the second phrase on the first.
            let nested = || self.sentence.children_by(word, "nmod").find_map(|i| self.by_preposition(i, form));
            let found = self.by_preposition(word, form).or_else(nested);
            take(found.map_or_else(Vec::new, |i| self.parties(i)));
        }
        if matches!(of, Of::Actor | Of::Both) {
            take(self.by_preposition(word, "of").map_or_else(Vec::new, |i| self.parties(i)));
        }
        take(self.lender(tables, word).map_or_else(Vec::new, |i| self.parties(i)));
        out
    }

    /// The subject of the light verb that a noun belongs to: `held talks`, `went on with talks`.
    fn lender(&self, tables: &EventTables, noun: usize) -> Option<usize> {
        let this = &self.sentence.words[noun];
        if this.is("conj") {
            return self.lender(tables, this.head?);
        }
        let head = this.head.filter(|_| this.is("obj") || this.is("obl") || this.is("xcomp"))?;
        let verb = &self.sentence.words[head];
        let lends = tables.is_light(&verb.lemma) || self.scene.voice_tables.defers(&verb.upos, &verb.lemma);
        roles::agent(self.sentence, head).filter(|_| lends)
    }

    /// The recipients that a frame gives a trigger; looked for around the trigger, then around its object and its complement.
    pub fn recipients(&self, frame: &Frame, word: usize) -> Vec<Argument> {
        let sentence = self.sentence;
        if frame.verb && frame.recipient.contains(&"obj") {
            // The object; else the complement's, or who is to do what it says.
            let inner = sentence.child(word, "xcomp").and_then(|i| roles::object(sentence, i));
            let named = |a: &Argument| self.kind(a) != EntityKind::Group;
            let inner = inner.map(|o| self.parties(o)).filter(|found| found.iter().all(named));
            let objects = roles::object(sentence, word).into_iter().chain(self.told(word));
            let mut found = objects.map(|o| self.parties_of_object(o, frame.kind)).chain(inner);
            if let Some(found) = found.find(|found| !found.is_empty()) {
                return found;
            }
        }
        if frame.recipient.contains(&"that") {
            let found = self.told(word).map_or_else(Vec::new, |o| self.parties(o));
            if !found.is_empty() {
                return found;
            }
        }
        if frame.recipient.contains(&"iobj") {
            let found = sentence.child(word, "iobj").map_or_else(Vec::new, |o| self.parties(o));
            if !found.is_empty() {
                return found;
            }
        }
        if !frame.verb && frame.of == Of::Recipient {
            let of = self.by_preposition(word, "of").or_else(|| sentence.child(word, "nmod:poss"));
            let found = of.map_or_else(Vec::new, |i| self.parties(i));
            if !found.is_empty() {
                return found;
            }
        }
        let mut around = vec![word];
        // A noun's light verb has its phrases: `imposed sanctions on`, `signed a deal with`.
        if !frame.verb {
            around.extend(
                sentence.words[word]
                    .head
                    .filter(|&h| &*sentence.words[h].upos == "VERB" && sentence.words[word].is("obj")),
            );
        }
        let below = |at: usize| {
            let children = sentence
                .children(at)
                .filter(|&i| ["obj", "obl", "nmod", "xcomp"].iter().any(|r| sentence.words[i].is(r)));
            children.collect::<Vec<_>>()
        };
        around.extend(below(word));
        around.extend(below(word).into_iter().flat_map(below).collect::<Vec<_>>());
        for form in frame.recipient.iter().filter(|f| !matches!(**f, "obj" | "iobj" | "that")) {
            for &at in &around {
                let found = self.by_preposition(at, form).map_or_else(Vec::new, |i| self.parties(i));
                if !found.is_empty() {
                    return found;
                }
            }
        }
        Vec::new()
    }

    /// The subject of a clause that a trigger governs: `demanded that Russia release him`.
    fn told(&self, word: usize) -> Option<usize> {
        let clauses = ["ccomp", "xcomp"].into_iter().filter_map(|relation| self.sentence.child(word, relation));
        clauses.filter_map(|clause| self.sentence.child(clause, "nsubj")).next()
    }

    /// An object that is no party may belong to one: `condemned the attack by Israel`, `rejected Iran's offer`.
    fn parties_of_object(&self, object: usize, kind: EventType) -> Vec<Argument> {
        let whole = self.parties(object);
        // Whom one meets or helps is met and helped in person.
        if !whole.is_empty() || matches!(kind, EventType::Consult | EventType::Cooperate | EventType::Aid) {
            return whole;
        }
        self.owners(object)
    }
}
