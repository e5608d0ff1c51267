//! Finding the names of places, and choosing among places of one name.

use std::collections::HashMap;

use super::gazetteer::{Feature, Gazetteer, Place};
use super::{PlaceMention, Places};
use crate::reader::{Reading, Sentence};

/// A city smaller than this needs the reader's word that a place is meant, or its division beside it.
const SURE: u32 = 400_000;

/// A town smaller than this needs both, or another place nearby.
const TOWN: u32 = 15_000;

/// A name found, with the places it may mean.
struct Candidate {
    mention: PlaceMention,
    of_name: Vec<usize>,
    /// The place named right behind it: `Alexandria, Louisiana`.
    inside: Option<usize>,
    /// Whether the reader takes it for a place.
    read_so: bool,
}

impl Gazetteer {
    /// The places that a story names.
    pub fn find(&self, text: &str, reading: &Reading) -> Places {
        let mut found = Vec::new();
        for (at, sentence) in reading.sentences.iter().enumerate() {
            self.names(text, at, sentence, &mut found);
        }
        let countries = self.countries(&found);
        // Chosen twice: the second time by what lies near, which the first time tells.
        let first: Vec<usize> = found.iter().filter_map(|c| self.choose(c, &countries, &[])).collect();
        let choose = |candidate: Candidate| {
            let place = self.choose(&candidate, &countries, &first)?;
            Some(PlaceMention { place, ..candidate.mention })
        };
        Places { mentions: found.into_iter().filter_map(choose).collect() }
    }

    /// The place that a dateline names: the largest of its name.
    pub(crate) fn by_dateline(&self, name: &str) -> Option<usize> {
        let places = match self.named(name) {
            [] => self.named(&capitalized(name)),
            found => found,
        };
        places.iter().copied().max_by(|&a, &b| size(self.place(a)).total_cmp(&size(self.place(b))).then(b.cmp(&a)))
    }

    /// The longest names of places in a sentence.
    fn names(&self, text: &str, at: usize, sentence: &Sentence, found: &mut Vec<Candidate>) {
        let mut word = 0;
        while word < sentence.words.len() {
            match self.name_at(text, sentence, word) {
                Some((end, of_name)) => {
                    let words = word..end;
                    if let Some(read_so) = is_place(sentence, words.clone()) {
                        let span = sentence.span_of(words.clone());
                        let inside = self.division_behind(text, sentence, end);
                        found.push(Candidate {
                            mention: PlaceMention { span, sentence: at, words, place: 0 },
                            of_name,
                            inside,
                            read_so,
                        });
                    }
                    word = end;
                }
                None => word += 1,
            }
        }
    }

    /// The longest name that begins at a word: where it ends, and the places it may mean.
    fn name_at(&self, text: &str, sentence: &Sentence, word: usize) -> Option<(usize, Vec<usize>)> {
        let first = sentence.words.get(word)?.span;
        if !first.text(text).starts_with(char::is_uppercase) {
            return None;
        }
        let last = sentence.words.len().min(word + self.longest());
        (word + 1..=last).rev().find_map(|end| {
            let name = first.cover(sentence.words[end - 1].span).text(text);
            let of_name = match self.named(name) {
                // Datelines and headlines shout.
                [] if name.len() > 4 && name.chars().all(|c| !c.is_lowercase()) => self.named(&capitalized(name)),
                found => found,
            };
            (!of_name.is_empty()).then(|| (end, of_name.to_vec()))
        })
    }

    /// A larger place behind a comma.
    fn division_behind(&self, text: &str, sentence: &Sentence, end: usize) -> Option<usize> {
        let comma = sentence.words.get(end)?.span.text(text) == ",";
        let (_, of_name) = comma.then(|| self.name_at(text, sentence, end + 1))??;
        of_name.into_iter().find(|&place| self.place(place).feature != Feature::City)
    }

