//! Answers for programs, under `/api/v1`: what the pages show, as JSON, CSV or an Arrow stream, and stories coded on request.

mod answers;
mod code;
mod document;
mod events;
mod read;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};

use crate::desk::Desk;
use crate::problem::Problem;

pub fn router() -> Router<Arc<Desk>> {
    Router::new()
        .route("/summary", get(read::summary))
        .route("/events", get(events::list))
        .route("/events/{id}", get(events::one))
        .route("/stories", get(read::stories))
        .route("/stories/{id}", get(read::story))
        .route("/stories/{id}/explain", get(read::explain))
        .route("/actors", get(read::actors))
        .route("/actors/{name}", get(read::actor))
        .route("/timeline", get(read::timeline))
        .route("/map", get(events::map))
        .route("/dossier/{one}/{other}", get(read::dossier))
        .route("/code", post(code::code))
        .route("/openapi.json", get(document::openapi))
        .fallback(async || {
            Problem::new(axum::http::StatusCode::NOT_FOUND, "there is no such answer; /api/v1/openapi.json lists them")
        })
}
