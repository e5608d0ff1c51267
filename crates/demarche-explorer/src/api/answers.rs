//! How answers are written.

use axum::extract::FromRequestParts;
use axum::extract::path::Path;
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::problem::Problem;

/// In what format.
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct As {
    /// json, csv or arrow, where the answer can be had so; json where not given.
    pub format: Option<String>,
}

impl As {
    /// The format, one of those that there are.
    pub fn one_of(&self, all: &[&'static str]) -> Result<&'static str, Problem> {
        let asked = self.format.as_deref().filter(|format| !format.is_empty()).unwrap_or(all[0]);
        let found = all.iter().find(|format| **format == asked);
        found.copied().ok_or_else(|| Problem::wrong(format!("format: one of {}", all.join(", "))))
    }
}

pub fn json<T: Serialize>(answer: &T) -> Result<Response, Problem> {
    let text = serde_json::to_string(answer)?;
    Ok(([(CONTENT_TYPE, "application/json")], text).into_response())
}

/// Lines of cells with a header, to be kept as a file. The cursor of what follows is in the header `next-cursor`.
pub fn csv(name: &str, header: &[&str], rows: impl Iterator<Item = Vec<String>>) -> Result<Response, Problem> {
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(header).map_err(|error| Problem::fault(&error))?;
    for row in rows {
        let plain: Vec<String> = row.into_iter().map(|cell| harmless(&cell)).collect();
        out.write_record(&plain).map_err(|error| Problem::fault(&error))?;
    }
    let bytes = out.into_inner().map_err(|error| Problem::fault(&error))?;
    Ok(file("text/csv; charset=utf-8", &format!("{name}.csv"), bytes))
}

/// Says where a list goes on, in a header.
pub fn follow(answer: &mut Response, next: Option<&str>) {
    if let Some(next) = next.and_then(|next| HeaderValue::from_str(next).ok()) {
        answer.headers_mut().insert("next-cursor", next);
    }
}

/// A spreadsheet takes a cell that begins with one of these signs for a formula; a number is none.
fn harmless(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@']) && cell.parse::<f64>().is_err();
    if formula { format!("'{cell}") } else { cell.to_owned() }
}

pub fn file(kind: &str, name: &str, bytes: Vec<u8>) -> Response {
    let named = format!("attachment; filename=\"{name}\"");
    ([(CONTENT_TYPE, kind.to_owned()), (CONTENT_DISPOSITION, named)], bytes).into_response()
}

/// Parts of a path.
pub struct At<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for At<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let found = Path::<T>::from_request_parts(parts, state).await;
        found
            .map(|Path(part)| Self(part))
            .map_err(|_| Problem::wrong("the address is not as it should be: a number or a name is wrong"))
    }
}
