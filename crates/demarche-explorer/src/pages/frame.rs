//! What every page has around it, and small parts that many have.

use demarche_archive::{StoredEvent, StoredParty};
use demarche_marks::{QUADS, clean};
use maud::{DOCTYPE, Markup, html};

use crate::asked::{address, segment};

/// A page.
pub fn page(title: &str, here: &str, main: Markup) -> Markup {
    let links =
        [("/", "Overview"), ("/events", "Events"), ("/stories", "Stories"), ("/actors", "Actors"), ("/map", "Map")];
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (clean(title)) " · Demarche" }
                link rel="icon" href="/assets/icon.svg" type="image/svg+xml";
                link rel="stylesheet" href="/assets/style.css";
                script src="/assets/live.js" defer {}
            }
            body {
                a.skip href="#main" { "Skip to the content" }
                header.top {
                    a.brand href="/" { img src="/assets/icon.svg" alt="" width="28" height="28"; "Demarche" }
                    nav aria-label="Main" {
                        @for (path, name) in links {
                            a href=(path) aria-current=[(path == here).then_some("page")] { (name) }
                        }
                    }
                    form.find action="/events" role="search" {
                        input type="search" name="text" aria-label="Words of stories" placeholder="Words of stories";
                        button { "Find" }
                    }
                    button.theme type="button" hidden aria-label="Dark or light" { "◐" }
                }
                main #main tabindex="-1" { (main) }
                footer {
                    "Every event stands on the words it was coded from. "
                    a href="/api/v1/openapi.json" { "API" }
                }
            }
        }
    }
}

/// A name as it may stand in a page, apart from the direction of what is around it.
pub fn name(text: &str) -> Markup {
    html! { bdi { (clean(text)) } }
}

/// The address of an original, where it is one that a browser may open.
pub fn original(url: Option<&str>) -> Option<&str> {
    url.filter(|url| url.starts_with("https://") || url.starts_with("http://"))
}

pub fn actor_link(party: &StoredParty) -> Markup {
    html! {
        a.party href=(format!("/actor/{}", segment(&party.name))) { (name(&party.name)) }
        @if let Some(country) = &party.country { " " span.code { (country) } }
    }
}

pub fn parties(of: &[StoredParty]) -> Markup {
    html! {
        @for (i, party) in of.iter().enumerate() {
            @if i > 0 { ", " }
            (actor_link(party))
        }
    }
}

/// Who does it to whom; of a symmetric event, who take part.
pub fn dyad(event: &StoredEvent) -> Markup {
    html! {
        (parties(&event.actors))
        @if !event.recipients.is_empty() { span.arrow aria-label="to" { " → " } (parties(&event.recipients)) }
    }
}

/// The type in the color of its quad class.
pub fn badge(kind: &str, mode: Option<&str>, quad: i64) -> Markup {
    let quad = quad.clamp(1, 4) as usize;
    html! {
        span class=(format!("badge q{quad}")) title=(QUADS[quad - 1]) {
            (kind) @if let Some(mode) = mode { " " small { (mode) } }
        }
    }
}

/// First and last day.
pub fn days(from: Option<&str>, to: Option<&str>) -> Markup {
    html! {
        @match (from, to) {
            (Some(from), Some(to)) if from != to => { time datetime=(from) { (from) } " – " time datetime=(to) { (to) } }
            (Some(from), _) => time datetime=(from) { (from) },
            _ => span.none { "no day" },
        }
    }
}

/// Events as a table that becomes cards on a narrow screen.
pub fn events(list: &[StoredEvent]) -> Markup {
    html! {
        @if list.is_empty() { p.none { "No events." } }
        @else {
            div.scroll {
                table.events {
                    thead { tr { th scope="col" { "When" } th scope="col" { "What" } th scope="col" { "Who" } th scope="col" { "Words" } } }
                    tbody {
                        @for event in list {
                            tr {
                                td.when {
                                    (days(event.from.as_deref(), event.to.as_deref()))
                                    @if event.historic { " " small.tag { "history" } }
                                }
                                td {
                                    (badge(&event.kind, event.mode.as_deref(), event.quad))
                                    @if event.status != "happened" { " " span.status { (event.status) } }
                                }
                                td { (dyad(event)) }
                                td.words {
                                    a href=(format!("/event/{}", event.id)) { q { (name(&event.quotation)) } }
                                    @if let Some(place) = &event.place { " " span.place { "in " (name(place)) } }
                                    @if event.sources > 1 { " " small.tag { (event.sources) " sources" } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The way to the rest of a list.
pub fn more(path: &str, fields: &[(&str, &str)], next: Option<&str>) -> Markup {
    html! {
        @if let Some(next) = next {
            @let all: Vec<_> = fields.iter().copied().chain([("after", next)]).collect();
            p.more { a rel="next" href=(address(path, &all)) { "Earlier ones" } }
        }
    }
}

/// Ways to take a view along.
pub fn downloads(all: &[(&str, String)]) -> Markup {
    html! {
        p.downloads {
            "Take along: "
            @for (i, (name, url)) in all.iter().enumerate() {
                @if i > 0 { " · " }
                a href=(url) download { (name) }
            }
        }
    }
}
