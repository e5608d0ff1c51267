//! The day a document says it was published on.

use std::collections::HashMap;

use jiff::civil::Date;

use crate::table::{Rows, TableError};

/// The months by their names.
#[derive(Debug)]
pub struct Months(HashMap<&'static str, i8>);

impl Months {
    /// Reads the shipped table.
    pub fn shipped() -> Result<Self, TableError> {
        let table = demarche_tables::MONTHS;
        let mut months = HashMap::new();
        for row in Rows::read(table.name, table.text, &["month", "names"])?.iter() {
            let month: i8 = row.parse("month")?;
            months.extend(row.list("names").map(|name| (name, month)));
        }
        Ok(Self(months))
    }

    /// The month called `name`, in any letter case, with or without a stop.
    pub fn get(&self, name: &str) -> Option<i8> {
        self.0.get(name.trim_end_matches('.').to_lowercase().as_str()).copied()
    }

    /// The day that the whole of `text` names: `January 04, 2019`, `Fri, 4 Jan 2019 10:12 GMT`, `2019-01-04T10:12:00Z`.
    pub(crate) fn whole_date(&self, text: &str) -> Option<Date> {
        let text = text.trim();
        iso_date(text).or_else(|| self.written_date(text))
    }

    fn written_date(&self, text: &str) -> Option<Date> {
        let (mut year, mut month, mut day) = (None, None, None);
        for word in text.split([' ', ',', '\u{a0}', '/', '|', '-']).filter(|w| !w.is_empty()) {
            let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
            match (self.get(word), digits.parse::<i16>()) {
                (Some(m), _) if month.is_none() => month = Some(m),
                (_, Ok(n)) if n > 1900 && year.is_none() => year = Some(n),
                (_, Ok(n @ 1..=31)) if day.is_none() && digits.len() <= 2 => day = i8::try_from(n).ok(),
                _ if is_filler(word) => {}
                _ => return None,
            }
        }
        Date::new(year?, month?, day?).ok()
    }
}

/// `2019-01-04`, alone or followed by a time.
pub(crate) fn iso_date(text: &str) -> Option<Date> {
    let day = text.get(..10)?;
    let rest = text[10..].chars().next();
    (rest.is_none() || matches!(rest, Some('T' | ' '))).then(|| day.parse().ok())?
}

/// Weekdays, times, zones and the words around a date.
fn is_filler(word: &str) -> bool {
    const FILLERS: [&str; 15] = [
        "published",
        "published:",
        "posted",
        "updated",
        "updated:",
        "on",
        "at",
        "date",
        "date:",
        "gmt",
        "utc",
        "est",
        "edt",
        "am",
        "pm",
    ];
    const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let lower = word.to_lowercase();
    let time =
        lower.contains(':') && lower.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | 'a' | 'p' | 'm' | '.'));
    time || FILLERS.contains(&lower.as_str()) || DAYS.iter().any(|day| lower.starts_with(day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn publication_dates() {
        let months = Months::shipped().unwrap();
        let day = jiff::civil::date(2019, 1, 4);
        for text in [
            "January 04, 2019",
            "4 Jan. 2019",
            "Friday, January 4th, 2019",
            "2019-01-04T10:12:00Z",
            "Published: 4 January 2019 10:12 GMT",
        ] {
            assert_eq!(months.whole_date(text), Some(day), "{text}");
        }
        for text in ["In January 2019 they met", "January", "2019", "4 men and 5 women"] {
            assert_eq!(months.whole_date(text), None, "{text}");
        }
    }
}
