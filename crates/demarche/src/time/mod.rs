//! When: time expressions in a text and what they denote.
//!
//! In: a text, its sentences and words, and the day of publication. Out: [`TimeLine`], the expressions with their TIMEX3 type
//! and value and the days they cover. How time is said is a table (`time/rules.tsv`): patterns of words and classes of words,
//! each with an operation on the calendar. Never: which event an expression dates; that is `event/`.
//!
//! Operations of the table, with `ref` the day of publication: `ymd Y M D` a date, `?` standing for a year to be found;
//! `ym N M` month M of the year N years on; `near-month M N` the last, this or next month of a name; `weekday W N`;
//! `weekend N`; `shift U N` N units from `ref`, `shift-last U N` from the date last named; `season S Y`, `quarter Q Y`, `quarter-of N Q`, `half H Y`,
//! `decade`, `century`; `holiday N Y`, `holiday-of N N` a feast;
//! `years`, `days Y M D D` a range; `relative N U` a duration that also tells a day, counted from what the words behind name; `duration N U`, `duration-half N U`, `set N U`, `set-weekday W`; `clock`, `fixed-clock V`,
//! `fixed-part N P`, `fixed V`, `iso T`; `clock-on C V` a time of the day that class C names; `ahead U N` as `shift`, where the words
//! look ahead; `shift-ago U N` as `shift`, but of a quarter's results the same quarter's a year before; `quarter-last` the quarter the
//! text is about; `period-end D`, the end of the period of that last day, or of the war last named; `none`, what looks like time and is none.

mod calendar;
mod holiday;
mod lexicon;
mod operation;
mod relation;
mod rule;
mod stretch;

use jiff::civil::Date;

pub use calendar::Interval;

use crate::span::Span;
use crate::table::TableError;
use calendar::Unit;
use lexicon::{Lexicon, Token};
use operation::Context;
use relation::Relations;
use rule::Rules;

/// TIMEX3 types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TimexType {
    /// A calendar date of any length.
    Date,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
    /// A repeated time.
    Set,
}

impl TimexType {
    /// TimeML's name for it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Date => "DATE",
            Self::Time => "TIME",
            Self::Duration => "DURATION",
            Self::Set => "SET",
        }
    }
}

/// A time expression.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeExpression {
    /// Where it stands.
    pub span: Span,
    /// Its TIMEX3 type.
    pub kind: TimexType,
    /// Its TIMEX3 value: `2019-01`, `P70Y`, `PAST_REF`; a date that needs a day of publication and has none is `XXXX-...`.
    pub value: String,
    /// The days it covers, where it covers any.
    pub interval: Option<Interval>,
    /// From the first to the last day of the range it is an end of: `from 1992 to 1995`.
    pub range: Option<Interval>,
}

/// The time expressions of a story, in order.
#[derive(Clone, Debug, Default)]
pub struct TimeLine {
    /// The expressions.
    pub expressions: Vec<TimeExpression>,
    /// Named periods (`World War Two`): no expressions of TIMEX3, but times of what happened in them.
    pub periods: Vec<TimeExpression>,
}

/// Finds time expressions; holds the tables.
#[derive(Debug)]
pub struct TimeTables {
    lexicon: Lexicon,
    rules: Rules,
}

impl TimeTables {
    /// Reads the shipped tables.
    pub fn shipped() -> Result<Self, TableError> {
        let lexicon = Lexicon::shipped()?;
        let rules = Rules::shipped(&lexicon)?;
        Ok(Self { lexicon, rules })
    }

    /// The time expressions of a text that was published on `published`. `sentences` are the words of each.
    pub fn find(&self, text: &str, sentences: &[Vec<Span>], published: Option<Date>) -> TimeLine {
        let mut context = Context::new(published, &self.lexicon.holidays);
        let mut out = TimeLine::default();
        let mut relations = Relations::default();
        for words in sentences {
            let tokens = self.lexicon.tokens(text, words);
            relations.open(out.expressions.len());
            self.sentence(words, &tokens, &mut context, &mut out.expressions, &mut relations);
            self.ranges(words, &tokens, &mut out.expressions[relations.opened()..]);
        }
        relations.resolve(text, sentences, &mut out.expressions);
        out.periods = relations.periods;
        out
    }

    fn sentence(
        &self,
        words: &[Span],
        tokens: &[Token],
        context: &mut Context,
        out: &mut Vec<TimeExpression>,
        relations: &mut Relations,
    ) {
        let mut at = 0;
        while at < tokens.len() {
            if let Some((length, period)) = self.lexicon.period(&tokens[at..]) {
                context.period = Some(period);
                relations.periods.push(named(words[at].cover(words[at + length - 1]), period));
                at += length;
                continue;
            }
            let before = out.len();
            let (length, away) = self.expression(words, tokens, at, context, out);
            if let Some((unit, count)) = away.filter(|_| out.len() > before) {
                let word = at + length;
                let back = tokens.get(word).is_some_and(|token| token.lower == "before");
                relations.add(before, unit, if back { -count } else { count }, word + 1);
            }
            at += length;
        }
    }

