//! A story: its words with what was found in them, and why an event that is picked was coded.

use std::sync::Arc;

use axum::extract::{Path, State};
use demarche::Explanation;
use demarche::record::{ArgumentRecord, EventRecord, Record};
use demarche_archive::{Carrier, KeptStory};
use demarche_marks::{self as marks, clean};
use maud::{Markup, html};
use serde::Deserialize;

use super::frame::{self, name, original};
use crate::asked::{From, segment};
use crate::desk::Desk;
use crate::problem::Problem;

#[derive(Deserialize)]
pub struct Picked {
    /// The event's number in the record: `e1`.
    event: Option<String>,
    /// First character and one past the last of a sentence that another page cites: `120-214`.
    cited: Option<String>,
}

impl Picked {
    fn cited(&self) -> Result<Option<(usize, usize)>, Problem> {
        let Some(text) = &self.cited else { return Ok(None) };
        let ends = text.split_once('-').and_then(|(a, b)| Some((a.parse().ok()?, b.parse().ok()?)));
        ends.map(Some).ok_or_else(|| Problem::wrong("cited: two numbers of characters, as 120-214"))
    }
}

pub async fn page(
    State(desk): State<Arc<Desk>>,
    Path(id): Path<i64>,
    From(picked): From<Picked>,
) -> Result<Markup, Problem> {
    let (kept, carriers) = desk
        .shelf
        .ask(move |archive| {
            let kept = archive.kept(id)?.ok_or_else(|| Problem::missing("this story"))?;
            let carriers = archive.carriers_of(id)?;
            Ok((kept, carriers))
        })
        .await?;
    let cited = picked.cited()?;
    let event = match &picked.event {
        None => None,
        Some(number) => {
            let found = kept.record.events.iter().position(|event| event.id == *number);
            Some(found.ok_or_else(|| Problem::missing("this event"))?)
        }
    };
    let why = match event {
        Some(index) => why(&desk, &kept, index).await?,
        None => None,
    };
    Ok(show(&kept, &carriers, (event, cited), why.as_ref()))
}

/// Why an event was coded, where the program that did is this one.
pub async fn why(desk: &Desk, kept: &KeptStory, index: usize) -> Result<Option<Explanation>, Problem> {
    let Some(all) = desk.explain(kept).await? else { return Ok(None) };
    let same = |why: &&Explanation| why.kind == kept.record.events[index].kind;
    Ok(all.get(index).filter(same).cloned())
}

fn show(
    kept: &KeptStory,
    carriers: &[Carrier],
    (picked, cited): (Option<usize>, Option<(usize, usize)>),
    why: Option<&Explanation>,
) -> Markup {
    let (record, story) = (&kept.record, &kept.record.story);
    let title = clean(story.title.as_deref().unwrap_or(&story.id));
    let link = |event: &str| format!("/story/{}?event={}#{}", kept.id, segment(event), segment(event));
    let event = picked.map(|index| &record.events[index]);
    frame::page(
        &title,
        "/stories",
        html! {
            article.story #story {
                div.reading {
                    h1 { bdi { (title) } }
                    (head(record))
                    @if story.text.is_empty() {
                        p.none { "The text is not kept. The events stand beside." }
                    } @else {
                        (marks::legend())
                        (marks::text(record, event, cited, &link))
                    }
                    (carried(carriers))
                }
                aside.coded aria-label="Events" {
                    h2 { (record.events.len()) " events" }
                    @if picked.is_none() && !record.events.is_empty() { p.hint { "Pick one to see its parts and why it was coded." } }
                    ol.cards {
                        @for (index, event) in record.events.iter().enumerate() {
                            @let here = picked == Some(index);
                            li #(event.id) .card.picked[here] data-event=(event.id) {
                                a.cover href=(link(&event.id)) aria-current=[here.then_some("true")] {
                                    (frame::badge(&event.kind, event.mode.as_deref(), i64::from(event.quad)))
                                    " " span.status { (event.status) }
                                    span.line { (side(&event.actors)) @if !event.recipients.is_empty() { span.arrow aria-label="to" { " → " } (side(&event.recipients)) } }
                                }
                                @if here { (details(kept, event, why)) (others(kept, event)) }
                            }
                        }
                    }
                }
            }
        },
    )
}

fn side(of: &[ArgumentRecord]) -> Markup {
    html! {
        @for (i, party) in of.iter().enumerate() { @if i > 0 { ", " } (name(&party.name)) }
    }
}

