//! What the reader gives: sentences, words in a tree, mentions.

use std::ops::Range;

use super::labels::Label;
use crate::span::Span;

/// A story read: its sentences in order.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The sentences.
    pub sentences: Vec<Sentence>,
}

/// A sentence: words in a tree of Universal Dependencies, and the mentions in it.
#[derive(Clone, Debug, Default)]
pub struct Sentence {
    /// Where it stands.
    pub span: Span,
    /// Whether it opens a paragraph.
    pub opens_paragraph: bool,
    /// Its words; punctuation counts.
    pub words: Vec<Word>,
    /// Mentions of people, organisations, places and other things, nested ones included, in order of their first words.
    pub mentions: Vec<Mention>,
    /// The words that the heads take for triggers of events, in order, the faint ones included.
    pub triggers: Vec<Trigger>,
    /// The words that may head a party of these, in order.
    pub parties: Vec<Party>,
}

/// A word: form, lemma, tags, and its place in the tree.
#[derive(Clone, Debug)]
pub struct Word {
    /// Where it stands.
    pub span: Span,
    /// Dictionary form, lower case but for names.
    pub lemma: String,
    /// Universal part of speech: `VERB`.
    pub upos: Label,
    /// Fine tag of the Penn Treebank: `VBD`.
    pub xpos: Label,
    /// Features: `Mood=Ind|Tense=Past`, or `_`.
    pub feats: Label,
    /// Index of the word it depends on; none for the sentence's root.
    pub head: Option<usize>,
    /// Relation to that word: `nsubj:pass`.
    pub deprel: Label,
    /// What part of an attribution it is, by the tag head: of the source, the cue, the content.
    pub attribution: [Part; 3],
}

/// Where a word stands in a tagged stretch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Part {
    /// Not in one.
    #[default]
    Outside,
    /// It begins one.
    Begins,
    /// It goes on.
    Inside,
}

/// A mention of an entity.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    /// First to one past the last word.
    pub words: Range<usize>,
    /// `person`, `organization`, `place`, `object`, `event`, `time`, `substance`, `abstract`, `animal` or `plant`.
    pub kind: Label,
    /// Probability that the head gave it.
    pub confidence: f32,
}

/// A word that may tell of an event, with the probabilities of what it tells.
#[derive(Clone, Debug, PartialEq)]
pub struct Trigger {
    /// The word.
    pub word: usize,
    /// The types; what they lack to 1 is that it tells of none.
    pub kinds: Vec<(Label, f32)>,
    /// The modes, as `TYPE/mode`; what they lack to 1 is that it has none.
    pub modes: Vec<(Label, f32)>,
    /// Whether it is so: the statuses.
    pub statuses: Vec<(Label, f32)>,
    /// How likely the story looks back on it.
    pub historic: f32,
    /// By word, how likely it is a party.
    pub roles: Vec<Role>,
}

/// How likely a word is a party of an event: the word that the others of its phrase depend on, or one of them.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Role {
    /// It heads an actor.
    pub actor: f32,
    /// It heads a recipient.
    pub recipient: f32,
    /// It stands in an actor.
    pub in_actor: f32,
    /// It stands in a recipient.
    pub in_recipient: f32,
}

impl Role {
    /// How likely it heads a party.
    pub fn most(&self) -> f32 {
        self.actor.max(self.recipient)
    }
}

/// A word that may head a party of an event, with who that is; the likeliest five.
#[derive(Clone, Debug, PartialEq)]
pub struct Party {
    /// The word.
    pub word: usize,
    /// PLOVER sectors; `-` for a place or a thing.
    pub sectors: Vec<(Label, f32)>,
    /// ISO 3166-1 alpha-3, or a code of PLOVER's international bodies; `?` where nobody can tell.
    pub countries: Vec<(Label, f32)>,
}

impl Trigger {
    /// How likely it tells of an event of any type.
    pub fn chance(&self) -> f32 {
        self.kinds.iter().map(|(_, p)| p).sum()
    }
}

impl Word {
    /// Whether the relation to the head is `name`, or a subtype of it.
    pub fn is(&self, name: &str) -> bool {
        self.deprel.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
    }

    /// Whether it is a noun, a name or a pronoun.
    pub fn is_nominal(&self) -> bool {
        matches!(&*self.upos, "NOUN" | "PROPN" | "PRON")
    }
}

