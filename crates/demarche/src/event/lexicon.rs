//! Reading the lexicon: what verbs and nouns say, under which conditions, and where their actors and recipients stand.

use std::collections::{HashMap, HashSet};

use super::context::ContextWords;
use super::decision::Decisions;
use super::magnitude::Measures;
use crate::ontology::{EventType, Ontology};
use crate::own::Own;
use crate::reader::roles::{self, preposition};
use crate::reader::{Sentence, Word};
use crate::table::{self, Row, Rows, TableError};
use demarche_tables::Table;

/// A condition on the words around a trigger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Condition {
    Particle(&'static str),
    Object(Vec<&'static str>),
    AnyObject,
    /// A phrase with a preposition, and the lemmas one of which it must have; none for any.
    With(&'static str, Vec<&'static str>),
    Clause,
    Plain,
    Infinitive,
    Actor(Vec<&'static str>),
}

/// What stands where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Of {
    /// Subject, possessor, `by`.
    #[default]
    Plain,
    /// Actors and recipients stand side by side.
    Both,
    /// `of` names the actor.
    Actor,
    /// `of` names the recipient.
    Recipient,
    /// The object does it to the subject, as a guest visits his host.
    Object,
    /// Who stands behind `from` or `by` does it to the subject: `received aid from`, `faced criticism from`.
    Source,
}

/// A row of the lexicon.
#[derive(Clone, Debug)]
pub(crate) struct Frame {
    pub(super) conditions: Vec<Condition>,
    pub kind: EventType,
    pub mode: Option<&'static str>,
    pub contexts: Vec<&'static str>,
    pub of: Of,
    /// Where the recipient stands: `obj` or prepositions; empty for nowhere.
    pub recipient: Vec<&'static str>,
    pub verb: bool,
    /// A row of the user's own: it stands whatever the reader's heads say.
    pub own: bool,
    /// Its table and line.
    pub row: Option<(&'static str, usize)>,
}

/// The tables that events are found by.
#[derive(Debug)]
pub struct EventTables {
    verbs: HashMap<&'static str, Vec<Frame>>,
    nouns: HashMap<&'static str, Vec<Frame>>,
    light: HashSet<&'static str>,
    topics: HashMap<&'static str, &'static str>,
    triggers: HashSet<(&'static str, &'static str)>,
    pub(super) measures: Measures,
    pub(super) decisions: Decisions,
    /// Codes no event less sure than this.
    pub(super) least: f32,
    pub(super) contexts: ContextWords,
}

fn rows(table: Table, columns: &[&str]) -> Result<Rows<'static>, TableError> {
    Rows::read(table.name, table.text, columns)
}

impl EventTables {
    /// Reads the shipped tables; types, modes and contexts must be the ontology's.
    pub fn shipped(ontology: &Ontology) -> Result<Self, TableError> {
        Self::with(ontology, demarche_tables::DECISIONS.text)
    }

    /// Reads the shipped tables, with decisions that were fitted to weights of the user's own (`decisions.tsv`).
    pub fn with(ontology: &Ontology, decisions: &str) -> Result<Self, TableError> {
        let mut out = Self {
            verbs: HashMap::new(),
            nouns: HashMap::new(),
            light: table::list(demarche_tables::LIGHT_VERBS.text).collect(),
            topics: HashMap::new(),
            triggers: HashSet::new(),
            measures: Measures::shipped()?,
            decisions: Decisions::read(decisions)?,
            least: 0.0,
            contexts: ContextWords::shipped(ontology)?,
        };
        let columns = ["lemmas", "where", "type", "mode", "contexts", "actor", "recipient", "example"];
        for (table, verb) in [(demarche_tables::EVENT_VERBS, true), (demarche_tables::EVENT_NOUNS, false)] {
            out.add(&rows(table, &columns)?, verb, ontology, false)?;
        }
        for row in rows(demarche_tables::TRIGGERS, &["lemma", "pos"])?.iter() {
            out.triggers.insert((row.get("lemma"), row.get("pos")));
        }
        for row in rows(demarche_tables::TOPICS, &["lemma", "topic"])?.iter() {
            out.topics.insert(row.get("lemma"), row.get("topic"));
        }
        Ok(out)
    }

    fn add(&mut self, rows: &Rows<'static>, verb: bool, ontology: &Ontology, own: bool) -> Result<(), TableError> {
        let map = if verb { &mut self.verbs } else { &mut self.nouns };
        for row in rows.iter() {
            let frame = Frame { own, ..frame(row, verb, ontology)? };
            for lemma in row.list("lemmas") {
                map.entry(lemma).or_default().push(frame.clone());
            }
        }
        Ok(())
    }

    /// Takes the user's verbs and nouns, beside the shipped ones or in their place.
    pub(crate) fn extend(&mut self, own: &Own, ontology: &Ontology) -> Result<(), TableError> {
        if own.replaces {
            self.verbs.clear();
            self.nouns.clear();
        }
        own.verbs.iter().try_for_each(|rows| self.add(rows, true, ontology, true))?;
        own.nouns.iter().try_for_each(|rows| self.add(rows, false, ontology, true))
    }

    /// The frame that fits a word best: the one with most conditions, of equals one that names its object. `sectors` tells the actor's.
    pub(crate) fn frame(&self, text: &str, sentence: &Sentence, word: usize, sectors: &[&str]) -> Option<&Frame> {
        let this = &sentence.words[word];
        let lemma = this.lemma.to_lowercase();
        let frames = match &*this.upos {
            "VERB" if !this.is("amod") && !this.is("case") => self.verbs.get(lemma.as_str()),
            "ADJ" if &*lemma == "opposed" => self.verbs.get("opposed"),
            "NOUN" if !this.is("compound") => self.nouns.get(lemma.as_str()),
            _ => None,
        }?;
        let fits = |frame: &&Frame| frame.conditions.iter().all(|c| c.holds(text, sentence, word, sectors));
        frames.iter().rev().filter(fits).max_by_key(|frame| (frame.own, frame.conditions.len(), frame.names_object()))
    }

    /// Codes no event less sure than this.
    pub(crate) fn set_least(&mut self, least: f32) {
        self.least = least;
    }

    /// Whether a word tells of events in the project's corpus.
    pub(super) fn is_known(&self, word: &Word) -> bool {
        let pos = word.upos.to_lowercase();
        self.triggers.contains(&(word.lemma.to_lowercase().as_str(), pos.as_str()))
    }

    /// Whether a verb lends nouns its subject.
    pub(super) fn is_light(&self, lemma: &str) -> bool {
        self.light.contains(lemma)
    }

    /// The topic of a story that is not coded.
    pub(super) fn topic(&self, lemma: &str) -> Option<&'static str> {
        self.topics.get(lemma).copied()
    }
}

