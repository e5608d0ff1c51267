//! Feasts and memorial days, of which the day moves from year to year.

use icu_calendar::Date as OtherDate;
use icu_calendar::cal::{ChineseTraditional, Hebrew, Hijri};
use jiff::Span as Length;
use jiff::civil::{Date, Weekday};

use super::Interval;
use super::calendar::years;
use super::lexicon::Token;
use crate::table::{Row, Rows, TableError};

/// By what a feast is counted.
#[derive(Clone, Copy, Debug)]
enum Calendar {
    Gregorian,
    Weekday,
    Easter,
    Orthodox,
    Hebrew,
    Islamic,
    Chinese,
}

#[derive(Debug)]
struct Holiday {
    calendar: Calendar,
    month: u8,
    day: i32,
    /// The day of the week, Monday 1, of one counted by weekdays.
    weekday: i8,
    /// How many days it lasts; `None` for a whole month.
    days: Option<i64>,
}

/// The table of feasts.
#[derive(Debug)]
pub(super) struct Holidays {
    holidays: Vec<Holiday>,
    /// By the words of a name.
    names: Vec<(Vec<String>, usize)>,
}

impl Holidays {
    /// Reads the table; `split` breaks a name into the words that a text has.
    pub fn read(split: impl Fn(&str) -> Vec<String>) -> Result<Self, TableError> {
        let table = demarche_tables::TIME_HOLIDAYS;
        let columns = ["name", "aliases", "calendar", "month", "day", "days"];
        let mut out = Self { holidays: Vec::new(), names: Vec::new() };
        for row in Rows::read(table.name, table.text, &columns)?.iter() {
            for name in row.list("aliases").chain([row.get("name")]).filter(|name| !name.is_empty()) {
                out.names.push((split(name), out.holidays.len()));
            }
            out.holidays.push(holiday(&row)?);
        }
        Ok(out)
    }

    /// The first words of names.
    pub fn beginners(&self) -> impl Iterator<Item = &str> {
        self.names.iter().filter_map(|(words, _)| words.first().map(String::as_str))
    }

    /// The longest name at the front: how many words it takes, and its number.
    pub fn at(&self, tokens: &[Token]) -> Option<(usize, usize)> {
        let fits = |words: &[String]| {
            let same =
                words.len() <= tokens.len() && words.iter().zip(tokens).all(|(word, token)| *word == token.lower);
            same && tokens[0].capital
        };
        let found = self.names.iter().filter(|(words, _)| fits(words)).max_by_key(|(words, _)| words.len());
        found.map(|(words, holiday)| (words.len(), *holiday))
    }

    /// Its days in a year, the first time that it falls there.
    pub fn days(&self, holiday: usize, year: i16) -> Option<Interval> {
        let holiday = self.holidays.get(holiday)?;
        let from = holiday.first_day(year)?;
        let to = match holiday.days {
            Some(days) => from.checked_add(Length::new().days(days - 1)).ok()?,
            None => {
                let later = std::iter::successors(Some(from), |day| day.tomorrow().ok());
                later.take_while(|day| holiday.other(*day).is_some_and(|(month, _)| month == holiday.month)).last()?
            }
        };
        Some(Interval { from, to })
    }
}

fn holiday(row: &Row) -> Result<Holiday, TableError> {
    let calendar = match row.get("calendar") {
        "gregorian" => Calendar::Gregorian,
        "weekday" => Calendar::Weekday,
        "easter" => Calendar::Easter,
        "orthodox" => Calendar::Orthodox,
        "hebrew" => Calendar::Hebrew,
        "islamic" => Calendar::Islamic,
        "chinese" => Calendar::Chinese,
        name => return Err(row.error(format!("there is no calendar `{name}`"))),
    };
    let (day, weekday) = row.get("day").split_once('/').unwrap_or((row.get("day"), "0"));
    let number = |text: &str| text.parse::<i32>().map_err(|_| row.error(format!("`{text}` is no day")));
    let month = if row.get("month").is_empty() { 0 } else { row.parse("month")? };
    let days = if row.get("days") == "month" { None } else { Some(row.parse("days")?) };
    Ok(Holiday { calendar, month, day: number(day)?, weekday: number(weekday)? as i8, days })
}