impl Sentence {
    /// What the heads say of a word as a trigger, where they say anything.
    pub fn trigger(&self, word: usize) -> Option<&Trigger> {
        let at = self.triggers.partition_point(|t| t.word < word);
        self.triggers.get(at).filter(|t| t.word == word)
    }

    /// Adds what words from `from` on tell of, read without the others.
    pub(super) fn hear(&mut self, from: usize, triggers: Vec<Trigger>, parties: Vec<Party>) {
        let count = self.words.len();
        for mut trigger in triggers {
            trigger.word += from;
            trigger.roles.splice(..0, std::iter::repeat_n(Role::default(), from));
            self.triggers.push(trigger);
        }
        self.triggers.iter_mut().for_each(|trigger| trigger.roles.resize(count, Role::default()));
        self.parties.extend(parties.into_iter().map(|party| Party { word: party.word + from, ..party }));
    }

    /// Who a phrase may name as a party: by its head, else by the first of its words that may head one.
    pub fn party_in(&self, words: &Range<usize>, head: usize) -> Option<&Party> {
        self.party(head).or_else(|| words.clone().find_map(|word| self.party(word)))
    }

    /// Who a word may name as a party.
    pub fn party(&self, word: usize) -> Option<&Party> {
        let at = self.parties.partition_point(|p| p.word < word);
        self.parties.get(at).filter(|p| p.word == word)
    }

    /// Words that depend on `head`, in order.
    pub fn children(&self, head: usize) -> impl Iterator<Item = usize> {
        (0..self.words.len()).filter(move |&i| self.words[i].head == Some(head))
    }

    /// The first child of `head` by a relation (subtypes count).
    pub fn child(&self, head: usize, relation: &str) -> Option<usize> {
        self.children(head).find(|&i| self.words[i].is(relation))
    }

    /// The children of `head` by a relation (subtypes count).
    pub fn children_by(&self, head: usize, relation: &str) -> impl Iterator<Item = usize> {
        self.children(head).filter(move |&i| self.words[i].is(relation))
    }

    /// Whether `word` is `ancestor` or below it.
    pub fn is_below(&self, word: usize, ancestor: usize) -> bool {
        let mut at = Some(word);
        while let Some(i) = at {
            if i == ancestor {
                return true;
            }
            at = self.words[i].head;
        }
        false
    }

    /// First and one past the last word of the part of the tree below `head`.
    pub fn subtree(&self, head: usize) -> Range<usize> {
        let inside = |i: &usize| self.is_below(*i, head);
        let first = (0..self.words.len()).find(inside).unwrap_or(head);
        let last = (0..self.words.len()).rev().find(inside).unwrap_or(head);
        first..last + 1
    }

    /// The text that a range of words covers.
    pub fn span_of(&self, words: Range<usize>) -> Span {
        self.words[words.start].span.cover(self.words[words.end.max(words.start + 1) - 1].span)
    }

    /// The index of the word that covers or follows a byte.
    pub fn word_at(&self, byte: usize) -> Option<usize> {
        let at = self.words.partition_point(|word| word.span.end <= byte);
        (at < self.words.len()).then_some(at)
    }

    /// The words that a span overlaps.
    pub fn words_in(&self, span: Span) -> Range<usize> {
        let start = self.words.partition_point(|word| word.span.end <= span.start);
        let end = self.words.partition_point(|word| word.span.start < span.end);
        start..end.max(start)
    }

    /// The word of a range that the others depend on.
    pub fn head_of(&self, words: Range<usize>) -> usize {
        let outside = |i: &usize| self.words[*i].head.is_none_or(|head| !words.contains(&head));
        words.clone().find(outside).unwrap_or(words.start)
    }
}

impl Reading {
    /// The words of every sentence.
    pub fn word_spans(&self) -> Vec<Vec<Span>> {
        self.sentences.iter().map(|sentence| sentence.words.iter().map(|word| word.span).collect()).collect()
    }

    /// The sentence that holds a byte.
    pub fn sentence_at(&self, byte: usize) -> Option<usize> {
        let at = self.sentences.partition_point(|sentence| sentence.span.end <= byte);
        self.sentences.get(at).filter(|sentence| sentence.span.start <= byte).map(|_| at)
    }
}
