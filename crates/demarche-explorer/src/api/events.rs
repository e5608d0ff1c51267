//! Events: lists, single ones, and where they were.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use demarche::record::EventRecord;
use demarche_archive::{Archive, Exported, KeptStory, Located, StoredEvent, StoredLink, arrow_stream};
use schemars::JsonSchema;
use serde::Serialize;

use super::answers::{As, At, csv, file, follow, json};
use crate::asked::{Asked, From, Paging};
use crate::desk::Desk;
use crate::problem::Problem;

/// The latest events of a filter that a map has.
const LOCATED: usize = 10_000;

/// A part of the events that are asked for.
#[derive(Serialize, JsonSchema)]
pub struct EventsPage {
    /// The events, the latest first.
    pub items: Vec<StoredEvent>,
    /// Give this as `after` for the next ones; null on the last page.
    pub next: Option<String>,
}

/// Events, the latest first.
#[utoipa::path(get, path = "/api/v1/events", params(Asked, Paging, As), responses(
    (status = 200, description = "The events; as CSV and as an Arrow stream too, then with the cursor in the header next-cursor",
        content(
            (utoipa::openapi::Object = "application/json"),
            (String = "text/csv"),
            (Vec<u8> = "application/vnd.apache.arrow.stream"),
        )),
))]
pub async fn list(
    State(desk): State<Arc<Desk>>,
    From(asked): From<Asked>,
    From(paging): From<Paging>,
    From(format): From<As>,
) -> Result<Response, Problem> {
    let filter = asked.filter()?;
    let format = format.one_of(&["json", "csv", "arrow"])?;
    let (after, limit) = (paging.after().map(str::to_owned), paging.limit()?);
    let (page, next, stream) = desk
        .shelf
        .ask(move |archive| {
            let page = archive.page(&filter, after.as_deref(), limit)?;
            let stream = if format == "arrow" { stream(archive, &page.items)? } else { Vec::new() };
            Ok((page.items, page.next, stream))
        })
        .await?;
    let mut out = match format {
        "csv" => csv("events", &StoredEvent::COLUMNS, page.iter().map(|event| event.cells().to_vec()))?,
        "arrow" => file("application/vnd.apache.arrow.stream", "events.arrows", stream),
        _ => return json(&EventsPage { items: page, next }),
    };
    follow(&mut out, next.as_deref());
    Ok(out)
}

/// Events with all that their records say, as an Arrow stream.
fn stream(archive: &Archive, events: &[StoredEvent]) -> Result<Vec<u8>, Problem> {
    let mut kept: HashMap<i64, KeptStory> = HashMap::new();
    for event in events {
        if let std::collections::hash_map::Entry::Vacant(slot) = kept.entry(event.story_id)
            && let Some(story) = archive.kept(event.story_id)?
        {
            slot.insert(story);
        }
    }
    let exported: Vec<Exported> = events
        .iter()
        .filter_map(|stored| {
            let record = &kept.get(&stored.story_id)?.record;
            let event = record.events.iter().find(|event| event.id == stored.number)?;
            Some(Exported { record, event, stored })
        })
        .collect();
    arrow_stream(&exported).map_err(|error| Problem::fault(&error))
}

/// An event, its record and what else tells of it.
#[derive(Serialize, JsonSchema)]
pub struct EventAnswer {
    /// As in lists.
    pub event: StoredEvent,
    /// As in the story's record, with its words.
    pub record: EventRecord,
    /// All that tell of the same, itself among them.
    pub tellings: Vec<StoredEvent>,
    /// Why these are taken for one.
    pub links: Vec<StoredLink>,
}

/// An event.
#[utoipa::path(get, path = "/api/v1/events/{id}", params(("id" = i64, Path, description = "Number in the archive")), responses(
    (status = 200, description = "The event"),
))]
pub async fn one(State(desk): State<Arc<Desk>>, At(id): At<i64>) -> Result<Response, Problem> {
    let answer = desk
        .shelf
        .ask(move |archive| {
            let missing = || Problem::missing("this event");
            let event = archive.event(id)?.ok_or_else(missing)?;
            let kept = archive.kept(event.story_id)?.ok_or_else(missing)?;
            let record = kept.record.events.into_iter().find(|one| one.id == event.number).ok_or_else(missing)?;
            let (tellings, links) = archive.tellings(event.occurrence)?;
            Ok(EventAnswer { event, record, tellings, links })
        })
        .await?;
    json(&answer)
}

/// Events that have a place.
#[derive(Serialize, JsonSchema)]
pub struct MapAnswer {
    /// At most 10,000, the latest first.
    pub items: Vec<Located>,
}

/// Where the latest events of a filter were.
#[utoipa::path(get, path = "/api/v1/map", params(Asked), responses((status = 200, description = "The events")))]
pub async fn map(State(desk): State<Arc<Desk>>, From(asked): From<Asked>) -> Result<Response, Problem> {
    let filter = asked.filter()?;
    let items = desk.shelf.ask(move |archive| Ok(archive.located(&filter, LOCATED)?)).await?;
    json(&MapAnswer { items })
}
