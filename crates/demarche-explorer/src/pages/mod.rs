//! Pages: HTML written on the server, complete without scripts.

mod actor;
pub mod dossier;
mod event;
mod form;
pub mod frame;
mod lists;
mod map;
mod overview;
mod pair;
mod story;

pub use pair::step;

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use demarche_marks::clean;
use maud::{Markup, html};

use crate::asked::{Asked, From};
use crate::desk::Desk;
use crate::problem::Problem;

pub fn router() -> Router<Arc<Desk>> {
    Router::new()
        .route("/", get(overview::page))
        .route("/events", get(lists::events))
        .route("/stories", get(lists::stories))
        .route("/actors", get(lists::actors))
        .route("/actor/{name}", get(actor::page))
        .route("/event/{id}", get(event::page))
        .route("/story/{id}", get(story::page))
        .route("/volume.svg", get(volume))
        .route("/map", get(map::page))
        .route("/map.svg", get(map::image))
        .route("/pair/{one}/{other}", get(pair::page))
        .route("/pair/{one}/{other}/volume.svg", get(pair::image))
        .route("/dossier/{one}/{other}", get(dossier::page))
}

/// Events of the form over time, as an image to be kept.
async fn volume(
    State(desk): State<Arc<Desk>>,
    From(asked): From<Asked>,
    From(by): From<pair::By>,
) -> Result<Response, Problem> {
    let (filter, step) = (asked.filter()?, step(by.by.as_deref())?);
    let series = desk.shelf.ask(move |archive| Ok(archive.series(&filter, step)?)).await?;
    let link = |from: &str, to: &str| {
        let asked = Asked { since: Some(from.to_owned()), until: Some(to.to_owned()), ..asked.clone() };
        asked.at("/events", &[])
    };
    Ok(svg(crate::charts::volume::chart("Events", &series, step, &[], &link), "volume"))
}

/// A page that says what went wrong.
pub fn problem(problem: &Problem) -> Markup {
    frame::page(
        &problem.title,
        "",
        html! {
            h1 { (problem.title) }
            p { (clean(&problem.detail)) }
            p { a href="/" { "To the overview" } }
        },
    )
}

/// The page that asks for the token.
pub fn login(wrong: bool) -> Markup {
    frame::page(
        "Log in",
        "",
        html! {
            h1 { "Log in" }
            @if wrong { p role="alert" { "That is not the token." } }
            form.login method="post" action="/login" {
                label { "Token" input type="password" name="token" required autocomplete="current-password"; }
                button { "Go on" }
            }
        },
    )
}

/// What is not there.
pub async fn missing() -> Response {
    Problem::new(StatusCode::NOT_FOUND, "there is no such page").into_response()
}

/// An SVG image to be kept.
fn svg(image: Markup, name: &str) -> Response {
    use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
    let named = format!("attachment; filename=\"{name}.svg\"");
    ([(CONTENT_TYPE, "image/svg+xml".to_owned()), (CONTENT_DISPOSITION, named)], image.into_string()).into_response()
}
