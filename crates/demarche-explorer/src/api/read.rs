//! Stories, actors, counts and dossiers.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use demarche_archive::{ActorLine, Bucket, Carrier, StoredStory};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::answers::{As, At, csv, follow, json};
use crate::asked::{Asked, From, Paging};
use crate::desk::Desk;
use crate::pages::dossier::{Stretch, gather, pair};
use crate::pages::step;
use crate::problem::Problem;

/// The archive at a glance.
#[utoipa::path(get, path = "/api/v1/summary", responses((status = 200, description = "Counts")))]
pub async fn summary(State(desk): State<Arc<Desk>>) -> Result<Response, Problem> {
    json(&*desk.summary())
}

/// A part of the stories that are asked for.
#[derive(Serialize, JsonSchema)]
pub struct StoriesPage {
    /// The stories, the latest first.
    pub items: Vec<StoredStory>,
    /// Give this as `after` for the next ones; null on the last page.
    pub next: Option<String>,
}

/// Words of stories.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Words {
    /// Words, all of them; with operators, quotation marks or stars in the syntax of SQLite's FTS5.
    text: Option<String>,
}

/// Stories, the latest first.
#[utoipa::path(get, path = "/api/v1/stories", params(Words, Paging, As), responses(
    (status = 200, description = "The stories", content((utoipa::openapi::Object = "application/json"), (String = "text/csv"))),
))]
pub async fn stories(
    State(desk): State<Arc<Desk>>,
    From(words): From<Words>,
    From(paging): From<Paging>,
    From(format): From<As>,
) -> Result<Response, Problem> {
    let format = format.one_of(&["json", "csv"])?;
    let text = words.text.filter(|text| !text.trim().is_empty());
    let (after, limit) = (paging.after().map(str::to_owned), paging.limit()?);
    let page =
        desk.shelf.ask(move |archive| Ok(archive.stories_page(text.as_deref(), after.as_deref(), limit)?)).await?;
    if format == "json" {
        return json(&StoriesPage { items: page.items, next: page.next });
    }
    let row = |story: StoredStory| {
        let text = |text: Option<String>| text.unwrap_or_default();
        let counts = [story.events.to_string(), story.carriers.to_string()];
        let words = [story.name, text(story.date), text(story.title), text(story.url)];
        [story.id.to_string()].into_iter().chain(words).chain(counts).collect()
    };
    let mut out = csv(
        "stories",
        &["id", "story", "date", "title", "url", "events", "carriers"],
        page.items.into_iter().map(row),
    )?;
    follow(&mut out, page.next.as_deref());
    Ok(out)
}

/// A story with its record.
#[derive(Serialize, JsonSchema)]
pub struct StoryAnswer {
    /// Number in the archive.
    pub id: i64,
    /// The program and tables that coded it.
    pub edition: String,
    /// Where it was published.
    pub carriers: Vec<Carrier>,
    /// The record, as `demarche schema` describes it.
    pub record: demarche::record::Record,
}

/// A story with its record.
#[utoipa::path(get, path = "/api/v1/stories/{id}", params(("id" = i64, Path, description = "Number in the archive")), responses(
    (status = 200, description = "The story"),
))]
pub async fn story(State(desk): State<Arc<Desk>>, At(id): At<i64>) -> Result<Response, Problem> {
    let answer = desk
        .shelf
        .ask(move |archive| {
            let kept = archive.kept(id)?.ok_or_else(|| Problem::missing("this story"))?;
            let carriers = archive.carriers_of(id)?;
            Ok(StoryAnswer { id, edition: kept.edition, carriers, record: kept.record })
        })
        .await?;
    json(&answer)
}

/// Why the events of a story were coded, in the record's order.
#[utoipa::path(get, path = "/api/v1/stories/{id}/explain", params(("id" = i64, Path, description = "Number in the archive")), responses(
    (status = 200, description = "An explanation an event"),
    (status = 409, description = "Coded by another edition, or without its text"),
))]
pub async fn explain(State(desk): State<Arc<Desk>>, At(id): At<i64>) -> Result<Response, Problem> {
    let kept = desk.shelf.ask(move |archive| archive.kept(id)?.ok_or_else(|| Problem::missing("this story"))).await?;
    let other = "the story was coded by another edition of the program, or its text is not kept: run demarche recode";
    let why = desk.explain(&kept).await?.ok_or_else(|| Problem::new(axum::http::StatusCode::CONFLICT, other))?;
    json(&*why)
}

/// Actors by name.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Named {
    /// Part of the name; those that most is told of where not given.
    name: Option<String>,
}

/// Actors that are asked for.
#[derive(Serialize, JsonSchema)]
pub struct ActorsAnswer {
    /// At most 200, those that most is told of first.
    pub items: Vec<ActorLine>,
}

