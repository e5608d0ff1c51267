//! The JSON Lines of NGEC: an event a line, its attributes with their characters in the story's text.

use demarche::record::{ArgumentRecord, EntityRecord, SpanText};
use serde_json::{Value, json};

use super::{Codes, Exported, day, feature, sentence_text};

pub(super) fn row(codes: &Codes, of: Exported) -> Vec<u8> {
    let (event, story) = (of.event, &of.record.story);
    let names = |kind: &str| -> Vec<&str> {
        let of_kind = |entity: &&EntityRecord| entity.kind == kind;
        of.record.entities.iter().filter(of_kind).map(|e| e.name.as_str()).collect()
    };
    let attribute = |span: &SpanText| json!({ "text": span.text, "qa_start_char": span.start, "qa_end_char": span.end, "qa_score": event.confidence });
    let sides =
        |of: &[ArgumentRecord]| -> Vec<Value> { of.iter().map(|a| party(codes, event.confidence, a)).collect() };
    let time = event.time.as_ref().and_then(|time| time.span.as_ref());
    let place = event.place.as_ref().and_then(|place| place.span.as_ref());
    let line = json!({
        "id": format!("{}_{}", story.id, event.id),
        "story_id": story.id,
        "pub_date": story.date,
        "date_raw": time.map(|span| span.text.as_str()),
        "date_resolved": day(&of),
        "event_type": event.kind,
        "event_mode": event.mode.iter().collect::<Vec<_>>(),
        "contexts": event.contexts,
        "event_text": if story.text.is_empty() { sentence_text(&of) } else { story.text.clone() },
        "headline": story.title,
        "publisher": story.publisher,
        "version": format!("demarche {}", env!("CARGO_PKG_VERSION")),
        "attributes": {
            "ACTOR": sides(&event.actors),
            "RECIP": sides(&event.recipients),
            "LOC": place.map(attribute).into_iter().collect::<Vec<_>>(),
            "DATE": time.map(attribute).into_iter().collect::<Vec<_>>(),
        },
        "event_geolocation": geolocation(&of),
        "story_people": names("person"),
        "story_orgs": names("organisation"),
        "story_locs": of.record.places.iter().map(|p| p.place.name.as_str()).collect::<Vec<_>>(),
    });
    (line.to_string() + "\n").into_bytes()
}

fn party(codes: &Codes, confidence: f32, of: &ArgumentRecord) -> Value {
    json!({
        "text": of.text,
        "qa_start_char": of.start,
        "qa_end_char": of.end,
        "qa_score": confidence,
        "wiki": null,
        "name": of.name,
        "country": of.country,
        "country_name": codes.name(of.country.as_deref()),
        "code_1": of.sectors.first(),
        "code_2": of.sectors.get(1),
        "office": of.office,
    })
}

fn geolocation(of: &Exported) -> Value {
    let Some(found) = &of.event.place else { return json!({ "reason": "no place is told", "geo": null }) };
    let place = &found.place;
    json!({
        "reason": found.basis,
        "geo": {
            "name": place.name,
            "lat": place.lat,
            "lon": place.lon,
            "admin1_code": place.admin1,
            "country_code3": place.country,
            "geonameid": place.geonames,
            "feature_code": feature(of),
            "start_char": found.span.as_ref().map(|span| span.start),
            "end_char": found.span.as_ref().map(|span| span.end),
        },
    })
}
