//! The rules: patterns of words, matched longest first.

use std::collections::HashMap;

use super::TimexType;
use super::lexicon::{Lexicon, Token};
use crate::table::{Rows, TableError};

/// What the classes of a pattern matched, by class.
pub(super) type Captures = Vec<(&'static str, String)>;

#[derive(Debug)]
pub(super) struct Rule {
    elements: Vec<Element>,
    pub kind: TimexType,
    /// The operation and its arguments.
    pub operation: Vec<&'static str>,
    /// How many words must stand in front of the expression and are no part of it, and how many behind it.
    lead: usize,
    trail: usize,
}

impl Rule {
    /// Whether it asks for words around the expression.
    pub fn asks_around(&self) -> bool {
        self.lead + self.trail > 0
    }
}

#[derive(Debug)]
struct Element {
    what: What,
    optional: bool,
    /// It must stand there and is no part of the expression.
    around: bool,
}

#[derive(Debug)]
enum What {
    Words(Vec<&'static str>),
    Class(&'static str),
}

/// A rule that matched at the front of some words.
pub(super) struct Found<'r> {
    pub rule: &'r Rule,
    /// The words of the expression, counted from the front.
    pub words: std::ops::Range<usize>,
    pub captures: Captures,
}

/// All rules, those that begin with a fixed word by that word.
#[derive(Debug)]
pub(super) struct Rules {
    rules: Vec<Rule>,
    by_word: HashMap<&'static str, Vec<usize>>,
    /// Rules that may begin with a class.
    open: Vec<usize>,
}

impl Rules {
    pub fn shipped(lexicon: &Lexicon) -> Result<Self, TableError> {
        let table = demarche_tables::TIME_RULES;
        let mut out = Self { rules: Vec::new(), by_word: HashMap::new(), open: Vec::new() };
        for row in Rows::read(table.name, table.text, &["pattern", "type", "value", "example", "expected"])?.iter() {
            let elements: Vec<Element> = row.get("pattern").split(' ').map(element).collect();
            let unknown = elements.iter().find_map(|e| match e.what {
                What::Class(class) if !lexicon.has_class(class) => Some(class),
                _ => None,
            });
            if let Some(class) = unknown {
                return Err(row.error(format!("there is no class <{class}> in words.tsv")));
            }
            let kind = match row.get("type") {
                "DATE" => TimexType::Date,
                "TIME" => TimexType::Time,
                "DURATION" => TimexType::Duration,
                "SET" => TimexType::Set,
                kind => return Err(row.error(format!("`{kind}` is no type: DATE, TIME, DURATION or SET"))),
            };
            let around = |e: &&Element| e.around;
            let (lead, trail) =
                (elements.iter().take_while(around).count(), elements.iter().rev().take_while(around).count());
            out.push(Rule { elements, kind, operation: row.get("value").split(' ').collect(), lead, trail });
        }
        Ok(out)
    }

    fn push(&mut self, rule: Rule) {
        let at = self.rules.len();
        // The words a match may begin with: those of the optional elements in front, and of the first that must be there.
        for element in &rule.elements {
            match &element.what {
                What::Words(words) => words.iter().for_each(|word| self.by_word.entry(word).or_default().push(at)),
                What::Class(_) => self.open.push(at),
            }
            if !element.optional {
                break;
            }
        }
        self.rules.push(rule);
    }

    /// The longest match at the front; of equals, the rule that comes first. Those rules that ask for words around the expression
    /// only where they are wanted.
    pub fn longest(&self, lexicon: &Lexicon, tokens: &[Token], around: bool) -> Option<Found<'_>> {
        let first = tokens.first()?;
        let by_word = self.by_word.get(first.lower.as_str());
        // Of most words nothing begins.
        let open = if lexicon.may_begin_class(first) { &self.open[..] } else { &[] };
        let mut best: Option<(usize, usize, Captures)> = None;
        for &at in by_word.into_iter().flatten().chain(open) {
            let mut captures = Vec::new();
            if !around && self.rules[at].asks_around() {
                continue;
            }
            if let Some(length) = matches(lexicon, &self.rules[at].elements, tokens, &mut captures) {
                let better = best.as_ref().is_none_or(|(l, i, _)| length > *l || (length == *l && at < *i));
                if length > 0 && better {
                    best = Some((length, at, captures));
                }
            }
        }
        best.map(|(length, at, captures)| {
            let rule = &self.rules[at];
            Found { rule, words: rule.lead..length - rule.trail, captures }
        })
    }
}

fn element(text: &'static str) -> Element {
    let (text, around) = text.strip_prefix('=').map_or((text, false), |rest| (rest, true));
    let (text, optional) =
        text.strip_suffix('?').filter(|rest| !rest.is_empty()).map_or((text, false), |rest| (rest, true));
    let what = if let Some(class) = text.strip_prefix('<').and_then(|t| t.strip_suffix('>')) {
        What::Class(class)
    } else if let Some(words) = text.strip_prefix('(').and_then(|t| t.strip_suffix(')')) {
        What::Words(words.split('|').collect())
    } else {
        What::Words(vec![text])
    };
    Element { what, optional, around }
}

/// How many words the elements take, the longest way; an optional element is left out where it does not fit.
fn matches(lexicon: &Lexicon, elements: &[Element], tokens: &[Token], captures: &mut Captures) -> Option<usize> {
    let Some((element, rest)) = elements.split_first() else { return Some(0) };
    let taken = match &element.what {
        What::Words(words) => tokens.first().filter(|t| words.contains(&t.lower.as_str())).map(|_| (1, None)),
        What::Class(class) => lexicon.class(class, tokens).map(|(n, value)| (n, Some((*class, value)))),
    };
    if let Some((length, capture)) = taken {
        let before = captures.len();
        captures.extend(capture);
        if let Some(more) = matches(lexicon, rest, &tokens[length..], captures) {
            return Some(length + more);
        }
        captures.truncate(before);
    }
    if element.optional { matches(lexicon, rest, tokens, captures) } else { None }
}
