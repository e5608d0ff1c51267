//! Who a phrase that stands alone means on a day: a name, a title with a name, or a description put together from its words.

use jiff::civil::Date;

use super::directory::{Directory, Referent};
use super::{EntityKind, Identity};
use crate::place::{Feature, Gazetteer};

/// Prepositions behind which stands what a description belongs to.
const BELONGS: [&str; 10] = ["of", "in", "from", "at", "for", "on", "with", "against", "near", "to"];
/// Of names that several bear, how sure the one meant is; of descriptions without a country; of what the tables say outright.
const NAMED: f32 = 0.99;
const SURNAMED: f32 = 0.9;
const DESCRIBED: f32 = 0.85;
const PARTLY: f32 = 0.6;

/// Who a phrase means.
#[derive(Clone, Debug, PartialEq)]
pub struct Who {
    /// Name, country, sectors and office on the day; the name is empty where only a description is known.
    pub identity: Identity,
    /// How sure, 0 to 1: by kind of evidence, not calibrated.
    pub confidence: f32,
}

/// A word of a phrase without the marks around it, and whether `'s` stood behind it.
struct Word<'a> {
    text: &'a str,
    plain: String,
}

/// What the words before a name or around a head tell.
#[derive(Default)]
struct Told {
    country: Option<&'static str>,
    sectors: Vec<&'static str>,
    title: String,
    former: bool,
}

impl Directory {
    /// Who a phrase means on a day, `None` where its words say nothing of it.
    pub fn who(&self, phrase: &str, date: Option<Date>, gazetteer: &Gazetteer) -> Option<Who> {
        let phrase = undetermined(phrase.trim());
        if let Some(known) = self.outright(phrase, date) {
            return Some(known);
        }
        if let Some((before, behind)) = phrase.split_once(',') {
            return self.apposed(before, behind, date, gazetteer);
        }
        let words: Vec<Word> =
            phrase.split_whitespace().map(|word| self.word(word)).filter(|w| !w.text.is_empty()).collect();
        let head = words.iter().position(|w| BELONGS.contains(&w.text)).filter(|&at| at > 0).unwrap_or(words.len());
        if self.counts(&words[..head]) && words.get(head).is_some_and(|w| w.text == "of") {
            return self.who(&joined(&words[head + 1..]), date, gazetteer);
        }
        let told = |words: &[Word], behind: &[Word]| self.told(words, behind, gazetteer);
        self.person_of(&words, head, date, &told).or_else(|| self.described_by(&words, head, date, &told, gazetteer))
    }

    /// A name that the tables have, as it stands.
    fn outright(&self, phrase: &str, date: Option<Date>) -> Option<Who> {
        let found = self.named(phrase);
        let referent = *found.iter().find(|r| matches!(r, Referent::Person(_))).or(found.first())?;
        let mut identity = self.identity(referent, date);
        if let Referent::Nation(_) = referent {
            identity.sectors = vec!["CVL"];
            identity.kind = EntityKind::Group;
        }
        Some(Who { identity, confidence: NAMED })
    }

    /// `Taro Kono, the Japanese foreign minister`: the first part, or, where nobody knows it, its name with what the second says.
    fn apposed(&self, before: &str, behind: &str, date: Option<Date>, gazetteer: &Gazetteer) -> Option<Who> {
        let first = self.who(before, date, gazetteer);
        if first.as_ref().is_some_and(|who| who.confidence > PARTLY) {
            return first;
        }
        let mut second = self.who(behind.trim_matches([',', ' ']), date, gazetteer)?;
        if second.identity.kind == EntityKind::Group && before.starts_with(char::is_uppercase) {
            second.identity.name = before.trim().to_owned();
            second.identity.kind = EntityKind::Person;
        }
        Some(second)
    }

