//! Attributions: cues found in the tree, their contents and sources; quotations that go on without a cue.

use super::tables::{Stance, VoiceTables};
use super::{Quote, QuoteKind, Voices};
use crate::actor::{Cast, EntityKind};
use crate::reader::roles::agent;
use crate::reader::{Reading, Sentence};
use crate::span::Span;
use crate::story::{Quoted, quoted};

/// A sentence with what is known of the story it stands in.
pub(super) struct Place<'a> {
    text: &'a str,
    at: usize,
    pub sentence: &'a Sentence,
    cast: &'a Cast,
    quoted: &'a [Quoted],
}

/// A cue in its sentence.
struct Found {
    cue: Span,
    source: Option<usize>,
    stance: Stance,
}

impl VoiceTables {
    /// The attributions of a story.
    pub fn find(&self, text: &str, reading: &Reading, cast: &Cast) -> Voices {
        let quoted = quoted(text);
        let mut quotes: Vec<Quote> = Vec::new();
        for (at, sentence) in reading.sentences.iter().enumerate() {
            let place = Place { text, at, sentence, cast, quoted: &quoted };
            for word in 0..sentence.words.len() {
                self.verb(&place, word, &mut quotes);
                self.noun(&place, word, &mut quotes);
                according(&place, word, &mut quotes);
            }
            self.tagged(&place, &mut quotes);
        }
        uncued(text, reading, &quoted, &mut quotes);
        quotes.sort_by_key(|q| (q.content.start, q.content.end));
        quotes.dedup_by_key(|q| q.content);
        for quote in &mut quotes {
            quote.anonymous = self.is_anonymous(text, reading, cast, quote);
        }
        nest(&mut quotes);
        Voices { quotes }
    }

    /// Whether a source is a description that names nobody.
    fn is_anonymous(&self, text: &str, reading: &Reading, cast: &Cast, quote: &Quote) -> bool {
        let Some((source, at)) = quote.source.and_then(|s| Some((s, reading.sentence_at(s.start)?))) else {
            return false;
        };
        let sentence = &reading.sentences[at];
        let head = sentence.head_of(sentence.words_in(source));
        let word = &sentence.words[head];
        let known = quote.entities.iter().any(|&e| {
            let entity = &cast.entities[e];
            entity.person.is_some() || matches!(entity.identity.kind, EntityKind::State | EntityKind::Organisation)
        });
        let named = sentence.words_in(source).any(|i| {
            sentence.words[i].head == Some(head) && sentence.words[i].is("appos") || i == head && &*word.upos == "PROPN"
        });
        let before =
            sentence.children(head).filter(|&i| ["det", "amod", "nummod"].iter().any(|r| sentence.words[i].is(r)));
        let told = before.chain([head]).any(|i| self.leaves_unnamed(sentence.words[i].span.text(text)));
        let bare = &*word.xpos == "NNS"
            && sentence.child(head, "det").is_none()
            && sentence.child(head, "nmod:poss").is_none();
        !known && !named && (told || (bare && word.lemma != "police"))
    }

    fn verb(&self, place: &Place, word: usize, out: &mut Vec<Quote>) {
        let sentence = place.sentence;
        let verb = &sentence.words[word];
        let Some(cue) = self.cue("verb", &verb.lemma).filter(|_| &*verb.upos == "VERB") else { return };
        let found = Found { cue: verb.span, source: agent(sentence, word), stance: cue.stance };
        let takes = |kind: &str| cue.complements.contains(&kind);
        // `"...," he said` may hang the cue on what is said.
        let complement = ["ccomp", "xcomp"].iter().any(|relation| sentence.child(word, relation).is_some());
        if verb.is("parataxis") && !complement && sentence.child(word, "nsubj").is_some() {
            if let Some(head) = verb.head {
                around(place, &found, sentence.subtree(head), sentence.subtree(word), out);
            }
            return;
        }
        for child in sentence.children(word).collect::<Vec<_>>() {
            let relation = &sentence.words[child];
            let clause = (relation.is("ccomp") && takes("ccomp")) || (relation.is("xcomp") && takes("xcomp"));
            let whole = sentence.subtree(child);
            let told = (relation.is("obj") || relation.is("xcomp") || relation.is("obl") || relation.is("parataxis"))
                && place.quotes_in(whole.clone());
            if clause || (told && (takes("obj") || takes("ccomp"))) {
                around(place, &found, whole, word..word + 1, out);
            }
        }
    }

