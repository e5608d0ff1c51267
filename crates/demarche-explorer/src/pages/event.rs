//! An event, and all the stories that tell of it.

use std::sync::Arc;

use axum::extract::{Path, State};
use demarche_marks::clean;
use maud::{Markup, html};

use super::frame::{self, name};
use super::overview;
use super::story::{details, why};
use crate::desk::Desk;
use crate::problem::Problem;

pub async fn page(State(desk): State<Arc<Desk>>, Path(id): Path<i64>) -> Result<Markup, Problem> {
    let (event, kept, (tellings, links)) = desk
        .shelf
        .ask(move |archive| {
            let missing = || Problem::missing("this event");
            let event = archive.event(id)?.ok_or_else(missing)?;
            let kept = archive.kept(event.story_id)?.ok_or_else(missing)?;
            let tellings = archive.tellings(event.occurrence)?;
            Ok((event, kept, tellings))
        })
        .await?;
    let index = kept
        .record
        .events
        .iter()
        .position(|one| one.id == event.number)
        .ok_or_else(|| Problem::missing("this event"))?;
    let why = why(&desk, &kept, index).await?;
    let record = &kept.record.events[index];
    let title = format!("{} {}", event.kind, event.from.as_deref().unwrap_or(""));
    let others: Vec<_> = tellings.iter().filter(|other| other.id != id).cloned().collect();
    let story = overview::line_of(&kept);
    Ok(frame::page(
        &title,
        "/events",
        html! {
            h1 { (frame::badge(&event.kind, event.mode.as_deref(), event.quad)) " " span.status { (event.status) } }
            p.dyad { (frame::dyad(&event)) " " (frame::days(event.from.as_deref(), event.to.as_deref())) }
            blockquote { (name(&event.quotation)) }
            p { "In " (story) ", " a href=(format!("/story/{}?event={}#{}", kept.id, record.id, record.id)) { "marked in its words" } }
            (details(&kept, record, why.as_ref()))
            section {
                h2 { "Told by " (event.stories) @if event.stories == 1 { " story" } @else { " stories" } " of " (event.sources) @if event.sources == 1 { " source" } @else { " sources" } }
                @if others.is_empty() { p.none { "No other story of the archive tells of it." } }
                @else { (frame::events(&others)) }
                @if !links.is_empty() {
                    h3 { "Why they are taken for one" }
                    ul {
                        @for link in &links {
                            li {
                                a href=(format!("/event/{}", link.between.0)) { (link.between.0) } " and " a href=(format!("/event/{}", link.between.1)) { (link.between.1) }
                                ": " (clean(&link.why)) " " small.tag { (format!("{:.2}", link.likeness)) }
                            }
                        }
                    }
                }
            }
        },
    ))
}
