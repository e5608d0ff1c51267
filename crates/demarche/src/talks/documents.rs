//! Documents: what names one, how far it has come, and what it lays down.

use super::party::{around, event_above, event_of, part};
use super::{Instrument, Stage, TalksTables};
use crate::actor::EntityKind;
use crate::event::{Coding, Scene};
use crate::ontology::EventType;
use crate::reader::Sentence;
use crate::reader::roles::preposition;
use crate::span::Span;
use crate::voice::Status;

/// How many words above a document's noun may say what becomes of it.
const ABOVE: usize = 3;

/// Kinds that news does not tell apart.
const STATEMENTS: [&str; 3] = ["declaration", "joint statement", "communique"];

/// A mention of a document.
struct Mention {
    sentence: usize,
    /// The noun that the others depend on.
    noun: usize,
    span: Span,
    name: String,
    kind: &'static str,
    year: Option<i16>,
    /// Its index in the table of names.
    known: Option<usize>,
    /// Words beside its noun tell it from others of its kind.
    told: bool,
}

/// A document with what its mentions together say.
struct Gathered {
    instrument: Instrument,
    /// Its index in the table of names.
    known: Option<usize>,
    /// How far each mention says it has come, and whether that has come to pass.
    stages: Vec<(Stage, bool)>,
}

impl TalksTables {
    /// The documents that a story names, each once.
    pub(super) fn instruments(&self, scene: &Scene, coding: &Coding) -> Vec<Instrument> {
        let mut out: Vec<Gathered> = Vec::new();
        for mention in self.mentions(scene) {
            let stage = self.stage(scene, &mention);
            let place = out.iter().rposition(|old| same(&old.instrument, old.known, &mention));
            let place = place.unwrap_or_else(|| {
                out.push(Gathered { instrument: self.fresh(&mention), known: mention.known, stages: Vec::new() });
                out.len() - 1
            });
            let Gathered { instrument, stages, .. } = &mut out[place];
            instrument.mentions.push((mention.sentence, mention.span));
            instrument.year = instrument.year.or(mention.year);
            instrument.terms.extend(terms(scene, coding, &mention));
            stages.extend(stage);
            if mention.known.is_none() {
                add_parties(scene, coding, &mention, &mut instrument.parties);
            }
        }
        let published = scene.published.map(|day| day.year());
        let finish = |Gathered { mut instrument, known, stages }: Gathered| {
            // What the table knows was signed in its year, whatever a story says of its fate since.
            let signed = known.is_some() && published.is_none_or(|year| instrument.year.is_some_and(|of| of <= year));
            instrument.stage =
                overall(&stages).filter(|s| !signed || *s > Stage::Signed).or(signed.then_some(Stage::Signed));
            instrument
        };
        out.into_iter().map(finish).collect()
    }

    fn fresh(&self, mention: &Mention) -> Instrument {
        let known = mention.known.map(|index| &self.known[index]);
        Instrument {
            name: mention.name.clone(),
            kind: mention.kind,
            year: mention.year,
            parties: known.map_or_else(Vec::new, |known| known.parties.clone()),
            stage: None,
            mentions: Vec::new(),
            terms: Vec::new(),
        }
    }

    fn mentions(&self, scene: &Scene) -> Vec<Mention> {
        let mut out = Vec::new();
        for (at, sentence) in scene.reading.sentences.iter().enumerate() {
            let mut word = 0;
            while word < sentence.words.len() {
                let found = self.named(scene, at, sentence, word).or_else(|| self.described(scene, at, sentence, word));
                word = found.as_ref().map_or(word, |(end, _)| *end - 1) + 1;
                out.extend(found.map(|(_, mention)| mention));
            }
        }
        out
    }

