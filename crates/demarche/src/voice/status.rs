//! Is it so: what tense, modals, negation and the words above a predicate make of it.

use super::tables::{Effect, VoiceTables};
use crate::reader::Sentence;
use crate::reader::roles::{is_infinitive, preposition};
use crate::span::Span;

coded! {
    /// Whether an event is so.
    #[derive(Hash)]
    Status;
    /// It happened.
    Happened = "happened";
    /// It goes on.
    Ongoing = "ongoing";
    /// It is announced or under way to be done.
    Planned = "planned";
    /// Somebody offers or wishes it.
    Proposed = "proposed";
    /// Somebody demands it.
    Demanded = "demanded";
    /// Somebody threatens it.
    Threatened = "threatened";
    /// It hangs on a condition.
    Conditional = "conditional";
    /// It may be so.
    Possible = "possible";
    /// It is said not to be so.
    Denied = "denied";
    /// It was tried in vain.
    Failed = "failed";
}

impl Status {
    /// Whether it took place.
    pub fn is_fact(self) -> bool {
        matches!(self, Self::Happened | Self::Ongoing)
    }
}

/// What is so of an event, and the condition it hangs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Assertion {
    /// Its status.
    pub status: Status,
    /// First and one past the last byte of the condition.
    pub condition: Option<Span>,
}

/// Conjunctions that open what an offer, a plan or a possibility hangs on.
const CONDITIONS: [&str; 9] = ["if", "unless", "until", "once", "provided", "providing", "after", "when", "before"];

impl VoiceTables {
    /// Whether what a word tells of is so.
    pub fn assertion(&self, sentence: &Sentence, word: usize) -> Assertion {
        let mut status = self.status(sentence, word, 0);
        let condition = condition(sentence, word, status);
        let plain_if = condition.is_some_and(|(_, hypothetical)| hypothetical);
        if plain_if && matches!(status, Status::Happened | Status::Ongoing | Status::Planned | Status::Possible) {
            status = Status::Conditional;
        }
        Assertion { status, condition: condition.map(|(span, _)| span) }
    }

    fn status(&self, sentence: &Sentence, word: usize, depth: usize) -> Status {
        let own = self.own(sentence, word);
        let this = &sentence.words[word];
        let Some(head) = this.head.filter(|_| depth < 8) else { return own.unwrap_or(Status::Happened) };
        if own == Some(Status::Denied) {
            return Status::Denied;
        }
        let governor = &sentence.words[head];
        if let Some(mark) = self.mark(sentence, word) {
            return mark;
        }
        if this.is("conj") {
            let bare = sentence.child(word, "nsubj").is_none() && sentence.child(word, "aux").is_none();
            let above = self.status(sentence, head, depth + 1);
            return own.filter(|_| !bare).unwrap_or(if bare { above } else { Status::Happened });
        }
        let complement = this.is("xcomp")
            || this.is("ccomp")
            || this.is("csubj")
            || this.is("acl") && !is_relative_clause(sentence, word);
        // `accused of spying`, `working to resolve`: a clause that the word above asks for.
        let asked = this.is("advcl")
            && (is_infinitive(sentence, word) || gerund_mark(sentence, word))
            && self.effect_of(sentence, head, "advcl").is_some();
        let complement = complement || asked;
        let nominal = this.is_nominal() && (this.is("obj") || this.is("nsubj") || this.is("obl") || this.is("nmod"));
        let purpose = this.is("advcl") && is_infinitive(sentence, word);
        if complement || (nominal && self.reaches(sentence, word, head)) {
            let effect = self.effect_of(sentence, head, &this.deprel);
            return self.combine(sentence, head, own, effect, complement, depth);
        }
        if purpose {
            return Status::Planned;
        }
        if nominal && matches!(&*governor.upos, "VERB" | "AUX") && shares_verb(sentence, word) {
            return own.unwrap_or_else(|| self.status(sentence, head, depth + 1));
        }
        own.unwrap_or(Status::Happened)
    }

