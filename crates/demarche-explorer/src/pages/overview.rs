//! The archive at a glance.

use std::sync::Arc;

use axum::extract::State;
use demarche_archive::{Filter, KeptStory, Step, StoredStory, Summary};
use demarche_marks::clean;
use maud::{Markup, html};
use serde::Deserialize;

use super::form::form;
use super::frame::{self, name};
use crate::asked::{Asked, From, address, day};
use crate::charts::volume;
use crate::desk::Desk;
use crate::problem::Problem;

/// Latest events that are shown.
const LATEST: usize = 12;

#[derive(Deserialize)]
pub struct Since {
    /// What is new since this day of publication.
    new: Option<String>,
}

pub async fn page(State(desk): State<Arc<Desk>>, From(since): From<Since>) -> Result<Markup, Problem> {
    let summary = desk.summary();
    let last = summary.published.as_ref().map(|(_, last)| last.clone());
    let new = since.new.filter(|day| !day.is_empty()).map(|text| day("new", &text)).transpose()?;
    let new = new.or_else(|| last.clone());
    let filter = Filter { until: last, no_historic: true, linked: true, ..Filter::default() };
    let asked = new.clone();
    let (latest, stories) = desk
        .shelf
        .ask(move |archive| {
            let latest = archive.page(&filter, None, LATEST)?.items;
            let stories = archive.stories_page(None, None, 100)?.items;
            let fresh = |story: &StoredStory| story.date.is_some() && story.date >= asked;
            Ok((latest, stories.into_iter().filter(fresh).collect::<Vec<_>>()))
        })
        .await?;
    let events = |from: &str, to: &str| address("/events", &[("since", from), ("until", to), ("historic", "no")]);
    let chart = volume::chart("Events of the archive", &summary.months, Step::Month, &[], &events);
    Ok(frame::page(
        "Overview",
        "/",
        html! {
            h1 { "What is told" }
            @if desk.is_counted() { (figures(&summary)) }
            @else { p.figures role="status" { "The archive is being counted: look again in a moment." } }
            (form("/events", &Asked::default(), &summary.types))
            section {
                h2 { "Over time" }
                div.scroll { (chart) }
                (volume::legend(false))
                (frame::downloads(&[
                    ("SVG", address("/volume.svg", &[("historic", "no")])),
                    ("CSV", address("/api/v1/timeline", &[("historic", "no"), ("format", "csv")])),
                    ("JSON", address("/api/v1/timeline", &[("historic", "no")])),
                ]))
            }
            div.columns {
                section {
                    h2 { "Between states" }
                    (pairs(&desk, &summary))
                    (frame::downloads(&[("JSON", "/api/v1/summary".to_owned())]))
                }
                section {
                    h2 { "Who" }
                    ol.actors {
                        @for actor in summary.actors.iter().take(15) {
                            li {
                                a href=(format!("/actor/{}", crate::asked::segment(&actor.name))) { (name(&actor.name)) }
                                @if let Some(country) = &actor.country { " " span.code { (country) } }
                                " " span.count { (actor.events) }
                            }
                        }
                    }
                    p { a href="/actors" { "All actors" } }
                }
            }
            section {
                h2 { "Latest events" }
                (frame::events(&latest))
                p { a href="/events" { "All events" } }
            }
            section #new {
                h2 { "New stories" }
                form.inline action="/#new" {
                    label { "Published since " input type="date" name="new" value=(new.as_deref().unwrap_or("")); }
                    button { "Show" }
                }
                (story_list(&stories))
            }
        },
    ))
}

fn figures(summary: &Summary) -> Markup {
    let copies = summary.carriers - summary.stories;
    html! {
        p.figures {
            strong { (summary.events) } " events in " strong { (summary.stories) } " stories"
            @if copies > 0 { ", " strong { (copies) } " reprints of them known" }
            @if let Some((from, to)) = &summary.published { ", published from " time { (from) } " to " time { (to) } }
            "."
        }
    }
}

fn pairs(desk: &Desk, summary: &Summary) -> Markup {
    let state = |code: &str| desk.state(code);
    html! {
        table.pairs {
            thead { tr { th scope="col" { "Pair" } th scope="col" { "Events" } th scope="col" { "Mean score" } } }
            tbody {
                @for pair in summary.pairs.iter().take(15) {
                    @let (one, other) = &pair.states;
                    tr {
                        td { a href=(format!("/pair/{one}/{other}")) { (state(one)) " and " (state(other)) } }
                        td.number { (pair.events) }
                        td.number { (format!("{:+.1}", pair.score)) }
                    }
                }
            }
        }
    }
}

/// Stories, a line each.
pub fn story_list(stories: &[StoredStory]) -> Markup {
    html! {
        @if stories.is_empty() { p.none { "No stories." } }
        ul.stories {
            @for story in stories {
                li {
                    @if let Some(date) = &story.date { time { (date) } " " }
                    a href=(format!("/story/{}", story.id)) { bdi { (clean(story.title.as_deref().unwrap_or(&story.name))) } }
                    " " span.count { (story.events) " events" }
                    @if story.carriers > 1 { " " small.tag { (story.carriers) " carriers" } }
                }
            }
        }
    }
}

/// A story in one line.
pub fn line_of(kept: &KeptStory) -> Markup {
    let story = &kept.record.story;
    html! {
        a href=(format!("/story/{}", kept.id)) { (name(story.title.as_deref().unwrap_or(&story.id))) }
        @if let Some(date) = &story.date { " of " time { (date) } }
    }
}
