//! A record as a notebook shows it.

use demarche::record::{ArgumentRecord, EventRecord, Record};
use maud::{Markup, PreEscaped, html};

use crate::{STYLE, clean, legend, text};

/// What a notebook does not have around a record.
const AROUND: &str = include_str!("../assets/notebook.css");

/// The story with its events marked, and the events in a table: a piece of HTML that needs nothing around it.
pub fn notebook(record: &Record) -> String {
    let story = &record.story;
    let title = clean(story.title.as_deref().unwrap_or(&story.id));
    // In a notebook are many records; each event is a place in the table below its own story.
    let own = own_prefix(record);
    html! {
        div.demarche {
            style { (PreEscaped(AROUND)) (PreEscaped(STYLE)) }
            p.title { strong { bdi { (title) } } @if let Some(date) = &story.date { " " time datetime=(date) { (date) } } }
            (legend())
            (text(record, None, None, &|event| format!("#{own}{event}")))
            @if record.events.is_empty() { p { "No events." } } @else {
                table {
                    thead { tr { @for head in ["", "What", "Who", "To whom", "When", "Where", "Sure"] { th scope="col" { (head) } } } }
                    tbody { @for event in &record.events { (row(event, &own)) } }
                }
            }
        }
    }
    .into_string()
}

/// What identifiers of a record begin with: different for different stories, the same for the same one.
fn own_prefix(record: &Record) -> String {
    let all = record.story.id.bytes().chain(record.story.text.bytes());
    let hash = all.fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x100_0000_01b3));
    format!("demarche-{hash:016x}-")
}

fn row(event: &EventRecord, own: &str) -> Markup {
    let quad = event.quad.clamp(1, 4);
    html! {
        tr id=(format!("{own}{}", event.id)) {
            td { (event.id) }
            td {
                span class=(format!("trigger q{quad}")) { (event.kind) }
                @if let Some(mode) = &event.mode { " " small { (mode) } }
                @if event.status != "happened" { " " small { (event.status) } }
            }
            td { (side(&event.actors)) }
            td { (side(&event.recipients)) }
            td { @if let Some(time) = &event.time { (time.from) @if time.from != time.to { " – " (time.to) } } }
            td { @if let Some(place) = &event.place { bdi { (clean(&place.place.name)) } } }
            td { (format!("{:.2}", event.confidence)) }
        }
    }
}

fn side(of: &[ArgumentRecord]) -> Markup {
    html! {
        @for (i, party) in of.iter().enumerate() {
            @if i > 0 { ", " }
            bdi { (clean(&party.name)) }
            @if let Some(country) = &party.country { " " small { (country) } }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use super::notebook;
    use demarche::{Coder, Story};

    #[test]
    fn a_record_is_shown_and_its_words_stay_words() {
        let mut story =
            Story::of("s1", "Iran rejected the offer of the United States on Monday. <script>alert(1)</script>");
        story.title = Some("<b>Talks</b>".to_owned());
        let html = notebook(&Coder::new().unwrap().code(&story).unwrap());
        assert!(html.contains("REJECT") && html.contains("trigger q3"), "{html}");
        assert!(!html.contains("<script") && !html.contains("<b>"), "{html}");
    }
}