    /// Whether a governor decides on a noun: its object always, an oblique only where it asks for it (`called for talks`).
    fn reaches(&self, sentence: &Sentence, word: usize, head: usize) -> bool {
        let this = &sentence.words[word];
        let effect = self.effect_of(sentence, head, &this.deprel).is_some();
        let asked = || {
            preposition(sentence, word)
                .is_some_and(|c| matches!(&*sentence.words[c].lemma, "for" | "on" | "of" | "out"))
        };
        let passive = &*this.deprel == "nsubj:pass";
        // `the attempt failed`, `a strike is unlikely`: what it is said of, where it is said of nothing else.
        let alone = &*this.deprel == "nsubj"
            && sentence.child(head, "xcomp").is_none()
            && sentence.child(head, "obj").is_none();
        let adjective = &*sentence.words[head].upos == "ADJ";
        let in_vain = || preposition(sentence, word).is_some_and(|c| &*sentence.words[c].lemma == "in");
        if self.effect_of(sentence, head, "obl") == Some(Effect::Gives(Status::Failed)) && this.is("obl") && in_vain() {
            return true;
        }
        let failing = || self.effect_of(sentence, head, "nsubj") == Some(Effect::Gives(Status::Failed));
        if alone && effect && (adjective || failing()) {
            return true;
        }
        effect && (this.is("obj") || passive || ((this.is("obl") || this.is("nmod")) && asked()))
    }

    fn effect_of(&self, sentence: &Sentence, word: usize, relation: &str) -> Option<Effect> {
        let this = &sentence.words[word];
        let lemma = this.lemma.to_lowercase();
        let pos = match &*this.upos {
            "VERB" | "AUX" => "verb",
            "NOUN" => "noun",
            "ADJ" => "adjective",
            _ => return None,
        };
        // What a passive says of its subject, it does to its object.
        let relation = if relation == "nsubj:pass" { "obj" } else { relation };
        let yet = sentence.children_by(word, "advmod").find(|&i| &*sentence.words[i].lemma == "yet");
        let particle = sentence.child(word, "compound:prt").or(yet).map(|i| sentence.words[i].lemma.to_lowercase());
        let with = particle.and_then(|particle| self.effect(pos, &format!("{lemma} {particle}"), relation));
        with.or_else(|| self.effect(pos, &lemma, relation))
    }

    fn combine(
        &self,
        sentence: &Sentence,
        head: usize,
        own: Option<Status>,
        effect: Option<Effect>,
        complement: bool,
        depth: usize,
    ) -> Status {
        let above = self.status(sentence, head, depth + 1);
        match effect {
            Some(Effect::Gives(Status::Denied)) if above == Status::Denied => Status::Happened,
            Some(Effect::Gives(_)) if matches!(above, Status::Denied | Status::Failed) => above,
            Some(Effect::Gives(Status::Ongoing)) if fails_after_all(sentence, head) => Status::Failed,
            // `wants the minister to resign`: of somebody else it is a demand.
            Some(Effect::Gives(Status::Proposed)) if complement && wanted_of_another(sentence, head) => {
                Status::Demanded
            }
            Some(Effect::Gives(given)) => match own {
                // `doubts that it will`: what the word above makes of it counts before the clause's own modal.
                Some(Status::Planned | Status::Possible) | None => given,
                Some(own) if !own.is_fact() => own,
                _ => given,
            },
            Some(Effect::Achieved) if above == Status::Denied => Status::Failed,
            Some(Effect::Achieved) => above,
            Some(Effect::AsGovernor) => above,
            None if complement && !above.is_fact() && own.is_none_or(Status::is_fact) => above,
            None => own.unwrap_or(above),
        }
    }

    /// What a word says of itself: modals, negation, tense, and the adjectives beside a noun.
    fn own(&self, sentence: &Sentence, word: usize) -> Option<Status> {
        let this = &sentence.words[word];
        let adverb = |i: usize| self.effect("adverb", &sentence.words[i].lemma.to_lowercase(), "");
        if is_negated(sentence, word) {
            // What somebody could not do was tried.
            let could = sentence.children_by(word, "aux").any(|i| is_could(sentence, i));
            return Some(if could { Status::Failed } else { Status::Denied });
        }
        if let Some(Effect::Gives(status)) = sentence.children_by(word, "advmod").find_map(adverb) {
            return Some(status);
        }
        if &*this.upos != "VERB" && sentence.child(word, "cop").is_none() {
            let beside = sentence.children(word).filter(|&i| sentence.words[i].is("amod"));
            return beside.filter_map(|i| self.beside(sentence, i)).next();
        }
        let modal = sentence
            .children_by(word, "aux")
            .find_map(|i| self.effect("modal", &sentence.words[i].lemma.to_lowercase(), ""));
        if let Some(Effect::Gives(status)) = modal {
            return Some(if self.is_future_in_past(sentence, word) { Status::Planned } else { status });
        }
        // `the aim is to deploy`, `is due to ratify`
        if &*this.xpos == "VB" && sentence.child(word, "cop").is_some() {
            return Some(Status::Planned);
        }
        let be = sentence.children_by(word, "aux").any(|i| &*sentence.words[i].lemma == "be");
        match &*this.xpos {
            "VBG" if be => Some(Status::Ongoing),
            "VBD" | "VBZ" | "VBP" => Some(Status::Happened),
            "VBN" if sentence.child(word, "aux").is_some() => Some(Status::Happened),
            _ => None,
        }
    }

