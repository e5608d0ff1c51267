//! Attributions that only the reader's tags tell: where no cue of the table governs what is said.

use std::ops::Range;

use super::Quote;
use super::attribution::Place;
use super::tables::{Stance, VoiceTables};
use crate::reader::{Part, Sentence};

/// Parts of an attribution, by the index of their tags.
const SOURCE: usize = 0;
const CUE: usize = 1;
const CONTENT: usize = 2;

/// A cue stands at most so many words from what it introduces.
const NEAR: usize = 3;

/// So many words say something without a verb.
const PHRASE: usize = 5;

/// Fewer words than this say nothing.
const SHORTEST: usize = 3;

impl VoiceTables {
    /// Adds the contents that the tags mark and no attribution before covers.
    pub(super) fn tagged(&self, place: &Place, quotes: &mut Vec<Quote>) {
        let sentence = place.sentence;
        let (sources, cues) = (runs(sentence, SOURCE), runs(sentence, CUE));
        for content in runs(sentence, CONTENT) {
            let content = place.trim(content);
            let span = sentence.span_of(content.clone());
            if content.len() < SHORTEST || quotes.iter().any(|q| q.content.overlaps(span)) {
                continue;
            }
            let source = nearest(&sources, &content).map(|words| nominal(sentence, sentence.head_of(words)));
            let cue = nearest(&cues, &content).filter(|cue| gap(cue, &content) <= NEAR);
            let known = cue.as_ref().is_some_and(|cue| self.introduces(sentence, cue));
            // What is said does not hold the word that says so.
            let content = match &cue {
                Some(cue) if content.start <= cue.start && cue.end < content.end => cue.end..content.end,
                _ => content,
            };
            // Without a source and a cue beside it, it is left to the marks of quotation.
            if source.is_none() || cue.is_none() || !whole(sentence, &content, known) {
                continue;
            }
            let stance = cue.clone().and_then(|words| self.stance(sentence, words)).unwrap_or(Stance::Neutral);
            quotes.push(place.quote(source, cue.map(|words| sentence.span_of(words)), stance, content));
        }
    }

    /// Whether a cue is one of the table, or `according to`.
    fn introduces(&self, sentence: &Sentence, cue: &Range<usize>) -> bool {
        let according = |i: usize| sentence.words[i].lemma.eq_ignore_ascii_case("according");
        cue.clone().any(according) || self.stance(sentence, cue.clone()).is_some()
    }

    fn stance(&self, sentence: &Sentence, cue: Range<usize>) -> Option<Stance> {
        let mut words = cue.map(|i| sentence.words[i].lemma.to_lowercase());
        words.find_map(|lemma| self.cue("verb", &lemma).or_else(|| self.cue("noun", &lemma)).map(|cue| cue.stance))
    }
}

/// The stretches of a sentence that the tags of one part mark.
fn runs(sentence: &Sentence, part: usize) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for (i, word) in sentence.words.iter().enumerate() {
        match (word.attribution[part], out.last_mut()) {
            (Part::Outside, _) => {}
            (Part::Inside, Some(open)) if open.end == i => open.end = i + 1,
            _ => out.push(i..i + 1),
        }
    }
    out
}

/// The stretch that stands nearest to a content, by words between.
fn nearest(stretches: &[Range<usize>], content: &Range<usize>) -> Option<Range<usize>> {
    stretches.iter().min_by_key(|r| gap(r, content)).cloned()
}

/// The noun that an article belongs to; any other word itself.
fn nominal(sentence: &Sentence, word: usize) -> usize {
    let this = &sentence.words[word];
    this.head.filter(|_| this.is("det") || this.is("amod") || this.is("compound")).unwrap_or(word)
}

/// How many words stand between two stretches.
fn gap(one: &Range<usize>, other: &Range<usize>) -> usize {
    if one.start >= other.end { one.start - other.end } else { other.start.saturating_sub(one.end) }
}

/// Whether a content says something: a clause, or behind a known cue a long phrase of which the tags mark the beginning.
fn whole(sentence: &Sentence, content: &Range<usize>, known: bool) -> bool {
    let begins = content.clone().take(2).any(|i| sentence.words[i].attribution[CONTENT] == Part::Begins);
    let clause = content.clone().any(|i| sentence.words[i].xpos.starts_with("VB"));
    clause || (known && begins && content.len() >= PHRASE)
}