/// Actors.
#[utoipa::path(get, path = "/api/v1/actors", params(Named, As), responses(
    (status = 200, description = "The actors", content((utoipa::openapi::Object = "application/json"), (String = "text/csv"))),
))]
pub async fn actors(
    State(desk): State<Arc<Desk>>,
    From(named): From<Named>,
    From(format): From<As>,
) -> Result<Response, Problem> {
    let format = format.one_of(&["json", "csv"])?;
    let name = named.name.unwrap_or_default().trim().to_owned();
    let items = if name.is_empty() {
        desk.summary().actors.clone()
    } else {
        desk.shelf.ask(move |archive| Ok(archive.actors(&name, 200)?)).await?
    };
    if format == "json" {
        return json(&ActorsAnswer { items });
    }
    let row =
        |actor: ActorLine| vec![actor.name, actor.country.unwrap_or_default(), actor.sectors, actor.events.to_string()];
    csv("actors", &["name", "country", "sectors", "events"], items.into_iter().map(row))
}

/// An actor, and with whom it has most to do.
#[derive(Serialize, JsonSchema)]
pub struct ActorAnswer {
    /// The actor.
    pub actor: ActorLine,
    /// At most 50 others, with how many events both take part in among the latest 5000.
    pub counterparts: Vec<ActorLine>,
}

/// An actor by its whole name.
#[utoipa::path(get, path = "/api/v1/actors/{name}", params(("name" = String, Path, description = "Its name")), responses(
    (status = 200, description = "The actor"),
))]
pub async fn actor(State(desk): State<Arc<Desk>>, At(name): At<String>) -> Result<Response, Problem> {
    let answer = desk
        .shelf
        .ask(move |archive| {
            let actor = archive.actor(&name)?.ok_or_else(|| Problem::missing("this actor"))?;
            Ok(ActorAnswer { actor, counterparts: archive.counterparts(&name, 5000, 50)? })
        })
        .await?;
    json(&answer)
}

/// By what events are counted.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct By {
    /// day, month or year; month where not given.
    by: Option<String>,
}

/// Events over time.
#[derive(Serialize, JsonSchema)]
pub struct TimelineAnswer {
    /// Stretches in which something happened, the earliest first.
    pub items: Vec<Bucket>,
}

/// Events over time, by quad class, with their mean score.
///
/// Counted is what happened or is under way, and promises, demands and threats; what is denied, failed, only possible or hangs on a condition only
/// where `status` asks for it.
#[utoipa::path(get, path = "/api/v1/timeline", params(Asked, By, As), responses(
    (status = 200, description = "The counts", content((utoipa::openapi::Object = "application/json"), (String = "text/csv"))),
))]
pub async fn timeline(
    State(desk): State<Arc<Desk>>,
    From(asked): From<Asked>,
    From(by): From<By>,
    From(format): From<As>,
) -> Result<Response, Problem> {
    let (filter, step) = (asked.filter()?, step(by.by.as_deref())?);
    let format = format.one_of(&["json", "csv"])?;
    let items = desk.shelf.ask(move |archive| Ok(archive.series(&filter, step)?)).await?;
    if format == "json" {
        return json(&TimelineAnswer { items });
    }
    let header =
        ["when", "verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict", "score"];
    let row = |bucket: Bucket| {
        let quads = bucket.quads.iter().map(i64::to_string);
        [bucket.when.clone()].into_iter().chain(quads).chain([format!("{:.3}", bucket.score)]).collect()
    };
    csv("timeline", &header, items.into_iter().map(row))
}

/// Where a negotiation between two states stands.
#[utoipa::path(get, path = "/api/v1/dossier/{one}/{other}", params(
    ("one" = String, Path, description = "ISO 3166-1 alpha-3", pattern = "^[A-Za-z]{3}$"),
    ("other" = String, Path, description = "ISO 3166-1 alpha-3, another", pattern = "^[A-Za-z]{3}$"), Stretch, As,
), responses(
    (status = 200, description = "The dossier", content((utoipa::openapi::Object = "application/json"), (String = "text/markdown"))),
))]
pub async fn dossier(
    State(desk): State<Arc<Desk>>,
    At((one, other)): At<(String, String)>,
    From(stretch): From<Stretch>,
    From(format): From<As>,
) -> Result<Response, Problem> {
    let format = format.one_of(&["json", "markdown"])?;
    let gathered = gather(&desk, pair(&one, &other)?, &stretch).await?;
    if format == "json" {
        return json(&gathered.dossier);
    }
    Ok(([(CONTENT_TYPE, "text/markdown; charset=utf-8")], gathered.dossier.markdown()).into_response())
}
