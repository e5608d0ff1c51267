//! The OpenAPI document: paths from the handlers, schemas from the types that answer.

use axum::response::Response;
use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use serde_json::{Value, json};
use utoipa::OpenApi;

use super::answers;
use super::code::ToCode;
use super::events::{EventAnswer, EventsPage, MapAnswer};
use super::read::{ActorAnswer, ActorsAnswer, StoriesPage, StoryAnswer, TimelineAnswer};
use crate::problem::Problem;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Demarche",
        description = "An archive of coded stories: events, stories, actors, timelines, dossiers; and stories coded on request."
    ),
    paths(
        super::read::summary,
        super::events::list,
        super::events::one,
        super::read::stories,
        super::read::story,
        super::read::explain,
        super::read::actors,
        super::read::actor,
        super::read::timeline,
        super::events::map,
        super::read::dossier,
        super::code::code,
    )
)]
struct Document;

/// The answers' types, by path and method.
fn bodies(schemas: &mut SchemaGenerator) -> Vec<(&'static str, Value)> {
    let explanations = schemas.subschema_for::<Vec<demarche::Explanation>>();
    vec![
        ("/api/v1/summary", schemas.subschema_for::<demarche_archive::Summary>().to_value()),
        ("/api/v1/events", schemas.subschema_for::<EventsPage>().to_value()),
        ("/api/v1/events/{id}", schemas.subschema_for::<EventAnswer>().to_value()),
        ("/api/v1/stories", schemas.subschema_for::<StoriesPage>().to_value()),
        ("/api/v1/stories/{id}", schemas.subschema_for::<StoryAnswer>().to_value()),
        ("/api/v1/stories/{id}/explain", explanations.to_value()),
        ("/api/v1/actors", schemas.subschema_for::<ActorsAnswer>().to_value()),
        ("/api/v1/actors/{name}", schemas.subschema_for::<ActorAnswer>().to_value()),
        ("/api/v1/timeline", schemas.subschema_for::<TimelineAnswer>().to_value()),
        ("/api/v1/map", schemas.subschema_for::<MapAnswer>().to_value()),
        ("/api/v1/dossier/{one}/{other}", schemas.subschema_for::<demarche::Dossier>().to_value()),
        ("/api/v1/code", schemas.subschema_for::<demarche::record::Record>().to_value()),
    ]
}

/// Problems that any path may answer with.
const PROBLEMS: [(&str, &str); 5] = [
    ("400", "What is asked is wrong"),
    ("401", "The token is missing"),
    ("404", "Not in the archive"),
    ("429", "Too many requests"),
    ("503", "Too busy, or the question takes too long"),
];

fn document() -> Result<Value, serde_json::Error> {
    let mut all = serde_json::to_value(Document::openapi())?;
    all["info"]["version"] = env!("CARGO_PKG_VERSION").into();
    let settings =
        SchemaSettings::draft2020_12().for_serialize().with(|s| s.definitions_path = "/components/schemas".into());
    let mut schemas = SchemaGenerator::new(settings);
    let problem = schemas.subschema_for::<Problem>().to_value();
    let asked = schemas.subschema_for::<ToCode>().to_value();
    for (path, body) in bodies(&mut schemas) {
        let method = if path == "/api/v1/code" { "post" } else { "get" };
        let operation = &mut all["paths"][path][method];
        operation["responses"]["200"]["content"]["application/json"] = json!({ "schema": body });
        for (status, about) in PROBLEMS {
            operation["responses"][status]["description"] = about.into();
        }
        let responses = operation["responses"].as_object_mut().into_iter().flatten();
        for (_, response) in responses.filter(|(status, _)| *status != "200") {
            response["content"] = json!({ "application/problem+json": { "schema": problem } });
        }
        operation["security"] = json!([{}, { "token": [] }]);
    }
    all["paths"]["/api/v1/code"]["post"]["requestBody"] =
        json!({ "required": true, "content": { "application/json": { "schema": asked } } });
    all["components"]["securitySchemes"] = json!({ "token": { "type": "http", "scheme": "bearer" } });
    for (name, schema) in schemas.take_definitions(true) {
        all["components"]["schemas"][name] = schema;
    }
    Ok(all)
}

/// The OpenAPI document.
pub async fn openapi() -> Result<Response, Problem> {
    answers::json(&document()?)
}
