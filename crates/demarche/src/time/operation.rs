//! What a matched rule denotes: arithmetic on the calendar.

use jiff::civil::{Date, Weekday};

use super::calendar::{self, Interval, Unit};
use super::holiday::Holidays;
use super::lexicon::Tense;
use super::rule::{Captures, Rule};
use super::{TimexType, calendar::months, stretch};

/// What an expression is counted from.
#[derive(Debug)]
pub(super) struct Context<'l> {
    pub published: Option<Date>,
    /// The date last named in the text.
    last: Option<Date>,
    /// The quarter last named, where no other day or month was since: what results are compared with.
    quarter: Option<Date>,
    /// The war or era last named.
    pub period: Option<Interval>,
    /// Which way the words before look.
    pub tense: Option<Tense>,
    /// When feasts are.
    pub holidays: &'l Holidays,
}

pub(super) type Value = (String, Option<Interval>);

impl<'l> Context<'l> {
    fn future(&self) -> bool {
        self.tense == Some(Tense::Future)
    }

    pub fn new(published: Option<Date>, holidays: &'l Holidays) -> Self {
        Self { published, last: None, quarter: None, period: None, tense: None, holidays }
    }
}

/// The arguments of an operation, the names of classes replaced by what these matched.
pub(super) struct Arguments<'a> {
    words: &'a [&'static str],
    captures: &'a Captures,
}

impl Arguments<'_> {
    fn capture(&self, class: &str) -> Option<&str> {
        self.captures.iter().find(|(name, _)| *name == class).map(|(_, value)| value.as_str())
    }

    pub fn text(&self, at: usize) -> Option<&str> {
        let word = *self.words.get(at)?;
        Some(self.capture(word.trim_start_matches('-')).unwrap_or(word))
    }

    /// The number at a place; `?` and what is no number give none. A minus before a class's name turns the sign.
    pub fn number(&self, at: usize) -> Option<i64> {
        let word = *self.words.get(at)?;
        let value: f64 = self.text(at)?.parse().ok()?;
        let turned = word.starts_with('-') && self.capture(&word[1..]).is_some();
        Some(if turned { -value.trunc() as i64 } else { value.trunc() as i64 })
    }

    pub fn small(&self, at: usize) -> Option<i8> {
        self.number(at).and_then(|n| i8::try_from(n).ok())
    }
}

/// The TIMEX3 value of a match, and the days it covers; none where it denotes nothing.
pub(super) fn apply(rule: &Rule, captures: &Captures, context: &mut Context) -> Option<Value> {
    let (operation, words) = rule.operation.split_first()?;
    let arguments = Arguments { words, captures };
    let (mut value, interval) = dispatch(operation, &arguments, context)?;
    if rule.kind == TimexType::Time
        && let Some(part) = arguments.capture("part")
    {
        value = format!("{value}T{part}");
    }
    let interval = interval.map(|days| narrowed(days, arguments.capture("mod"), context, operation));
    if let (TimexType::Date | TimexType::Time, Some(days)) = (rule.kind, interval) {
        context.last = Some(days.from);
        if value.contains("-Q") {
            context.quarter = Some(days.from);
        } else if value.contains('-') {
            context.quarter = None;
        }
    }
    Some((value, interval))
}

/// The unit and number of them by which a `relative` rule is away from what its words name; none of other rules.
pub(super) fn away(rule: &Rule, captures: &Captures) -> Option<(Unit, i64)> {
    let (operation, words) = rule.operation.split_first()?;
    let arguments = Arguments { words, captures };
    (*operation == "relative").then_some(())?;
    Some((Unit::of(arguments.text(1)?)?, arguments.number(0)?))
}

