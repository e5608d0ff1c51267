//! What a noun phrase says of itself: a name, a pronoun, or a description with its country and sectors.

use std::ops::Range;

use jiff::civil::Date;

use super::directory::{Directory, Referent};
use crate::reader::Sentence;

/// A noun phrase without its clauses and most of what follows its head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Phrase {
    pub head: usize,
    pub words: Range<usize>,
}

/// What a phrase says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// A name of the tables.
    Known(Referent),
    /// A person whom the tables do not know by the name.
    Person { name: String, description: Description },
    /// A description: `Soviet troops`.
    Described(Description),
    /// A pronoun, by class.
    Pronoun(&'static str),
    /// `the two leaders`, `both sides`: two of a class.
    Two(&'static str),
}

/// What a description tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Description {
    pub country: Option<&'static str>,
    pub sectors: Vec<&'static str>,
    pub title: String,
    pub lemma: String,
    pub plural: bool,
    pub definite: bool,
    /// The country is told by what stands around the phrase.
    pub inferred: bool,
}

/// Relations by which words before a head belong to its phrase.
const BEFORE: [&str; 7] = ["det", "amod", "compound", "flat", "nummod", "nmod", "goeswith"];
/// Relations by which words behind a head belong to its name.
const BEHIND: [&str; 4] = ["flat", "compound", "goeswith", "fixed"];
/// Relations of words that are inside a phrase and head none.
const INNER: [&str; 6] = ["compound", "flat", "goeswith", "fixed", "case", "nmod:desc"];
/// Prepositions that make a capital a place and no government.
const LOCATIVE: [&str; 12] =
    ["in", "at", "near", "from", "outside", "around", "into", "across", "through", "inside", "over", "within"];

impl Phrase {
    /// The phrases of a sentence, in order of their heads.
    pub fn all(sentence: &Sentence) -> Vec<Phrase> {
        let heads = (0..sentence.words.len()).filter(|&i| heads_phrase(sentence, i));
        heads.map(|head| Phrase { head, words: extent(sentence, head) }).collect()
    }
}

fn heads_phrase(sentence: &Sentence, i: usize) -> bool {
    let word = &sentence.words[i];
    let nominal = word.is_nominal()
        || (matches!(&*word.upos, "ADJ" | "NUM" | "DET" | "X")
            && ["nsubj", "obj", "iobj", "obl", "nmod", "conj", "root"].iter().any(|relation| word.is(relation)));
    nominal
        && !is_name_behind(sentence, i)
        && !INNER.iter().any(|relation| &*word.deprel == *relation || (word.is(relation) && !relation.contains(':')))
}

/// The words of a phrase: what describes the head before it, what completes its name behind it.
pub(super) fn extent(sentence: &Sentence, head: usize) -> Range<usize> {
    let mut start = head;
    let mut end = head + 1;
    let before: Vec<usize> = sentence.children(head).filter(|&i| i < head).collect();
    for &child in before.iter().rev() {
        let word = &sentence.words[child];
        let below = sentence.subtree(child);
        if BEFORE.iter().any(|relation| word.is(relation)) && below.end <= start && below.start < start {
            start = below.start;
        } else if !word.is("case") && !word.is("punct") && !word.is("advmod") {
            break;
        }
    }
    for child in sentence.children(head).filter(|&i| i > head) {
        let behind = BEHIND.iter().any(|relation| sentence.words[child].is(relation)) && child <= end + 1;
        if behind || (child == end && is_name_behind(sentence, child)) {
            end = end.max(name_end(sentence, child));
        }
    }
    // A preposition or a conjunction before the phrase is not of it.
    let loose = |i: usize| {
        let word = &sentence.words[i];
        word.is("cc") || word.is("punct") || (word.is("case") && word.head == Some(head))
    };
    while start < head && loose(start) {
        start += 1;
    }
    start..end
}

/// One past the last word of a name that a word begins.
fn name_end(sentence: &Sentence, word: usize) -> usize {
    let parts = sentence.children(word).filter(|&i| i > word && BEHIND.iter().any(|r| sentence.words[i].is(r)));
    parts.map(|i| sentence.subtree(i).end).max().unwrap_or(word + 1)
}

