//! Names and numbers of a text, each with the words around it: where two texts have other names in the same words, they tell of different things.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use demarche::quantity::Quantities;

use super::near::{hash, mix};

/// Two texts contradict each other where so much of what stands in the same words is not the same. A reprint in which a number was brought up to
/// date stays below; a report of two lines about another town does not.
const CONTRADICTED: f64 = 0.1;

/// What a fact stands for in the words around another.
const FACT: u64 = 0;

/// Numbers in words; none where the table cannot be read, which a coder says with file and line.
static NUMBERS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| Quantities::shipped().map(|table| table.number_words().collect()).unwrap_or_default());

/// Pairs of the words around a fact and the fact, both as hashes, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Facts(Vec<(u32, u32)>);

impl Facts {
    /// The facts of a text: words that are written large or hold a digit, those that follow one another taken together, and numbers in words.
    pub fn of(text: &str) -> Self {
        let mut tokens: Vec<(u64, Option<u64>)> = Vec::new();
        let mut open = false;
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            let lower = word.to_lowercase();
            let large = word.starts_with(char::is_uppercase) || word.contains(|c: char| c.is_ascii_digit());
            let fact = large || NUMBERS.contains(lower.as_str());
            match tokens.last_mut() {
                Some((_, Some(value))) if fact && open => *value = mix(*value ^ hash(&lower)),
                _ if fact => tokens.push((FACT, Some(hash(&lower)))),
                _ => tokens.push((hash(&lower), None)),
            }
            open = fact;
        }
        let at = |i: Option<usize>| i.and_then(|i| tokens.get(i)).map_or(FACT, |(word, _)| *word);
        let around = |i: usize| {
            let words = [at(i.checked_sub(2)), at(i.checked_sub(1)), at(Some(i + 1))];
            words.into_iter().fold(1, |h, word| mix(h ^ word))
        };
        let found = tokens.iter().enumerate().filter_map(|(i, (_, fact))| Some((around(i), mix((*fact)?))));
        let mut facts: Vec<(u32, u32)> =
            found.map(|(words, fact)| ((words >> 32) as u32, (fact >> 32) as u32)).collect();
        facts.sort_unstable();
        facts.dedup();
        Self(facts)
    }

    /// Whether the same words have other names and numbers in them.
    pub fn contradict(&self, other: &Self) -> bool {
        let theirs = other.by_words();
        let (mut shared, mut contradicted) = (0_u32, 0_u32);
        for (words, facts) in self.by_words() {
            if let Some(other) = theirs.get(&words) {
                shared += 1;
                contradicted += u32::from(!facts.iter().any(|fact| other.contains(fact)));
            }
        }
        f64::from(contradicted) > CONTRADICTED * f64::from(shared)
    }

    fn by_words(&self) -> HashMap<u32, Vec<u32>> {
        let mut out: HashMap<u32, Vec<u32>> = HashMap::new();
        for &(words, fact) in &self.0 {
            out.entry(words).or_default().push(fact);
        }
        out
    }

    /// What is kept of them.
    pub fn words(&self) -> impl Iterator<Item = u32> + '_ {
        self.0.iter().flat_map(|&(words, fact)| [words, fact])
    }

    /// The facts of what was kept.
    pub fn read(words: &[u32]) -> Self {
        Self(words.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect())
    }
}
