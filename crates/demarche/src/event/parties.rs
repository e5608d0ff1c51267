//! The parties of an event: which phrases around a trigger are its actors and its recipients, and how sure that is.

use super::arguments::Spot;
use super::candidate::Answer;
use super::decision::{Decisions, Features, flag, logit};
use crate::actor::{Reference, is_locative};
use crate::reader::{Role, Trigger, roles};

/// What a phrase does in an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Actor,
    Recipient,
}

impl Side {
    pub const BOTH: [Self; 2] = [Self::Actor, Self::Recipient];

    /// Its name in the table of decisions.
    pub fn name(self) -> &'static str {
        match self {
            Self::Actor => "actor",
            Self::Recipient => "recipient",
        }
    }

    /// The decision whether all on it are right.
    pub fn right(self) -> &'static str {
        match self {
            Self::Actor => "actors right",
            Self::Recipient => "recipients right",
        }
    }

    fn head(self, role: &Role) -> f32 {
        match self {
            Self::Actor => role.actor,
            Self::Recipient => role.recipient,
        }
    }

    fn within(self, role: &Role) -> f32 {
        match self {
            Self::Actor => role.in_actor,
            Self::Recipient => role.in_recipient,
        }
    }

    fn other(self) -> Self {
        match self {
            Self::Actor => Self::Recipient,
            Self::Recipient => Self::Actor,
        }
    }
}

/// A phrase that may be a party.
pub(crate) struct Claim<'r> {
    pub reference: &'r Reference,
    /// By side, what speaks for it and how likely that makes it.
    pub sides: [(Features, f32); 2],
    /// The countries that it may be of, the likeliest first.
    pub countries: Vec<Answer<Option<&'static str>>>,
}

impl Claim<'_> {
    /// The side that it is likelier on.
    pub fn side(&self) -> Side {
        if self.sides[1].1 > self.sides[0].1 { Side::Recipient } else { Side::Actor }
    }

    /// How likely it is on that side.
    pub fn chance(&self) -> f32 {
        self.sides[0].1.max(self.sides[1].1)
    }
}

/// Phrases less likely than this are not worth weighing.
const FAINT: f32 = 0.02;

impl<'a> Spot<'a> {
    /// The phrases of the sentence that may be parties to what a word tells of.
    pub(crate) fn claims(&self, decisions: &Decisions, trigger: &Trigger) -> Vec<Claim<'a>> {
        let cast = self.scene.cast;
        let all = cast.actors_of(self.at).chain(cast.things_of(self.at));
        let heard = |r: &&Reference| r.words.clone().any(|word| trigger.roles[word].most() >= FAINT);
        all.filter(heard).map(|reference| self.claim(decisions, trigger, reference)).collect()
    }

    fn claim(&self, decisions: &Decisions, trigger: &Trigger, reference: &'a Reference) -> Claim<'a> {
        let sides = Side::BOTH.map(|side| {
            let features = self.party_features(trigger, reference, side);
            let chance = decisions.probability(side.name(), &features);
            (features, chance)
        });
        Claim { reference, sides, countries: self.countries(decisions, reference) }
    }

    /// What speaks for a phrase on a side.
    fn party_features(&self, trigger: &Trigger, reference: &Reference, side: Side) -> Features {
        let (sentence, scene) = (self.sentence, self.scene);
        let role = |word: usize| &trigger.roles[word];
        let words = reference.words.clone();
        let best = words.clone().map(|word| side.head(role(word))).fold(0.0, f32::max);
        let within: f32 = words.clone().map(|word| side.within(role(word))).sum();
        let kind = scene.cast.entities[reference.entities[0]].identity.kind;
        let subject = roles::agent(sentence, trigger.word) == Some(reference.head);
        let object = roles::object(sentence, trigger.word) == Some(reference.head);
        vec![
            ("head", logit(side.head(role(reference.head)))),
            ("best", logit(best)),
            ("within", within / words.len().max(1) as f32),
            ("other side", logit(side.other().head(role(reference.head)))),
            ("subject", flag(subject)),
            ("object", flag(object)),
            ("acts", flag(kind.acts())),
            ("locative", flag(is_locative(scene.text, sentence, reference.head))),
            ("clauses", self.clauses_between(trigger.word, reference.head).min(3) as f32),
            ("pronoun", flag(&*sentence.words[reference.head].upos == "PRON")),
            ("holds trigger", flag(words.contains(&trigger.word))),
        ]
    }

    /// How many borders of clauses lie on the way through the tree from one word to another.
    fn clauses_between(&self, from: usize, to: usize) -> usize {
        const CLAUSES: [&str; 5] = ["ccomp", "advcl", "acl", "parataxis", "conj"];
        let words = &self.sentence.words;
        let path = |from: usize| std::iter::successors(Some(from), |&i| words[i].head).collect::<Vec<_>>();
        let (rise, fall) = (path(from), path(to));
        let meet = rise.iter().find(|i| fall.contains(i)).copied();
        let border = |i: &usize| {
            let clause = CLAUSES.iter().any(|r| words[*i].is(r));
            clause && (!words[*i].is("conj") || matches!(&*words[*i].upos, "VERB" | "AUX"))
        };
        let side = |path: &[usize]| path.iter().take_while(|i| Some(**i) != meet).filter(|i| border(i)).count();
        side(&rise) + side(&fall)
    }
}

/// Those of some claims that stand: likely enough, and of phrases that overlap the likeliest. The first on a side may be less likely than others.
pub(crate) fn settled<'c, 'r>(claims: &'c [Claim<'r>], decisions: &Decisions) -> Vec<&'c Claim<'r>> {
    let mut likely: Vec<&Claim> = claims.iter().collect();
    likely.sort_by(|a, b| b.chance().total_cmp(&a.chance()));
    let mut out: Vec<&Claim> = Vec::new();
    for claim in likely {
        let side = claim.side();
        let first = !out.iter().any(|kept| kept.side() == side);
        let least = decisions.weight(side.name(), if first { "least" } else { "least of others" });
        let apart = !out.iter().any(|kept| kept.reference.span.overlaps(claim.reference.span));
        if apart && claim.chance() >= least {
            out.push(claim);
        }
    }
    out.sort_by_key(|claim| claim.reference.span.start);
    out
}