    /// How often the story names each country, by itself or by places that can lie nowhere else.
    fn countries(&self, found: &[Candidate]) -> HashMap<&'static str, u32> {
        let mut count = HashMap::new();
        for candidate in found {
            let mut of_name = candidate.of_name.iter().map(|&place| self.place(place).country);
            let first = of_name.next().unwrap_or("");
            if !first.is_empty() && of_name.all(|country| country == first) {
                *count.entry(first).or_insert(0) += 1;
            }
        }
        count
    }

    /// The likeliest place of a name, by size, by the countries that the story names, by the place it is said to lie in, and by
    /// the places `around`.
    fn choose(&self, candidate: &Candidate, countries: &HashMap<&'static str, u32>, around: &[usize]) -> Option<usize> {
        let score = |index: usize| {
            let place = self.place(index);
            let named = countries.get(place.country).copied().unwrap_or(0).min(5);
            let inside = candidate.inside.map_or(0.0, |outer| inside(place, self.place(outer)));
            size(place) + 0.4 * named as f32 + inside + self.nearness(candidate, index, around)
        };
        let of_name = candidate.of_name.iter().copied();
        let best = of_name.max_by(|&a, &b| score(a).total_cmp(&score(b)).then(b.cmp(&a)))?;
        let place = self.place(best);
        let near = self.nearness(candidate, best, around) > 0.0;
        let sure = !matches!(place.feature, Feature::City | Feature::Division)
            || place.population >= SURE
            || candidate.inside.is_some()
            || (candidate.read_so && (place.population >= TOWN || near));
        sure.then_some(best)
    }

    /// What other places of the story nearby say for one: more the nearer they are, each place once.
    fn nearness(&self, candidate: &Candidate, index: usize, around: &[usize]) -> f32 {
        let place = self.place(index);
        if place.feature != Feature::City {
            return 0.0;
        }
        let mut seen: Vec<usize> = Vec::new();
        let others = around.iter().filter(|other| !candidate.of_name.contains(other));
        let near = others.filter(|&&other| {
            let outer = self.place(other);
            let close = outer.feature == Feature::City && kilometers(place, outer) < NEAR;
            let division = matches!(outer.feature, Feature::Region | Feature::Division) && inside(place, outer) > 2.0;
            let new = (close || division) && !seen.contains(&other);
            if new {
                seen.push(other);
            }
            new
        });
        NEARNESS * near.count().min(3) as f32
    }
}

/// Kilometers within which places of one story speak for each other, and how much each does.
const NEAR: f32 = 150.0;
const NEARNESS: f32 = 0.8;

/// The distance of two places, in kilometers, as on a flat map: near enough for near places.
fn kilometers(a: &Place, b: &Place) -> f32 {
    let shrink = ((a.lat + b.lat) / 2.0).to_radians().cos();
    let (north, east) = (a.lat - b.lat, (a.lon - b.lon) * shrink);
    111.2 * north.hypot(east)
}

/// How likely a place is meant for its size alone.
fn size(place: &Place) -> f32 {
    match place.feature {
        Feature::State => 8.0,
        Feature::Disputed => 7.5,
        Feature::Region => 6.9,
        // Of a city and a division of one name the city is meant, unless something speaks for the other.
        Feature::Division => ((place.population.max(1) as f32).log10() - 0.5).min(6.8),
        Feature::City => (place.population.max(1) as f32).log10(),
    }
}

fn inside(place: &Place, outer: &Place) -> f32 {
    if place.country.is_empty() || place.country != outer.country || place.feature == Feature::State {
        return 0.0;
    }
    // GeoNames numbers American divisions by their postal letters; elsewhere the country must do.
    let close = (place.lat - outer.lat).abs() + (place.lon - outer.lon).abs();
    if outer.feature == Feature::State { 4.0 } else { 6.0 - close.min(6.0) }
}

/// Whether a name stands for a place here, and is no part of a person's or an organisation's name, and no nationality: none if
/// not, else whether the reader takes it for a place itself.
fn is_place(sentence: &Sentence, words: std::ops::Range<usize>) -> Option<bool> {
    let head = sentence.head_of(words.clone());
    let word = &sentence.words[head];
    if &*word.upos == "ADJ" || (&*word.upos != "PROPN" && words.len() == 1) {
        return None;
    }
    let inner = sentence.mentions.iter().filter(|m| m.words.start <= words.start && words.end <= m.words.end);
    let inner = inner.min_by_key(|m| m.words.len());
    let joined = |i: usize| {
        let other = &sentence.words[i];
        (other.is("flat") || other.is("compound")) && &*other.upos == "PROPN"
    };
    let part_of_name =
        word.head.is_some_and(|h| !words.contains(&h) && joined(head) && &*sentence.words[h].upos == "PROPN")
            || sentence.children(head).any(|child| !words.contains(&child) && joined(child));
    let kind = inner.map(|m| &*m.kind);
    let of_person = || inner.is_some_and(|m| m.words != words && sentence.head_of(m.words.clone()) != head);
    let stands = match kind {
        Some("person" | "organization") if part_of_name => false,
        Some("person") => of_person(),
        _ => true,
    };
    stands.then(|| kind == Some("place"))
}

/// `TEL AVIV` as `Tel Aviv`.
fn capitalized(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut open = true;
    for c in name.chars() {
        if open {
            out.push(c);
        } else {
            out.extend(c.to_lowercase());
        }
        open = !c.is_alphanumeric();
    }
    out
}