    /// `Japan's stance that ...`
    fn noun(&self, place: &Place, word: usize, out: &mut Vec<Quote>) {
        let sentence = place.sentence;
        let noun = &sentence.words[word];
        let Some(cue) = self.cue("noun", &noun.lemma).filter(|_| &*noun.upos == "NOUN") else { return };
        let clause = sentence.children(word).find(|&i| {
            let that = sentence.child(i, "mark").is_some_and(|m| &*sentence.words[m].lemma == "that");
            that && (sentence.words[i].is("acl") || sentence.words[i].is("ccomp"))
        });
        let Some(clause) = clause else { return };
        let source = crate::reader::roles::owner(sentence, word, 0);
        let found = Found { cue: noun.span, source, stance: cue.stance };
        around(place, &found, sentence.subtree(clause), word..word + 1, out);
    }
}

/// `according to the ministry`
fn according(place: &Place, word: usize, out: &mut Vec<Quote>) {
    let sentence = place.sentence;
    if &*sentence.words[word].lemma.to_lowercase() != "according"
        && sentence.words[word].span.text(place.text) != "According"
    {
        return;
    }
    let Some(source) = sentence.words[word].head.filter(|&h| sentence.words[h].is_nominal()) else { return };
    let Some(head) = sentence.words[source].head else { return };
    let stance = Stance::Neutral;
    let found = Found { cue: sentence.words[word].span, source: Some(source), stance };
    around(place, &found, sentence.subtree(head), sentence.subtree(source), out);
}

/// A content of which the cue and its source may stand in the middle: each side is a quote of its own.
fn around(
    place: &Place,
    found: &Found,
    content: std::ops::Range<usize>,
    cue: std::ops::Range<usize>,
    out: &mut Vec<Quote>,
) {
    let sides = if content.start < cue.start && cue.end < content.end {
        vec![content.start..cue.start, cue.end..content.end]
    } else if content.contains(&cue.start) {
        vec![if content.start == cue.start { cue.end..content.end } else { content.start..cue.start }]
    } else {
        vec![content]
    };
    for side in sides {
        let side = place.trim(side);
        let worded = side.clone().any(|i| &*place.sentence.words[i].upos != "PUNCT");
        if worded {
            out.push(place.quote(found.source, Some(found.cue), found.stance, side));
        }
    }
}

