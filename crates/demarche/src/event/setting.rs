//! When and where an event was: the expression and the place that its words govern, or what stands beside it.

use jiff::Span as Length;

use super::arguments::Spot;
use super::{Argument, Basis, EventPlace, EventTime};
use crate::ontology::EventType;
use crate::place::PlaceMention;
use crate::reader::Sentence;
use crate::reader::roles::preposition;
use crate::span::Span;
use crate::time::{Interval, TimeExpression, TimexType};
use crate::voice::Status;

/// An event that ended more than so many days before publication is looked back on.
const HISTORIC: i64 = 365;

/// One anchor further from the trigger weighs more than any path within a clause.
const RANK: usize = 10;

/// How deep below the trigger a place may stand: `at his home in Bamako`, but not in a phrase about something else.
const NESTED: usize = 3;

/// Relations by which what is said of a governor holds of its dependent too.
const INHERITED: [&str; 7] = ["xcomp", "obj", "obl", "nmod", "conj", "advcl", "nsubj"];
/// Relations over which nothing is inherited downwards from a clause to its governor's trigger.
const CLAUSES: [&str; 5] = ["ccomp", "xcomp", "advcl", "parataxis", "acl"];

impl Spot<'_> {
    /// When it was.
    pub fn time(&self, word: usize, status: Status) -> Option<EventTime> {
        let scene = self.scene;
        let periods =
            scene.times.periods.iter().filter(|p| self.sentence.span.contains(p.span) && self.is_when(p.span));
        let expressions = scene.times.within(self.sentence.span).chain(periods);
        let dated = expressions.filter(|e| e.kind != TimexType::Set && e.interval.is_some());
        let dated: Vec<_> = dated.collect();
        let near = dated.iter().filter_map(|&e| {
            let words = self.sentence.words_in(e.span);
            let distance = distance(self.sentence, word, self.sentence.head_of(words), |w| self.is_party(w))?;
            Some((distance, e))
        });
        if let Some((_, expression)) = near.min_by_key(|(distance, e)| (*distance, e.span.start)) {
            return self.dated(Some(expression.span), self.interval(expression)?, Basis::Stated);
        }
        if let Some(expression) = self.time_beside(word, &dated) {
            return self.dated(Some(expression.span), expression.interval?, Basis::Inferred);
        }
        let published = scene.published.filter(|_| status.is_fact())?;
        self.dated(None, Interval::day(published), Basis::Publication)
    }

    /// The days of an expression; `since 1964` goes on to the day of publication.
    fn interval(&self, expression: &TimeExpression) -> Option<Interval> {
        let interval = expression.range.or(expression.interval)?;
        let head = self.sentence.head_of(self.sentence.words_in(expression.span));
        let since =
            preposition(self.sentence, head).is_some_and(|c| &*self.sentence.words[c].lemma.to_lowercase() == "since");
        let to = self.scene.published.filter(|p| since && *p > interval.to).unwrap_or(interval.to);
        Some(Interval { to, ..interval })
    }

    /// The time of a clause of time (`after the two met in November`); or, of a main clause, the sentence's only time where no more
    /// than a relative clause stands between.
    fn time_beside<'t>(&self, word: usize, dated: &[&'t TimeExpression]) -> Option<&'t TimeExpression> {
        let sentence = self.sentence;
        let temporal = |i: &usize| {
            let mark = sentence.child(*i, "mark").or_else(|| sentence.child(*i, "advmod"));
            mark.is_some_and(|m| matches!(&*sentence.words[m].lemma.to_lowercase(), "after" | "when" | "as" | "while"))
        };
        let clauses = sentence.children_by(word, "advcl").filter(temporal);
        let within = |clause: usize| {
            let here =
                dated.iter().filter(move |e| sentence.is_below(sentence.head_of(sentence.words_in(e.span)), clause));
            here.copied().next()
        };
        let of_clause = clauses.filter_map(within).next();
        let only = dated.first().filter(|e| {
            let head = sentence.head_of(sentence.words_in(e.span));
            dated.len() == 1 && sentence.words[word].head.is_none() && only_relative_between(sentence, head)
        });
        of_clause.or(only.copied())
    }

    /// Whether a named period stands where it says when: `in World War Two`, and not `a World War Two treaty`.
    fn is_when(&self, span: Span) -> bool {
        let sentence = self.sentence;
        let case = preposition(sentence, sentence.head_of(sentence.words_in(span)));
        let word = case.map(|c| sentence.words[c].lemma.to_lowercase());
        word.is_some_and(|word| matches!(&*word, "in" | "during" | "throughout"))
    }

    fn is_party(&self, word: usize) -> bool {
        self.scene.cast.at(self.at, word).is_some()
    }

    /// A time of an event, with whether the story looks back on it.
    pub fn dated(&self, span: Option<Span>, interval: Interval, basis: Basis) -> Option<EventTime> {
        let limit = self.scene.published.and_then(|p| p.checked_sub(Length::new().days(HISTORIC)).ok());
        let historic = limit.is_some_and(|limit| interval.to < limit);
        Some(EventTime { span, interval, basis, historic })
    }

    /// Where it was, by the words around it. A party's own name is no place of the event, unless it is visited.
    pub fn place(
        &self,
        word: usize,
        actors: &[Argument],
        recipients: &[Argument],
        kind: EventType,
    ) -> Option<EventPlace> {
        let visited = matches!(kind, EventType::Consult | EventType::Agree);
        let party = |span: Span| actors.iter().chain(recipients).any(|a| a.span.overlaps(span));
        let here = self.scene.places.mentions.iter().filter(|m| m.sentence == self.at && (visited || !party(m.span)));
        let near = here.filter_map(|m| {
            let head = self.sentence.head_of(m.words.clone());
            let local = is_local(self.scene.text, self.sentence, head);
            let distance = distance(self.sentence, word, head, |w| self.is_party(w))?;
            let near = local && is_near(self.sentence, head, distance, |w| self.is_party(w));
            near.then_some(())?;
            Some((distance, m))
        });
        let found = near.min_by_key(|(distance, m)| (*distance, m.span.start)).map(|(_, m)| (m, Basis::Stated));
        let (mention, basis) = found.or_else(|| Some((self.place_before(word)?, Basis::Inferred)))?;
        Some(EventPlace { span: Some(mention.span), place: mention.place, basis })
    }

    /// The only place of what stands before the subject of a clause (`at a conference in Vladivostok, he suggested`): it holds of the whole
    /// clause.
    fn place_before(&self, word: usize) -> Option<&PlaceMention> {
        let sentence = self.sentence;
        let mut verb = word;
        while sentence.child(verb, "nsubj").is_none() {
            let this = &sentence.words[verb];
            verb = this.head.filter(|_| INHERITED.iter().any(|r| this.is(r)) || this.is("ccomp"))?;
        }
        let subject = sentence.child(verb, "nsubj")?;
        let first = sentence.children(verb).next().map(|child| sentence.subtree(child).start)?;
        let here = self.scene.places.mentions.iter().filter(|m| m.sentence == self.at);
        let local = |m: &&PlaceMention| {
            let head = sentence.head_of(m.words.clone());
            is_local(self.scene.text, sentence, head) && first <= head && head < subject
        };
        let mut places = here.filter(local);
        places.next().filter(|_| places.next().is_none())
    }

    /// The place the story was filed from, for deeds of late whose parties are at home there.
    pub fn filed(
        &self,
        kind: EventType,
        status: Status,
        time: &Option<EventTime>,
        actors: &[Argument],
        recipients: &[Argument],
    ) -> Option<EventPlace> {
        let deed = matches!(kind, EventType::Protest | EventType::Assault | EventType::Coerce | EventType::Mobilize);
        let late = time.as_ref().is_none_or(|t| !t.historic) && status.is_fact();
        let place = self.scene.dateline.filter(|_| deed && late)?;
        let country = self.scene.gazetteer.place(place).country;
        let of = |a: &Argument| self.scene.cast.entities[a.entity].identity.country;
        let home = actors.iter().chain(recipients).all(|a| of(a) == Some(country));
        home.then_some(EventPlace { span: None, place, basis: Basis::Inferred })
    }
}