/// Whether a word is the name right behind a title: `Prime Minister Abiy Ahmed`, read as an apposition without a comma.
fn is_name_behind(sentence: &Sentence, word: usize) -> bool {
    let this = &sentence.words[word];
    let before = word.checked_sub(1);
    this.is("appos") && &*this.upos == "PROPN" && this.head.is_some() && this.head == before
}

impl Directory {
    /// What a phrase says on the day of publication; `None` where it names nobody who could act.
    pub(super) fn read(&self, text: &str, sentence: &Sentence, phrase: &Phrase, date: Option<Date>) -> Option<Said> {
        let head = &sentence.words[phrase.head];
        if let Some(pronoun) = self.pronoun(sentence, phrase) {
            return Some(pronoun);
        }
        if self.counted(sentence, phrase.head).is_some() {
            return None;
        }
        if let Some(two) = self.two(sentence, phrase) {
            return Some(two);
        }
        let mut description = self.describe(text, sentence, phrase);
        if let Some(name) = self.name_in(text, sentence, phrase) {
            return self.known(text, sentence, phrase, name, description);
        }
        let mention = kind(sentence, phrase.head);
        let last = &sentence.words[phrase.words.end - 1];
        let titled = phrase.head + 1 < phrase.words.end && &*last.upos == "PROPN" && !description.sectors.is_empty();
        if (mention == Some("person") && matches!(&*head.xpos, "NNP" | "NNPS")) || titled {
            return Some(self.person_named(text, sentence, phrase, description, date));
        }
        if &*head.xpos == "NNP" && phrase.words.len() == 1 {
            // What the heads take for a place or a body may yet be whoever leads a state: they know few such names.
            let meant = self.surnamed(head.span.text(text), date, None, "");
            if let Some(one) = meant.filter(|&i| mention.is_none() || self.leads(i, date)) {
                return Some(Said::Known(Referent::Person(one)));
            }
        }
        if description.sectors.is_empty() && mention == Some("person") && matches!(&*head.upos, "NOUN" | "ADJ") {
            description.sectors = vec!["CVL"];
        }
        if description.sectors.is_empty() && mention == Some("organization") && &*head.upos == "PROPN" {
            description.title = sentence.span_of(phrase.words.clone()).text(text).to_owned();
            return Some(Said::Described(description));
        }
        (!description.sectors.is_empty()).then_some(Said::Described(description))
    }

    fn pronoun(&self, sentence: &Sentence, phrase: &Phrase) -> Option<Said> {
        let head = &sentence.words[phrase.head];
        let class = |class: &'static str| self.words.is(class, &head.lemma.to_lowercase()).then_some(class);
        (&*head.upos == "PRON")
            .then(|| ["he", "she", "it", "they", "first", "we", "you"].into_iter().find_map(class))
            .flatten()
            .map(Said::Pronoun)
    }

    /// The noun that a quantity counts: `hundreds of protesters`.
    pub(super) fn counted(&self, sentence: &Sentence, word: usize) -> Option<usize> {
        let quantity = &*sentence.words[word].upos == "NUM"
            || self.words.is("quantity", &sentence.words[word].lemma.to_lowercase());
        let mut nominals = sentence.children_by(word, "nmod").filter(|&i| i > word);
        nominals
            .find(|&i| sentence.children_by(i, "case").any(|c| &*sentence.words[c].lemma == "of"))
            .filter(|_| quantity)
    }

    /// `the two leaders`, `both countries`, `the two met`, `both sides`.
    fn two(&self, sentence: &Sentence, phrase: &Phrase) -> Option<Said> {
        let head = &sentence.words[phrase.head];
        let lemma = head.lemma.to_lowercase();
        let counted = phrase.words.clone().any(|i| self.words.is("both", &sentence.words[i].lemma.to_lowercase()));
        let pair = &*head.xpos == "NNS" && counted;
        if matches!(&*head.upos, "NUM" | "DET" | "PRON") && self.words.is("both", &lemma) {
            return Some(Said::Two("leader"));
        }
        if matches!(&*lemma, "pair" | "duo") {
            return Some(Said::Two("leader"));
        }
        let class = ["leader", "nation", "side"].into_iter().find(|class| self.words.is(class, &lemma));
        class.filter(|_| pair).map(Said::Two)
    }