    /// `said he would visit`: what was said of the future then.
    fn is_future_in_past(&self, sentence: &Sentence, word: usize) -> bool {
        let would = sentence.children_by(word, "aux").any(|i| matches!(&*sentence.words[i].lemma, "would" | "'d"));
        let conditional = sentence.children_by(word, "advcl").any(|clause| {
            sentence.child(clause, "mark").is_some_and(|m| matches!(&*sentence.words[m].lemma, "if" | "unless"))
        });
        let speech = sentence.words[word].head.is_some_and(|head| {
            let said = &sentence.words[head];
            sentence.words[word].is("ccomp") && &*said.xpos == "VBD" && self.reports(&said.lemma.to_lowercase())
        });
        would && speech && !conditional
    }

    fn beside(&self, sentence: &Sentence, adjective: usize) -> Option<Status> {
        let word = &sentence.words[adjective];
        let form = if &*word.upos == "VERB" { format!("{}d", word.lemma) } else { word.lemma.to_lowercase() };
        let regular = if &*word.upos == "VERB" { format!("{}ed", word.lemma) } else { form.clone() };
        match self.effect("adjective", &form, "").or_else(|| self.effect("adjective", &regular, ""))? {
            Effect::Gives(status) => Some(status),
            Effect::AsGovernor | Effect::Achieved => None,
        }
    }

    /// The status of a clause that a conjunction makes hypothetical.
    fn mark(&self, sentence: &Sentence, word: usize) -> Option<Status> {
        let this = &sentence.words[word];
        if is_inverted(sentence, word) {
            return Some(Status::Conditional);
        }
        let mark = sentence.child(word, "mark").filter(|_| ["advcl", "ccomp", "csubj"].iter().any(|r| this.is(r)))?;
        match self.effect("mark", &sentence.words[mark].lemma.to_lowercase(), "")? {
            Effect::Gives(status) => Some(status),
            Effect::AsGovernor | Effect::Achieved => None,
        }
    }
}

/// `could` is its own lemma in the treebanks, or `can` in the past.
fn is_could(sentence: &Sentence, word: usize) -> bool {
    let this = &sentence.words[word];
    this.lemma.eq_ignore_ascii_case("could") || (this.lemma.eq_ignore_ascii_case("can") && this.feats.contains("Past"))
}

/// Whether a clause without an infinitive stands behind a preposition that a verb asks for: `of spying`, `from deporting`.
fn gerund_mark(sentence: &Sentence, word: usize) -> bool {
    let mark = sentence.child(word, "mark").or_else(|| preposition(sentence, word));
    mark.is_some_and(|m| matches!(&*sentence.words[m].lemma.to_lowercase(), "of" | "from" | "in" | "on" | "with"))
}

/// Whether somebody wants another to do something.
fn wanted_of_another(sentence: &Sentence, verb: usize) -> bool {
    let wants = matches!(&*sentence.words[verb].lemma, "want" | "like" | "expect");
    let inner = || sentence.child(verb, "ccomp").or_else(|| sentence.child(verb, "xcomp"));
    wants && (sentence.child(verb, "obj").is_some() || inner().is_some_and(|i| sentence.child(i, "nsubj").is_some()))
}

/// `tried to storm the base but failed`
fn fails_after_all(sentence: &Sentence, verb: usize) -> bool {
    sentence
        .children_by(verb, "conj")
        .any(|i| &*sentence.words[i].lemma == "fail" && sentence.child(i, "xcomp").is_none())
}

/// `were the union to strike`, `should the talks fail`: a condition told by the order of words.
fn is_inverted(sentence: &Sentence, word: usize) -> bool {
    let first = sentence.subtree(word).start;
    let verb = &sentence.words[first];
    let helps =
        matches!(&*verb.lemma.to_lowercase(), "be" | "have" | "should") && matches!(&*verb.upos, "AUX" | "VERB");
    let subject = sentence.child(word, "nsubj").is_some_and(|subject| subject > first);
    sentence.words[word].is("advcl")
        && helps
        && subject
        && first != word
        && sentence.child(word, "mark").is_none_or(|m| m > first)
}

/// Whether a noun is as true as its verb: subjects, objects, and what is gone on with.
fn shares_verb(sentence: &Sentence, word: usize) -> bool {
    let this = &sentence.words[word];
    let case = || preposition(sentence, word).map(|c| sentence.words[c].lemma.to_lowercase());
    let goes_on = || case().is_some_and(|c| matches!(&*c, "with" | "toward" | "towards" | "to" | "for" | "into"));
    this.is("nsubj") || this.is("obj") || (this.is("obl") && goes_on())
}

