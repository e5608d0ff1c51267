//! When an event was, as marked, and whether a record says the same.

use jiff::civil::{Date, date};

/// News without a date: the record's first day may lie so many days from the day of publication.
const NEWS_BEGINS: i64 = 3;
/// And its last day so many.
const NEWS_ENDS: i64 = 7;
/// Days that a record's stretch may lie beside the marked one.
const BESIDE: i64 = 1;
/// A record's first and last day may be so many times as far from each other as the marked ones.
const VAGUER: i64 = 2;
/// And so many days more.
const LONGER: i64 = 3;

/// When an event was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Nobody can tell.
    Unknown,
    /// No date is told: it is news of about the day of publication.
    News,
    /// On these days.
    Days {
        /// The first.
        from: Date,
        /// The last.
        to: Date,
    },
}

impl When {
    /// What `when=` says: `~`, `?`, a day, month or year, or two of these with `..` between them.
    pub(super) fn read(value: &str) -> Option<Self> {
        match value {
            "~" => return Some(Self::News),
            "?" => return Some(Self::Unknown),
            _ => {}
        }
        let (first, last) = value.split_once("..").unwrap_or((value, value));
        let (from, to) = (stretch(first)?.0, stretch(last)?.1);
        if from <= to { Some(Self::Days { from, to }) } else { None }
    }

    /// Whether a record's first and last day agree; `None` where the marks do not tell.
    pub fn agrees(self, coded: Option<(Date, Date)>, published: Date) -> Option<bool> {
        if self == Self::Unknown {
            return None;
        }
        let Some((first, last)) = coded else { return Some(false) };
        let Self::Days { from, to } = self else {
            let near = |day, most| days(published, day).abs() <= most;
            return Some(near(first, NEWS_BEGINS) && near(last, NEWS_ENDS));
        };
        let meets = days(to, first) <= BESIDE && days(last, from) <= BESIDE;
        Some(meets && days(first, last) <= VAGUER * days(from, to) + LONGER)
    }
}

/// The first and last day of a day, month or year.
fn stretch(value: &str) -> Option<(Date, Date)> {
    let shape: Vec<usize> = value.split('-').map(str::len).collect();
    if !value.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') {
        return None;
    }
    match shape[..] {
        [4] => {
            let year = value.parse().ok()?;
            Some((date(year, 1, 1), date(year, 12, 31)))
        }
        [4, 2] => {
            let first: Date = format!("{value}-01").parse().ok()?;
            Some((first, first.last_of_month()))
        }
        [4, 2, 2] => {
            let day = value.parse().ok()?;
            Some((day, day))
        }
        _ => None,
    }
}

/// Days from one day to another.
fn days(from: Date, to: Date) -> i64 {
    to.duration_since(from).as_hours() / 24
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agrees(marked: &str, first: &str, last: &str) -> Option<bool> {
        let coded = Some((first.parse().unwrap(), last.parse().unwrap()));
        When::read(marked).unwrap().agrees(coded, date(2019, 1, 4))
    }

    #[test]
    fn days_months_and_years() {
        let days = |from, to| Some(When::Days { from, to });
        assert_eq!(When::read("2018-09-12"), days(date(2018, 9, 12), date(2018, 9, 12)));
        assert_eq!(When::read("2020-02"), days(date(2020, 2, 1), date(2020, 2, 29)));
        assert_eq!(When::read("1956"), days(date(1956, 1, 1), date(1956, 12, 31)));
        assert_eq!(When::read("2018-09..2018"), days(date(2018, 9, 1), date(2018, 12, 31)));
        for wrong in ["2018-02-30", "2018-13", "18", "2018..", "2019..2018", "-", "2018-9-1", "20180912", "+018"] {
            assert_eq!(When::read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_record_may_be_a_day_off_and_not_much_vaguer() {
        assert_eq!(agrees("2018-12-31", "2018-12-30", "2018-12-30"), Some(true));
        assert_eq!(agrees("2018-12-31", "2018-12-29", "2018-12-29"), Some(false));
        assert_eq!(agrees("2018-12-31", "2018-12-28", "2018-12-31"), Some(true));
        assert_eq!(agrees("2018-12-31", "2018-12-01", "2018-12-31"), Some(false));
        assert_eq!(agrees("2018-12", "2018-11-01", "2018-12-31"), Some(true));
        assert_eq!(agrees("2018-12", "2018-01-01", "2018-12-31"), Some(false));
    }

    #[test]
    fn news_lies_about_the_day_of_publication() {
        assert_eq!(agrees("~", "2019-01-01", "2019-01-11"), Some(true));
        assert_eq!(agrees("~", "2018-12-31", "2019-01-04"), Some(false));
        assert_eq!(agrees("~", "2019-01-04", "2019-01-12"), Some(false));
    }

    #[test]
    fn what_nobody_can_tell_is_not_judged_and_no_day_is_wrong() {
        assert_eq!(agrees("?", "2019-01-04", "2019-01-04"), None);
        assert_eq!(When::News.agrees(None, date(2019, 1, 4)), Some(false));
        assert_eq!(When::Unknown.agrees(None, date(2019, 1, 4)), None);
    }
}
