//! The words of time expressions, by class.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;

use super::Interval;
use super::holiday::Holidays;
use crate::span::Span;
use crate::table::{Rows, TableError};

/// A word as the rules see it.
#[derive(Debug)]
pub(super) struct Token<'t> {
    pub text: &'t str,
    /// Lower case, a last stop left out.
    pub lower: String,
    /// Whether it begins with a capital.
    pub capital: bool,
}

/// Which way the words around an expression look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    Future,
}

/// Words by class, and named periods.
#[derive(Debug)]
pub(super) struct Lexicon {
    /// By class, then by word.
    classes: HashMap<&'static str, HashMap<&'static str, &'static str>>,
    /// The words of all classes but those that only tell a tense.
    beginners: HashSet<String>,
    /// By the words of the name.
    periods: Vec<(Vec<String>, Interval)>,
    pub holidays: Holidays,
    /// Verbs in the past that do not end in `ed`.
    past_forms: HashSet<&'static str>,
}

/// Classes that are computed from a word rather than listed.
const COMPUTED: [&str; 12] =
    ["num", "nth", "year", "day", "until", "years", "clock", "decade", "isodate", "slashdate", "holiday", "period"];

/// Words that are something else unless written with a capital or beside another word of time.
const AMBIGUOUS: [&str; 6] = ["may", "march", "sat", "sun", "mar", "mon"];

impl Lexicon {
    pub fn shipped() -> Result<Self, TableError> {
        let table = demarche_tables::TIME_WORDS;
        let mut classes: HashMap<&str, HashMap<&str, &str>> = HashMap::new();
        for row in Rows::read(table.name, table.text, &["class", "word", "value"])?.iter() {
            classes.entry(row.get("class")).or_default().insert(row.get("word"), row.get("value"));
        }
        let table = demarche_tables::TIME_PERIODS;
        let mut periods = Vec::new();
        for row in Rows::read(table.name, table.text, &["name", "from", "to"])?.iter() {
            periods.push((split(row.get("name")), Interval { from: row.parse::<Date>("from")?, to: row.parse("to")? }));
        }
        let timely =
            classes.iter().filter(|(class, _)| !matches!(**class, "past" | "future" | "range-open" | "range-join"));
        let mut beginners: HashSet<String> =
            timely.flat_map(|(_, words)| words.keys().map(|&word| word.to_owned())).collect();
        let holidays = Holidays::read(split)?;
        beginners.extend(holidays.beginners().map(str::to_owned));
        let table = demarche_tables::IRREGULAR;
        let rows = Rows::read(table.name, table.text, &["form", "tag", "lemma"])?;
        let past = rows.iter().filter(|row| row.get("tag") == "VBD" && row.get("form") != row.get("lemma"));
        let past_forms = past.map(|row| row.get("form")).collect();
        Ok(Self { classes, beginners, periods, holidays, past_forms })
    }

    pub fn has_class(&self, class: &str) -> bool {
        COMPUTED.contains(&class) || self.classes.contains_key(class)
    }