    /// A document of the table of names that begins at a word, and where it ends.
    fn named(&self, scene: &Scene, at: usize, sentence: &Sentence, word: usize) -> Option<(usize, Mention)> {
        let first = sentence.words[word].span.text(scene.text);
        first.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()).then_some(())?;
        let (length, index) = self.names.at(scene.text, &sentence.words[word..])?;
        let known = &self.known[index];
        // What is signed later is not what is meant.
        let later = scene.published.zip(known.year).is_some_and(|(published, year)| published.year() < year);
        if later {
            return None;
        }
        let words = word..word + length;
        let mention = Mention {
            sentence: at,
            noun: sentence.head_of(words.clone()),
            span: sentence.span_of(words.clone()),
            name: known.name.to_owned(),
            kind: known.kind,
            year: known.year,
            known: Some(index),
            told: true,
        };
        Some((words.end, mention))
    }

    /// A document named by a noun of its kind, with the words before it.
    fn described(&self, scene: &Scene, at: usize, sentence: &Sentence, word: usize) -> Option<(usize, Mention)> {
        let lemma = |i: usize| sentence.words[i].lemma.to_lowercase();
        let kind = self.kinds.get(lemma(word).as_str()).filter(|_| sentence.words[word].is_nominal())?;
        let joined = |i: &usize| ["compound", "amod", "nummod"].iter().any(|r| sentence.words[*i].is(r)) && *i < word;
        let before: Vec<usize> = sentence
            .children(word)
            .filter(joined)
            .filter(|&i| sentence.words[i].span.text(scene.text) != "-")
            .collect();
        let fits = |i: &usize| kind.with.contains(&lemma(*i).as_str());
        let figure = |i: &usize| sentence.words[*i].span.text(scene.text).bytes().all(|b| b.is_ascii_digit());
        let year = year(scene, sentence, word);
        if !kind.with.is_empty() && !before.iter().any(|i| fits(i) || figure(i)) && year.is_none() {
            return None;
        }
        let plain = |i: &&usize| sentence.words[**i].span.text(scene.text).starts_with(char::is_lowercase);
        // `nationwide`, `immediate` are no part of a name, nor the days of a `30-day ceasefire`.
        let names = |i: &&usize| {
            let part = sentence.words[**i].is("compound") || fits(i);
            plain(i) && part && sentence.child(**i, "nummod").is_none()
        };
        let mut name: Vec<String> =
            before.iter().filter(names).map(|&i| sentence.words[i].span.text(scene.text).to_owned()).collect();
        name.push(lemma(word));
        let known = year.and_then(|year| self.of_year(scene, kind.kind, year));
        let mention = Mention {
            sentence: at,
            noun: word,
            span: sentence.span_of(before.iter().find(names).copied().unwrap_or(word)..word + 1),
            told: name.len() > 1 || year.is_some(),
            name: known.map_or_else(|| name.join(" "), |index| self.known[index].name.to_owned()),
            kind: known.map_or(kind.kind, |index| self.known[index].kind),
            year,
            known,
        };
        Some((word + 1, mention))
    }

    /// The only document of a kind and year that states of the story are parties to.
    fn of_year(&self, scene: &Scene, kind: &str, year: i16) -> Option<usize> {
        // A joint declaration is a joint statement.
        let alike = |other: &str| other == kind || (STATEMENTS.contains(&other) && STATEMENTS.contains(&kind));
        let countries: Vec<&str> = scene.cast.entities.iter().filter_map(|e| e.identity.country).collect();
        let here = |party: &str| countries.contains(&party) || (party == "SUN" && countries.contains(&"RUS"));
        let fits = |index: &usize| {
            let known = &self.known[*index];
            alike(known.kind)
                && known.year == Some(year)
                && !known.parties.is_empty()
                && known.parties.iter().all(|p| here(p))
        };
        let mut found = (0..self.known.len()).filter(fits);
        found.next().filter(|_| found.next().is_none())
    }

    /// What the words above or behind a document's noun make of it, and whether that has come to pass.
    fn stage(&self, scene: &Scene, mention: &Mention) -> Option<(Stage, bool)> {
        let sentence = &scene.reading.sentences[mention.sentence];
        let of = |word: usize| {
            let lemma = sentence.words[word].lemma.to_lowercase();
            let pos = part(sentence, word)?;
            self.stages.get(&(lemma.as_str(), pos)).map(|stage| (word, *stage))
        };
        let behind = || sentence.children_by(mention.noun, "acl").find_map(of);
        let above = std::iter::successors(sentence.words[mention.noun].head, |&head| sentence.words[head].head);
        let (word, stage) = above.take(ABOVE).find_map(of).or_else(behind)?;
        let status = scene.voice_tables.assertion(sentence, word).status;
        let clause = &sentence.words[word];
        let hangs = clause.head.filter(|_| clause.is("advcl")).is_some_and(|head| {
            let mark = sentence.child(word, "mark").map(|m| sentence.words[m].lemma.to_lowercase());
            let open = !scene.voice_tables.assertion(sentence, head).status.is_fact();
            open && mark
                .is_some_and(|m| matches!(&*m, "after" | "once" | "until" | "before" | "when" | "if" | "unless"))
        });
        match status {
            Status::Denied | Status::Failed => None,
            _ if hangs => Some((Stage::Negotiated, false)).filter(|_| stage < Stage::InForce),
            Status::Happened | Status::Ongoing => Some((stage, true)),
            Status::Proposed => Some((stage.min(Stage::Proposed), false)),
            _ => Some((stage.min(Stage::Negotiated), false)).filter(|_| stage < Stage::InForce),
        }
    }
}

