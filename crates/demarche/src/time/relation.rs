//! Times that hang on other times of the story: `three days after the summit`, `from 1992 to 1995`.

use jiff::Span as Length;

use super::calendar::{Interval, Unit};
use super::lexicon::{Lexicon, Token};
use super::{TimeExpression, TimeTables, TimexType};
use crate::span::Span;

/// How many words behind `after` may name what is counted from.
const NAMED: usize = 5;
/// What is counted from happened within so many days: `a week after 1956` says no day.
const LONGEST: i32 = 31;

/// An expression counted from what the words behind it name.
#[derive(Debug)]
struct Relation {
    expression: usize,
    sentence: usize,
    /// The first word behind `after` or `before`.
    word: usize,
    unit: Unit,
    count: i64,
}

/// Those of a story, resolved when all its times are known.
#[derive(Debug, Default)]
pub(super) struct Relations {
    relations: Vec<Relation>,
    /// The named periods of the story.
    pub periods: Vec<TimeExpression>,
    /// How many expressions stand before each sentence.
    before: Vec<usize>,
}

impl Relations {
    /// Begins a sentence, before which there are so many expressions.
    pub fn open(&mut self, expressions: usize) {
        self.before.push(expressions);
    }

    /// The first expression of the sentence.
    pub fn opened(&self) -> usize {
        self.before.last().copied().unwrap_or(0)
    }

    pub fn add(&mut self, expression: usize, unit: Unit, count: i64, word: usize) {
        self.relations.push(Relation { expression, sentence: self.before.len() - 1, word, unit, count });
    }

    /// Gives each the days that it is away from a time: that of its own sentence behind it, else the one beside the same noun further up
    /// in the story.
    pub fn resolve(&self, text: &str, sentences: &[Vec<Span>], expressions: &mut [TimeExpression]) {
        for relation in &self.relations {
            let words = &sentences[relation.sentence];
            let Some(rest) = words.get(relation.word..).filter(|rest| !rest.is_empty()) else { continue };
            let nouns: Vec<String> = rest.iter().take(NAMED).map(|w| w.text(text).to_lowercase()).collect();
            let own = self.of_sentence(expressions, relation.sentence);
            let behind = own.iter().find(|e| e.span.start >= rest[0].start && is_day(e)).map(|e| e.span.start);
            let anchor = behind.or_else(|| self.beside(text, sentences, expressions, relation.sentence, &nouns));
            let anchor = anchor.and_then(|start| expressions.iter().find(|e| e.span.start == start)?.interval);
            let days = anchor.and_then(|anchor| relation.from(anchor));
            if days.is_some() {
                expressions[relation.expression].interval = days;
            }
        }
    }

    fn of_sentence<'e>(&self, expressions: &'e [TimeExpression], sentence: usize) -> &'e [TimeExpression] {
        let to = self.before.get(sentence + 1).copied().unwrap_or(expressions.len());
        &expressions[self.before[sentence]..to]
    }

    /// Where the nearest earlier time stands that shares a sentence with one of the nouns.
    fn beside(
        &self,
        text: &str,
        sentences: &[Vec<Span>],
        expressions: &[TimeExpression],
        sentence: usize,
        nouns: &[String],
    ) -> Option<usize> {
        (0..sentence).rev().find_map(|earlier| {
            let nouns: Vec<&Span> = sentences[earlier]
                .iter()
                .filter(|w| w.len() > 3 && nouns.contains(&w.text(text).to_lowercase()))
                .collect();
            let dated = self.of_sentence(expressions, earlier).iter().filter(|e| is_day(e));
            let away = |e: &TimeExpression| nouns.iter().map(|n| n.start.abs_diff(e.span.start)).min();
            dated.filter_map(|e| Some((away(e)?, e.span.start))).min().map(|(_, start)| start)
        })
    }
}

impl Relation {
    fn from(&self, anchor: Interval) -> Option<Interval> {
        let away = self.unit.length(self.count)?;
        let days = Interval { from: anchor.from.checked_add(away).ok()?, to: anchor.to.checked_add(away).ok()? };
        // Counted in months or years, no single day is meant.
        let loose = Length::new().days(match self.unit {
            Unit::Day => 0,
            Unit::Week => 3,
            Unit::Month => 15,
            _ => 182,
        });
        Some(Interval { from: days.from.checked_sub(loose).ok()?, to: days.to.checked_add(loose).ok()? })
    }
}

/// Whether it tells days that something can be counted from.
fn is_day(expression: &TimeExpression) -> bool {
    let short = |days: Interval| days.to.since(days.from).is_ok_and(|length| length.get_days() < LONGEST);
    matches!(expression.kind, TimexType::Date | TimexType::Time) && expression.interval.is_some_and(short)
}

impl TimeTables {
    /// Joins the two ends of ranges among a sentence's expressions.
    pub(super) fn ranges(&self, words: &[Span], tokens: &[Token], expressions: &mut [TimeExpression]) {
        for at in 1..expressions.len() {
            let (first, second) = (&expressions[at - 1], &expressions[at]);
            let (Some(from), Some(to)) = (first.interval, second.interval) else { continue };
            let begin = words.partition_point(|w| w.start < first.span.start);
            let between = words.partition_point(|w| w.end <= first.span.end)
                ..words.partition_point(|w| w.start < second.span.start);
            let joined =
                between.len() == 1 && begin > 0 && joins(&self.lexicon, &tokens[begin - 1], &tokens[between.start]);
            if joined && from.from <= to.to {
                let range = Some(Interval { from: from.from, to: to.to });
                expressions[at - 1].range = range;
                expressions[at].range = range;
            }
        }
    }
}

/// Whether a word before the first time and one between both make them the ends of a range: `from ... to`, `between ... and`.
fn joins(lexicon: &Lexicon, open: &Token, join: &Token) -> bool {
    let of = |class: &str, token: &Token| lexicon.class(class, std::slice::from_ref(token)).map(|(_, value)| value);
    let (open, join) = (of("range-open", open), of("range-join", join));
    open.is_some() && open == join
}