fn dispatch(operation: &str, a: &Arguments, context: &Context) -> Option<Value> {
    match operation {
        "iso" => a.text(0)?.parse().ok().map(|day: Date| (day.to_string(), Some(Interval::day(day)))),
        "ymd" => ymd(a, context),
        "ym" => context.published.map_or_else(
            || Some((format!("XXXX-{:02}", a.number(1)?), None)),
            |day| unit(Unit::Month, Date::new(day.year() + i16::from(a.small(0)?), a.small(1)?, 1).ok()?),
        ),
        "near-month" => near_month(a, context),
        "weekday" => weekday(a, context),
        "shift" => shift(context.published, a),
        // `compared with a year ago`: of a quarter's results with the same quarter's.
        "shift-ago" => year_ago(a, context).or_else(|| shift(context.published, a)),
        "shift-last" if a.number(1) == Some(-1) => {
            year_ago(a, context).or_else(|| shift(context.last.or(context.published), a))
        }
        // `in two days`: ahead where the words look ahead, else how long something took.
        "ahead" => shift(context.published, a).filter(|_| context.future()),
        "shift-last" => shift(context.last.or(context.published), a),
        "weekend" => weekend(a, context),
        "quarter-of" => {
            let year = context.published?.year() + i16::from(a.small(0)?);
            let quarter = a.small(1).filter(|q| (1..=4).contains(q))?;
            unit(Unit::Quarter, Date::new(year, quarter * 3 - 2, 1).ok()?)
        }
        "season" => season(a, context),
        "years" => stretch::years(a),
        "days" => stretch::days(a, context),
        "holiday" => stretch::holiday(a, context),
        "holiday-of" => stretch::holiday_of(a, context),
        "quarter" => part_of_year(a, context, "Q", 3),
        "half" => part_of_year(a, context, "H", 6),
        "decade" => decade(a.text(0)?),
        "century" => century(a.number(0)?),
        "duration" | "relative" => duration(a, context, ""),
        "duration-half" => duration(a, context, ".5"),
        // The quarter that the text is about, else the last one that has ended.
        "quarter-last" => match context.quarter {
            Some(quarter) => unit(Unit::Quarter, quarter),
            None => shift_by(context.published, Unit::Quarter, -1),
        },
        "set" => Some((period_value(a.text(0)?, a.text(1)?, "")?, None)),
        "set-month" => Some((format!("XXXX-{:02}", a.number(0)?), None)),
        "set-weekday" => Some((format!("XXXX-WXX-{}", a.number(0)?), None)),
        "clock" => Some(at_time(context, &clock(a)?)),
        "clock-on" => clock_on(a, context),
        "fixed-clock" => Some(at_time(context, a.text(0)?)),
        "fixed-part" => {
            let (day, interval) = shift_by(context.published, Unit::Day, a.number(0)?)?;
            Some((format!("{day}T{}", a.text(1)?), interval))
        }
        "fixed" => Some((a.text(0)?.to_owned(), None)),
        "period-end" => {
            let to = a.text(0).map_or_else(|| context.period.map(|p| p.to), |day| day.parse().ok())?;
            let month = to.checked_sub(jiff::Span::new().days(30)).ok()?;
            Some((format!("{:04}", to.year()), Some(Interval { from: month, to })))
        }
        _ => None,
    }
}

fn unit(unit: Unit, day: Date) -> Option<Value> {
    unit.around(day).map(|(value, days)| (value, Some(days)))
}

/// A date of which the year may be missing: the nearest one back, or ahead where the words look ahead.
fn ymd(a: &Arguments, context: &Context) -> Option<Value> {
    let (month, day) = (a.small(1), a.small(2));
    let year = match (a.number(0), context.published) {
        (Some(year), _) => i16::try_from(year).ok()?,
        (None, Some(published)) => nearest_year(published, context.tense, month?, day)?,
        (None, None) => return Some((unknown_year(month?, day), None)),
    };
    match (month, day) {
        (Some(month), Some(day)) => unit(Unit::Day, Date::new(year, month, day).ok()?),
        (Some(month), None) => unit(Unit::Month, Date::new(year, month, 1).ok()?),
        _ => unit(Unit::Year, Date::new(year, 1, 1).ok()?),
    }
}

/// The year that brings a month or day nearest to the publication, where the tense allows it.
fn nearest_year(published: Date, tense: Option<Tense>, month: i8, day: Option<i8>) -> Option<i16> {
    nearest_year_of(published, tense, |year| match day {
        Some(day) => Date::new(year, month, day).ok().map(Interval::day),
        None => months(year, month, 1),
    })
}

/// The same of whatever falls on some days of every year.
pub(super) fn nearest_year_of(
    published: Date,
    tense: Option<Tense>,
    days: impl Fn(i16) -> Option<Interval>,
) -> Option<i16> {
    let distance = |year: i16| -> Option<i32> {
        let days = days(year)?;
        let (back, ahead) = (published.since(days.to).ok()?.get_days(), days.from.since(published).ok()?.get_days());
        let (off, wrong) = (back.max(ahead).max(0), if back > 0 { Tense::Future } else { Tense::Past });
        // Against the tense only what is very near: `said on Nov. 2 that from Nov. 5 ...`
        let against = off > 0 && tense == Some(wrong);
        Some(if against { off * 4 + 30 } else { off })
    };
    let year = published.year();
    (year - 1..=year + 1)
        .filter_map(|year| Some((distance(year)?, year)))
        .min_by_key(|&(off, year)| (off, year))
        .map(|(_, year)| year)
}

