//! Of which country a party is: what its words say, what the network says of it here and elsewhere, and where the story is set.

use super::arguments::Spot;
use super::candidate::{Answer, answers};
use super::decision::{Decisions, Features, flag, log};
use crate::actor::{Entity, EntityKind, Reference};

/// A country's code; none where nobody can tell.
type Country = Option<&'static str>;

impl Spot<'_> {
    /// The countries that a phrase's first entity may be of, the likeliest first.
    pub(crate) fn countries(&self, decisions: &Decisions, reference: &Reference) -> Vec<Answer<Country>> {
        let entity = &self.scene.cast.entities[reference.entities[0]];
        let mut all: Vec<Country> = vec![None, entity.identity.country, self.scene.home];
        all.extend(entity.heard.iter().map(|heard| heard.country));
        all.sort_unstable();
        all.dedup();
        let here = self.countries_here();
        let scored = all.into_iter().map(|country| {
            let features = self.country_features(entity, reference, country, &here);
            let score = decisions.score("country", &features);
            (country, features, score)
        });
        answers(scored.collect())
    }

    fn country_features(
        &self,
        entity: &Entity,
        reference: &Reference,
        country: Country,
        here: &[&'static str],
    ) -> Features {
        let at = |heard: &&crate::actor::Heard| heard.sentence == self.at && heard.head == reference.head;
        let of = || entity.heard.iter().filter(|heard| heard.country == country);
        let most = |of: &mut dyn Iterator<Item = f32>| of.fold(0.0, f32::max);
        let heard = most(&mut of().filter(at).map(|heard| heard.chance));
        let first = most(&mut entity.heard.iter().filter(at).map(|heard| heard.chance));
        let own = entity.identity.country == country && country.is_some();
        let person = entity.identity.kind == EntityKind::Person;
        let state = entity.identity.kind == EntityKind::State;
        vec![
            ("heard", log(heard)),
            ("heard first", flag(heard > 0.0 && heard >= first)),
            ("unheard", flag(heard == 0.0)),
            ("heard elsewhere", log(most(&mut of().filter(|heard| !at(heard)).map(|heard| heard.chance)))),
            ("silent", flag(entity.heard.is_empty() && country.is_none())),
            ("said", flag(own && !entity.inferred)),
            ("said of a person", flag(own && !entity.inferred && person)),
            ("said of a state", flag(own && state)),
            ("inferred", flag(own && entity.inferred)),
            ("home", flag(country.is_some() && country == self.scene.home)),
            ("here", flag(country.is_some_and(|country| here.contains(&country)))),
            ("nobody", flag(country.is_none())),
        ]
    }

    /// The countries in which the sentence's places lie.
    fn countries_here(&self) -> Vec<&'static str> {
        let here = self.scene.places.mentions.iter().filter(|m| m.sentence == self.at);
        here.map(|m| self.scene.gazetteer.place(m.place).country).filter(|country| !country.is_empty()).collect()
    }
}
