//! Days, and the values that TIMEX3 writes for longer times.

use std::fmt;

use jiff::Span as Length;
use jiff::civil::Date;

/// From one day to another, both counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
}

impl Interval {
    /// A single day.
    pub fn day(day: Date) -> Self {
        Self { from: day, to: day }
    }

    /// Whether the day lies in it.
    pub fn holds(&self, day: Date) -> bool {
        self.from <= day && day <= self.to
    }
}

impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}..{}", self.from, self.to)
    }
}

/// A stretch of the calendar: a day, a week, ... a century.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Day,
    Week,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

impl Unit {
    /// By the letter that the tables use. Units shorter than a day are counted as days.
    pub fn of(letter: &str) -> Option<Self> {
        Some(match letter {
            "S" | "MIN" | "H" | "D" => Self::Day,
            "W" | "F" => Self::Week,
            "M" => Self::Month,
            "Q" => Self::Quarter,
            "Y" => Self::Year,
            "E" => Self::Decade,
            "C" => Self::Century,
            _ => return None,
        })
    }

    /// `n` of them as a length.
    pub fn length(self, n: i64) -> Option<Length> {
        let length = Length::new();
        match self {
            Self::Day => length.try_days(n),
            Self::Week => length.try_weeks(n),
            Self::Month => length.try_months(n),
            Self::Quarter => length.try_months(n * 3),
            Self::Year => length.try_years(n),
            Self::Decade => length.try_years(n * 10),
            Self::Century => length.try_years(n * 100),
        }
        .ok()
    }

    /// The unit that holds a day: its value and its days.
    pub fn around(self, day: Date) -> Option<(String, Interval)> {
        let year = day.year();
        let quarter = (day.month() - 1) / 3 + 1;
        Some(match self {
            Self::Day => (day.to_string(), Interval::day(day)),
            Self::Week => {
                let week = day.iso_week_date();
                let monday =
                    day.checked_sub(Length::new().days(i64::from(day.weekday().to_monday_zero_offset()))).ok()?;
                let days = Interval { from: monday, to: monday.checked_add(Length::new().days(6)).ok()? };
                (format!("{}-W{:02}", week.year(), week.week()), days)
            }
            Self::Month => (format!("{year:04}-{:02}", day.month()), months(year, day.month(), 1)?),
            Self::Quarter => (format!("{year:04}-Q{quarter}"), months(year, quarter * 3 - 2, 3)?),
            Self::Year => (format!("{year:04}"), years(year, 1)?),
            Self::Decade => (format!("{:03}", year / 10), years(year / 10 * 10, 10)?),
            Self::Century => (format!("{:02}", year / 100), years(year / 100 * 100, 100)?),
        })
    }
}

/// `count` months from a month on.
pub(super) fn months(year: i16, month: i8, count: i64) -> Option<Interval> {
    let from = Date::new(year, month, 1).ok()?;
    let to = from.checked_add(Length::new().months(count)).ok()?.yesterday().ok()?;
    Some(Interval { from, to })
}

/// `count` years from a year on.
pub(super) fn years(year: i16, count: i64) -> Option<Interval> {
    let from = Date::new(year, 1, 1).ok()?;
    let to = from.checked_add(Length::new().years(count)).ok()?.yesterday().ok()?;
    Some(Interval { from, to })
}

/// The days of a season in the northern half of the world, which begins in `year`.
pub(super) fn season(code: &str, year: i16) -> Option<Interval> {
    let month = match code {
        "SP" => 3,
        "SU" => 6,
        "FA" => 9,
        "WI" => 12,
        _ => return None,
    };
    months(year, month, 3)
}
