//! How much: people killed, injured and arrested, crowds, sums of money.

use std::collections::HashMap;

use super::arguments::Spot;
use super::lexicon::EventTables;
use super::{Event, Magnitude};
use crate::ontology::EventType;
use crate::quantity::{Amount, Quantities};
use crate::reader::Sentence;
use crate::reader::roles;
use crate::table::{Row, Rows, TableError};

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Measured {
    Killed,
    Injured,
    Arrested,
}

/// What a number beside a word counts, and in events of which types.
#[derive(Clone, Debug)]
struct Measure {
    of: Measured,
    types: Vec<EventType>,
}

/// The words that numbers of people stand beside.
#[derive(Debug)]
pub(super) struct Measures {
    quantities: Quantities,
    words: HashMap<&'static str, Measure>,
}

/// Types of which a sum of money is the size.
const MONEY: [EventType; 6] = [
    EventType::Aid,
    EventType::Agree,
    EventType::Cooperate,
    EventType::Sanction,
    EventType::Request,
    EventType::Reject,
];

impl Measures {
    pub fn shipped() -> Result<Self, TableError> {
        let table = demarche_tables::MEASURES;
        let mut words = HashMap::new();
        for row in Rows::read(table.name, table.text, &["lemmas", "measure", "types", "example"])?.iter() {
            let measure = measure(row)?;
            row.list("lemmas").for_each(|lemma| _ = words.insert(lemma, measure.clone()));
        }
        Ok(Self { quantities: Quantities::shipped()?, words })
    }

    /// Gives the events of one sentence their sizes.
    pub fn weigh(&self, spot: &Spot, events: &mut [Event]) {
        let sentence = spot.sentence;
        for word in 0..sentence.words.len() {
            let Some(measure) = self.words.get(sentence.words[word].lemma.to_lowercase().as_str()) else { continue };
            let Some(amount) = self.beside(spot, word) else { continue };
            let fits = |e: &&mut Event| measure.types.contains(&e.kind);
            let near = |e: &&mut Event| distance(sentence, sentence.words_in(e.trigger).start, word);
            if let Some(event) = events.iter_mut().filter(fits).min_by_key(near) {
                let place = match measure.of {
                    Measured::Killed => &mut event.magnitude.killed,
                    Measured::Injured => &mut event.magnitude.injured,
                    Measured::Arrested => &mut event.magnitude.arrested,
                };
                place.get_or_insert(amount);
            }
        }
        for event in events.iter_mut() {
            if event.kind == EventType::Protest {
                event.magnitude.crowd =
                    event.actors.iter().find_map(|a| self.many(spot, sentence.words_in(a.span).start));
            }
            if MONEY.contains(&event.kind) {
                let words = sentence.words_in(event.evidence);
                let words: Vec<&str> = words.map(|i| sentence.words[i].span.text(spot.scene.text)).collect();
                event.magnitude.money = self.quantities.money(&words);
            }
        }
    }

    /// The number of those whom a word says something of: its object, its subject where it is `dead`, its own.
    fn beside(&self, spot: &Spot, word: usize) -> Option<Amount> {
        let sentence = spot.sentence;
        let counted = match &*sentence.words[word].upos {
            "VERB" if is_of_subject(sentence, word) => roles::subject(sentence, word, 0),
            "VERB" => roles::object(sentence, word),
            "ADJ" => {
                let own = sentence.children_by(word, "nsubj").next();
                own.or_else(|| sentence.words[word].head.and_then(|head| roles::object(sentence, head)))
            }
            "NOUN" => Some(word),
            _ => None,
        }?;
        self.number(spot, counted, true)
    }

    /// A number of people above one, where a phrase begins with it: `some 2,000 workers`.
    fn many(&self, spot: &Spot, word: usize) -> Option<Amount> {
        let amount = self.number(spot, word, false)?;
        (amount.min.or(amount.max)? > 1.0).then_some(amount)
    }

    fn number(&self, spot: &Spot, head: usize, whole: bool) -> Option<Amount> {
        let sentence = spot.sentence;
        let words = if whole {
            let phrase = sentence.subtree(head);
            phrase.start..head.max(phrase.start) + 1
        } else {
            let from = head.saturating_sub(3);
            from..(head + 3).min(sentence.words.len())
        };
        let text = |i: usize| sentence.words[i].span.text(spot.scene.text).to_lowercase();
        let words: Vec<String> = words.map(text).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        self.quantities.amount(&words)
    }
}

/// Verbs that say of their subject what others say of their object: `14 people died`.
fn is_of_subject(sentence: &Sentence, word: usize) -> bool {
    roles::object(sentence, word).is_none() && !roles::is_passive(sentence, word)
}

/// How many steps of the tree lie between two words.
fn distance(sentence: &Sentence, a: usize, b: usize) -> usize {
    let path = |from: usize| std::iter::successors(Some(from), |&i| sentence.words[i].head).collect::<Vec<_>>();
    let (a, b) = (path(a), path(b));
    let meet = a.iter().enumerate().find_map(|(i, x)| Some(i + b.iter().position(|y| y == x)?));
    meet.unwrap_or(usize::MAX)
}

fn measure(row: Row<'_, 'static>) -> Result<Measure, TableError> {
    let of = match row.get("measure") {
        "killed" => Measured::Killed,
        "injured" => Measured::Injured,
        "arrested" => Measured::Arrested,
        other => return Err(row.error(format!("`{other}` is no measure: killed, injured, arrested"))),
    };
    let types = row.list("types").map(|t| t.parse().map_err(|_| row.error(format!("`{t}` is no event type"))));
    Ok(Measure { of, types: types.collect::<Result<_, _>>()? })
}

impl EventTables {
    /// Gives events of one sentence their sizes.
    pub(super) fn weigh(&self, spot: &Spot, events: &mut [Event]) {
        self.measures.weigh(spot, events);
    }
}

impl Magnitude {
    /// Takes what another telling adds.
    pub(super) fn join(&mut self, other: Self) {
        self.killed = self.killed.or(other.killed);
        self.injured = self.injured.or(other.injured);
        self.arrested = self.arrested.or(other.arrested);
        self.crowd = self.crowd.or(other.crowd);
        self.money = self.money.take().or(other.money);
    }
}
