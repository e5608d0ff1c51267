//! Style, script and the outlines of the world, compiled in.

use axum::Router;
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use axum::routing::get;

const STYLE: &str = include_str!("../assets/style.css");
const SCRIPT: &str = include_str!("../assets/live.js");
const WORLD: &str = include_str!("../assets/world.txt");
const ICON: &str = include_str!("../assets/icon.svg");

/// Land, and the borders in it, each as the `d` of an SVG path in the units of [`crate::charts::world::project`].
pub fn world() -> (&'static str, &'static str) {
    let mut lines = WORLD.lines();
    (lines.next().unwrap_or(""), lines.next().unwrap_or(""))
}

fn asset(kind: &'static str, text: impl IntoResponse) -> impl IntoResponse {
    let kept = HeaderValue::from_static("public, max-age=3600");
    ([(header::CONTENT_TYPE, HeaderValue::from_static(kind)), (header::CACHE_CONTROL, kept)], text)
}

pub fn router() -> Router {
    Router::new()
        .route(
            "/assets/style.css",
            get(async || asset("text/css; charset=utf-8", [demarche_marks::STYLE, STYLE].concat())),
        )
        .route("/assets/live.js", get(async || asset("text/javascript; charset=utf-8", SCRIPT)))
        .route("/assets/icon.svg", get(async || asset("image/svg+xml", ICON)))
        .route("/favicon.ico", get(async || asset("image/svg+xml", ICON)))
}
