//! Lists: events by the form, stories by their words, actors by their names.

use std::sync::Arc;

use axum::extract::State;
use maud::{Markup, html};
use serde::Deserialize;

use super::form::form;
use super::frame::{self, name};
use super::overview::story_list;
use crate::asked::{Asked, From, Paging, address, segment};
use crate::desk::Desk;
use crate::problem::Problem;

pub async fn events(
    State(desk): State<Arc<Desk>>,
    From(asked): From<Asked>,
    From(paging): From<Paging>,
) -> Result<Markup, Problem> {
    let filter = asked.filter()?;
    let (after, limit) = (paging.after().map(str::to_owned), paging.limit()?);
    let page = desk.shelf.ask(move |archive| Ok(archive.page(&filter, after.as_deref(), limit)?)).await?;
    let here = asked.at("/events", &[]);
    let fields: Vec<(String, String)> =
        serde_urlencoded::from_str(here.split_once('?').map_or("", |(_, query)| query)).unwrap_or_default();
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    Ok(frame::page(
        "Events",
        "/events",
        html! {
            h1 { "Events" }
            (form("/events", &asked, &desk.summary().types))
            (frame::events(&page.items))
            (frame::more("/events", &fields, page.next.as_deref()))
            (frame::downloads(&[
                ("CSV", asked.at("/api/v1/events", &[("format", "csv"), ("limit", "1000")])),
                ("JSON", asked.at("/api/v1/events", &[("limit", "1000")])),
                ("Arrow", asked.at("/api/v1/events", &[("format", "arrow"), ("limit", "1000")])),
            ]))
            p { a href=(asked.at("/map", &[])) { "On the map" } }
        },
    ))
}

#[derive(Deserialize)]
pub struct Words {
    text: Option<String>,
}

pub async fn stories(
    State(desk): State<Arc<Desk>>,
    From(words): From<Words>,
    From(paging): From<Paging>,
) -> Result<Markup, Problem> {
    let text = words.text.filter(|text| !text.trim().is_empty());
    let (after, limit, asked) = (paging.after().map(str::to_owned), paging.limit()?, text.clone());
    let page =
        desk.shelf.ask(move |archive| Ok(archive.stories_page(asked.as_deref(), after.as_deref(), limit)?)).await?;
    let fields: Vec<(&str, &str)> = text.iter().map(|text| ("text", text.as_str())).collect();
    Ok(frame::page(
        "Stories",
        "/stories",
        html! {
            h1 { "Stories" }
            form.inline action="/stories" {
                label { "Words " input type="search" name="text" value=(text.as_deref().unwrap_or("")); }
                button { "Find" }
            }
            (story_list(&page.items))
            (frame::more("/stories", &fields, page.next.as_deref()))
            (frame::downloads(&[
                ("CSV", address("/api/v1/stories", &[&fields[..], &[("format", "csv"), ("limit", "1000")]].concat())),
                ("JSON", address("/api/v1/stories", &[&fields[..], &[("limit", "1000")]].concat())),
            ]))
        },
    ))
}

#[derive(Deserialize)]
pub struct Like {
    name: Option<String>,
}

/// Actors that are shown.
const ACTORS: usize = 200;

pub async fn actors(State(desk): State<Arc<Desk>>, From(like): From<Like>) -> Result<Markup, Problem> {
    let text = like.name.unwrap_or_default().trim().to_owned();
    let found = if text.is_empty() {
        desk.summary().actors.clone()
    } else {
        let asked = text.clone();
        desk.shelf.ask(move |archive| Ok(archive.actors(&asked, ACTORS)?)).await?
    };
    Ok(frame::page(
        "Actors",
        "/actors",
        html! {
            h1 { "Actors" }
            form.inline action="/actors" {
                label { "Name " input type="search" name="name" value=(text); }
                button { "Find" }
            }
            @if text.is_empty() { p { "Those that most is told of." } }
            table.pairs {
                thead { tr { th scope="col" { "Name" } th scope="col" { "Country" } th scope="col" { "Sectors" } th scope="col" { "Events" } } }
                tbody {
                    @for actor in &found {
                        tr {
                            td { a href=(format!("/actor/{}", segment(&actor.name))) { (name(&actor.name)) } }
                            td { (actor.country.as_deref().unwrap_or("")) }
                            td { (actor.sectors) }
                            td.number { (actor.events) }
                        }
                    }
                }
            }
            (frame::downloads(&[
                ("CSV", address("/api/v1/actors", &[("name", &text), ("format", "csv")])),
                ("JSON", address("/api/v1/actors", &[("name", &text)])),
            ]))
        },
    ))
}
