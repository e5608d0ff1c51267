//! A line of facts: `@1 a=JPN.GOV r=RUS.GOV when=2018-09-12 where=Vladivostok/RUS same=4`.

use super::error::Problem;
use super::{GoldPlace, When};

/// The facts of one telling of an event.
#[derive(Debug)]
pub(super) struct Facts {
    /// The line they stand on, from 1.
    pub line: usize,
    /// Of its actors, in the order of the text.
    pub actors: Vec<PartyCode>,
    /// Of its recipients.
    pub recipients: Vec<PartyCode>,
    pub when: When,
    pub place: Option<GoldPlace>,
    /// The number of its first telling, as written.
    pub same: Option<String>,
}

/// Country and sector of a party, each where it can be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PartyCode {
    pub country: Option<String>,
    pub sector: Option<String>,
}

/// Whether a line is one of facts.
pub(super) fn begins(line: &str) -> bool {
    line.strip_prefix('@').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// The event's number and its facts; what is left out cannot be told.
pub(super) fn read(text: &str, line: usize) -> Result<(u32, Facts), Problem> {
    let mut pieces = text.split_whitespace();
    let first = pieces.next().unwrap_or("");
    let number = first.strip_prefix('@').and_then(|number| number.parse().ok());
    let number = number.ok_or_else(|| Problem::Fact(first.to_owned()))?;
    let mut facts =
        Facts { line, actors: Vec::new(), recipients: Vec::new(), when: When::Unknown, place: None, same: None };
    for piece in pieces {
        fact(&mut facts, piece)?;
    }
    Ok((number, facts))
}

fn fact(facts: &mut Facts, piece: &str) -> Result<(), Problem> {
    let wrong = || Problem::Fact(piece.to_owned());
    let (key, value) = piece.split_once('=').ok_or_else(wrong)?;
    if value.is_empty() {
        return Err(wrong());
    }
    match key {
        "a" => facts.actors = codes(value)?,
        "r" => facts.recipients = codes(value)?,
        "when" => facts.when = When::read(value).ok_or_else(|| Problem::When(value.to_owned()))?,
        "where" => facts.place = place(value)?,
        "same" => facts.same = Some(value.to_owned()),
        _ => return Err(wrong()),
    }
    Ok(())
}

fn codes(value: &str) -> Result<Vec<PartyCode>, Problem> {
    if value == "-" {
        return Ok(Vec::new());
    }
    value.split('+').map(|code| party(code).ok_or_else(|| Problem::Code(code.to_owned()))).collect()
}

fn party(code: &str) -> Option<PartyCode> {
    let (country, sector) = code.split_once('.')?;
    let sector = if sector == "-" { "?" } else { sector };
    Some(PartyCode { country: letters(country)?, sector: letters(sector)? })
}

/// Three capital letters, or nothing for `?`.
fn letters(code: &str) -> Option<Option<String>> {
    if code == "?" {
        return Some(None);
    }
    let fits = code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase());
    if fits { Some(Some(code.to_owned())) } else { None }
}

fn place(value: &str) -> Result<Option<GoldPlace>, Problem> {
    if value == "-" || value == "?" {
        return Ok(None);
    }
    let spaced = value.replace('_', " ");
    let (name, country) = spaced.split_once('/').unwrap_or((&spaced, ""));
    let known = |part: &str| if part.is_empty() { None } else { Some(part.to_owned()) };
    let place = GoldPlace { name: known(name), country: known(country) };
    if place.name.is_none() && place.country.is_none() {
        return Err(Problem::Where(value.to_owned()));
    }
    Ok(Some(place))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_of_an_event() {
        let (number, facts) = read("@12 a=JPN.GOV+?.UAF r=SYR.- when=~ where=New_York/USA same=4", 7).unwrap();
        let code = |country: Option<&str>, sector: Option<&str>| PartyCode {
            country: country.map(str::to_owned),
            sector: sector.map(str::to_owned),
        };
        assert_eq!((number, facts.line, facts.when, facts.same.as_deref()), (12, 7, When::News, Some("4")));
        assert_eq!(facts.actors, [code(Some("JPN"), Some("GOV")), code(None, Some("UAF"))]);
        assert_eq!(facts.recipients, [code(Some("SYR"), None)]);
        let place = facts.place.unwrap();
        assert_eq!((place.name.as_deref(), place.country.as_deref()), (Some("New York"), Some("USA")));
    }

    #[test]
    fn what_is_left_out_cannot_be_told() {
        let (_, facts) = read("@1 a=- where=/SYR", 1).unwrap();
        assert!(facts.actors.is_empty() && facts.recipients.is_empty() && facts.when == When::Unknown);
        assert_eq!(facts.place.unwrap().name, None);
    }

    #[test]
    fn what_is_no_fact_is_named() {
        let problem = |line: &str| read(line, 1).unwrap_err();
        assert_eq!(problem("@1 a=JPN.GOV York"), Problem::Fact("York".to_owned()));
        assert_eq!(problem("@1 wher=Oslo/NOR"), Problem::Fact("wher=Oslo/NOR".to_owned()));
        assert_eq!(problem("@1x a=-"), Problem::Fact("@1x".to_owned()));
        assert_eq!(problem("@1 a="), Problem::Fact("a=".to_owned()));
        assert_eq!(problem("@1 a=Japan.GOV"), Problem::Code("Japan.GOV".to_owned()));
        assert_eq!(problem("@1 a=JPN"), Problem::Code("JPN".to_owned()));
        assert_eq!(problem("@1 when=Monday"), Problem::When("Monday".to_owned()));
        assert_eq!(problem("@1 where=/"), Problem::Where("/".to_owned()));
    }
}