fn unknown_year(month: i8, day: Option<i8>) -> String {
    day.map_or_else(|| format!("XXXX-{month:02}"), |day| format!("XXXX-{month:02}-{day:02}"))
}

/// `last May`, `next May`, `this May`.
fn near_month(a: &Arguments, context: &Context) -> Option<Value> {
    let (month, way) = (a.small(0)?, a.number(1)?);
    let Some(published) = context.published else { return Some((unknown_year(month, None), None)) };
    let year = match way {
        -1 if month >= published.month() => published.year() - 1,
        1 if month <= published.month() => published.year() + 1,
        _ => published.year(),
    };
    unit(Unit::Month, Date::new(year, month, 1).ok()?)
}

/// A weekday: the last one (today counts), or the next where the words look ahead; `last` and `next` leave today out.
fn weekday(a: &Arguments, context: &Context) -> Option<Value> {
    let number = a.small(0)?;
    let Some(published) = context.published else { return Some((format!("XXXX-WXX-{number}"), None)) };
    let today = published.weekday().to_monday_one_offset();
    let back = i64::from((today - number).rem_euclid(7));
    let ahead = i64::from((number - today).rem_euclid(7));
    let offset = match a.number(1) {
        Some(-1) => {
            if back == 0 {
                -7
            } else {
                -back
            }
        }
        Some(1) => {
            if ahead == 0 {
                7
            } else {
                ahead
            }
        }
        Some(_) => i64::from(number - today),
        None if context.future() => ahead,
        None => -back,
    };
    Weekday::from_monday_one_offset(number).ok()?;
    shift_by(Some(published), Unit::Day, offset)
}

/// The weekend of the last week (the one just past where nothing is said), of this one, of the next.
fn weekend(a: &Arguments, context: &Context) -> Option<Value> {
    let way = a.number(0).unwrap_or(if context.future() { 0 } else { -1 });
    let (value, days) = shift_by(context.published, Unit::Week, way)?;
    let days = days.and_then(|week| Some(Interval { from: week.to.yesterday().ok()?, to: week.to }));
    Some((format!("{value}-WE"), days))
}

fn shift(base: Option<Date>, a: &Arguments) -> Option<Value> {
    // `the end of the year`: nothing said which, so it is this one.
    shift_by(base, Unit::of(a.text(0)?)?, a.number(1).unwrap_or(0))
}

fn shift_by(base: Option<Date>, of: Unit, count: i64) -> Option<Value> {
    let Some(base) = base else {
        let unknown = match of {
            Unit::Day => "XXXX-XX-XX",
            Unit::Week => "XXXX-WXX",
            Unit::Month => "XXXX-XX",
            Unit::Quarter => "XXXX-QX",
            _ => "XXXX",
        };
        return Some((unknown.to_owned(), None));
    };
    unit(of, base.checked_add(of.length(count)?).ok()?)
}

fn season(a: &Arguments, context: &Context) -> Option<Value> {
    let code = a.text(0)?;
    let year = match (a.number(1), context.published) {
        (Some(year), _) if year > 100 => i16::try_from(year).ok()?,
        (way, Some(published)) => {
            let this = calendar::season(code, published.year())?;
            match way {
                Some(-1) | None if this.from > published && !context.future() => published.year() - 1,
                Some(1) if this.to < published => published.year() + 1,
                _ => published.year(),
            }
        }
        (_, None) => return Some((format!("XXXX-{code}"), None)),
    };
    Some((format!("{year:04}-{code}"), calendar::season(code, year)))
}

/// A quarter or half of a year: the last one that has begun, or the next where the words look ahead.
fn part_of_year(a: &Arguments, context: &Context, letter: &str, length: i8) -> Option<Value> {
    let part = a.small(0).filter(|&part| part >= 1 && part <= 12 / length)?;
    let begins = (part - 1) * length + 1;
    let year = match (a.number(1), context.published) {
        (Some(year), _) => i16::try_from(year).ok()?,
        (None, Some(published)) if context.future() || begins <= published.month() => published.year(),
        (None, Some(published)) => published.year() - 1,
        (None, None) => return Some((format!("XXXX-{letter}{part}"), None)),
    };
    Some((format!("{year:04}-{letter}{part}"), months(year, begins, i64::from(length))))
}