    /// The longest name of the tables in a phrase that its head belongs to, or a person's anywhere in it.
    fn name_in(&self, text: &str, sentence: &Sentence, phrase: &Phrase) -> Option<Referent> {
        let words = phrase.words.clone();
        let mut spans: Vec<(usize, usize)> =
            words.clone().flat_map(|start| (start + 1..=words.end).map(move |end| (start, end))).collect();
        spans.sort_by_key(|(start, end)| std::cmp::Reverse(end - start));
        spans.retain(|(start, end)| end - start <= self.longest);
        for (start, end) in spans {
            let covers = (start..end).contains(&phrase.head);
            let name = sentence.span_of(start..end).text(text);
            for &referent in self.named(name) {
                let fits = match referent {
                    // `Biden's adviser` is not Biden.
                    Referent::Person(_) => covers || !sentence.words[sentence.head_of(start..end)].is("nmod:poss"),
                    // Behind the head stands what the name belongs to, not what it is of.
                    _ => covers && (end == words.end || sentence.head_of(start..end) == phrase.head),
                };
                let part = !matches!(referent, Referent::Person(_) | Referent::Organisation(_))
                    && is_part_of_name(sentence, start..end);
                if fits && !part && (end - start > 1 || &*sentence.words[start].upos != "NOUN") {
                    return Some(referent);
                }
            }
        }
        None
    }

    fn known(
        &self,
        text: &str,
        sentence: &Sentence,
        phrase: &Phrase,
        referent: Referent,
        mut description: Description,
    ) -> Option<Said> {
        match referent {
            Referent::Nation(i) => {
                // `the Russians`: people, or the side they make.
                description.country = Some(self.states[i].code);
                if description.sectors.is_empty() {
                    description.sectors = vec!["CVL"];
                }
                description.title = sentence.span_of(phrase.words.clone()).text(text).to_owned();
                Some(Said::Described(description))
            }
            Referent::Capital(_) if is_locative(text, sentence, phrase.head) => None,
            Referent::Capital(_) | Referent::State(_) if self.is_otherwise(text, sentence, phrase) => None,
            _ => Some(Said::Known(referent)),
        }
    }

    /// Whether a name of a state names something else: `Georgia` beside `Atlanta`.
    fn is_otherwise(&self, text: &str, sentence: &Sentence, phrase: &Phrase) -> bool {
        let name = sentence.words[phrase.head].span.text(text);
        self.otherwise(name, sentence.words.iter().map(|w| w.span.text(text))).is_some()
    }

    /// Country and sectors of a phrase, from its modifiers and its head.
    fn describe(&self, text: &str, sentence: &Sentence, phrase: &Phrase) -> Description {
        let head = &sentence.words[phrase.head];
        let (mut sectors, title) = self.sectors(text, sentence, phrase);
        let body = self.body_before(text, sentence, phrase);
        if let Some((_, of_body)) = body.filter(|_| !sectors.is_empty()) {
            sectors = of_body.to_vec();
        }
        Description {
            country: body.map(|(country, _)| country).or_else(|| self.country(text, sentence, phrase)),
            sectors,
            title,
            lemma: head.lemma.to_lowercase(),
            plural: matches!(&*head.xpos, "NNS" | "NNPS"),
            definite: phrase.words.clone().any(|i| {
                sentence.words[i].is("nmod:poss") || matches!(&*sentence.words[i].lemma, "the" | "this" | "that")
            }),
            inferred: false,
        }
    }