fn kind(row: Row<'_, 'static>, column: &str) -> Result<EventType, TableError> {
    row.parse(column)
}

fn frame(row: Row<'_, 'static>, verb: bool, ontology: &Ontology) -> Result<Frame, TableError> {
    let conditions = row.get("where").split(' ').filter(|c| !c.is_empty());
    let own = ontology.named(row.get("type"));
    let kind = own.map_or_else(|| kind(row, "type"), |own| Ok(own.base))?;
    let mode = Some(row.get("mode")).filter(|mode| !mode.is_empty()).or(own.and_then(|own| own.mode));
    if let Some(mode) = mode.filter(|mode| !ontology.has_mode(kind, mode)) {
        return Err(row.error(format!("`{mode}` is no mode of {kind}")));
    }
    let contexts: Vec<&str> = row.list("contexts").collect();
    if let Some(context) = contexts.iter().find(|c| !ontology.has_context(c)) {
        return Err(row.error(format!("`{context}` is no context")));
    }
    let of = match row.get("actor") {
        "" => Of::Plain,
        "both" => Of::Both,
        "obj" => Of::Object,
        "from" => Of::Source,
        "of-actor" => Of::Actor,
        "of-recipient" => Of::Recipient,
        other => {
            return Err(row.error(format!("`{other}` is no actor: both, obj, from, of-actor, of-recipient or nothing")));
        }
    };
    let recipient = match row.get("recipient") {
        "" => vec!["obj"],
        "-" => Vec::new(),
        _ => row.list("recipient").collect(),
    };
    let conditions = conditions.map(|c| Condition::read(row, c)).collect::<Result<_, _>>()?;
    Ok(Frame { conditions, kind, mode, contexts, of, recipient, verb, own: false, row: Some(row.place()) })
}

