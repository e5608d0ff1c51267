//! Events on the map.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;

use super::form::form;
use super::frame;
use crate::asked::{Asked, From};
use crate::charts::volume;
use crate::charts::world::{self, CLOSEST, Claim, View};
use crate::desk::Desk;
use crate::problem::Problem;

/// The latest events of a filter that are drawn.
const MOST: usize = 10_000;

#[derive(Clone, Copy, Deserialize)]
pub struct Seen {
    lat: Option<f64>,
    lon: Option<f64>,
    zoom: Option<f64>,
}

impl Seen {
    fn view(self) -> Result<View, Problem> {
        let within = |name: &str, value: Option<f64>, usual: f64, least: f64, most: f64| match value {
            None => Ok(usual),
            Some(value) if (least..=most).contains(&value) => Ok(value),
            Some(_) => Err(Problem::wrong(format!("{name}: a number from {least} to {most}"))),
        };
        Ok(View {
            lat: within("lat", self.lat, 10.0, -90.0, 90.0)?,
            lon: within("lon", self.lon, 10.0, -180.0, 180.0)?,
            zoom: within("zoom", self.zoom, 1.0, 1.0, CLOSEST)?,
        })
    }
}

/// Places that are claimed by more than one.
fn claims(desk: &Desk) -> Vec<Claim> {
    let claim = |place: &demarche::place::Place| {
        let disputed = place.disputed.as_ref()?;
        let names = disputed.names.iter().map(|(name, by)| ((*name).to_owned(), by.map(str::to_owned))).collect();
        let claimants = disputed.claimants.iter().map(|code| desk.state(code)).collect();
        Some(Claim { lat: f64::from(place.lat), lon: f64::from(place.lon), names, claimants })
    };
    desk.gazetteer.disputed_places().filter_map(claim).collect()
}

async fn drawn(desk: &Desk, asked: &Asked, view: View) -> Result<(Markup, usize), Problem> {
    let filter = asked.filter()?;
    let events = desk.shelf.ask(move |archive| Ok(archive.located(&filter, MOST)?)).await?;
    let link = |place: &str| {
        let asked = Asked { place: None, ..asked.clone() };
        asked.at("/events", &[("place", place)])
    };
    Ok((world::map(view, &world::clusters(&events, view.zoom), &claims(desk), &link), events.len()))
}

pub async fn image(
    State(desk): State<Arc<Desk>>,
    From(asked): From<Asked>,
    From(seen): From<Seen>,
) -> Result<Response, Problem> {
    Ok(super::svg(drawn(&desk, &asked, seen.view()?).await?.0, "map"))
}

pub async fn page(
    State(desk): State<Arc<Desk>>,
    From(asked): From<Asked>,
    From(seen): From<Seen>,
) -> Result<Markup, Problem> {
    let view = seen.view()?;
    let (map, events) = drawn(&desk, &asked, view).await?;
    let at = |lat: f64, lon: f64, zoom: f64| {
        let (lat, lon, zoom) = (lat.clamp(-80.0, 80.0), lon.clamp(-180.0, 180.0), zoom.clamp(1.0, CLOSEST));
        asked.at(
            "/map",
            &[("lat", &format!("{lat:.1}")), ("lon", &format!("{lon:.1}")), ("zoom", &format!("{zoom:.1}"))],
        )
    };
    let View { lat, lon, zoom } = view;
    let step = 40.0 / zoom;
    let ways = [
        ("+", "Closer", at(lat, lon, zoom * 2.0)),
        ("−", "Farther", at(lat, lon, zoom / 2.0)),
        ("←", "West", at(lat, lon - step, zoom)),
        ("→", "East", at(lat, lon + step, zoom)),
        ("↑", "North", at(lat + step / 2.0, lon, zoom)),
        ("↓", "South", at(lat - step / 2.0, lon, zoom)),
    ];
    Ok(frame::page(
        "Map",
        "/map",
        html! {
            h1 { "Where" }
            (form("/map", &asked, &desk.summary().types))
            div.world #map data-lat=(lat) data-lon=(lon) data-zoom=(zoom) {
                (map)
                div.ways role="group" aria-label="Move the map" {
                    @for (sign, name, url) in ways { a href=(url) aria-label=(name) title=(name) { (sign) } }
                }
            }
            (volume::legend(false))
            p {
                @if events == MOST { "The latest " (MOST) " events that have a place. " } @else { (events) " events have a place. " }
                "Dashed diamonds are places that more than one state claims, under all their names. Outlines: Natural Earth."
            }
            (frame::downloads(&[
                ("SVG", asked.at("/map.svg", &[("lat", &lat.to_string()), ("lon", &lon.to_string()), ("zoom", &zoom.to_string())])),
                ("CSV of the events", asked.at("/api/v1/events", &[("format", "csv"), ("limit", "1000")])),
            ]))
        },
    ))
}