/// How far the mentions together say it has come: as far as the last that tells of a fact, else under negotiation, else proposed.
fn overall(stages: &[(Stage, bool)]) -> Option<Stage> {
    let done = stages.iter().rev().find(|(stage, fact)| *fact && *stage > Stage::Negotiated).map(|(stage, _)| *stage);
    done.or_else(|| stages.iter().map(|(stage, _)| *stage).max())
}

fn same(old: &Instrument, known: Option<usize>, new: &Mention) -> bool {
    if known.is_some() && new.known.is_some() {
        return known == new.known;
    }
    let years = match (old.year, new.year) {
        (Some(a), Some(b)) => a == b,
        (Some(_), None) => !new.told,
        (None, Some(_)) => false,
        (None, None) => true,
    };
    old.kind == new.kind && years && (old.name == new.name || !new.told || (known.is_some() && old.year == new.year))
}

/// The year beside a document's noun: `the 1956 statement`, `a declaration of 1956`.
fn year(scene: &Scene, sentence: &Sentence, noun: usize) -> Option<i16> {
    let beside = scene.times.within(sentence.span).filter(|e| {
        let words = sentence.words_in(e.span);
        sentence.words[sentence.head_of(words.clone())].head == Some(noun) && e.value.len() == 4
    });
    beside.filter_map(|e| e.value.parse().ok()).next()
}

/// The events that a document lays down: those of its relative clause (`in which Moscow agreed to`), and what was done in it.
fn terms(scene: &Scene, coding: &Coding, mention: &Mention) -> Vec<usize> {
    let sentence = &scene.reading.sentences[mention.sentence];
    let clauses: Vec<usize> =
        sentence.children(mention.noun).filter(|&i| &*sentence.words[i].deprel == "acl:relcl").collect();
    let own = sentence.words[mention.noun]
        .head
        .filter(|_| is_within(sentence, mention.noun))
        .and_then(|head| event_of(coding, sentence.words[head].span));
    let of_clause = coding.events.iter().enumerate().filter(|(_, event)| {
        let word = sentence.words_in(event.trigger).start;
        event.sentence == mention.sentence && clauses.iter().any(|&clause| sentence.is_below(word, clause))
    });
    of_clause.map(|(index, _)| index).chain(own).collect()
}

/// Whether something is done in or under a document.
fn is_within(sentence: &Sentence, noun: usize) -> bool {
    let case = preposition(sentence, noun).map(|c| sentence.words[c].lemma.to_lowercase());
    sentence.words[noun].is("obl") && case.is_some_and(|c| matches!(&*c, "in" | "under"))
}

fn add_parties(scene: &Scene, coding: &Coding, mention: &Mention, out: &mut Vec<&'static str>) {
    let sentence = &scene.reading.sentences[mention.sentence];
    let mut parties = around(scene, mention.sentence, mention.noun);
    let above = event_above(coding, sentence, mention.noun).filter(|_| !is_within(sentence, mention.noun));
    if let Some(event) = above {
        let event = &coding.events[event];
        use EventType::{Agree, Consult, Cooperate, Support};
        let between = matches!(event.kind, Agree | Consult | Cooperate | Support);
        parties.extend(event.actors.iter().chain(&event.recipients).filter(|_| between).map(|a| a.entity));
    }
    // States are parties to treaties; who watches over one is none.
    let identities = parties.iter().map(|&p| &scene.cast.entities[p].identity);
    for country in identities.filter(|i| i.kind != EntityKind::Organisation).filter_map(|i| i.country) {
        if !out.contains(&country) {
            out.push(country);
        }
    }
}