impl Frame {
    /// Whether it asks for certain objects, which says more than any other condition.
    fn names_object(&self) -> bool {
        self.conditions.iter().any(|c| matches!(c, Condition::Object(_)))
    }
}

impl Condition {
    fn read(row: Row<'_, 'static>, condition: &'static str) -> Result<Self, TableError> {
        let several = |value: &'static str| value.split(',').collect();
        Ok(match condition.split_once('=') {
            Some(("prt", value)) => Self::Particle(value),
            Some(("obj", value)) => Self::Object(several(value)),
            Some(("with", value)) => match value.split_once('/') {
                Some((form, lemmas)) => Self::With(form, several(lemmas)),
                None => Self::With(value, Vec::new()),
            },
            Some(("actor", value)) => Self::Actor(several(value)),
            None if condition == "clause" => Self::Clause,
            None if condition == "plain" => Self::Plain,
            None if condition == "xcomp" => Self::Infinitive,
            None if condition == "object" => Self::AnyObject,
            _ => return Err(row.error(format!("`{condition}` is no condition"))),
        })
    }

    fn holds(&self, text: &str, sentence: &Sentence, word: usize, sectors: &[&str]) -> bool {
        match self {
            Self::Particle(form) => sentence.children(word).any(|i| {
                matches!(&*sentence.words[i].deprel, "compound:prt" | "advmod")
                    && sentence.words[i].span.text(text) == *form
            }),
            Self::Object(lemmas) => roles::object(sentence, word)
                .is_some_and(|o| lemmas.contains(&sentence.words[o].lemma.to_lowercase().as_str())),
            Self::AnyObject => roles::object(sentence, word).is_some(),
            Self::With(form, lemmas) => {
                // `the aid by Norway to Somalia` may hang the second phrase on the first.
                let near = || ["obj", "nmod"].into_iter().flat_map(|relation| sentence.children_by(word, relation));
                let mut around = sentence.children(word).chain(near().flat_map(|o| sentence.children(o)));
                let named =
                    |i: usize| lemmas.is_empty() || lemmas.contains(&sentence.words[i].lemma.to_lowercase().as_str());
                let case =
                    |i: usize| named(i) && preposition(sentence, i).is_some_and(|c| &*sentence.words[c].lemma == *form);
                // What stands before the trigger is its setting: `On Monday he called`.
                around.any(|i| i > word && (sentence.words[i].is("obl") || sentence.words[i].is("nmod")) && case(i))
            }
            Self::Clause => {
                sentence.children(word).any(|i| sentence.words[i].is("xcomp") || sentence.words[i].is("ccomp"))
            }
            Self::Plain => {
                !sentence.children(word).any(|i| sentence.words[i].is("xcomp") || sentence.words[i].is("ccomp"))
            }
            Self::Infinitive => {
                let purpose = |i: usize| sentence.words[i].is("advcl") && roles::is_infinitive(sentence, i);
                sentence.children(word).any(|i| sentence.words[i].is("xcomp") || purpose(i))
            }
            Self::Actor(wanted) => sectors.iter().any(|s| wanted.contains(s)),
        }
    }
}