fn decade(digits: &str) -> Option<Value> {
    let first: i16 = digits.parse().ok()?;
    Some((digits.to_owned(), calendar::years(first * 10, 10)))
}

/// The 19th century is written 18.
fn century(ordinal: i64) -> Option<Value> {
    let hundreds = i16::try_from(ordinal - 1).ok().filter(|n| (0..30).contains(n))?;
    Some((format!("{hundreds:02}"), calendar::years(hundreds * 100, 100)))
}

fn period_value(count: &str, unit: &str, half: &str) -> Option<String> {
    let (letter, time, times) = match unit {
        "S" => ("S", "T", 1),
        "MIN" => ("M", "T", 1),
        "H" => ("H", "T", 1),
        "F" => ("W", "", 2),
        letter => (letter, "", 1),
    };
    let count = match count.parse::<i64>() {
        Ok(n) => (n * times).to_string(),
        Err(_) => count.to_owned(),
    };
    Some(format!("P{time}{count}{half}{letter}"))
}

/// A length of time; `the past` and `the next` one also cover days.
fn duration(a: &Arguments, context: &Context, half: &str) -> Option<Value> {
    let value = period_value(a.text(0)?, a.text(1)?, half)?;
    let bounds = || {
        let way: i64 = a.capture("rel")?.parse().ok()?;
        let published = context.published?;
        let other = published.checked_add(Unit::of(a.text(1)?)?.length(way * a.number(0)?)?).ok()?;
        Some(Interval { from: published.min(other), to: published.max(other) })
    };
    Some((value, bounds()))
}

/// The quarter a year before the one last named.
fn year_ago(a: &Arguments, context: &Context) -> Option<Value> {
    let year = a.text(0) == Some("Y") && a.number(1) == Some(-1);
    let quarter = context.quarter.filter(|_| year)?;
    unit(Unit::Quarter, quarter.checked_sub(jiff::Span::new().years(1)).ok()?)
}

/// A time of a day that is named with it: `10 p.m. Wednesday`, `noon yesterday`, `5 p.m., Nov. 6`.
fn clock_on(a: &Arguments, context: &Context) -> Option<Value> {
    let time = a.text(1).filter(|t| t.contains(':')).map(str::to_owned).or_else(|| clock(a))?;
    let (_, days) = match *a.words.first()? {
        "weekday" => weekday(&Arguments { words: &["weekday", "?"], ..*a }, context)?,
        "day-word" => shift(context.published, &Arguments { words: &["D", "day-word"], ..*a })?,
        _ => ymd(&Arguments { words: &["?", "month", "day"], ..*a }, context)?,
    };
    let day = days?;
    Some((format!("{}T{time}", day.from), Some(day)))
}

/// `5:30 p.m.`, `5 p.m.`
fn clock(a: &Arguments) -> Option<String> {
    let written = a.capture("clock").or_else(|| a.capture("num"))?;
    let (hours, minutes) = written.split_once(':').unwrap_or((written, "00"));
    let hours: u32 = hours.parse().ok()?;
    let hours = match a.capture("half-word") {
        Some("PM") if hours < 12 => hours + 12,
        Some("AM") if hours == 12 => 0,
        _ => hours,
    };
    (hours <= 24).then(|| format!("{hours:02}:{minutes}"))
}

/// A time on the date last named, or on the day of publication.
fn at_time(context: &Context, time: &str) -> Value {
    match context.last.or(context.published) {
        Some(day) => (format!("{day}T{time}"), Some(Interval::day(day))),
        None => (format!("XXXX-XX-XXT{time}"), None),
    }
}

/// `early`, `mid`, `late` leave a third of the days; `later this month` begins on the day of publication.
fn narrowed(days: Interval, modifier: Option<&str>, context: &Context, operation: &str) -> Interval {
    let length = days.to.since(days.from).map(|length| i64::from(length.get_days())).unwrap_or(0);
    let third = |thirds: i64| days.from.checked_add(jiff::Span::new().days(length * thirds / 3)).unwrap_or(days.from);
    let around = context.published.filter(|published| operation == "shift" && days.holds(*published));
    match (modifier, around) {
        (Some("START"), Some(published)) => Interval { from: days.from, to: published },
        (Some("END"), Some(published)) => Interval { from: published, to: days.to },
        (Some("START"), None) => Interval { from: days.from, to: third(1) },
        (Some("MID"), _) => Interval { from: third(1), to: third(2) },
        (Some("END"), None) => Interval { from: third(2), to: days.to },
        _ => days,
    }
}
