//! Where a negotiation stands: each line opens its sentence.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::{Path, State};
use demarche::Dossier;
use demarche::dossier::{Cite, DocumentLine, Issue, MeetingLine, Offer, SideOnIssue};
use demarche::record::Record;
use demarche_archive::{Archive, Filter};
use demarche_marks::clean;
use maud::{Markup, html};

use super::frame::{self, name};
use crate::asked::{From, address, day, state};
use crate::desk::Desk;
use crate::problem::Problem;
use serde::Deserialize;

/// The latest events and stories of a pair that a dossier is made of.
const EVENTS: usize = 600;
const STORIES: usize = 150;

/// The stretch of time that a dossier is of.
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Stretch {
    /// Only events not over before this day, YYYY-MM-DD.
    pub since: Option<String>,
    /// Only events not begun after this day, YYYY-MM-DD.
    pub until: Option<String>,
}

impl Stretch {
    /// Name and value of what is asked.
    fn fields(&self) -> Vec<(&'static str, &str)> {
        let all = [("since", &self.since), ("until", &self.until)];
        all.into_iter().filter_map(|(name, day)| Some((name, day.as_deref().filter(|day| !day.is_empty())?))).collect()
    }
}

/// A dossier, and the numbers of its stories in the archive by their identifiers.
pub struct Gathered {
    pub dossier: Dossier,
    numbers: HashMap<String, i64>,
    /// There are more stories than it draws on.
    pub partial: bool,
}

impl Gathered {
    /// The address of a citation's sentence.
    pub fn link(&self, cite: &Cite) -> Option<String> {
        let number = self.numbers.get(&cite.story)?;
        Some(format!("/story/{number}?cited={}-{}#cited", cite.start, cite.end))
    }
}

/// The dossier of a pair, of the latest stories that tell of both.
pub async fn gather(desk: &Desk, pair: [String; 2], stretch: &Stretch) -> Result<Arc<Gathered>, Problem> {
    let bound = |name: &str, text: &Option<String>| {
        text.as_deref().filter(|text| !text.is_empty()).map(|text| day(name, text)).transpose()
    };
    let filter = Filter {
        between: pair.to_vec(),
        since: bound("since", &stretch.since)?,
        until: bound("until", &stretch.until)?,
        ..Filter::default()
    };
    let key = format!("{pair:?} {:?} {:?}", filter.since, filter.until);
    if let Some(kept) = desk.gathered(&key) {
        return Ok(kept);
    }
    let (records, numbers, partial) = desk.shelf.ask(move |archive| records(archive, &filter)).await?;
    let dossier = desk.dossiers.make(&records, &pair);
    let gathered = Arc::new(Gathered { dossier, numbers, partial });
    desk.keep(key, &gathered);
    Ok(gathered)
}

type Records = (Vec<Record>, HashMap<String, i64>, bool);

fn records(archive: &Archive, filter: &Filter) -> Result<Records, Problem> {
    let page = archive.page(filter, None, EVENTS)?;
    let mut ids: Vec<i64> = Vec::new();
    for event in &page.items {
        if !ids.contains(&event.story_id) {
            ids.push(event.story_id);
        }
    }
    let partial = page.next.is_some() || ids.len() > STORIES;
    ids.truncate(STORIES);
    let (mut records, mut numbers) = (Vec::new(), HashMap::new());
    for id in ids {
        if let Some(kept) = archive.kept(id)? {
            numbers.insert(kept.record.story.id.clone(), id);
            records.push(kept.record);
        }
    }
    Ok((records, numbers, partial))
}

/// The two states of an address.
pub fn pair(one: &str, other: &str) -> Result<[String; 2], Problem> {
    let pair = [state(one)?, state(other)?];
    if pair[0] == pair[1] { Err(Problem::wrong("a pair is of two different states")) } else { Ok(pair) }
}

pub async fn page(
    State(desk): State<Arc<Desk>>,
    Path((one, other)): Path<(String, String)>,
    From(stretch): From<Stretch>,
) -> Result<Markup, Problem> {
    let [one, other] = pair(&one, &other)?;
    let gathered = gather(&desk, [one.clone(), other.clone()], &stretch).await?;
    let name = |code: &str| desk.state(code);
    let title = format!("Where talks stand: {} and {}", name(&one), name(&other));
    let answer = format!("/api/v1/dossier/{one}/{other}");
    Ok(frame::page(
        &title,
        "",
        html! {
            h1 { (title) }
            form.inline {
                label { "Since " input type="date" name="since" value=(stretch.since.as_deref().unwrap_or("")); }
                label { "Until " input type="date" name="until" value=(stretch.until.as_deref().unwrap_or("")); }
                button { "Show" }
            }
            p { a href=(format!("/pair/{one}/{other}")) { "The pair over time" } }
            (show(&desk, &gathered))
            (frame::downloads(&[
                ("JSON", address(&answer, &stretch.fields())),
                ("Markdown", address(&answer, &[&stretch.fields()[..], &[("format", "markdown")]].concat())),
            ]))
        },
    ))
}