    /// Country and sectors of the body that a phrase names before its head: `UN agencies`.
    fn body_before(&self, text: &str, sentence: &Sentence, phrase: &Phrase) -> Option<(&'static str, &[&'static str])> {
        let mut before = sentence.children(phrase.head).filter(|&i| i < phrase.head && phrase.words.contains(&i));
        before
            .find_map(|i| {
                let name = sentence.span_of(sentence.subtree(i)).text(text);
                let name = name.strip_suffix("'s").or_else(|| name.strip_suffix("’s")).unwrap_or(name).trim_end();
                self.named(name.strip_prefix("the ").unwrap_or(name)).iter().find_map(|r| match *r {
                    Referent::Organisation(b) => {
                        Some((self.organisations[b].country, &self.organisations[b].sectors[..]))
                    }
                    Referent::Seat(b) => Some((self.seats[b].country, &self.seats[b].sectors[..])),
                    _ => None,
                })
            })
            .filter(|(country, _)| !country.is_empty())
    }

    /// Sectors of the longest known kind of agent in a phrase, modifiers that change it added.
    fn sectors(&self, text: &str, sentence: &Sentence, phrase: &Phrase) -> (Vec<&'static str>, String) {
        let words = phrase.words.clone();
        let form = |i: usize| {
            let word = &sentence.words[i];
            let plain = if matches!(&*word.xpos, "NNS") { word.lemma.clone() } else { word.span.text(text).to_owned() };
            plain.to_lowercase()
        };
        let forms: Vec<String> = words.map(form).collect();
        let Some((sectors, kind)) = self.kind_of(&forms) else { return (Vec::new(), String::new()) };
        (self.modified(sectors, &kind, &forms), kind)
    }

    /// A person by a surname that the tables hold, or else by the name alone.
    fn person_named(
        &self,
        text: &str,
        sentence: &Sentence,
        phrase: &Phrase,
        description: Description,
        date: Option<Date>,
    ) -> Said {
        let words = phrase.words.clone();
        let proper = |i: &usize| {
            let lemma = sentence.words[*i].lemma.to_lowercase();
            let title =
                self.agents.contains_key(lemma.as_str()) || self.words.is("honorific", lemma.trim_end_matches('.'));
            &*sentence.words[*i].upos == "PROPN" && !title
        };
        let end = words.clone().rev().find(|i| proper(i)).map_or(words.end, |i| i + 1);
        let start = (words.start..end).rev().take_while(proper).last().unwrap_or(end - 1);
        let start = (start..end)
            .find(|&i| !self.named(sentence.words[i].span.text(text)).iter().any(|r| matches!(r, Referent::Nation(_))))
            .unwrap_or(start);
        let name = sentence.span_of(start..end).text(text).to_owned();
        if end - start == 1
            && let Some(one) = self.surnamed(&name, date, description.country, &description.title)
        {
            return Said::Known(Referent::Person(one));
        }
        Said::Person { name, description }
    }
}

/// Whether words are a part of a person's or a body's longer name: `Paris` in `Paris Hilton`, `Moscow` in `Dynamo Moscow`.
pub(super) fn is_part_of_name(sentence: &Sentence, words: Range<usize>) -> bool {
    sentence.mentions.iter().any(|mention| {
        let all = &mention.words;
        let named = matches!(&*mention.kind, "person" | "organization");
        let mut rest = all.clone().filter(|i| !words.contains(i)).map(|i| &sentence.words[i]).filter(|w| !w.is("det"));
        let longer = all.start <= words.start && words.end <= all.end;
        let joined = rest.clone().any(|w| w.is("flat") || w.is("compound")) || sentence.words[words.start].is("flat");
        named && longer && joined && rest.all(|w| &*w.upos == "PROPN")
    })
}

/// The reader's kind for the smallest mention that a word heads.
fn kind(sentence: &Sentence, head: usize) -> Option<&str> {
    let of_head = sentence.mentions.iter().filter(|m| sentence.head_of(m.words.clone()) == head);
    of_head.min_by_key(|m| m.words.len()).map(|m| &*m.kind)
}

/// Whether a word stands in an adverbial of place.
pub(crate) fn is_locative(text: &str, sentence: &Sentence, head: usize) -> bool {
    let word = &sentence.words[head];
    let case = || {
        sentence
            .children_by(head, "case")
            .any(|i| LOCATIVE.contains(&&*sentence.words[i].span.text(text).to_lowercase()))
    };
    (word.is("obl") || word.is("nmod")) && case()
}