impl Place<'_> {
    /// A range without the punctuation at its ends and a conjunction before it.
    pub fn trim(&self, mut words: std::ops::Range<usize>) -> std::ops::Range<usize> {
        let sentence = self.sentence;
        let outer = |i: usize| &*sentence.words[i].upos == "PUNCT";
        while words.len() > 1
            && (outer(words.start)
                || &*sentence.words[words.start].lemma == "that" && sentence.words[words.start].is("mark"))
        {
            words.start += 1;
        }
        while words.len() > 1 && outer(words.end - 1) {
            words.end -= 1;
        }
        words
    }

    /// A content that breaks off before the mark that closes a quotation it opened takes that mark in.
    fn with_marks(&self, content: Span) -> Span {
        let open = self
            .quoted
            .iter()
            .find(|q| content.start <= q.outer.start && q.outer.start < content.end && content.end < q.outer.end);
        let rest = open.map(|q| Span::new(content.end, q.inner.end));
        let worded = rest.is_some_and(|rest| rest.text(self.text).contains(char::is_alphanumeric));
        open.filter(|_| !worded).map_or(content, |q| Span::new(content.start, q.outer.end))
    }

    fn quotes_in(&self, words: std::ops::Range<usize>) -> bool {
        let span = self.sentence.span_of(words);
        self.quoted.iter().any(|q| q.inner.overlaps(span))
    }

    /// An attribution of these words.
    pub fn quote(
        &self,
        source: Option<usize>,
        cue: Option<Span>,
        stance: Stance,
        words: std::ops::Range<usize>,
    ) -> Quote {
        let content = self.with_marks(self.sentence.span_of(words));
        let reference = source.and_then(|word| self.cast.at(self.at, word));
        let span = source.map(|word| {
            let before = self.sentence.subtree(word);
            reference.map_or_else(|| self.sentence.span_of(before), |r| r.span)
        });
        let entities = reference.map_or_else(Vec::new, |r| r.entities.clone());
        let kind = self.kind(content);
        Quote { sentence: self.at, source: span, entities, anonymous: false, within: None, cue, content, kind, stance }
    }

    /// How a content is given.
    pub fn kind(&self, content: Span) -> QuoteKind {
        kind(self.quoted, content, self.text)
    }
}

/// How a content is given: the part of it between quotation marks tells.
fn kind(quoted: &[Quoted], content: Span, text: &str) -> QuoteKind {
    let letters = |span: Span| span.text(text).chars().filter(|c| c.is_alphanumeric()).count();
    let inside = quoted
        .iter()
        .filter(|q| q.inner.overlaps(content))
        .map(|q| letters(Span::new(q.inner.start.max(content.start), q.inner.end.min(content.end))));
    match inside.sum::<usize>() {
        0 => QuoteKind::Indirect,
        n if n == letters(content) => QuoteKind::Direct,
        _ => QuoteKind::Mixed,
    }
}

/// Tells of each attribution the narrowest other one whose content holds it, cue and all.
fn nest(quotes: &mut [Quote]) {
    for i in 0..quotes.len() {
        let whole = quotes[i].cue.map_or(quotes[i].content, |cue| cue.cover(quotes[i].content));
        let holds = |&j: &usize| j != i && quotes[j].content.contains(whole) && quotes[j].content != quotes[i].content;
        quotes[i].within = (0..quotes.len()).filter(holds).min_by_key(|&j| quotes[j].content.len());
    }
}

/// Quotations of a sentence's length that no cue introduces go on with the words of the speaker before them, in the same
/// paragraph or, where a quotation makes up the whole of its paragraph, in the one before.
fn uncued(text: &str, reading: &Reading, quoted: &[Quoted], quotes: &mut Vec<Quote>) {
    let cued: Vec<Quote> = quotes.clone();
    for stretch in quoted {
        let inner = stretch.inner.trim(text);
        let covered = cued.iter().any(|q| q.content.overlaps(inner));
        let Some(at) = reading.sentence_at(inner.start) else { continue };
        let sentence = &reading.sentences[at];
        let clause = sentence.words_in(inner).any(|i| matches!(&*sentence.words[i].upos, "VERB" | "AUX"));
        if covered || !clause || inner.text(text).split_whitespace().count() < 4 {
            continue;
        }
        let opens = sentence.opens_paragraph && stretch.outer.start <= sentence.span.start;
        let last =
            cued.iter().filter(|q| q.content.start < inner.start && q.source.is_some()).max_by_key(|q| q.content.start);
        let speaker = last.filter(|q| at - q.sentence.min(at) <= if opens { 3 } else { 2 });
        quotes.push(Quote {
            sentence: at,
            source: speaker.and_then(|q| q.source),
            entities: speaker.map_or_else(Vec::new, |q| q.entities.clone()),
            anonymous: false,
            within: None,
            cue: None,
            content: inner,
            kind: QuoteKind::Direct,
            stance: Stance::Neutral,
        });
    }
}