/// Whether no clause but relative ones stands above a word.
fn only_relative_between(sentence: &Sentence, word: usize) -> bool {
    let mut at = word;
    while let Some(head) = sentence.words[at].head {
        if CLAUSES.iter().any(|r| sentence.words[at].is(r)) && &*sentence.words[at].deprel != "acl:relcl" {
            return false;
        }
        at = head;
    }
    true
}

/// Whether a name of a place stands near enough to a trigger to be its place: right by it or by a party to it, or a little
/// deeper in a phrase that is about no party.
fn is_near(sentence: &Sentence, word: usize, distance: usize, who: impl Fn(usize) -> bool) -> bool {
    let steps = distance % RANK;
    let mut above = std::iter::successors(sentence.words[word].head, |&h| sentence.words[h].head);
    steps < NESTED || (steps == NESTED && !above.by_ref().take(steps - 1).any(who))
}

/// How far a word is from a trigger that it may tell of: steps up to the trigger, or to a word whose time and place are also the
/// trigger's. `None` where another clause stands between. `who` tells the words that name a party: what is said of a party's doings
/// is not said of its clause.
fn distance(sentence: &Sentence, trigger: usize, word: usize, who: impl Fn(usize) -> bool) -> Option<usize> {
    let mut anchors = vec![trigger];
    let mut at = trigger;
    while let Some(head) = sentence.words[at].head.filter(|_| anchors.len() < 6) {
        if sentence.words[at].is("acl") {
            // `the 1956 statement in which Moscow agreed`: the noun's own time is the clause's.
            anchors.push(head);
            if who(head) {
                break;
            }
            at = head;
            continue;
        }
        // `caught him off guard in September when he suggested`
        let when = sentence.words[at].is("parataxis")
            && sentence.children_by(at, "advmod").any(|i| &*sentence.words[i].lemma.to_lowercase() == "when");
        if !when && !INHERITED.iter().any(|r| sentence.words[at].is(r)) {
            break;
        }
        anchors.push(head);
        at = head;
    }
    let mut steps = 0;
    let mut at = word;
    loop {
        if let Some(rank) = anchors.iter().position(|&a| a == at) {
            return Some(steps + RANK * rank);
        }
        // Another clause's time is not this one's.
        let this = &sentence.words[at];
        let beside = this.is("conj") && sentence.child(at, "nsubj").is_some();
        if beside || CLAUSES.iter().any(|r| this.is(r)) {
            return None;
        }
        steps += usize::from(!sentence.words[at].is("appos") && !sentence.words[at].is("conj"));
        at = sentence.words[at].head?;
    }
}

/// Whether a place's name says where: `in Singapore`, `at Yalta`, and the object of a visit.
fn is_local(text: &str, sentence: &Sentence, head: usize) -> bool {
    const LOCAL: [&str; 14] = [
        "in", "at", "near", "outside", "around", "across", "inside", "over", "off", "along", "into", "to", "within",
        "on",
    ];
    let word = &sentence.words[head];
    let mut case = sentence.children_by(head, "case");
    let by_case = case.any(|c| LOCAL.contains(&&*sentence.words[c].span.text(text).to_lowercase()));
    let visited = word.is("obj") && word.head.is_some_and(|h| &*sentence.words[h].lemma == "visit");
    ((word.is("obl") || word.is("nmod")) && by_case) || visited || word.is("appos")
}