impl Holiday {
    fn first_day(&self, year: i16) -> Option<Date> {
        match self.calendar {
            Calendar::Gregorian => Date::new(year, self.month as i8, self.day as i8).ok(),
            Calendar::Weekday => {
                let weekday = Weekday::from_monday_one_offset(self.weekday).ok()?;
                Date::new(year, self.month as i8, 1).ok()?.nth_weekday_of_month(self.day as i8, weekday).ok()
            }
            Calendar::Easter => easter(year)?.checked_add(Length::new().days(self.day)).ok(),
            Calendar::Orthodox => orthodox_easter(year)?.checked_add(Length::new().days(self.day)).ok(),
            Calendar::Hebrew | Calendar::Islamic | Calendar::Chinese => {
                let mut days = std::iter::successors(Some(years(year, 1)?.from), |day| day.tomorrow().ok()).take(366);
                days.find(|day| self.other(*day) == Some((self.month, self.day)))
            }
        }
    }

    /// A day's month and day in the feast's own calendar.
    fn other(&self, day: Date) -> Option<(u8, i32)> {
        let iso = OtherDate::try_new_iso(day.year().into(), day.month() as u8, day.day() as u8).ok()?;
        let (month, day) = match self.calendar {
            Calendar::Hebrew => {
                let other = iso.to_calendar(Hebrew);
                (other.month(), other.day_of_month())
            }
            Calendar::Islamic => {
                let other = iso.to_calendar(Hijri::new_umm_al_qura());
                (other.month(), other.day_of_month())
            }
            Calendar::Chinese => {
                let other = iso.to_calendar(ChineseTraditional::new());
                (other.month(), other.day_of_month())
            }
            _ => return None,
        };
        // Purim is in the second Adar of a leap year, no feast in a leap month.
        (!month.to_input().is_leap()).then(|| (month.number(), i32::from(day.0)))
    }
}

/// Easter Sunday by the Gregorian computus (Meeus, Jones and Butcher).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let n = h + l - 7 * ((a + 11 * h + 22 * l) / 451) + 114;
    Date::new(year, (n / 31) as i8, (n % 31 + 1) as i8).ok()
}

/// Easter Sunday of the Orthodox churches by the Julian computus (Meeus), as a day of the Gregorian calendar of 1900 to 2099.
fn orthodox_easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let d = (19 * (y % 19) + 15) % 30;
    let e = (2 * (y % 4) + 4 * (y % 7) - d + 34) % 7;
    let n = d + e + 114;
    let julian = Date::new(year, (n / 31) as i8, (n % 31 + 1) as i8).ok()?;
    julian.checked_add(Length::new().days(13)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feasts_fall_on_their_days() {
        let split = |name: &str| name.to_lowercase().split(' ').map(str::to_owned).collect();
        let holidays = Holidays::read(split).unwrap();
        let number = |name: &str| {
            let words: Vec<String> = name.to_lowercase().split(' ').map(str::to_owned).collect();
            holidays.names.iter().find(|(other, _)| *other == words).unwrap().1
        };
        let known = [
            ("Easter", 2019, "2019-04-21..2019-04-21"),
            ("Good Friday", 1998, "1998-04-10..1998-04-10"),
            ("Orthodox Easter", 2022, "2022-04-24..2022-04-24"),
            ("Passover", 2002, "2002-03-28..2002-04-03"),
            ("Yom Kippur", 1973, "1973-10-06..1973-10-06"),
            ("Rosh Hashanah", 2018, "2018-09-10..2018-09-11"),
            ("Purim", 2024, "2024-03-24..2024-03-24"),
            ("Ramadan", 2019, "2019-05-06..2019-06-03"),
            ("Eid al-Adha", 2019, "2019-08-11..2019-08-14"),
            ("Tet", 1968, "1968-01-30..1968-01-30"),
            ("Lunar New Year", 2019, "2019-02-05..2019-02-05"),
            ("Thanksgiving", 2018, "2018-11-22..2018-11-22"),
            ("Memorial Day", 2019, "2019-05-27..2019-05-27"),
        ];
        for (name, year, days) in known {
            assert_eq!(holidays.days(number(name), year).unwrap().to_string(), days, "{name} {year}");
        }
    }
}
