//! Contexts: what an event is about, by the words of its sentence and its paragraph and by who takes part.

use std::collections::HashMap;

use super::{Argument, Scene};
use crate::ontology::Ontology;
use crate::reader::{Reading, Sentence};
use crate::table::{Rows, TableError};

/// What puts an event into a context.
#[derive(Debug)]
pub(super) struct ContextWords {
    contexts: Vec<&'static str>,
    /// By the first word of an entry, the entries' words and the contexts' indices.
    words: HashMap<&'static str, Vec<(Vec<&'static str>, usize)>>,
    sectors: HashMap<&'static str, Vec<usize>>,
}

/// So many words of a paragraph put an event outside their sentence into a context.
const ENOUGH: usize = 2;

/// Contexts that leave out `crime`.
const KINDS_OF_CRIME: [&str; 3] = ["corruption", "illegal_drugs", "trafficking"];

impl ContextWords {
    pub fn shipped(ontology: &Ontology) -> Result<Self, TableError> {
        let table = demarche_tables::CONTEXT_WORDS;
        let mut out = Self { contexts: Vec::new(), words: HashMap::new(), sectors: HashMap::new() };
        for row in Rows::read(table.name, table.text, &["context", "words", "sectors"])?.iter() {
            let context = row.get("context");
            if !ontology.has_context(context) {
                return Err(row.error(format!("`{context}` is no context")));
            }
            let index = out.contexts.len();
            out.contexts.push(context);
            for entry in row.list("words") {
                let words: Vec<&str> = entry.split(' ').collect();
                out.words.entry(words[0]).or_default().push((words, index));
            }
            for sector in row.list("sectors") {
                out.sectors.entry(sector).or_default().push(index);
            }
        }
        Ok(out)
    }

    /// The contexts of an event, those its frame names first, then in the table's order.
    pub fn of(&self, scene: &Scene, at: usize, parties: &[&Argument], named: &[&'static str]) -> Vec<&'static str> {
        let mut found = vec![0; self.contexts.len()];
        for sentence in paragraph(scene.reading, at) {
            let weight = if sentence == at { ENOUGH } else { 1 };
            let read = &scene.reading.sentences[sentence];
            (0..read.words.len()).for_each(|word| self.count(read, word, weight, &mut found));
        }
        for argument in parties {
            for sector in &scene.cast.entities[argument.entity].identity.sectors {
                self.sectors.get(sector).into_iter().flatten().for_each(|&index| found[index] += ENOUGH);
            }
        }
        let mut out = named.to_vec();
        let more = (0..found.len()).filter(|&i| found[i] >= ENOUGH).map(|i| self.contexts[i]);
        more.for_each(|context| {
            if !out.contains(&context) {
                out.push(context)
            }
        });
        if out.iter().any(|c| KINDS_OF_CRIME.contains(c)) {
            out.retain(|c| *c != "crime");
        }
        out
    }

    fn count(&self, sentence: &Sentence, word: usize, weight: usize, found: &mut [usize]) {
        let lemma = |i: usize| sentence.words.get(i).map(|w| w.lemma.to_lowercase());
        let Some(first) = lemma(word) else { return };
        for (words, index) in self.words.get(first.as_str()).into_iter().flatten() {
            if words.iter().enumerate().all(|(i, w)| lemma(word + i).is_some_and(|l| l == *w)) {
                found[*index] += weight;
            }
        }
    }
}

/// The sentences of the paragraph that one stands in.
fn paragraph(reading: &Reading, at: usize) -> std::ops::Range<usize> {
    let opens = |i: &usize| reading.sentences[*i].opens_paragraph;
    let first = (0..=at).rev().find(opens).unwrap_or(0);
    let end = (at + 1..reading.sentences.len()).find(opens).unwrap_or(reading.sentences.len());
    first..end
}
