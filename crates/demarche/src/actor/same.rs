//! Who is the same as somebody named before, and what stands beside a name and says more of whom it names.

use super::cast::Builder;
use super::{Entity, EntityKind};
use crate::reader::Sentence;

impl Builder<'_> {
    /// A person named before whose name is this one, or ends or begins with it.
    pub(super) fn namesake(&self, name: &str) -> Option<usize> {
        let same = |e: &Entity| {
            let whole = &e.identity.name;
            let ends = whole.strip_suffix(name).is_some_and(|before| before.is_empty() || before.ends_with(' '));
            let begins = whole.strip_prefix(name).is_some_and(|behind| behind.starts_with(' '));
            e.identity.kind == EntityKind::Person && !name.is_empty() && (ends || begins)
        };
        self.cast.entities.iter().rposition(same)
    }

    /// A body named before of whose words a name is the initials: `ANC` after `African National Congress`.
    pub(super) fn spelled_out(&self, name: &str) -> Option<usize> {
        let capitals = name.len() > 1 && name.chars().all(|c| c.is_ascii_uppercase());
        let same = |e: &Entity| {
            let words = e.identity.name.split([' ', '-']);
            let initials: String = words.filter_map(|w| w.chars().next()).filter(|c| c.is_uppercase()).collect();
            e.identity.kind == EntityKind::Organisation && initials == name
        };
        self.cast.entities.iter().rposition(same).filter(|_| capitals)
    }

    /// `Taro Kono, the Japanese foreign minister`: what stands in apposition means the same, and says more of it.
    pub(super) fn appositions(&mut self, sentence: &Sentence, first: usize) {
        for at in first..self.cast.references.len() {
            let reference = &self.cast.references[at];
            let word = &sentence.words[reference.head];
            // `his counterpart, Sergei Lavrov`, which a tree may take for a list of two.
            let listed = word.is("conj") && sentence.child(reference.head, "cc").is_none();
            let Some(other) = word.head.filter(|_| word.is("appos") || listed) else { continue };
            let Some(beside) = self.cast.references[first..].iter().find(|r| r.head == other) else { continue };
            if let (&[a], &[b]) = (&beside.entities[..], &reference.entities[..]) {
                let country = |e: usize| self.cast.entities[e].identity.country;
                let fits =
                    !listed || (country(a).is_some() && country(a) == country(b) && is_singular(sentence, other));
                let first = &sentence.words[reference.words.start];
                if fits && &*first.lemma == "a" && self.cast.entities[b].identity.kind == EntityKind::Organisation {
                    self.member(a, b);
                } else if fits {
                    self.join(a, b);
                }
            }
        }
    }

    /// `Ryan, a Wisconsin Republican`: a person is of the body's country, and of its sectors where nothing else is known.
    fn member(&mut self, person: usize, body: usize) {
        let of = self.cast.entities[body].identity.clone();
        let identity = &mut self.cast.entities[person].identity;
        if identity.kind == EntityKind::Person {
            identity.country = identity.country.or(of.country);
            if identity.sectors.is_empty() {
                identity.sectors = of.sectors;
            }
        }
    }

    /// One of two entities is a described one: what it says goes to the other, and so do its mentions.
    fn join(&mut self, a: usize, b: usize) {
        let kind = |e: usize| self.cast.entities[e].identity.kind;
        let named = |e: usize| kind(e) == EntityKind::Person;
        let described = |e: usize| kind(e) == EntityKind::Group;
        let (keep, give) = match (a != b, named(a) && described(b), described(a) && named(b)) {
            (true, true, _) => (a, b),
            (true, _, true) => (b, a),
            _ => return,
        };
        let given = self.cast.entities[give].clone();
        let kept = &mut self.cast.entities[keep];
        kept.identity.country = kept.identity.country.or(given.identity.country);
        if kept.identity.sectors.is_empty() {
            kept.identity.sectors = given.identity.sectors;
        }
        kept.identity.office = kept.identity.office.take().or(given.identity.office);
        kept.mentions.extend(given.mentions);
        self.cast.entities[give].mentions.clear();
        for reference in &mut self.cast.references {
            for entity in reference.entities.iter_mut().filter(|e| **e == give) {
                *entity = keep;
            }
        }
        self.salience.replace(give, keep);
    }
}

fn is_singular(sentence: &Sentence, word: usize) -> bool {
    &*sentence.words[word].xpos == "NN"
}
