//! What a request asks for, in its address: the same form for pages and for the API.

use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use demarche::voice::Status;
use demarche_archive::Filter;
use jiff::civil::Date;
use serde::Deserialize;

use crate::problem::Problem;

/// Parameters of a list of events. Those that are empty are not asked.
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Asked {
    /// States that must all take part, by ISO 3166-1 alpha-3 with commas between them.
    pub between: Option<String>,
    /// A party: part of its name, its country's three letters or a PLOVER sector.
    pub actor: Option<String>,
    /// A party by its whole name.
    pub named: Option<String>,
    /// PLOVER type.
    #[serde(rename = "type")]
    #[param(rename = "type")]
    pub kind: Option<String>,
    /// happened, ongoing, planned, proposed, demanded, threatened, conditional, possible, denied or failed.
    pub status: Option<String>,
    /// Not over before this day, YYYY-MM-DD.
    pub since: Option<String>,
    /// Not begun after this day, YYYY-MM-DD.
    pub until: Option<String>,
    /// Part of the place's name, or its country's three letters.
    pub place: Option<String>,
    /// Words of the story, all of them; with operators, quotation marks or stars in the syntax of SQLite's FTS5.
    pub text: Option<String>,
    /// `no` leaves out what stories look back on.
    pub historic: Option<String>,
    /// `yes` gives what several stories tell of once.
    pub linked: Option<String>,
}

/// An empty field of a form asks nothing.
fn given(field: &Option<String>) -> Option<&str> {
    field.as_deref().map(str::trim).filter(|text| !text.is_empty())
}

/// A day as the archive has it.
pub fn day(name: &str, text: &str) -> Result<String, Problem> {
    let day: Result<Date, _> = text.parse();
    day.map(|day| day.to_string()).map_err(|_| Problem::wrong(format!("{name}: {text:?} is no day: write YYYY-MM-DD")))
}

/// A state's three letters.
pub fn state(text: &str) -> Result<String, Problem> {
    let code = text.trim().to_uppercase();
    let fits = code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase());
    if fits { Ok(code) } else { Err(Problem::wrong(format!("{text:?} is no state: write three letters, as JPN"))) }
}

/// A status of the record's schema.
fn status(text: &str) -> Result<String, Problem> {
    let known = || Status::ALL.iter().map(|status| status.code()).collect::<Vec<_>>().join(", ");
    let found = Status::of(text).map(|status| status.code().to_owned());
    found.ok_or_else(|| Problem::wrong(format!("status: {text:?} is none; there are {}", known())))
}

fn flag(name: &str, field: &Option<String>, on: &str) -> Result<bool, Problem> {
    match given(field) {
        None => Ok(false),
        Some(text) if text == on => Ok(true),
        Some("yes" | "no") => Ok(false),
        Some(text) => Err(Problem::wrong(format!("{name}: {text:?} is neither yes nor no"))),
    }
}

impl Asked {
    /// As the archive is asked.
    pub fn filter(&self) -> Result<Filter, Problem> {
        let owned = |field| given(field).map(str::to_owned);
        let between = given(&self.between).map_or_else(Vec::new, |codes| codes.split(',').map(state).collect());
        Ok(Filter {
            between: between.into_iter().collect::<Result<_, _>>()?,
            actor: owned(&self.actor),
            named: owned(&self.named),
            kind: owned(&self.kind),
            status: given(&self.status).map(status).transpose()?,
            since: given(&self.since).map(|text| day("since", text)).transpose()?,
            until: given(&self.until).map(|text| day("until", text)).transpose()?,
            place: owned(&self.place),
            text: owned(&self.text),
            no_historic: flag("historic", &self.historic, "no")?,
            linked: flag("linked", &self.linked, "yes")?,
        })
    }

    /// Name and value of what is asked.
    fn fields(&self) -> Vec<(&'static str, &str)> {
        let all = [
            ("between", &self.between),
            ("actor", &self.actor),
            ("named", &self.named),
            ("type", &self.kind),
            ("status", &self.status),
            ("since", &self.since),
            ("until", &self.until),
            ("place", &self.place),
            ("text", &self.text),
            ("historic", &self.historic),
            ("linked", &self.linked),
        ];
        all.into_iter().filter_map(|(name, field)| Some((name, given(field)?))).collect()
    }

    /// Whether anything is asked.
    pub fn is_empty(&self) -> bool {
        self.fields().is_empty()
    }

    /// The address of a view of what is asked, with more parameters.
    pub fn at(&self, path: &str, more: &[(&str, &str)]) -> String {
        let fields: Vec<_> = self.fields().into_iter().chain(more.iter().copied()).collect();
        address(path, &fields)
    }
}

/// An address with parameters.
pub fn address(path: &str, fields: &[(&str, &str)]) -> String {
    let query = serde_urlencoded::to_string(fields).unwrap_or_default();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

/// A part of a path, encoded.
pub fn segment(text: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-_.~".contains(&b);
    text.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

/// The parameters of a request, with a problem in this program's words where they cannot be read.
pub struct From<T>(pub T);

impl<T: serde::de::DeserializeOwned, S: Sync> FromRequestParts<S> for From<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let read = Query::<T>::try_from_uri(&parts.uri);
        read.map(|Query(asked)| Self(asked)).map_err(|error| Problem::wrong(error.body_text()))
    }
}

/// The rest of a list.
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Paging {
    /// The cursor that the page before gave as `next`.
    pub after: Option<String>,
    /// At most so many, 1 to 1000; 50 where not given.
    #[param(minimum = 1, maximum = 1000)]
    pub limit: Option<usize>,
}

impl Paging {
    pub fn after(&self) -> Option<&str> {
        given(&self.after)
    }

    pub fn limit(&self) -> Result<usize, Problem> {
        let limit = self.limit.unwrap_or(50);
        if (1..=1000).contains(&limit) { Ok(limit) } else { Err(Problem::wrong("limit: a number from 1 to 1000")) }
    }
}
