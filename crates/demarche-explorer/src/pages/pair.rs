//! Two states: how much and how good, their meetings and documents on the same axis, and where talks stand.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;
use demarche_archive::{Bucket, Filter, Step};
use demarche_marks::clean;
use maud::{Markup, html};
use serde::Deserialize;

use super::dossier::{self, Gathered, Stretch, gather};
use super::frame;
use crate::asked::{From, address};
use crate::charts::volume::{self, Mark};
use crate::desk::Desk;
use crate::problem::Problem;

/// Latest events that are shown.
const LATEST: usize = 20;

/// By what events are counted.
#[derive(Deserialize)]
pub struct By {
    pub by: Option<String>,
}

/// By what events are counted: day, month or year.
pub fn step(by: Option<&str>) -> Result<Step, Problem> {
    match by {
        Some("day") => Ok(Step::Day),
        None | Some("" | "month") => Ok(Step::Month),
        Some("year") => Ok(Step::Year),
        Some(_) => Err(Problem::wrong("by: day, month or year")),
    }
}

fn filter(pair: &[String; 2]) -> Filter {
    Filter { between: pair.to_vec(), no_historic: true, ..Filter::default() }
}

/// Meetings and documents with a day, for the axis.
fn marks(gathered: &Gathered) -> Vec<Mark> {
    let dossier = &gathered.dossier;
    let meetings = dossier.meetings.iter().filter_map(|meeting| {
        let (day, _) = meeting.day.clone()?;
        let place = meeting.place.as_ref().map_or_else(String::new, |place| format!(" in {place}"));
        let title = format!("{day}: {}{place}, {}", meeting.kind, meeting.status);
        let link = meeting.cites.first().and_then(|cite| gathered.link(cite)).unwrap_or_else(|| "#meetings".to_owned());
        Some(Mark { day, title: clean(&title), link, meeting: true })
    });
    let documents = dossier.documents.iter().flat_map(|document| {
        document.stages.iter().filter_map(|stage| {
            let day = stage.cite.date.clone()?;
            let title = format!("{day}: {}, {}", document.name, stage.stage);
            let link = gathered.link(&stage.cite).unwrap_or_else(|| "#documents".to_owned());
            Some(Mark { day, title: clean(&title), link, meeting: false })
        })
    });
    meetings.chain(documents).collect()
}

async fn series(desk: &Desk, pair: &[String; 2], step: Step) -> Result<Vec<Bucket>, Problem> {
    let filter = filter(pair);
    desk.shelf.ask(move |archive| Ok(archive.series(&filter, step)?)).await
}

fn link(pair: &[String; 2]) -> impl Fn(&str, &str) -> String {
    let between = pair.join(",");
    move |from, to| address("/events", &[("between", &between), ("since", from), ("until", to), ("historic", "no")])
}

pub async fn image(
    State(desk): State<Arc<Desk>>,
    Path((one, other)): Path<(String, String)>,
    From(by): From<By>,
) -> Result<Response, Problem> {
    let pair = dossier::pair(&one, &other)?;
    let step = step(by.by.as_deref())?;
    let series = series(&desk, &pair, step).await?;
    let gathered = gather(&desk, pair.clone(), &Stretch::default()).await?;
    let title = pair.join(" and ");
    Ok(super::svg(volume::chart(&title, &series, step, &marks(&gathered), &link(&pair)), &pair.join("-")))
}

pub async fn page(
    State(desk): State<Arc<Desk>>,
    Path((one, other)): Path<(String, String)>,
    From(by): From<By>,
) -> Result<Markup, Problem> {
    let pair = dossier::pair(&one, &other)?;
    let step = step(by.by.as_deref())?;
    let series = series(&desk, &pair, step).await?;
    let gathered = gather(&desk, pair.clone(), &Stretch::default()).await?;
    let latest = Filter { until: desk.summary().published.as_ref().map(|(_, last)| last.clone()), ..filter(&pair) };
    let latest = desk.shelf.ask(move |archive| Ok(archive.page(&latest, None, LATEST)?)).await?;
    let [a, b] = &pair;
    let name = |code: &str| desk.state(code);
    let title = format!("{} and {}", name(a), name(b));
    let between = pair.join(",");
    let here = format!("/pair/{a}/{b}");
    let stepped: Vec<(&str, &str)> = by.by.iter().map(|by| ("by", by.as_str())).collect();
    let counted = [&[("between", between.as_str()), ("historic", "no")], &stepped[..]].concat();
    let events: i64 = series.iter().map(Bucket::events).sum();
    let score = series.iter().map(|bucket| bucket.score * bucket.events() as f64).sum::<f64>() / events.max(1) as f64;
    Ok(frame::page(
        &title,
        "",
        html! {
            h1 { (title) }
            p.figures { strong { (events) } " events, mean score " strong { (format!("{score:+.1}")) } }
            section {
                h2 { "Over time" }
                p.steps {
                    @for by in ["day", "month", "year"] {
                        a href=(address(&here, &[("by", by)])) { "by " (by) } " "
                    }
                }
                div.scroll { (volume::chart(&title, &series, step, &marks(&gathered), &link(&pair))) }
                (volume::legend(true))
                (frame::downloads(&[
                    ("SVG", address(&format!("{here}/volume.svg"), &stepped)),
                    ("CSV", address("/api/v1/timeline", &[&counted[..], &[("format", "csv")]].concat())),
                    ("JSON", address("/api/v1/timeline", &counted)),
                ]))
            }
            section {
                h2 { "Where talks stand" }
                p { a href=(format!("/dossier/{a}/{b}")) { "As a page of its own" } }
                (dossier::show(&desk, &gathered))
            }
            section {
                h2 { "Latest events" }
                (frame::events(&latest.items))
                p { a href=(address("/events", &[("between", &between)])) { "All events of the two" } }
            }
        },
    ))
}