    /// Whether a word can be the first of any class: one of a table, or one that begins with a digit.
    pub fn may_begin_class(&self, token: &Token) -> bool {
        let lower = token.lower.as_str();
        let computed = lower.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '\'' | '’'));
        computed || self.beginners.contains(lower)
    }

    pub fn tokens<'t>(&self, text: &'t str, words: &[Span]) -> Vec<Token<'t>> {
        let token = |word: &Span| {
            let text = word.text(text);
            let lower = text.to_lowercase().replace('’', "'");
            let stop = lower.len() > 1 && lower.ends_with('.');
            let lower = if stop { lower[..lower.len() - 1].to_owned() } else { lower };
            // The treebanks keep `mid-May` one word; what it is the middle of is what counts here.
            let text = text.strip_prefix("mid-").unwrap_or(text);
            let lower = lower.strip_prefix("mid-").map(str::to_owned).unwrap_or(lower);
            Token { text, lower, capital: text.starts_with(char::is_uppercase) }
        };
        words.iter().map(token).collect()
    }

    /// Whether the words around an expression look ahead or back: the nearest one before it that tells past from future says so,
    /// else the first behind it.
    pub fn tense(&self, before: &[Token], behind: &[Token]) -> Option<Tense> {
        let is = |class: &str, token: &Token| {
            self.classes.get(class).is_some_and(|words| words.contains_key(token.lower.as_str()))
        };
        let past = |token: &Token| is("past", token) || self.past_forms.contains(token.lower.as_str());
        let tells = |token: &Token| {
            if is("future", token) {
                Some(Tense::Future)
            } else {
                (past(token) || (token.lower.len() > 4 && token.lower.ends_with("ed"))).then_some(Tense::Past)
            }
        };
        before.iter().rev().take(12).find_map(tells).or_else(|| behind.iter().take(12).find_map(tells))
    }

    /// A named period at the front: how many words it takes, and its days.
    pub fn period(&self, tokens: &[Token]) -> Option<(usize, Interval)> {
        let fits = |words: &[String]| {
            words.len() <= tokens.len() && words.iter().zip(tokens).all(|(word, token)| *word == token.lower)
        };
        let found = self
            .periods
            .iter()
            .filter(|(words, _)| tokens[0].capital && fits(words))
            .max_by_key(|(words, _)| words.len());
        found.map(|(words, days)| (words.len(), *days))
    }

    /// How a class matches at the front of some words: how many it takes, and the value.
    pub fn class(&self, class: &str, tokens: &[Token]) -> Option<(usize, String)> {
        let token = tokens.first()?;
        let lower = token.lower.as_str();
        let plain = |value: Option<String>| value.map(|value| (1, value));
        match class {
            "num" => self.number(tokens),
            "year" => plain(year(token)).or_else(|| {
                // `two thousand years` is no year.
                let spoken = self.spoken_year(tokens)?;
                let unit = tokens.get(spoken.0).is_some_and(|t| self.classes["unit"].contains_key(t.lower.as_str()));
                (!unit).then_some(spoken)
            }),
            "nth" => plain(
                lower
                    .strip_suffix("th")
                    .or(lower.strip_suffix("st"))
                    .filter(|n| n.parse::<u8>().is_ok())
                    .map(str::to_owned),
            ),
            "day" | "until" => plain(day(lower)),
            "years" => plain(years(token)).or_else(|| spoken_years(tokens)),
            "period" => self.period(tokens).map(|(length, days)| (length, days.to.to_string())),
            "holiday" => self.holidays.at(tokens).map(|(length, number)| (length, number.to_string())),
            "clock" => plain(lower.contains(':').then(|| clock(lower)).flatten()),
            "decade" => {
                plain(decade(lower).or_else(|| Some((*self.classes.get("decade-word")?.get(lower)?).to_owned())))
            }
            "isodate" => plain(lower.parse::<Date>().ok().filter(|_| lower.len() == 10).map(|date| date.to_string())),
            "slashdate" => plain(slash_date(lower)),
            _ => {
                let value = self.classes.get(class)?.get(lower)?;
                let fits = match class {
                    "month" | "weekday" => self.named(tokens),
                    _ => true,
                };
                fits.then(|| (1, (*value).to_owned()))
            }
        }
    }

    /// A month or weekday that is not another word or a person's name.
    fn named(&self, tokens: &[Token]) -> bool {
        let token = &tokens[0];
        let number_next = tokens.get(1).is_some_and(|next| next.text.starts_with(|c: char| c.is_ascii_digit()));
        let abbreviated =
            token.lower.len() <= 4 && token.lower != "may" && token.lower != "june" && token.lower != "july";
        let shouted = token.text.len() > 3 && token.text.chars().all(char::is_uppercase);
        let verb_next = token.lower == "may"
            && tokens.get(1).is_some_and(|next| next.lower.chars().all(char::is_alphabetic) && !next.capital);
        if AMBIGUOUS.contains(&token.lower.as_str()) && (!token.capital || (verb_next && !number_next)) {
            return false;
        }
        (token.capital || shouted) && (!abbreviated || number_next || token.text.ends_with('.'))
            || token.lower.len() > 5 && !AMBIGUOUS.contains(&token.lower.as_str())
    }

    fn number_word(&self, token: &Token) -> Option<i64> {
        self.classes.get("number")?.get(token.lower.as_str())?.parse().ok()
    }

    /// The units behind a ten, with or without a hyphen: how many words they take.
    fn unit_behind(&self, ten: i64, tokens: &[Token]) -> Option<(usize, i64)> {
        let skip = usize::from(tokens.first().is_some_and(|t| t.text == "-"));
        let unit = tokens.get(skip).and_then(|t| self.number_word(t))?;
        ((20..100).contains(&ten) && ten % 10 == 0 && unit < 10).then_some((skip + 1, unit))
    }

    /// A year as it is spoken: `nineteen ninety-one`, `two thousand`, `two thousand three`.
    fn spoken_year(&self, tokens: &[Token]) -> Option<(usize, String)> {
        let first = self.number_word(&tokens[0])?;
        let next = tokens.get(1)?;
        if next.lower == "thousand" && first == 2 {
            let and = usize::from(tokens.get(2).is_some_and(|t| t.lower == "and"));
            let more = tokens.get(2 + and).and_then(|t| self.number_word(t)).filter(|n| *n < 20);
            return Some(more.map_or((2, "2000".to_owned()), |n| (3 + and, (2000 + n).to_string())));
        }
        let tens = self.number_word(next).filter(|n| (10..100).contains(n) && (17..=20).contains(&first))?;
        let (length, unit) = self.unit_behind(tens, &tokens[2..]).unwrap_or((0, 0));
        Some((2 + length, (first * 100 + tens + unit).to_string()))
    }

    /// A number in digits or words: `70`, `1,500`, `twenty-five`, `two hundred`.
    fn number(&self, tokens: &[Token]) -> Option<(usize, String)> {
        let lower = tokens[0].lower.as_str();
        if lower.starts_with(|c: char| c.is_ascii_digit()) {
            let digits = lower.replace(',', "");
            let half = tokens.get(1).is_some_and(|t| matches!(t.text, "1/2" | "½"));
            let number = digits.parse::<f64>().ok().filter(|n| *n < 10_000.0)?;
            return Some(if half { (2, (number + 0.5).to_string()) } else { (1, digits) });
        }
        let first = self.number_word(&tokens[0])?;
        if let Some((length, unit)) = self.unit_behind(first, &tokens[1..]) {
            return Some((1 + length, (first + unit).to_string()));
        }
        match tokens.get(1).map(|t| t.lower.as_str()) {
            Some("dozen") => Some((2, (first * 12).to_string())),
            Some("hundred") => Some((2, (first * 100).to_string())),
            Some("thousand") => Some((2, (first * 1000).to_string())),
            _ => Some((1, first.to_string())),
        }
    }
}

