//! Who `I`, `we` and `you` are: in what is quoted the speaker and the speaker's side, elsewhere the writer, who never acts.

use super::cast::Builder;
use super::phrase::Phrase;
use super::{EntityKind, Identity, Reference};
use crate::reader::{Part, Sentence};
use crate::story::Quoted;

/// For how many sentences a quotation goes on with the speaker named last.
const GOES_ON: usize = 3;

/// Speakers met so far.
#[derive(Debug, Default)]
pub(super) struct Speakers {
    /// The one named last, and in which sentence.
    last: Option<(usize, usize)>,
    /// By speaker, who is meant by `we`.
    sides: Vec<(usize, usize)>,
    /// The writer by class of pronoun.
    writer: Vec<(&'static str, usize)>,
}

impl Builder<'_> {
    /// The pronouns of the first and second person of a sentence whose other phrases are known.
    pub(super) fn speakers(
        &mut self,
        at: usize,
        sentence: &Sentence,
        first: usize,
        pronouns: Vec<(Phrase, &'static str)>,
        quoted: &[Quoted],
    ) {
        let source = self.source(sentence, first);
        if let Some(speaker) = source {
            self.speakers.last = Some((speaker, at));
        }
        for (phrase, class) in pronouns {
            let span = sentence.span_of(phrase.words.clone());
            let within = quoted.iter().any(|q| q.inner.start <= span.start && span.end <= q.inner.end);
            let said = within || sentence.words[phrase.head].attribution[2] != Part::Outside;
            let going_on = self.speakers.last.filter(|(_, named)| within && at - named <= GOES_ON).map(|(who, _)| who);
            let governor = self.reporter(sentence, first, phrase.head);
            let speaker = governor.or(source.filter(|_| said)).or(going_on).filter(|_| class != "you");
            match speaker {
                Some(speaker) => {
                    let entity = if class == "we" { self.side(speaker) } else { speaker };
                    let Phrase { head, words } = phrase;
                    self.cast.entities[entity].mentions.push(span);
                    self.cast.references.push(Reference { span, sentence: at, words, head, entities: vec![entity] });
                }
                None => {
                    let writer = self.writer(class);
                    self.cast.entities[writer].mentions.push(span);
                }
            }
        }
        self.cast.references[first..].sort_by_key(|r| r.head);
    }

    /// Whom the heads take for the source of what a sentence says.
    fn source(&self, sentence: &Sentence, first: usize) -> Option<usize> {
        let tagged = |r: &&Reference| sentence.words[r.head].attribution[0] != Part::Outside;
        let reference = self.cast.references[first..].iter().find(tagged)?;
        self.only_speaker(reference)
    }

    /// The subject of the verb that reports the clause a word stands in: `I will go, he said`, `he said I should go`.
    fn reporter(&self, sentence: &Sentence, first: usize, word: usize) -> Option<usize> {
        let mut at = word;
        loop {
            let beside = sentence.children_by(at, "parataxis").find_map(|verb| sentence.child(verb, "nsubj"));
            let above = sentence.words[at].head;
            let reports =
                sentence.words[at].is("ccomp") && above.is_some_and(|verb| self.is_quoted_before(sentence, at, verb));
            let subject = beside.or_else(|| above.filter(|_| reports).and_then(|verb| sentence.child(verb, "nsubj")));
            if let Some(subject) = subject.filter(|s| *s != word) {
                let reference = self.cast.references[first..].iter().find(|r| r.head == subject)?;
                return self.only_speaker(reference);
            }
            at = above?;
        }
    }

    /// Whether a clause stands before the verb that governs it, as what is quoted does.
    fn is_quoted_before(&self, sentence: &Sentence, clause: usize, verb: usize) -> bool {
        clause < verb && sentence.words[verb].attribution[1] != Part::Outside
    }

    fn only_speaker(&self, reference: &Reference) -> Option<usize> {
        let speaks = |&entity: &usize| self.cast.entities[entity].identity.kind.acts();
        match reference.entities[..] {
            [one] => Some(one).filter(speaks),
            _ => None,
        }
    }

    /// Those whom a speaker means by `we`: of the same country and sectors.
    fn side(&mut self, speaker: usize) -> usize {
        if let Some((_, side)) = self.speakers.sides.iter().find(|(s, _)| *s == speaker) {
            return *side;
        }
        let of = &self.cast.entities[speaker].identity;
        if matches!(of.kind, EntityKind::State | EntityKind::Organisation) {
            return speaker;
        }
        let identity =
            Identity { name: format!("side of {}", of.name), kind: EntityKind::Group, office: None, ..of.clone() };
        let side = self.add(identity);
        self.speakers.sides.push((speaker, side));
        side
    }

    fn writer(&mut self, class: &'static str) -> usize {
        if let Some((_, writer)) = self.speakers.writer.iter().find(|(c, _)| *c == class) {
            return *writer;
        }
        let name = match class {
            "first" => "writer",
            "we" => "writer's side",
            _ => "whoever is addressed",
        };
        let identity = Identity {
            name: name.to_owned(),
            kind: EntityKind::Speaker,
            country: None,
            sectors: Vec::new(),
            office: None,
        };
        let writer = self.add(identity);
        self.speakers.writer.push((class, writer));
        writer
    }
}