fn head(record: &Record) -> Markup {
    let story = &record.story;
    html! {
        p.figures {
            @if let Some(date) = &story.date { time datetime=(date) { (date) } " " }
            @for who in [&story.agency, &story.publisher, &story.byline].into_iter().flatten() { "· " (name(who)) " " }
            @if let Some(url) = original(story.url.as_deref()) { "· " a href=(url) rel="noopener noreferrer external" { "the original" } }
        }
    }
}

fn carried(carriers: &[Carrier]) -> Markup {
    html! {
        @if carriers.len() > 1 {
            details.carriers {
                summary { "Carried by " (carriers.len()) }
                ul {
                    @for carrier in carriers {
                        li {
                            @if let Some(date) = &carrier.date { time { (date) } " " }
                            (name(carrier.publisher.as_deref().unwrap_or(&carrier.name)))
                            @if let Some(title) = &carrier.title { ": " (name(title)) }
                            @if let Some(url) = original(carrier.url.as_deref()) { " " a href=(url) rel="noopener noreferrer external" { "there" } }
                            @if carrier.likeness < 1.0 { " " small.tag { (format!("{:.0} % of it", carrier.likeness * 100.0)) } }
                        }
                    }
                }
            }
        }
    }
}

fn row(label: &str, value: Markup) -> Markup {
    html! { dt { (label) } dd { (value) } }
}

fn sides(label: &str, of: &[ArgumentRecord]) -> Markup {
    html! {
        @for party in of {
            (row(label, html! {
                a href=(format!("/actor/{}", segment(&party.name))) { (name(&party.name)) }
                " " span.code { (party.country.as_deref().unwrap_or("")) " " (party.sectors.join(" ")) }
                @if let Some(office) = &party.office { " " (name(office)) }
            }))
        }
    }
}

/// The way to what other stories tell of an event.
fn others(kept: &KeptStory, event: &EventRecord) -> Markup {
    let number = kept.events.iter().find(|(_, number)| *number == event.id).map(|(id, _)| *id);
    html! { @if let Some(number) = number { p { a href=(format!("/event/{number}")) { "Who else tells of it" } } } }
}

/// The parts of an event, and why it was coded.
pub fn details(kept: &KeptStory, event: &EventRecord, why: Option<&Explanation>) -> Markup {
    html! {
        div.details {
            dl {
                (sides("Actor", &event.actors))
                (sides("Recipient", &event.recipients))
                @if let Some(time) = &event.time {
                    (row("When", html! { (frame::days(Some(&time.from), Some(&time.to))) " " small { (time.basis) @if time.historic { ", history" } } }))
                }
                @if let Some(found) = &event.place {
                    (row("Where", html! { (name(&found.place.name)) " " span.code { (found.place.country.as_deref().unwrap_or("")) } " " small { (found.basis) } }))
                }
                @if let Some(condition) = &event.condition { (row("Condition", name(&condition.text))) }
                @if let Some(by) = event.said_by.and_then(|i| kept.record.quotes.get(i)).and_then(|quote| quote.source.as_ref()) {
                    (row("Said by", name(&by.text)))
                }
                @if !event.contexts.is_empty() { (row("Contexts", html! { (event.contexts.join(", ")) })) }
                (row("Code", html! { "CAMEO " (event.cameo) ", score " (format!("{:+.1}", event.score)) }))
                (row("Sure", html! { meter min="0" max="1" value=(event.confidence) aria-label="Confidence" {} " " (format!("{:.0} %", event.confidence * 100.0)) }))
            }
            @match why {
                Some(why) => (reasons(why)),
                None => p.hint { "Coded by another edition of the program, or without its text kept: `demarche recode` lets it be explained." },
            }
        }
    }
}

fn shares(of: &[(&str, f32)]) -> String {
    of.iter().map(|(name, share)| format!("{name} {share:.2}")).collect::<Vec<_>>().join(", ")
}

fn reasons(why: &Explanation) -> Markup {
    html! {
        h3 #why { "Why" }
        p.sentence {
            @for piece in &why.sentence {
                @match piece.part {
                    Some(part) => span class=(format!("part part-{part}")) title=(part) { (clean(&piece.text)) },
                    None => (clean(&piece.text)),
                }
            }
        }
        dl {
            (row("Event", html! { (format!("{:.2}", why.chance)) }))
            (row("Type", html! { (shares(&why.types)) }))
            (row("Status", html! { (shares(&why.statuses)) }))
            (row("Right in all", html! { (format!("{:.2}", why.confidence)) }))
            @if let Some(rule) = &why.rule { (row("Lexicon", html! { (rule) })) }
            @for path in &why.paths { (row("Path", html! { code { (clean(path)) } })) }
        }
    }
}
