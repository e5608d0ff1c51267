//! The parties of an event as the reader's heads hear them, held against the tree.

use super::Argument;
use super::arguments::Spot;
use crate::actor::{EntityKind, Reference, is_locative};
use crate::reader::{Trigger, roles};

/// A phrase is an actor or a recipient from this probability on, by how many clauses it is away from the trigger's.
const HEARD: [f32; 3] = [0.5, 0.7, 0.9];
/// Relations that open a clause.
const CLAUSES: [&str; 5] = ["ccomp", "advcl", "acl", "parataxis", "conj"];

impl Spot<'_> {
    /// Actors and recipients as the reader's heads hear them around a trigger.
    pub fn heard(&self, trigger: Option<&Trigger>) -> (Vec<Argument>, Vec<Argument>) {
        let Some(trigger) = trigger else { return Default::default() };
        let cast = self.scene.cast;
        let (things, actors): (Vec<_>, Vec<_>) = self
            .nearest(trigger, cast.actors_of(self.at).chain(cast.things_of(self.at)))
            .into_iter()
            .partition(|(r, _)| r.entities.iter().all(|&e| !cast.entities[e].identity.kind.acts()));
        let heads: Vec<usize> = actors.iter().map(|(r, _)| r.head).collect();
        let mut out: [Vec<Argument>; 2] = Default::default();
        // A party within a thing stands for it, unless it only says where the thing is.
        let located = |head: usize| is_locative(self.scene.text, self.sentence, head);
        let set_in = |head: usize| located(head) && things.iter().any(|(t, _)| self.is_part(head, &[t.head]));
        let within = |r: &Reference| {
            actors.iter().any(|(o, _)| {
                o.head != r.head && o.span.start <= r.span.start && r.span.end <= o.span.end && o.span != r.span
            })
        };
        let whole = |r: &Reference| !self.is_part(r.head, &heads) && !set_in(r.head) && !within(r);
        for (reference, role) in actors.iter().filter(|(r, _)| whole(r)) {
            for &entity in &reference.entities {
                if !out.iter().flatten().any(|a| a.entity == entity) {
                    out[*role].push(Argument { span: reference.span, entity });
                }
            }
        }
        // Of a thing, whoever it belongs to; else, where something is done to it, the thing itself.
        let things_heads: Vec<usize> = things.iter().map(|(r, _)| r.head).collect();
        let holds_actor = |thing: usize| heads.iter().any(|&head| self.is_part(head, &[thing]) && !located(head));
        for (thing, role) in things.iter().filter(|(r, _)| !self.is_part(r.head, &heads)) {
            if holds_actor(thing.head) || self.is_part(thing.head, &things_heads) {
                continue;
            }
            let owners = self.owners(thing.head);
            let found = match (owners.is_empty(), role) {
                (false, _) => owners,
                (true, 1) => vec![Argument { span: thing.span, entity: thing.entities[0] }],
                _ => continue,
            };
            let known = |a: &Argument| out.iter().flatten().any(|b| b.entity == a.entity);
            let new: Vec<Argument> = found.into_iter().filter(|a| !known(a)).collect();
            out[*role].extend(new);
        }
        let [actors, recipients] = out;
        (actors, recipients)
    }

    /// The references that the heads take for parties of a trigger, with 0 for an actor and 1 for a recipient; where some stand
    /// in the trigger's own clause, those of other clauses are none.
    fn nearest<'r>(
        &self,
        trigger: &Trigger,
        references: impl Iterator<Item = &'r Reference>,
    ) -> Vec<(&'r Reference, usize)> {
        let patient =
            roles::is_passive(self.sentence, trigger.word).then(|| roles::object(self.sentence, trigger.word));
        let mut found: Vec<(&Reference, usize, usize)> = Vec::new();
        for reference in references {
            let [actor, recipient] = trigger.roles[reference.head];
            let clauses = self.clauses_between(trigger.word, reference.head);
            if actor.max(recipient) < HEARD[clauses.min(HEARD.len() - 1)] {
                continue;
            }
            // `went on strike across Argentina`: a state that only says where does nothing.
            let state =
                reference.entities.iter().any(|&e| self.scene.cast.entities[e].identity.kind == EntityKind::State);
            if actor > recipient && state && is_locative(self.scene.text, self.sentence, reference.head) {
                continue;
            }
            // `was killed`: whatever the heads say, the subject is the one it was done to.
            let done_to = patient.flatten() == Some(reference.head);
            found.push((reference, usize::from(recipient > actor || done_to), clauses));
        }
        let own = |role: usize| found.iter().any(|(_, r, clauses)| *r == role && *clauses == 0);
        let near = [own(0), own(1)];
        found
            .into_iter()
            .filter(|(_, role, clauses)| !near[*role] || *clauses == 0)
            .map(|(r, role, _)| (r, role))
            .collect()
    }

    /// How likely the heads take the least likely party for what it is; a half where they name none of them.
    pub fn certainty(&self, trigger: Option<&Trigger>, actors: &[Argument], recipients: &[Argument]) -> f32 {
        let Some(trigger) = trigger else { return 0.5 };
        let role = |a: &Argument| {
            let head = self.sentence.head_of(self.sentence.words_in(a.span));
            trigger.roles.get(head).map_or(0.5, |[actor, recipient]| actor.max(*recipient))
        };
        actors.iter().chain(recipients).map(role).min_by(f32::total_cmp).unwrap_or(0.5)
    }

    /// How many borders of clauses lie on the way through the tree from one word to another.
    fn clauses_between(&self, from: usize, to: usize) -> usize {
        let words = &self.sentence.words;
        let path = |from: usize| std::iter::successors(Some(from), |&i| words[i].head).collect::<Vec<_>>();
        let (rise, fall) = (path(from), path(to));
        let meet = rise.iter().find(|i| fall.contains(i)).copied();
        let border = |&i: &usize| {
            CLAUSES.iter().any(|r| words[i].is(r))
                && (!words[i].is("conj") || matches!(&*words[i].upos, "VERB" | "AUX"))
        };
        let side = |path: &[usize]| path.iter().take_while(|i| Some(**i) != meet).filter(|&i| border(i)).count();
        side(&rise) + side(&fall)
    }

    /// Whether a word belongs to the phrase that one of these heads, coordination apart: `Israel` in `Israel's army`.
    fn is_part(&self, word: usize, heads: &[usize]) -> bool {
        const WITHIN: [&str; 6] = ["nmod", "compound", "amod", "appos", "acl", "flat"];
        let words = &self.sentence.words;
        let mut at = word;
        while let Some(head) = words[at].head.filter(|_| WITHIN.iter().any(|r| words[at].is(r))) {
            if heads.contains(&head) {
                return true;
            }
            at = head;
        }
        false
    }
}
