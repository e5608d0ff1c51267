//! What holds between two parties marked in a sentence.

use thiserror::Error;

use crate::coder::{Coder, CoderError, joined};
use crate::ontology::EventType;
use crate::reader::{Marks, Tokens, segment};
use crate::span::Span;

/// A sentence with the parts of its source and its target.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MarkedSentence {
    /// The sentence without its marks.
    pub text: String,
    /// Where the source stands, once or several times; a relation may have none, if it has a target.
    pub source: Vec<Span>,
    /// Where the target stands; the same.
    pub target: Vec<Span>,
}

/// A marked sentence that cannot be read.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum MarkedError {
    /// A mark is opened and not closed, or closed and not opened.
    #[error("the mark `{0}` has no partner")]
    Unpaired(String),
    /// Neither of the two is marked.
    #[error("nothing is marked `<s>` or `<t>`")]
    Unmarked,
}

/// A relation between a source and a target.
#[derive(Clone, Debug, PartialEq)]
pub struct Relation {
    /// PLOVER type, or `NONE`.
    pub kind: &'static str,
    /// Probability of it, 0 to 1.
    pub confidence: f32,
}

impl MarkedSentence {
    /// Reads `<s>source</s>` and `<t>target</t>`.
    ///
    /// ```
    /// let marked = demarche::MarkedSentence::read("<s>Iran</s> rejected <t>the offer</t>.")?;
    /// assert_eq!(marked.text, "Iran rejected the offer.");
    /// # Ok::<(), demarche::MarkedError>(())
    /// ```
    pub fn read(marked: &str) -> Result<Self, MarkedError> {
        let mut out = Self::default();
        let mut open: Vec<(char, usize)> = Vec::new();
        let mut rest = marked;
        while let Some(at) = rest.find('<') {
            let (before, tail) = rest.split_at(at);
            out.text.push_str(before);
            let mark = ["<s>", "</s>", "<t>", "</t>"].into_iter().find(|mark| tail.starts_with(mark));
            let Some(mark) = mark else {
                out.text.push('<');
                rest = &tail[1..];
                continue;
            };
            rest = &tail[mark.len()..];
            let kind = if mark.contains('s') { 's' } else { 't' };
            if mark.starts_with("</") {
                let opened = open.iter().rposition(|(k, _)| *k == kind);
                let (_, from) = open.remove(opened.ok_or_else(|| MarkedError::Unpaired(mark.to_owned()))?);
                let span = Span::new(from, out.text.len());
                if kind == 's' { out.source.push(span) } else { out.target.push(span) }
            } else {
                open.push((kind, out.text.len()));
            }
        }
        out.text.push_str(rest);
        match open.first() {
            Some((kind, _)) => Err(MarkedError::Unpaired(format!("<{kind}>"))),
            None if out.source.is_empty() && out.target.is_empty() => Err(MarkedError::Unmarked),
            None => Ok(out),
        }
    }
}

impl Coder {
    /// The relation in each of these sentences, in their order.
    pub fn relate(&self, sentences: &[MarkedSentence], threads: usize) -> Result<Vec<Relation>, CoderError> {
        let relation = |marked: &MarkedSentence| self.relation(&self.tokens(marked));
        let share = sentences.len().div_ceil(threads.max(1)).max(1);
        std::thread::scope(|scope| {
            let parts = sentences.chunks(share);
            let workers: Vec<_> =
                parts.map(|part| scope.spawn(move || part.iter().map(relation).collect::<Vec<_>>())).collect();
            workers.into_iter().flat_map(joined).collect()
        })
    }

    fn tokens<'m>(&self, marked: &'m MarkedSentence) -> Tokens<'m> {
        let text = marked.text.as_str();
        let sentences = segment(self.reader.word_tables(), text, Span::new(0, text.len()));
        let words: Vec<Span> = sentences.into_iter().flat_map(|(_, words)| words).collect();
        let within = |spans: &[Span]| {
            (0..words.len())
                .filter(|&i| spans.iter().any(|s| words[i].start < s.end && s.start < words[i].end))
                .collect()
        };
        let marks = Marks { source: within(&marked.source), target: within(&marked.target) };
        Tokens { text, words, marks: Some(marks) }
    }

    fn relation(&self, sentence: &Tokens) -> Result<Relation, CoderError> {
        let labels = self.reader.relations(sentence)?;
        let types = labels.iter().filter_map(|(label, p)| Some((label.parse::<EventType>().ok()?, *p)));
        let related: f32 = types.clone().map(|(_, p)| p).sum();
        // The type is asked for only where some relation is likelier than none.
        let best = types.max_by(|a, b| a.1.total_cmp(&b.1)).filter(|_| related >= 0.5);
        Ok(best.map_or(Relation { kind: "NONE", confidence: 1.0 - related }, |(kind, p)| Relation {
            kind: kind.code(),
            confidence: p,
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_read_and_faults_named() {
        let marked = MarkedSentence::read("<s>A</s> and <s>B</s> met <t>C</t> at 3 < 4.").unwrap();
        assert_eq!(marked.text, "A and B met C at 3 < 4.");
        assert_eq!(marked.source.iter().map(|s| s.text(&marked.text)).collect::<Vec<_>>(), ["A", "B"]);
        assert_eq!(MarkedSentence::read("<s>A met C."), Err(MarkedError::Unpaired("<s>".to_owned())));
        assert_eq!(MarkedSentence::read("A met C."), Err(MarkedError::Unmarked));
        assert!(MarkedSentence::read("<t>A</t> met.").is_ok());
    }
}
