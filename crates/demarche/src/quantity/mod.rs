//! How many: numbers in words and digits, exact or as ranges, and sums of money.
//!
//! In: the words of a phrase. Out: [`Amount`], a range of numbers, and [`Money`]. Words of number and currencies are tables
//! (`quantity/`). Never: what is counted; that is `event/`.

use std::collections::HashMap;

use crate::table::{Rows, TableError};

/// A number, or the least and the most that it may be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Amount {
    /// The least.
    pub min: Option<f64>,
    /// The most.
    pub max: Option<f64>,
}

/// A sum of money.
#[derive(Clone, Debug, PartialEq)]
pub struct Money {
    /// How much.
    pub amount: Amount,
    /// ISO 4217.
    pub currency: &'static str,
}

/// What a word of number does.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Number(f64),
    Scale(f64),
    Vague(Amount),
    Least,
    Most,
    Above,
    Below,
    About,
    Between,
}

/// The tables that numbers are read by.
#[derive(Debug)]
pub struct Quantities {
    words: HashMap<&'static str, Vec<Kind>>,
    currencies: HashMap<&'static str, &'static str>,
}

/// The most words that one entry has.
const LONGEST: usize = 3;

impl Amount {
    /// Exactly this many.
    pub fn exactly(number: f64) -> Self {
        Self { min: Some(number), max: Some(number) }
    }
}

impl Quantities {
    /// Reads the shipped tables.
    pub fn shipped() -> Result<Self, TableError> {
        let table = demarche_tables::QUANTITIES;
        let mut words: HashMap<&'static str, Vec<Kind>> = HashMap::new();
        for row in Rows::read(table.name, table.text, &["word", "kind", "min", "max"])?.iter() {
            let bound = |column: &str| {
                Some(row.get(column)).filter(|cell| !cell.is_empty()).map(|_| row.parse::<f64>(column)).transpose()
            };
            let amount = Amount { min: bound("min")?, max: bound("max")? };
            let kind = match row.get("kind") {
                "number" => Kind::Number(amount.min.unwrap_or(0.0)),
                "scale" => Kind::Scale(amount.min.unwrap_or(1.0)),
                "vague" => Kind::Vague(amount),
                "least" => Kind::Least,
                "most" => Kind::Most,
                "above" => Kind::Above,
                "below" => Kind::Below,
                "about" => Kind::About,
                "between" => Kind::Between,
                other => return Err(row.error(format!("`{other}` is no kind of number word"))),
            };
            words.entry(row.get("word")).or_default().push(kind);
        }
        let table = demarche_tables::CURRENCIES;
        let rows = Rows::read(table.name, table.text, &["name", "currency"])?;
        let currencies = rows.iter().map(|row| (row.get("name"), row.get("currency"))).collect();
        Ok(Self { words, currencies })
    }