/// Whether a word is negated: `not`, `never`, `no talks`, `without`.
fn is_negated(sentence: &Sentence, word: usize) -> bool {
    let lemma = |i: usize| sentence.words[i].lemma.to_lowercase();
    let by_child = sentence.children(word).any(|i| {
        let of = &sentence.words[i];
        (of.is("advmod")
            && matches!(&*lemma(i), "not" | "never" | "n't" | "hardly" | "barely")
            && !is_not_only(sentence, i))
            || (of.is("det") && lemma(i) == "no")
            || (of.is("case") && lemma(i) == "without")
    });
    let object = sentence.child(word, "obj").filter(|_| &*sentence.words[word].upos == "VERB");
    // `no prisoners were exchanged`, `nobody was arrested`
    let none = |i: usize| {
        matches!(&*lemma(i), "nobody" | "nothing" | "none" | "neither")
            || sentence.children_by(i, "det").any(|d| matches!(&*lemma(d), "no" | "neither"))
    };
    let subject = sentence.child(word, "nsubj").filter(|_| &*sentence.words[word].upos == "VERB");
    by_child
        || subject.is_some_and(none)
        || object.is_some_and(|o| sentence.children_by(o, "det").any(|d| lemma(d) == "no"))
}

/// `not only criticized the vote but ...` denies nothing.
fn is_not_only(sentence: &Sentence, not: usize) -> bool {
    sentence.words.get(not + 1).is_some_and(|next| matches!(&*next.lemma.to_lowercase(), "only" | "just" | "merely"))
}

fn is_relative_clause(sentence: &Sentence, word: usize) -> bool {
    let finite = sentence.children(word).any(|i| sentence.words[i].is("nsubj"));
    &*sentence.words[word].deprel == "acl:relcl"
        || (sentence.words[word].is("acl") && !finite && !is_infinitive(sentence, word))
}

/// The condition that an event or its complement hangs on, and whether it is an `if`.
fn condition(sentence: &Sentence, word: usize, status: Status) -> Option<(Span, bool)> {
    let complements =
        sentence.children(word).filter(|&i| ["xcomp", "ccomp", "obj"].iter().any(|r| sentence.words[i].is(r)));
    let mut found: Option<(Span, bool)> = None;
    for predicate in std::iter::once(word).chain(complements) {
        for child in sentence.children(predicate) {
            if let Some(hypothetical) = hangs_on(sentence, child, predicate != word || !status.is_fact()) {
                let span = sentence.span_of(sentence.subtree(child));
                found = Some(found.map_or((span, hypothetical), |(before, h)| (before.cover(span), h || hypothetical)));
            }
        }
    }
    found
}

/// Whether a child is a condition: `if ...`; of what is not yet done also `after ...`, `without preconditions`.
fn hangs_on(sentence: &Sentence, child: usize, open: bool) -> Option<bool> {
    let word = &sentence.words[child];
    let lemma = |i: usize| sentence.words[i].lemma.to_lowercase();
    if is_inverted(sentence, child) || as_long_as(sentence, child) {
        return Some(true);
    }
    if word.is("advcl") {
        let mark = lemma(sentence.child(child, "mark")?);
        let hypothetical = matches!(&*mark, "if" | "unless" | "provided" | "providing" | "provide" | "once");
        return (hypothetical || (open && CONDITIONS.contains(&&*mark))).then_some(hypothetical);
    }
    let case = lemma(preposition(sentence, child)?);
    let about = lemma(child);
    let stated = matches!(&*case, "without" | "on" | "under") && about.trim_end_matches('s').ends_with("condition");
    let deadline =
        case == "by" && open && &*word.deprel != "obl:agent" && matches!(&*about, "year-end" | "end" | "deadline");
    // `on condition that reforms go on`
    let named = case == "on" && about == "condition";
    (word.is("obl") || word.is("nmod")).then_some(()).filter(|()| stated || deadline).map(|()| named)
}

/// `as long as the truce holds`
fn as_long_as(sentence: &Sentence, clause: usize) -> bool {
    let first = sentence.subtree(clause).start;
    let is = |at: usize, lemma: &str| sentence.words.get(at).is_some_and(|w| w.lemma.to_lowercase() == lemma);
    ["advcl", "obl", "advmod"].iter().any(|r| sentence.words[clause].is(r))
        && is(first, "as")
        && is(first + 1, "long")
        && is(first + 2, "as")
}