    fn word<'a>(&self, word: &'a str) -> Word<'a> {
        let text = word.trim_matches(|c: char| matches!(c, ',' | ';' | ':' | '"' | '“' | '”' | '(' | ')'));
        let text = text.strip_suffix("'s").or_else(|| text.strip_suffix("’s")).unwrap_or(text);
        let text = text.strip_suffix(['\'', '’']).unwrap_or(text);
        let lower = text.to_lowercase();
        let plural = !text.starts_with(char::is_uppercase) && lower.ends_with('s');
        let tag = if plural || lower == "men" || lower == "women" || lower == "people" { "NNS" } else { "NN" };
        Word { text, plain: self.lemmas.of(&lower, tag) }
    }

    /// `a majority`, `hundreds`: words that only count what follows.
    fn counts(&self, words: &[Word]) -> bool {
        words.last().is_some_and(|w| self.words.is("quantity", &w.plain))
    }

    /// A person's name or surname at the end of the head, with titles, nationalities and the like before it and nothing else.
    fn person_of(
        &self,
        words: &[Word],
        head: usize,
        date: Option<Date>,
        told: &dyn Fn(&[Word], &[Word]) -> Told,
    ) -> Option<Who> {
        for start in 0..head {
            let name = joined(&words[start..head]);
            if !name.starts_with(char::is_uppercase) {
                continue;
            }
            let told = told(&words[..start], &words[head..]);
            let full = self.named(&name).iter().find_map(|r| match r {
                Referent::Person(i) => Some((*i, NAMED)),
                _ => None,
            });
            let titled = start == 0 || !told.title.is_empty() || self.honored(&words[..start]);
            let surname = || self.surnamed(&name, date, told.country, &told.title).map(|i| (i, SURNAMED));
            let only = || self.only(&name).map(|i| (i, PARTLY));
            let known = full.or_else(|| titled.then(surname).flatten()).or_else(|| titled.then(only).flatten());
            if let Some((person, confidence)) = known {
                let mut identity = self.person(person, date);
                if told.former {
                    (identity.sectors, identity.office) = (vec!["ELI"], None);
                }
                return Some(Who { identity, confidence });
            }
        }
        None
    }

    fn honored(&self, words: &[Word]) -> bool {
        words.iter().all(|w| self.words.is("honorific", w.plain.trim_end_matches('.')))
    }

    /// A description: sectors from its head and what stands before it, the country from a nation, a possessor or what it is of.
    fn described_by(
        &self,
        words: &[Word],
        head: usize,
        date: Option<Date>,
        told: &dyn Fn(&[Word], &[Word]) -> Told,
        gazetteer: &Gazetteer,
    ) -> Option<Who> {
        let told = told(&words[..head], &words[head..]);
        // Of what nobody knows, only places and plain words of a country say something: `Manchester United` is neither.
        let whole = joined(words);
        let place = head == words.len() && !gazetteer.named(&whole).is_empty();
        let unknown = words[..head].last().is_some_and(|w| self.is_proper(w));
        if told.sectors.is_empty() && (told.country.is_none() || (unknown && !place)) {
            return None;
        }
        let in_year = |code| date.map_or(code, |date| self.state_in(code, date.year()));
        let country = told.country.map(in_year);
        let office = told.title.replace("defense", "defence");
        if let Some(person) = country.filter(|_| !told.former).and_then(|c| self.holder(c, &office, date)) {
            return Some(Who { identity: self.person(person, date), confidence: DESCRIBED });
        }
        let confidence = if country.is_some() && !told.sectors.is_empty() { DESCRIBED } else { PARTLY };
        // `President Foo`: a person whom the tables lack.
        let named = words[..head].iter().rev().take_while(|w| self.is_proper(w)).count();
        let name = if told.title.is_empty() { String::new() } else { joined(&words[head - named.min(head)..head]) };
        let kind = if name.is_empty() { EntityKind::Group } else { EntityKind::Person };
        Some(Who { identity: Identity { name, kind, country, sectors: told.sectors, office: None }, confidence })
    }

    /// Whether a word can only be of a name.
    fn is_proper(&self, word: &Word) -> bool {
        let known = self.agents.contains_key(word.plain.as_str()) || !self.named(word.text).is_empty();
        word.text.starts_with(char::is_uppercase) && !known
    }

    /// What words say: the longest kind of agent nearest the end, modifiers, the country.
    fn told(&self, words: &[Word], behind: &[Word], gazetteer: &Gazetteer) -> Told {
        let forms: Vec<String> = words.iter().map(|w| w.plain.clone()).collect();
        let mut told = Told {
            former: forms.iter().any(|f| matches!(f.as_str(), "former" | "ex" | "late" | "ex-president")),
            ..Told::default()
        };
        // `minister of foreign affairs`: the kind may go on behind the preposition.
        let all: Vec<String> = forms.iter().cloned().chain(behind.iter().map(|w| w.plain.clone())).collect();
        let longer = (0..words.len()).find_map(|from| self.longest_kind(&all, from, words.len()));
        let (sectors, title) = longer.or_else(|| self.kind_of(&forms)).unwrap_or_default();
        told.sectors = self.modified(sectors, &title, &forms);
        told.title = title;
        let (body, at) = self.body_in(words);
        if let Some(body) = body {
            if self.is_of_body(&told.sectors, &body.1) {
                told.sectors.clone_from(&body.1);
            }
            told.country = Some(body.0).filter(|c| !c.is_empty());
        }
        let skip = at.unwrap_or(0..0);
        let of = behind.first().is_some_and(|w| w.text == "of");
        let said = self
            .country_in(words, &skip, gazetteer)
            .or_else(|| of.then(|| self.country_in(behind, &(0..0), gazetteer)).flatten());
        // The supreme court of another country than the one whose court bears the plain name.
        let national = told.country.is_some_and(|c| self.states.iter().any(|s| s.code == c));
        if told.country.is_none() || national {
            told.country = said.or(told.country);
        }
        told.country = told.country.or_else(|| self.country_in(behind, &(0..0), gazetteer));
        told
    }

    /// Whether those of a kind count as the body's: `Hamas leaders` do, lawmakers of a state or a party do not.
    fn is_of_body(&self, kind: &[&'static str], body: &[&'static str]) -> bool {
        let plain = matches!(body, ["GOV" | "CVL" | "PRE"]) || (body.contains(&"PTY") && kind == ["LEG"]);
        kind.is_empty() || !plain
    }

    /// A kind of agent that begins at a word and reaches behind the head.
    fn longest_kind(&self, all: &[String], from: usize, head: usize) -> Option<(Vec<&'static str>, String)> {
        (head + 1..=all.len()).rev().find_map(|to| {
            let kind = all[from..to].join(" ");
            self.agents.get(kind.as_str()).map(|sectors| (sectors.clone(), kind))
        })
    }

    /// The body that words before a head name: `UN agencies`.
    fn body_in(&self, words: &[Word]) -> (Option<(&'static str, Vec<&'static str>)>, Option<std::ops::Range<usize>>) {
        for (start, end) in spans(words.len()) {
            let found = self.named(&joined(&words[start..end])).iter().find_map(|r| match *r {
                Referent::Organisation(b) => Some(&self.organisations[b]),
                Referent::Seat(b) => Some(&self.seats[b]),
                _ => None,
            });
            if let Some(body) = found {
                return (Some((body.country, body.sectors.clone())), Some(start..end));
            }
        }
        (None, None)
    }

    fn country_in(&self, words: &[Word], skip: &std::ops::Range<usize>, gazetteer: &Gazetteer) -> Option<&'static str> {
        spans(words.len()).filter(|&(start, end)| end <= skip.start || start >= skip.end).find_map(|(start, end)| {
            let name = joined(&words[start..end]);
            let name = undetermined(&name);
            let of = |r: &Referent| match *r {
                Referent::State(i) | Referent::Nation(i) | Referent::Capital(i) => Some(self.states[i].code),
                Referent::Person(i) => self.people[i].terms.last().map(|term| term.country),
                Referent::Organisation(i) => Some(self.organisations[i].country).filter(|c| !c.is_empty()),
                Referent::Seat(i) => Some(self.seats[i].country),
            };
            let surname =
                || (end - start == 1 && name.starts_with(char::is_uppercase)).then(|| self.country_of_surname(name));
            if let Some(other) = self.otherwise(name, words.iter().map(|w| w.text)) {
                return other;
            }
            let place = || {
                let places = gazetteer.named(name).iter().map(|&i| gazetteer.place(i));
                let place = places.max_by_key(|place| (place.feature != Feature::City, place.population))?;
                let claimed = place.disputed.as_ref().and_then(|d| d.claimants.first().copied());
                Some(place.country).filter(|c| !c.is_empty()).or(claimed)
            };
            self.named(name).iter().find_map(of).or_else(|| surname().flatten()).or_else(place)
        })
    }
}

/// Parts of a phrase, the longest first.
fn spans(words: usize) -> impl Iterator<Item = (usize, usize)> {
    (1..=words.min(6)).rev().flat_map(move |length| (0..=words - length).map(move |start| (start, start + length)))
}

fn joined(words: &[Word]) -> String {
    words.iter().map(|w| w.text).collect::<Vec<_>>().join(" ")
}

/// A phrase without the article or the like that it begins with.
fn undetermined(phrase: &str) -> &str {
    let before = [
        "the ", "The ", "a ", "A ", "an ", "An ", "some ", "Some ", "many ", "Many ", "several ", "most ", "Most ",
        "two ",
    ];
    before.iter().find_map(|d| phrase.strip_prefix(d)).unwrap_or(phrase)
}
