//! Who a phrase that stands alone means on a day: a name, a title with a name, or a description put together from its words.

use std::ops::Range;

use jiff::civil::Date;

use super::directory::{Body, Directory, Referent};
use super::{EntityKind, Identity};
use crate::place::{Feature, Gazetteer};

/// How sure: a name of the tables; a surname; a description with its country; one of the two alone.
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

impl Directory {
    /// Who a phrase means on a day, `None` where its words say nothing of it. Places tell whose those are that belong to them.
    pub fn who(&self, phrase: &str, date: Option<Date>, gazetteer: &Gazetteer) -> Option<Who> {
        Asked { directory: self, date, gazetteer }.who(phrase)
    }
}

/// A word of a phrase without the marks around it, and in the form that kinds of agents are known by.
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
}

impl Told {
    fn former(&self) -> bool {
        self.sectors == ["ELI"]
    }
}

struct Asked<'a> {
    directory: &'a Directory,
    date: Option<Date>,
    gazetteer: &'a Gazetteer,
}

impl Asked<'_> {
    fn who(&self, phrase: &str) -> Option<Who> {
        let phrase = self.undetermined(phrase.trim());
        if let Some(known) = self.outright(phrase) {
            return Some(known);
        }
        if let Some((before, behind)) = phrase.split_once(',') {
            return self.apposed(before, behind);
        }
        let words = phrase.split_whitespace().map(|word| self.word(word)).filter(|w| !w.text.is_empty());
        let words: Vec<Word> = words.collect();
        let head = words
            .iter()
            .position(|w| self.directory.words.is("belongs", w.text))
            .filter(|&at| at > 0)
            .unwrap_or(words.len());
        let counts = words[..head].last().is_some_and(|w| self.directory.words.is("quantity", &w.plain));
        if counts && words.get(head).is_some_and(|w| w.text == "of") {
            return self.who(&joined(&words[head + 1..]));
        }
        self.person(&words, head).or_else(|| self.described(&words, head))
    }

    /// A name that the tables have, as it stands.
    fn outright(&self, phrase: &str) -> Option<Who> {
        let found = self.directory.named(phrase);
        let referent = *found.iter().find(|r| matches!(r, Referent::Person(_))).or(found.first())?;
        let mut identity = self.directory.identity(referent, self.date);
        if let Referent::Nation(_) = referent {
            identity.sectors = vec!["CVL"];
            identity.kind = EntityKind::Group;
        }
        Some(Who { identity, confidence: NAMED })
    }

    /// `Taro Kono, the Japanese foreign minister`: the first part, or, where nobody knows it, its name with what the second says.
    fn apposed(&self, before: &str, behind: &str) -> Option<Who> {
        let first = self.who(before);
        if first.as_ref().is_some_and(|who| who.confidence > PARTLY) {
            return first;
        }
        let Some(mut second) = self.who(behind.trim_matches([',', ' '])) else { return first };
        if second.identity.kind == EntityKind::Group && before.starts_with(char::is_uppercase) {
            second.identity.name = before.trim().to_owned();
            second.identity.kind = EntityKind::Person;
        }
        Some(second)
    }

    fn word<'w>(&self, word: &'w str) -> Word<'w> {
        let text = word.trim_matches(|c: char| matches!(c, ',' | ';' | ':' | '"' | '“' | '”' | '(' | ')'));
        let text = text.strip_suffix("'s").or_else(|| text.strip_suffix("’s")).unwrap_or(text);
        let text = text.strip_suffix(['\'', '’']).unwrap_or(text);
        let lower = text.to_lowercase();
        // A name keeps its s; the plural of an acronym (`MPs`) does not.
        let name = text.starts_with(char::is_uppercase) && !text.trim_end_matches('s').chars().all(char::is_uppercase);
        let plural = !name && (lower.ends_with('s') || lower.ends_with("men") || lower == "people");
        Word { text, plain: self.directory.lemmas.of(&lower, if plural { "NNS" } else { "NN" }) }
    }

    /// A person's name or surname at the end of the head, with nothing but titles, nationalities and the like before it.
    fn person(&self, words: &[Word], head: usize) -> Option<Who> {
        (0..head).find_map(|start| {
            let name = joined(&words[start..head]);
            let (before, behind) = (&words[..start], &words[head..]);
            if !name.starts_with(char::is_uppercase) {
                return None;
            }
            let told = self.told(before, behind);
            let full = self.directory.named(&name).iter().find_map(|r| match r {
                Referent::Person(i) => Some((*i, NAMED)),
                _ => None,
            });
            let titled = start == 0 || !told.title.is_empty() || self.honored(before);
            let by_surname = || self.directory.surnamed(&name, self.date, told.country, &told.title);
            let by_surname =
                || by_surname().map(|i| (i, SURNAMED)).or_else(|| Some((self.directory.only(&name)?, PARTLY)));
            let (person, confidence) = full.or_else(|| titled.then(by_surname).flatten())?;
            let mut identity = self.directory.person(person, self.date);
            if told.former() {
                (identity.sectors, identity.office) = (vec!["ELI"], None);
            }
            Some(Who { identity, confidence })
        })
    }

    fn honored(&self, words: &[Word]) -> bool {
        words.iter().all(|w| self.directory.words.is("honorific", w.plain.trim_end_matches('.')))
    }

    /// A description: sectors from its head and what stands before it, the country from a nation, a possessor or what it is of.
    fn described(&self, words: &[Word], head: usize) -> Option<Who> {
        let told = self.told(&words[..head], &words[head..]);
        // Of what nobody knows, only places and plain words of a country say something: `Manchester United` is neither.
        let place = head == words.len() && !self.gazetteer.named(&joined(words)).is_empty();
        let unknown = words[..head].last().is_some_and(|w| self.is_proper(w));
        if told.sectors.is_empty() && (told.country.is_none() || (unknown && !place)) {
            return None;
        }
        let in_year = |code| self.date.map_or(code, |date| self.directory.state_in(code, date.year()));
        let country = told.country.map(in_year);
        let office = told.title.replace("defense", "defence");
        let holder = country.filter(|_| !told.former()).and_then(|c| self.directory.holder(c, &office, self.date));
        if let Some(person) = holder {
            return Some(Who { identity: self.directory.person(person, self.date), confidence: DESCRIBED });
        }
        let confidence = if country.is_some() && !told.sectors.is_empty() { DESCRIBED } else { PARTLY };
        // `President Foo`: a person whom the tables lack.
        let named = words[..head].iter().rev().take_while(|w| self.is_proper(w)).count();
        let name = if told.title.is_empty() { String::new() } else { joined(&words[head - named..head]) };
        let kind = if name.is_empty() { EntityKind::Group } else { EntityKind::Person };
        Some(Who { identity: Identity { name, kind, country, sectors: told.sectors, office: None }, confidence })
    }

    /// Whether a word can only be of a name.
    fn is_proper(&self, word: &Word) -> bool {
        let known =
            self.directory.agents.contains_key(word.plain.as_str()) || !self.directory.named(word.text).is_empty();
        word.text.starts_with(char::is_uppercase) && !known
    }

    /// What words say: the longest kind of agent nearest the end, modifiers, the country.
    fn told(&self, words: &[Word], behind: &[Word]) -> Told {
        let forms: Vec<String> = words.iter().map(|w| w.plain.clone()).collect();
        // `minister of foreign affairs`: the kind may go on behind the preposition.
        let all: Vec<String> = forms.iter().cloned().chain(behind.iter().map(|w| w.plain.clone())).collect();
        let longer = (0..words.len()).find_map(|from| self.longer_kind(&all, from, words.len()));
        let (sectors, title) = longer.or_else(|| self.directory.kind_of(&forms)).unwrap_or_default();
        let mut sectors = self.directory.modified(sectors, &title, &forms);
        let body = self.body_in(words);
        if let Some((body, _)) = body.as_ref().filter(|(body, _)| is_of_body(&sectors, &body.sectors)) {
            sectors.clone_from(&body.sectors);
        }
        let country = self.whose(words, behind, body).or_else(|| self.directory.sole.get(title.as_str()).copied());
        Told { country, sectors, title }
    }

    fn whose(&self, words: &[Word], behind: &[Word], body: Option<(&Body, Range<usize>)>) -> Option<&'static str> {
        let (of_body, skip) = match body {
            Some((body, at)) => (Some(body.country).filter(|c| !c.is_empty()), at),
            None => (None, 0..0),
        };
        let of = behind.first().is_some_and(|w| w.text == "of");
        let said = self.country_in(words, &skip).or_else(|| self.country_in(behind, &(0..0)).filter(|_| of));
        // The supreme court of another country than the one whose court bears the plain name.
        let national = of_body.is_some_and(|code| self.directory.states.iter().any(|s| s.code == code));
        let first = if national { said.or(of_body) } else { of_body.or(said) };
        first.or_else(|| self.country_in(behind, &(0..0)))
    }

    /// A kind of agent that begins at a word and reaches behind the head.
    fn longer_kind(&self, all: &[String], from: usize, head: usize) -> Option<(Vec<&'static str>, String)> {
        (head + 1..=all.len()).rev().find_map(|to| {
            let kind = all[from..to].join(" ");
            self.directory.agents.get(kind.as_str()).map(|sectors| (sectors.clone(), kind))
        })
    }

    /// The body that words before a head name, and where: `UN agencies`.
    fn body_in(&self, words: &[Word]) -> Option<(&Body, Range<usize>)> {
        spans(words.len()).find_map(|at| {
            let found = self.directory.named(&joined(&words[at.clone()])).iter().find_map(|r| match *r {
                Referent::Organisation(b) => Some(&self.directory.organisations[b]),
                Referent::Seat(b) => Some(&self.directory.seats[b]),
                _ => None,
            });
            found.map(|body| (body, at))
        })
    }

    fn country_in(&self, words: &[Word], skip: &Range<usize>) -> Option<&'static str> {
        let spans = spans(words.len()).filter(|at| at.end <= skip.start || at.start >= skip.end);
        spans.into_iter().find_map(|at| {
            let name = joined(&words[at.clone()]);
            let name = self.undetermined(&name);
            if let Some(other) = self.directory.otherwise(name, words.iter().map(|w| w.text)) {
                return other;
            }
            let named = || self.directory.named(name).iter().find_map(|r| self.country_of(*r));
            let surname = || self.country_of_surname(name).filter(|_| at.len() == 1);
            named().or_else(surname).or_else(|| self.country_of_place(name))
        })
    }

    /// A phrase without the article or the like that it begins with.
    fn undetermined<'p>(&self, phrase: &'p str) -> &'p str {
        let rest =
            phrase.split_once(' ').filter(|(first, _)| self.directory.words.is("determiner", &first.to_lowercase()));
        rest.map_or(phrase, |(_, rest)| rest)
    }

    fn country_of(&self, referent: Referent) -> Option<&'static str> {
        let directory = self.directory;
        match referent {
            Referent::State(i) | Referent::Nation(i) | Referent::Capital(i) => Some(directory.states[i].code),
            Referent::Person(i) => directory.people[i].terms.last().map(|term| term.country),
            Referent::Organisation(i) => Some(directory.organisations[i].country).filter(|c| !c.is_empty()),
            Referent::Seat(i) => Some(directory.seats[i].country),
        }
    }

    /// `the Bush administration`: of the one meant on the day, else of all who bear the name.
    fn country_of_surname(&self, name: &str) -> Option<&'static str> {
        let meant = || self.directory.surnamed(name, self.date, None, "");
        let of_meant = || meant().and_then(|i| self.country_of(Referent::Person(i)));
        of_meant().or_else(|| self.directory.country_of_surname(name)).filter(|_| name.starts_with(char::is_uppercase))
    }

    /// The country of the largest place of a name; regions come before towns.
    fn country_of_place(&self, name: &str) -> Option<&'static str> {
        let places = self.gazetteer.named(name).iter().map(|&i| self.gazetteer.place(i));
        let place = places.max_by_key(|place| (place.feature != Feature::City, place.population))?;
        let claimed = place.disputed.as_ref().and_then(|d| d.claimants.first().copied());
        Some(place.country).filter(|c| !c.is_empty()).or(claimed)
    }
}

/// Whether those of a kind count as the body's: `Hamas leaders` do, lawmakers of a state or a party do not.
fn is_of_body(kind: &[&'static str], body: &[&'static str]) -> bool {
    let plain = matches!(body, ["GOV" | "CVL"]) || body.contains(&"PRE") || (body.contains(&"PTY") && kind == ["LEG"]);
    kind.is_empty() || !plain
}

/// Parts of a phrase, the longest first.
fn spans(words: usize) -> impl Iterator<Item = Range<usize>> {
    (1..=words.min(6)).rev().flat_map(move |length| (0..=words - length).map(move |start| start..start + length))
}

fn joined(words: &[Word]) -> String {
    words.iter().map(|w| w.text).collect::<Vec<_>>().join(" ")
}
