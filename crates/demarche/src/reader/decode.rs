//! From the heads' scores to words and mentions.

use super::encoder::Scores;
use super::events::Read;
use super::labels::{EventLabels, Label, Labels};
use super::lemma::Lemmas;
use super::reading::{Mention, Part, Sentence, Word};
use super::tree;
use crate::span::Span;
use rten_tensor::prelude::*;
use rten_tensor::{NdTensor, NdTensorView};

/// The trees of a batch's sentences: every word's head, 0 for the root.
pub(super) fn trees(scores: &Scores, lengths: &[usize]) -> Vec<Vec<usize>> {
    let tree = |(row, &length): (usize, &usize)| {
        let arc = scores.arc.slice([row]);
        tree::decode(length, |word, head| arc[[word - 1, head]])
    };
    lengths.iter().enumerate().map(tree).collect()
}

/// A sentence of a batch, with what the scores say of it.
pub(super) struct Row<'a> {
    pub text: &'a str,
    pub words: &'a [Span],
    /// Its place in the batch.
    pub row: usize,
    /// Its tree.
    pub heads: &'a [usize],
    /// The scores of its words' relations (n, relations), and where they begin.
    pub relations: &'a NdTensor<f32, 2>,
    pub from: usize,
}

/// Fills a sentence's words, mentions, and what its words tell of.
pub(super) fn sentence(
    labels: &Labels,
    events: &EventLabels,
    lemmas: &Lemmas,
    scores: &Scores,
    this: &Row,
) -> Sentence {
    let (text, words, row) = (this.text, this.words, this.row);
    let tags = scores.tags.slice([row]);
    let mut out = Sentence { mentions: mentions(labels, words.len(), scores.span.slice([row])), ..Sentence::default() };
    for (i, &span) in words.iter().enumerate() {
        let (upos, at) = argmax(&tags, i, 0, labels.upos.len());
        let (xpos, at) = argmax(&tags, i, at, labels.xpos.len());
        let (feats, at) = argmax(&tags, i, at, labels.feats.len());
        let form = span.text(text);
        let past = lemmas.is_past_for_plain(form, &labels.xpos[xpos]);
        let xpos: Label = if past { "VBD".into() } else { labels.xpos[xpos].clone() };
        let upos = &labels.upos[upos];
        // Auxiliaries are few: any other word so tagged is a verb.
        let odd = is_odd(upos, &xpos) || (&**upos == "AUX" && !lemmas.is_auxiliary(&lemmas.of(form, &xpos)));
        let upos: Label = if odd { "VERB".into() } else { upos.clone() };
        let mut attribution = [Part::Outside; 3];
        for (k, part) in attribution.iter_mut().enumerate() {
            *part = [Part::Outside, Part::Begins, Part::Inside][argmax(&tags, i, at + 3 * k, 3).0];
        }
        out.words.push(Word {
            span,
            lemma: lemmas.of(form, fine_tag(form, &upos, &xpos)),
            upos,
            xpos,
            feats: labels.feats[feats].clone(),
            head: this.heads[i].checked_sub(1),
            deprel: labels.deprel[relation(labels, this, i)].clone(),
            attribution,
        });
    }
    let read = Read { labels: events, tags, from: labels.tags(), roles: scores.role.slice([row]) };
    (out.triggers, out.parties) = read.of(0..words.len());
    out
}

/// Whether the two tags of a word contradict each other: no verb form is a particle, a preposition or an interjection, and no
/// finite one anything but a verb.
fn is_odd(upos: &str, xpos: &str) -> bool {
    let finite = matches!(xpos, "VBD" | "VBZ" | "VBP") && !matches!(upos, "VERB" | "AUX");
    finite || (xpos.starts_with("VB") && matches!(upos, "PART" | "INTJ" | "X" | "ADP" | "SYM" | "NUM" | "PRON"))
}

/// The fine tag that a word is lemmatized by: where the two tags disagree about a verb, its ending tells.
fn fine_tag<'l>(form: &str, upos: &str, xpos: &'l str) -> &'l str {
    match form {
        _ if upos != "VERB" || xpos.starts_with("VB") => xpos,
        form if form.ends_with("ing") => "VBG",
        form if form.ends_with('s') => "VBZ",
        _ => "VBD",
    }
}

/// The best of `count` scores from `from` on, and where the next ones begin.
fn argmax(tags: &NdTensorView<f32, 2>, word: usize, from: usize, count: usize) -> (usize, usize) {
    let mut best = 0;
    for i in 1..count {
        if tags[[word, from + i]] > tags[[word, from + best]] {
            best = i;
        }
    }
    (best, from + count)
}

/// A word's relation to its head; `root` for the root and for nothing else.
fn relation(labels: &Labels, this: &Row, word: usize) -> usize {
    let root = labels.deprel.iter().position(|label| &**label == "root").unwrap_or(0);
    if this.heads[word] == 0 {
        return root;
    }
    let score = |label: usize| this.relations[[this.from + word, label]];
    let others = (0..labels.deprel.len()).filter(|&label| label != root);
    others.max_by(|&a, &b| score(a).total_cmp(&score(b))).unwrap_or(0)
}

/// Spans whose likeliest class is a kind of mention; of two that cross, the likelier stays.
fn mentions(labels: &Labels, words: usize, span: NdTensorView<f32, 2>) -> Vec<Mention> {
    let classes = labels.mention.len() + 1;
    let mut found: Vec<Mention> = Vec::new();
    for first in 0..words {
        for last in first..words {
            let score = |class: usize| span[[first * classes + class, last]];
            let best = (1..classes).max_by(|&a, &b| score(a).total_cmp(&score(b))).unwrap_or(1);
            if score(best) > score(0) {
                let total: f32 = (0..classes).map(|class| (score(class) - score(best)).exp()).sum();
                found.push(Mention {
                    words: first..last + 1,
                    kind: labels.mention[best - 1].clone(),
                    confidence: 1.0 / total,
                });
            }
        }
    }
    found.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
    let mut kept: Vec<Mention> = Vec::new();
    for mention in found {
        if !kept.iter().any(|other| crosses(&mention, other)) {
            kept.push(mention);
        }
    }
    kept.sort_by_key(|mention| (mention.words.start, std::cmp::Reverse(mention.words.end)));
    kept
}

fn crosses(a: &Mention, b: &Mention) -> bool {
    let (a, b) = (&a.words, &b.words);
    (a.start < b.start && b.start < a.end && a.end < b.end) || (b.start < a.start && a.start < b.end && b.end < a.end)
}
