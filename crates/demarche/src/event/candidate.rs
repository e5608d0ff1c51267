//! What a word may tell of, weighed: whether of an event, of which type, whether it is so, and who the parties are.

use std::str::FromStr;

use super::arguments::Spot;
use super::decision::{Features, flag, log, logit};
use super::lexicon::{EventTables, Frame};
use super::parties::{Claim, Side, settled};
use crate::ontology::EventType;
use crate::reader::{Label, Trigger};
use crate::voice::{Assertion, Status};

/// One of several answers, what speaks for it, and how likely that makes it.
#[derive(Clone, Debug)]
pub(crate) struct Answer<T> {
    pub what: T,
    pub features: Features,
    pub chance: f32,
}

/// A word that may tell of an event.
pub(crate) struct Candidate<'a> {
    pub word: usize,
    /// What the network says of it; nothing where only a row of the user's own speaks for it.
    pub trigger: Option<&'a Trigger>,
    /// The row of the lexicon that fits.
    pub frame: Option<&'a Frame>,
    /// The likeliest first.
    pub kinds: Vec<Answer<EventType>>,
    /// The likeliest first.
    pub statuses: Vec<Answer<Status>>,
    /// What the rules of grammar say of its status.
    pub assertion: Assertion,
    /// How likely the story looks back on it.
    pub historic: f32,
    /// The phrases that may be its parties.
    pub claims: Vec<Claim<'a>>,
    /// What speaks for an event.
    pub features: Features,
    /// How likely it tells of one.
    pub chance: f32,
}

/// Shares of answers by their scores, the likeliest first.
pub(super) fn answers<T>(scored: Vec<(T, Features, f32)>) -> Vec<Answer<T>> {
    let most = scored.iter().map(|(_, _, score)| *score).fold(f32::MIN, f32::max);
    let total: f32 = scored.iter().map(|(_, _, score)| (score - most).exp()).sum();
    let answer = |(what, features, score): (T, Features, f32)| {
        let chance = (score - most).exp() / total;
        Answer { what, features, chance }
    };
    let mut out: Vec<_> = scored.into_iter().map(answer).collect();
    out.sort_by(|a, b| b.chance.total_cmp(&a.chance));
    out
}

/// The share of a label, or none of it.
fn share(of: &[(Label, f32)], name: &str) -> f32 {
    of.iter().find(|(label, _)| &**label == name).map_or(0.0, |(_, share)| *share)
}

impl EventTables {
    /// The words of a sentence that may tell of events.
    pub(crate) fn candidates<'a>(&'a self, spot: &Spot<'a>) -> Vec<Candidate<'a>> {
        (0..spot.sentence.words.len()).filter_map(|word| self.candidate(spot, word)).collect()
    }

    fn candidate<'a>(&'a self, spot: &Spot<'a>, word: usize) -> Option<Candidate<'a>> {
        let trigger = spot.sentence.trigger(word);
        let frame = self.frame(spot.scene.text, spot.sentence, word, &spot.actor_sectors(self, word));
        if trigger.is_none() && !frame.is_some_and(|frame| frame.own) {
            return None;
        }
        let claims = trigger.map_or_else(Vec::new, |trigger| spot.claims(&self.decisions, trigger));
        let assertion = spot.scene.voice_tables.assertion(spot.sentence, word);
        let kinds = self.kinds(trigger, frame);
        let features = self.event_features(spot, word, trigger, &kinds, &claims);
        let chance = self.decisions.probability("event", &features);
        Some(Candidate {
            word,
            trigger,
            frame,
            statuses: self.statuses(trigger, assertion.status),
            kinds,
            assertion,
            historic: trigger.map_or(0.0, |trigger| trigger.historic),
            claims,
            features,
            chance,
        })
    }

    /// The types that a word may tell of: what the network says, and what the lexicon does.
    fn kinds(&self, trigger: Option<&Trigger>, frame: Option<&Frame>) -> Vec<Answer<EventType>> {
        if let Some(own) = frame.filter(|frame| frame.own) {
            return vec![Answer { what: own.kind, features: Vec::new(), chance: 1.0 }];
        }
        let Some(trigger) = trigger else { return Vec::new() };
        let total = trigger.chance();
        let scored = trigger.kinds.iter().filter_map(|(label, p)| {
            let kind = EventType::from_str(label).ok()?;
            let listed = frame.filter(|frame| frame.kind == kind);
            let features = vec![
                ("share", log(p / total)),
                ("listed", flag(listed.is_some())),
                ("conditions", listed.map_or(0.0, |frame| frame.conditions.len() as f32)),
            ];
            let score = self.decisions.score("type", &features);
            Some((kind, features, score))
        });
        answers(scored.collect())
    }

    /// The statuses that it may have: what the network says, and what the grammar does.
    fn statuses(&self, trigger: Option<&Trigger>, rule: Status) -> Vec<Answer<Status>> {
        let scored = Status::ALL.iter().map(|&status| {
            let heard = trigger.map_or(0.0, |trigger| share(&trigger.statuses, status.code()));
            let features = vec![
                ("share", log(heard)),
                ("rule", flag(rule == status)),
                ("rule, no fact", flag(rule == status && !status.is_fact())),
                ("fact", flag(status.is_fact() && rule.is_fact())),
                // How far the rules are right differs by what they say.
                (status.code(), flag(rule == status)),
            ];
            let score = self.decisions.score("status", &features);
            (status, features, score)
        });
        answers(scored.collect())
    }

    /// What speaks for an event of any type.
    fn event_features(
        &self,
        spot: &Spot,
        word: usize,
        trigger: Option<&Trigger>,
        kinds: &[Answer<EventType>],
        claims: &[Claim],
    ) -> Features {
        let this = &spot.sentence.words[word];
        let cast = spot.scene.cast;
        let kept = settled(claims, &self.decisions);
        let likeliest = |side: Side| kept.iter().filter(|c| c.side() == side).map(|c| c.chance()).fold(0.0, f32::max);
        let (actor, recipient) = (likeliest(Side::Actor), likeliest(Side::Recipient));
        let acts = |claim: &&Claim| cast.entities[claim.reference.entities[0]].identity.kind.acts();
        let located = |claim: &&Claim| claim.countries.first().is_some_and(|country| country.what.is_some());
        let best = kinds.first();
        let frame = trigger.and(best);
        vec![
            ("chance", logit(trigger.map_or(0.0, Trigger::chance))),
            ("share", frame.map_or(0.0, |kind| logit(kind.chance))),
            ("listed", best.map_or(0.0, |kind| feature(&kind.features, "listed"))),
            ("known", flag(self.is_known(this))),
            ("noun", flag(&*this.upos == "NOUN")),
            ("actor", logit(actor)),
            ("recipient", logit(recipient)),
            ("nobody acts", flag(!kept.iter().any(acts))),
            ("nobody known", flag(!kept.iter().any(located))),
            ("reports", flag(spot.scene.voice_tables.reports(&this.lemma))),
        ]
    }
}

/// How much of a feature there is.
pub(super) fn feature(features: &Features, name: &str) -> f32 {
    features.iter().find(|(n, _)| *n == name).map_or(0.0, |(_, value)| *value)
}