/// All of a dossier.
pub fn show(desk: &Desk, gathered: &Gathered) -> Markup {
    let dossier = &gathered.dossier;
    let cite = |of: &Cite| cite(gathered, of);
    html! {
        p.figures {
            (dossier.stories.len()) " stories"
            @if gathered.partial { ", the latest that tell of both" }
            "."
        }
        @if dossier.stories.is_empty() { p.none { "No story of the archive tells of both." } }
        @if !dossier.parties.is_empty() {
            div.columns {
                @for party in &dossier.parties {
                    section.party { h3 { (side(desk, &party.code)) } p { (party.people.iter().take(8).map(|p| clean(p)).collect::<Vec<_>>().join(" · ")) } }
                }
            }
        }
        @if !dossier.issues.is_empty() { h2 #issues { "Positions" } }
        @for issue in &dossier.issues { (positions(desk, issue, &cite)) }
        (section("Offers", "offers", &dossier.offers, &|offer| self::offer(desk, offer, &cite)))
        (section("Commitments", "commitments", &dossier.commitments, &|one| html! {
            strong { (one.by.iter().map(|by| side(desk, by)).collect::<Vec<_>>().join(", ")) }
            (when(one.day.as_ref()))
            @if let Some(document) = &one.document { " in " (name(document)) }
            @if let Some(condition) = &one.condition { " if: " (name(condition)) }
            @for at in &one.cites { (cite(at)) }
        }))
        (section("Meetings", "meetings", &dossier.meetings, &|one| meeting(one, &cite)))
        (section("Documents", "documents", &dossier.documents, &|one| document(one, &cite)))
        (section(if dossier.views_differ { "Views from outside, which differ" } else { "Views from outside" }, "views", &dossier.views, &|view| html! {
            strong { (name(&view.holder)) } " " span.stance { (view.stance) } (cite(&view.cite))
        }))
        (section("Contradictions", "contradictions", &dossier.contradictions, &|one| html! {
            strong { (name(&one.about)) }
            ul { @for (says, at) in &one.says { li { (name(says)) (cite(at)) } } }
        }))
    }
}

fn section<T>(title: &str, id: &str, all: &[T], line: &dyn Fn(&T) -> Markup) -> Markup {
    html! {
        @if !all.is_empty() {
            section #(id) { h2 { (title) } ul.lines { @for one in all { li { (line(one)) } } } }
        }
    }
}

/// A sentence, with the way to it.
fn cite(gathered: &Gathered, of: &Cite) -> Markup {
    html! {
        span.cite {
            @if let Some(link) = gathered.link(of) { a href=(link) { q { (name(&of.quotation)) } } } @else { q { (name(&of.quotation)) } }
            @if let Some(by) = &of.said_by { " " small { (name(by)) } }
            @if let Some(date) = &of.date { " " time { (date) } }
        }
    }
}

fn side(desk: &Desk, code: &str) -> String {
    clean(&desk.state(code))
}

fn when(day: Option<&(String, String)>) -> Markup {
    html! { @if let Some((from, to)) = day { " " (frame::days(Some(from), Some(to))) } }
}

/// The sides of an issue, side by side.
fn positions(desk: &Desk, issue: &Issue, cite: &dyn Fn(&Cite) -> Markup) -> Markup {
    let held = |side: &SideOnIssue| {
        html! {
            @for holding in side.positions.iter().rev().take(6) {
                li {
                    span class=(format!("stance s-{}", holding.stance)) { (holding.stance) }
                    @if let Some(day) = &holding.day { " " time { (day) } }
                    @if let Some(condition) = &holding.condition { " if: " (name(condition)) }
                    (cite(&holding.cite))
                }
            }
        }
    };
    html! {
        section.issue {
            h3 { (issue.issue) }
            div.columns {
                @for one in &issue.sides {
                    div {
                        h4 { (side(desk, &one.side)) }
                        @if let Some(moved) = &one.moved { p.moved { "from " (moved.from) " to " (moved.to) @if let Some(day) = &moved.day { " on " time { (day) } } } }
                        ul.lines { (held(one)) }
                    }
                }
            }
        }
    }
}

fn offer(desk: &Desk, offer: &Offer, cite: &dyn Fn(&Cite) -> Markup) -> Markup {
    html! {
        strong { (side(desk, &offer.by)) } " on " (offer.issue) (when(offer.day.as_ref()))
        @if let Some(place) = &offer.place { " in " (name(place)) }
        " " span class=(format!("fate f-{}", offer.fate)) { (offer.fate) }
        @if let Some(condition) = &offer.condition { " if: " (name(condition)) }
        @for at in &offer.cites { (cite(at)) }
        @if let Some(answer) = &offer.answer { div.answer { "Answer: " (cite(answer)) } }
        @if let Some(ground) = &offer.ground { div.answer { "Instead: " (name(ground)) } }
    }
}

fn meeting(one: &MeetingLine, cite: &dyn Fn(&Cite) -> Markup) -> Markup {
    html! {
        strong { @if let Some(n) = one.ordinal { "no. " (n) " " } (one.kind) } (when(one.day.as_ref()))
        @if let Some(place) = &one.place { " in " (name(place)) }
        " " span.status { (one.status) } " " (one.parties.iter().map(|p| clean(p)).collect::<Vec<_>>().join(", "))
        @for at in one.cites.iter().take(3) { (cite(at)) }
    }
}

fn document(one: &DocumentLine, cite: &dyn Fn(&Cite) -> Markup) -> Markup {
    html! {
        strong { (name(&one.name)) } " " (one.kind) @if let Some(year) = one.year { " of " (year) }
        @if let Some(stage) = &one.stage { " " span.status { (stage) } }
        @for stage in one.stages.iter().take(4) { (cite(&stage.cite)) }
        @if !one.terms.is_empty() { div.answer { "Terms: " @for at in &one.terms { (cite(at)) } } }
    }
}