    /// Takes the expression that begins at a word, if one does; how many words further the next may begin, and how far it is from
    /// what the words behind it name, where it is counted from that.
    fn expression(
        &self,
        words: &[Span],
        tokens: &[Token],
        at: usize,
        context: &mut Context,
        out: &mut Vec<TimeExpression>,
    ) -> (usize, Option<(Unit, i64)>) {
        // What asks for words around it may denote nothing after all: `in two days` that are past.
        for around in [true, false] {
            let Some(found) = self.rules.longest(&self.lexicon, &tokens[at..], around) else { return (1, None) };
            let (from, to) = (at + found.words.start, at + found.words.end);
            context.tense = self.lexicon.tense(&tokens[..from], &tokens[to..]);
            if let Some((value, interval)) = operation::apply(found.rule, &found.captures, context) {
                let span = words[from].cover(words[to - 1]);
                out.push(TimeExpression { span, kind: found.rule.kind, value, interval, range: None });
                return (found.words.end.max(1), operation::away(found.rule, &found.captures));
            }
            if found.words.start == 0 && found.words.end > 0 && !found.rule.asks_around() {
                return (found.words.end, None);
            }
        }
        (1, None)
    }
}

/// A named period.
fn named(span: Span, days: Interval) -> TimeExpression {
    TimeExpression { span, kind: TimexType::Date, value: days.to_string(), interval: Some(days), range: None }
}

impl TimeLine {
    /// The expressions that lie within a span.
    pub fn within(&self, span: Span) -> impl Iterator<Item = &TimeExpression> {
        self.expressions.iter().filter(move |e| span.contains(e.span))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reader::{WordTables, segment};
    use crate::table::Rows;

    fn found(text: &str) -> Vec<(String, TimeExpression)> {
        let sentences: Vec<Vec<Span>> = segment(&WordTables::shipped().unwrap(), text, Span::new(0, text.len()))
            .into_iter()
            .map(|(_, w)| w)
            .collect();
        let tables = TimeTables::shipped().unwrap();
        let line = tables.find(text, &sentences, Some(jiff::civil::date(2019, 1, 4)));
        line.expressions.into_iter().map(|e| (e.span.text(text).to_owned(), e)).collect()
    }

    #[test]
    fn every_rule_keeps_its_example() {
        let table = demarche_tables::TIME_RULES;
        let mut wrong = Vec::new();
        for row in Rows::read(table.name, table.text, &["example", "expected", "type"]).unwrap().iter() {
            let expressions = found(row.get("example"));
            let last = expressions.last().map(|(_, e)| (e.kind.code(), e.value.as_str()));
            // `-`: what looks like time and is none.
            let expected = Some((row.get("type"), row.get("expected"))).filter(|(_, value)| *value != "-");
            if last != expected {
                wrong.push(row.error(format!("`{}` gives {expressions:?}", row.get("example"))).to_string());
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn tense_decides_between_last_and_next() {
        assert_eq!(found("They met in September.")[0].1.value, "2018-09");
        assert_eq!(found("They will meet in September.")[0].1.value, "2019-09");
        assert_eq!(found("He will leave on Monday.")[0].1.value, "2019-01-07");
        assert_eq!(found("He left on Monday.")[0].1.value, "2018-12-31");
        assert_eq!(found("They met on Good Friday.")[0].1.value, "2018-03-30");
    }

    #[test]
    fn intervals_cover_the_days_meant() {
        let interval = |text: &str| found(text)[0].1.interval.unwrap().to_string();
        assert_eq!(interval("later this month"), "2019-01-04..2019-01-31");
        assert_eq!(interval("in 1956"), "1956-01-01..1956-12-31");
        assert_eq!(interval("over the past two years"), "2017-01-04..2019-01-04");
        assert_eq!(interval("by the end of January"), "2019-01-21..2019-01-31");
        assert_eq!(interval("World War Two: in the final days of the war"), "1945-08-03..1945-09-02");
    }

    #[test]
    fn what_is_counted_from_another_time_of_the_story() {
        let interval = |text: &str| {
            let found = found(text);
            let relative = found.iter().find(|(_, e)| e.kind == TimexType::Duration).unwrap();
            relative.1.interval.map(|days| days.to_string())
        };
        let same = interval("The summit opened on Nov. 14. He resigned three days after the summit.");
        assert_eq!(same.as_deref(), Some("2018-11-17..2018-11-17"));
        let behind = interval("They left two weeks before the Nov. 14 vote.");
        assert_eq!(behind.as_deref(), Some("2018-10-28..2018-11-03"));
        assert_eq!(interval("He resigned three days after the earthquake."), None);
    }

    #[test]
    fn two_ends_make_a_range() {
        let range = |text: &str| found(text)[1].1.range.map(|days| days.to_string());
        assert_eq!(range("Fought from 1992 to 1995.").as_deref(), Some("1992-01-01..1995-12-31"));
        assert_eq!(range("Held between Jan. 7 and Jan. 9.").as_deref(), Some("2019-01-07..2019-01-09"));
        assert_eq!(range("Talks in 1992 and 1995."), None);
    }

    #[test]
    fn what_only_looks_like_time() {
        for text in ["Theresa May spoke.", "a second meeting", "1,956 people", "the sun set", "Second, he left."] {
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn a_week_later_everything_relative_moves_a_week() {
        let text = "He left on Friday, two days ago and yesterday; he returns tomorrow.";
        let words: Vec<Vec<Span>> = segment(&WordTables::shipped().unwrap(), text, Span::new(0, text.len()))
            .into_iter()
            .map(|(_, w)| w)
            .collect();
        let tables = TimeTables::shipped().unwrap();
        let days = |date| -> Vec<Date> {
            tables.find(text, &words, Some(date)).expressions.iter().map(|e| e.interval.unwrap().from).collect()
        };
        let (first, second) = (days(jiff::civil::date(2020, 2, 25)), days(jiff::civil::date(2020, 3, 3)));
        let week = jiff::Span::new().days(7);
        assert_eq!(first.iter().map(|d| d.checked_add(week).unwrap()).collect::<Vec<_>>(), second);
    }
}
