//! Stretches of days with two ends of their own: ranges of days and years, and feasts.

use jiff::civil::Date;

use super::calendar::{self, Interval};
use super::operation::{Arguments, Context, Value, nearest_year_of};

/// As ISO 8601 writes it: a day alone, or both ends.
fn value(days: Interval) -> Value {
    let text = if days.from == days.to { days.from.to_string() } else { format!("{}/{}", days.from, days.to) };
    (text, Some(days))
}

/// `1992-95`.
pub(super) fn years(a: &Arguments) -> Option<Value> {
    let (first, last) = a.text(0)?.split_once(' ')?;
    let (from, to): (i16, i16) = (first.parse().ok()?, last.parse().ok()?);
    let days = Interval { from: calendar::years(from, 1)?.from, to: calendar::years(to, 1)?.to };
    Some((format!("{from}/{to}"), Some(days)))
}

/// `Sept. 9-11`, of a year that may be missing.
pub(super) fn days(a: &Arguments, context: &Context) -> Option<Value> {
    let (month, first, last) = (a.small(1)?, a.small(2)?, a.small(3)?);
    let in_year = |year: i16| {
        let (from, to) = (Date::new(year, month, first).ok()?, Date::new(year, month, last).ok()?);
        (from < to).then_some(Interval { from, to })
    };
    let year = match a.number(0) {
        Some(year) => i16::try_from(year).ok()?,
        None => nearest_year_of(context.published?, context.tense, in_year)?,
    };
    in_year(year).map(value)
}

/// A feast: the nearest one where no year is said, `last` and `next` counted from the day of publication.
pub(super) fn holiday(a: &Arguments, context: &Context) -> Option<Value> {
    let holiday = usize::try_from(a.number(0)?).ok()?;
    let in_year = |year: i16| context.holidays.days(holiday, year);
    let year = match (a.number(1), context.published) {
        (Some(year), _) if year > 100 => i16::try_from(year).ok()?,
        (Some(way), Some(published)) => {
            let this = in_year(published.year());
            let gone = this.is_some_and(|days| days.to < published);
            let ahead = this.is_some_and(|days| days.from > published);
            match way {
                -1 if !gone => published.year() - 1,
                1 if !ahead => published.year() + 1,
                _ => published.year(),
            }
        }
        (None, Some(published)) => nearest_year_of(published, context.tense, in_year)?,
        (_, None) => return None,
    };
    in_year(year).map(value)
}

/// `last year's Thanksgiving`.
pub(super) fn holiday_of(a: &Arguments, context: &Context) -> Option<Value> {
    let holiday = usize::try_from(a.number(1)?).ok()?;
    context.holidays.days(holiday, context.published?.year() + i16::from(a.small(0)?)).map(value)
}
