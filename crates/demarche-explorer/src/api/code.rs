//! A story in, its record out.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::Response;
use demarche::story::{Fields, Intake};
use schemars::JsonSchema;
use serde::Deserialize;

use super::answers::json;
use crate::desk::Desk;
use crate::problem::Problem;

/// A story to be coded.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ToCode {
    /// The body.
    #[schemars(length(min = 1))]
    text: String,
    /// Its identifier.
    id: Option<String>,
    /// Headline.
    title: Option<String>,
    /// Day of publication, YYYY-MM-DD; dates that are counted from it stay open without it.
    date: Option<String>,
    /// Publisher.
    publisher: Option<String>,
    /// Address of the original.
    url: Option<String>,
}

/// The record of a story, which is not kept.
#[utoipa::path(post, path = "/api/v1/code", responses(
    (status = 200, description = "The record, as `demarche schema` describes it"),
    (status = 413, description = "Longer than 1 MiB"),
    (status = 415, description = "No JSON"),
    (status = 422, description = "No text, or a day that is none"),
))]
pub async fn code(
    State(desk): State<Arc<Desk>>,
    headers: axum::http::HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or("");
    if !kind.split(';').next().unwrap_or("").trim().eq_ignore_ascii_case("application/json") {
        return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "send the story as application/json"));
    }
    let unfit = |detail: String| Problem::new(StatusCode::UNPROCESSABLE_ENTITY, detail);
    let asked: ToCode =
        serde_json::from_slice(&body).map_err(|error| unfit(format!("the story cannot be read: {error}")))?;
    let mut fields = Fields::default();
    let given = [
        ("text", Some(asked.text)),
        ("id", asked.id),
        ("title", asked.title),
        ("date", asked.date),
        ("publisher", asked.publisher),
        ("url", asked.url),
    ];
    for (name, value) in given {
        if let Some(value) = value {
            fields.set(name, &value);
        }
    }
    let intake: &Intake = &desk.intake;
    let story = intake.fields("story", 1, fields).map_err(|error| unfit(error.to_string()))?;
    json(&desk.code(story).await?)
}