/// A name as the words that a text has.
fn split(name: &str) -> Vec<String> {
    let name = name.to_lowercase().replace('-', " - ").replace("'s", " 's");
    name.split_whitespace()
        .map(|word| if word.len() > 1 { word.trim_end_matches('.') } else { word }.to_owned())
        .collect()
}

/// `1992-95`, `1992-1995` as its first and last year.
fn years(token: &Token) -> Option<String> {
    let (first, last) = token.text.split_once(['-', '–'])?;
    year_range(first, last)
}

/// The same in three words.
fn spoken_years(tokens: &[Token]) -> Option<(usize, String)> {
    let dash = tokens.get(1).filter(|t| matches!(t.text, "-" | "–"));
    dash.and_then(|_| year_range(tokens[0].text, tokens.get(2)?.text)).map(|years| (3, years))
}

fn year_range(first: &str, last: &str) -> Option<String> {
    let number = |text: &str| text.parse::<i32>().ok().filter(|_| text.bytes().all(|b| b.is_ascii_digit()));
    let from = number(first).filter(|year| first.len() == 4 && (1400..=2100).contains(year))?;
    let to = match last.len() {
        2 => from / 100 * 100 + number(last)?,
        4 => number(last).filter(|year| (1400..=2100).contains(year))?,
        _ => return None,
    };
    (from < to).then(|| format!("{from} {to}"))
}

fn year(token: &Token) -> Option<String> {
    let digits = token.text.len() == 4 && token.text.bytes().all(|b| b.is_ascii_digit());
    let year: i32 = token.text.parse().ok().filter(|_| digits)?;
    (1400..=2100).contains(&year).then(|| token.text.to_owned())
}

fn day(lower: &str) -> Option<String> {
    let digits = lower.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let ending = &lower[digits.len()..];
    let day: u32 = digits.parse().ok()?;
    ((1..=31).contains(&day) && matches!(ending, "" | "st" | "nd" | "rd" | "th")).then(|| day.to_string())
}

/// `5:30` or `17.45` as hours and minutes.
fn clock(lower: &str) -> Option<String> {
    let (hours, minutes) = lower.split_once([':', '.'])?;
    let (hours, minutes): (u32, u32) = (hours.parse().ok()?, minutes.get(..2)?.parse().ok()?);
    (hours <= 24 && minutes < 60).then(|| format!("{hours:02}:{minutes:02}"))
}

/// `1990s`, `'90s`: the first three digits of its years.
fn decade(lower: &str) -> Option<String> {
    let digits = lower.trim_start_matches(['\'', '’']).strip_suffix('s')?.trim_end_matches(['\'', '’']);
    match digits.len() {
        4 if digits.ends_with('0') && digits.parse::<u16>().is_ok() => Some(digits[..3].to_owned()),
        2 if digits.ends_with('0') && digits.parse::<u8>().is_ok() => Some(format!("19{}", &digits[..1])),
        _ => None,
    }
}

/// `9/12/2018`, month first.
fn slash_date(lower: &str) -> Option<String> {
    let parts: Vec<&str> = lower.split('/').collect();
    let [month, day, year] = parts[..] else { return None };
    let year: i16 = year.parse().ok().map(|y: i16| {
        if y < 50 {
            2000 + y
        } else if y < 100 {
            1900 + y
        } else {
            y
        }
    })?;
    Date::new(year, month.parse().ok()?, day.parse().ok()?).ok().map(|date| date.to_string())
}
