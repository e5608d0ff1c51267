//! An actor: what is told of it, over time and with whom.

use std::sync::Arc;

use axum::extract::{Path, State};
use demarche_archive::{Filter, Step};
use demarche_marks::clean;
use maud::{Markup, html};

use super::frame::{self, name};
use crate::asked::{From, Paging, address, segment};
use crate::charts::volume;
use crate::desk::Desk;
use crate::problem::Problem;

/// The latest events that are drawn, and that counterparts are counted in.
const AMONG: usize = 5000;

pub async fn page(
    State(desk): State<Arc<Desk>>,
    Path(who): Path<String>,
    From(paging): From<Paging>,
) -> Result<Markup, Problem> {
    let (after, limit, asked) = (paging.after().map(str::to_owned), paging.limit()?, who.clone());
    let (line, with, series, events) = desk
        .shelf
        .ask(move |archive| {
            let line = archive.actor(&asked)?.ok_or_else(|| Problem::missing("this actor"))?;
            let mut filter = Filter { named: Some(asked.clone()), ..Filter::default() };
            let page = archive.page(&filter, after.as_deref(), limit)?;
            filter.no_historic = true;
            Ok((line, archive.counterparts(&asked, AMONG, 20)?, archive.series(&filter, Step::Month)?, page))
        })
        .await?;
    let here = format!("/actor/{}", segment(&who));
    let link = |from: &str, to: &str| {
        address("/events", &[("named", &who), ("since", from), ("until", to), ("historic", "no")])
    };
    let title = clean(&who);
    Ok(frame::page(
        &title,
        "/actors",
        html! {
            h1 { (name(&who)) }
            p.figures {
                @if let Some(country) = &line.country { (desk.state(country)) " " span.code { (country) } " " }
                @for sector in line.sectors.split(' ').filter(|s| !s.is_empty()) { span.tag { (sector) } " " }
                strong { (line.events) } " events"
            }
            section {
                h2 { "Over time" @if line.events > AMONG as i64 { " (the latest " (AMONG) " events)" } }
                div.scroll { (volume::chart(&title, &series, Step::Month, &[], &link)) }
                (volume::legend(false))
                (frame::downloads(&[
                    ("SVG", address("/volume.svg", &[("named", &who), ("historic", "no")])),
                    ("CSV", address("/api/v1/timeline", &[("named", &who), ("historic", "no"), ("format", "csv")])),
                    ("JSON", address("/api/v1/timeline", &[("named", &who), ("historic", "no")])),
                ]))
            }
            section {
                h2 { "With whom" }
                ul.actors {
                    @for other in &with {
                        li { a href=(format!("/actor/{}", segment(&other.name))) { (name(&other.name)) } " " span.count { (other.events) } }
                    }
                }
            }
            section {
                h2 { "Events" }
                (frame::events(&events.items))
                (frame::more(&here, &[], events.next.as_deref()))
            }
        },
    ))
}