    /// The words that name an exact number by themselves: `two`, `dozen`.
    pub fn number_words(&self) -> impl Iterator<Item = &'static str> {
        let exact = |kinds: &[Kind]| kinds.iter().any(|kind| matches!(kind, Kind::Number(_) | Kind::Scale(_)));
        self.words.iter().filter(move |(_, kinds)| exact(kinds)).map(|(word, _)| *word)
    }

    /// The amount that words give first.
    ///
    /// ```
    /// # let quantities = demarche::quantity::Quantities::shipped()?;
    /// let amount = quantities.amount(&["at", "least", "twelve", "people"]).unwrap();
    /// assert_eq!((amount.min, amount.max), (Some(12.0), None));
    /// # Ok::<(), demarche::TableError>(())
    /// ```
    pub fn amount(&self, words: &[&str]) -> Option<Amount> {
        self.first(words).map(|(amount, _)| amount)
    }

    /// The amount that words give first, and how many words it ends after.
    fn first(&self, words: &[&str]) -> Option<(Amount, usize)> {
        let mut bound = None;
        let mut at = 0;
        while at < words.len() {
            if let Some((number, next)) = self.number(words, at) {
                return Some(self.bounded(words, bound, number, next));
            }
            match self.entry(words, at) {
                Some((Kind::Vague(amount), next)) => return Some((widened(bound, amount), next)),
                Some((kind @ (Kind::Least | Kind::Most | Kind::Above | Kind::Below | Kind::Between), next)) => {
                    bound = Some(kind);
                    at = next;
                }
                Some((_, next)) => at = next,
                None => at += 1,
            }
        }
        None
    }

    fn bounded(&self, words: &[&str], bound: Option<Kind>, number: f64, next: usize) -> (Amount, usize) {
        let joined = words.get(next).is_some_and(|w| matches!(*w, "and" | "to" | "or" | "-" | "–"));
        let other =
            self.number(words, next + 1).filter(|_| joined && (bound == Some(Kind::Between) || words[next] != "and"));
        if let Some((most, end)) = other.filter(|(most, _)| *most > number) {
            return (Amount { min: Some(number), max: Some(most) }, end);
        }
        (widened(bound, Amount::exactly(number)), next)
    }

    /// The longest entry at a word that is no number, and the place after it.
    fn entry(&self, words: &[&str], at: usize) -> Option<(Kind, usize)> {
        (1..=LONGEST.min(words.len() - at)).rev().find_map(|n| {
            let name = words[at..at + n].join(" ");
            let kinds = self.words.get(name.as_str())?;
            let kind = kinds.iter().find(|k| !matches!(k, Kind::Number(_) | Kind::Scale(_)))?;
            Some((*kind, at + n))
        })
    }

    /// A number at a word, in digits or words, with the scales behind it.
    fn number(&self, words: &[&str], at: usize) -> Option<(f64, usize)> {
        let word = *words.get(at)?;
        if at + 1 < words.len() && matches!(self.entry(words, at), Some((Kind::Vague(_), end)) if end > at + 1) {
            return None;
        }
        let mut number = match digits(word) {
            Some(number) => number,
            None => self.value(word)?,
        };
        let mut next = at + 1;
        // `twenty - nine`; but `the 22 - year - old` tells an age.
        if words.get(next) == Some(&"-") {
            let ones = words.get(next + 1).and_then(|w| self.value(w)).filter(|n| *n < 10.0 && number % 10.0 == 0.0);
            number += ones?;
            next += 2;
        }
        while let Some(word) = words.get(next) {
            let kinds = self.words.get(word);
            if let Some(scale) =
                kinds.into_iter().flatten().find_map(|k| if let Kind::Scale(x) = k { Some(x) } else { None })
            {
                number *= scale;
            } else if let Some(more) = self.value(word).filter(|more| number >= 20.0 && *more < 100.0 && *more > 1.0) {
                number += more;
            } else {
                break;
            }
            next += 1;
        }
        Some((number, next))
    }

    /// A number word, or two joined by a hyphen.
    fn value(&self, word: &str) -> Option<f64> {
        let plain = |word: &str| {
            let kinds = self.words.get(word)?;
            kinds.iter().find_map(|k| if let Kind::Number(x) = k { Some(*x) } else { None })
        };
        plain(word).or_else(|| {
            let (tens, ones) = word.split_once('-')?;
            Some(plain(tens)? + plain(ones)?)
        })
    }

    /// The sum of money that words name first.
    pub fn money(&self, words: &[&str]) -> Option<Money> {
        let sign = |word: &str| {
            let end = word.find(|c: char| c.is_ascii_digit()).unwrap_or(word.len());
            let is_sign = word[..end].ends_with(|c: char| !c.is_alphanumeric());
            self.currencies.get(&word[..end]).filter(|_| is_sign).copied()
        };
        let name = |word: &str| {
            let word = word.to_lowercase();
            let plain = word.strip_suffix('s').unwrap_or(&word);
            self.currencies.get(word.as_str()).or_else(|| self.currencies.get(plain)).copied()
        };
        for at in 0..words.len() {
            if let Some(currency) = sign(words[at]) {
                let lower: Vec<String> = words[at..].iter().take(5).map(|w| w.to_lowercase()).collect();
                let lower: Vec<&str> = lower
                    .iter()
                    .map(|w| w.trim_start_matches(|c: char| !c.is_ascii_digit() && !c.is_alphabetic()))
                    .collect();
                let from = usize::from(lower.first().is_some_and(|w| digits(w).is_none()));
                let amount = self.amount(lower.get(from..)?)?;
                return Some(Money { amount, currency });
            }
            if let Some(currency) = name(words[at]) {
                let lower: Vec<String> = words[at.saturating_sub(5)..at].iter().map(|w| w.to_lowercase()).collect();
                let lower: Vec<&str> = lower.iter().map(String::as_str).collect();
                let (amount, end) = self.first(&lower)?;
                return (end == lower.len() || lower.len() - end <= 1).then_some(Money { amount, currency });
            }
        }
        None
    }
}

/// A number in digits, thousands parted by commas, with a scale's letters where they follow: `1,200`, `2.5`, `30m`.
fn digits(word: &str) -> Option<f64> {
    let end = word.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').unwrap_or(word.len());
    let (number, rest) = word.split_at(end);
    let scale = match rest {
        "" => 1.0,
        "m" | "mn" => 1e6,
        "bn" | "b" => 1e9,
        "k" => 1e3,
        _ => return None,
    };
    number.replace(',', "").parse::<f64>().ok().map(|n| n * scale)
}

fn widened(bound: Option<Kind>, amount: Amount) -> Amount {
    match bound {
        Some(Kind::Least) => Amount { max: None, ..amount },
        Some(Kind::Above) => Amount { min: amount.min.map(|n| n + 1.0), max: None },
        Some(Kind::Most) => Amount { min: None, ..amount },
        Some(Kind::Below) => Amount { min: None, max: amount.max.map(|n| n - 1.0) },
        _ => amount,
    }
}

#[cfg(test)]
mod tests;
