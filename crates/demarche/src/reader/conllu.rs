//! CoNLL-U: readings written for others, and treebanks' words read to be measured on.

use std::fmt::Write;

use thiserror::Error;

use super::reading::Sentence;
use crate::span::Span;

/// A line of CoNLL-U that cannot be read.
#[derive(Debug, Error, Clone, PartialEq, Eq)]
#[error("line {line}: {what}")]
pub struct ConlluError {
    /// Line, from 1.
    pub line: usize,
    /// What is wrong.
    pub what: &'static str,
}

/// A sentence of a CoNLL-U file: its comments and its words, in a text made of them.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Given {
    /// Comment lines.
    pub comments: Vec<String>,
    /// The words with spaces between them.
    pub text: String,
    /// Where each word stands in `text`.
    pub words: Vec<Span>,
}

/// The sentences of a CoNLL-U file. Multiword tokens and empty nodes are passed over: their words count.
pub fn read_conllu(file: &str) -> Result<Vec<Given>, ConlluError> {
    let mut out = Vec::new();
    let mut open = Given::default();
    for (number, line) in file.lines().enumerate() {
        let line = line.trim_end_matches('\r');
        if line.is_empty() {
            out.extend(Some(std::mem::take(&mut open)).filter(|given| !given.words.is_empty()));
        } else if line.starts_with('#') {
            open.comments.push(line.to_owned());
        } else {
            let mut cells = line.split('\t');
            let (Some(id), Some(form)) = (cells.next(), cells.next()) else {
                return Err(ConlluError { line: number + 1, what: "a word needs ten cells separated by tabs" });
            };
            if id.bytes().all(|b| b.is_ascii_digit()) {
                open.push(form);
            }
        }
    }
    out.extend(Some(open).filter(|given| !given.words.is_empty()));
    Ok(out)
}

impl Given {
    fn push(&mut self, form: &str) {
        if !self.text.is_empty() {
            self.text.push(' ');
        }
        let start = self.text.len();
        self.text.push_str(form);
        self.words.push(Span::new(start, self.text.len()));
    }
}

/// Writes a sentence with the comments it came with. Mentions go into MISC the way GUM writes them: `Entity=(person`.
pub fn write_conllu(out: &mut String, text: &str, sentence: &Sentence, comments: &[String]) {
    for comment in comments {
        out.push_str(comment);
        out.push('\n');
    }
    if comments.is_empty() {
        let _ = writeln!(out, "# text = {}", sentence.span.text(text).replace('\n', " "));
    }
    for (i, word) in sentence.words.iter().enumerate() {
        let head = word.head.map_or(0, |head| head + 1);
        let form = word.span.text(text);
        let (lemma, upos, xpos, feats, deprel) = (&word.lemma, &word.upos, &word.xpos, &word.feats, &word.deprel);
        let misc = misc(sentence, i);
        let _ = writeln!(out, "{}\t{form}\t{lemma}\t{upos}\t{xpos}\t{feats}\t{head}\t{deprel}\t_\t{misc}", i + 1);
    }
    out.push('\n');
}

fn misc(sentence: &Sentence, word: usize) -> String {
    let mut entity = String::new();
    for (at, mention) in sentence.mentions.iter().enumerate() {
        if mention.words.start == word {
            let closes = if mention.words.len() == 1 { ")" } else { "" };
            let _ = write!(entity, "({}-{}{closes}", at + 1, mention.kind);
        }
    }
    for (at, mention) in sentence.mentions.iter().enumerate().rev() {
        if mention.words.end == word + 1 && mention.words.len() > 1 {
            let _ = write!(entity, "{})", at + 1);
        }
    }
    let next = sentence.words.get(word + 1);
    let joined = next.is_some_and(|next| next.span.start == sentence.words[word].span.end);
    match (entity.is_empty(), joined) {
        (true, true) => "SpaceAfter=No".to_owned(),
        (true, false) => "_".to_owned(),
        (false, true) => format!("Entity={entity}|SpaceAfter=No"),
        (false, false) => format!("Entity={entity}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_kept_and_ranges_passed_over() {
        let file = "# text = don't go\n1-2\tdon't\t_\n1\tdo\t_\n2\tn't\t_\n3\tgo\t_\n\n1\tYes\t_\n";
        let given = read_conllu(file).unwrap();
        assert_eq!(given.len(), 2);
        assert_eq!(given[0].text, "do n't go");
        assert_eq!(given[0].comments.len(), 1);
        assert_eq!(read_conllu("1 no tabs").unwrap_err().line, 1);
    }
}
