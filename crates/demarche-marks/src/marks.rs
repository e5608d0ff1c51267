//! A story's words with what was found in them: every stretch is cut where something begins or ends.

use std::collections::BTreeMap;

use demarche::record::{EventRecord, Record};
use maud::{Markup, html};

use super::{QUADS, clean};

/// What a stretch of words is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Quote,
    Clause,
    Actor,
    Date,
    Place,
    Trigger,
    Part,
}

/// Something found in the text.
struct Found {
    start: usize,
    end: usize,
    kind: Kind,
    class: String,
    about: String,
    /// The event whose trigger it is.
    event: Option<String>,
}

fn found(start: usize, end: usize, kind: Kind, class: &str, about: String) -> Found {
    Found { start, end, kind, class: class.to_owned(), about, event: None }
}

/// All that the record says of the text, and the parts of the event that is picked.
fn all(record: &Record, picked: Option<&EventRecord>, cited: Option<(usize, usize)>) -> Vec<Found> {
    let mut out = Vec::new();
    out.extend(cited.map(|(start, end)| found(start, end, Kind::Clause, "cited", String::new())));
    for quote in &record.quotes {
        let who = quote.source.as_ref().map_or("somebody", |source| source.text.as_str());
        out.push(found(quote.content.start, quote.content.end, Kind::Quote, "quote", format!("said by {who}")));
    }
    for entity in &record.entities {
        let country = entity.country.as_deref().unwrap_or("");
        let about = format!("{} {country} {}", entity.name, entity.sectors.join(" "));
        for mention in &entity.mentions {
            out.push(found(mention.start, mention.end, Kind::Actor, "actor", about.trim().to_owned()));
        }
    }
    for date in &record.dates {
        let days = date.from.as_ref().zip(date.to.as_ref()).map_or_else(String::new, |(a, b)| format!(": {a} to {b}"));
        out.push(found(date.span.start, date.span.end, Kind::Date, "date", format!("{}{days}", date.value)));
    }
    for place in &record.places {
        let names = place.disputed.as_ref().map_or_else(String::new, |disputed| {
            let names: Vec<&str> = disputed.names.iter().map(|n| &*n.name).collect();
            format!("; disputed: {}", names.join(" / "))
        });
        let at = &place.place;
        let about =
            format!("{} {} ({:.1}, {:.1}){names}", at.name, at.country.as_deref().unwrap_or(""), at.lat, at.lon);
        out.push(found(place.span.start, place.span.end, Kind::Place, "place", about));
    }
    for event in &record.events {
        let trigger = &event.evidence.trigger;
        let quad = usize::from(event.quad.clamp(1, 4));
        let about = format!("{} {}: {}", event.id, event.kind, QUADS[quad - 1]);
        let mut trigger = found(trigger.start, trigger.end, Kind::Trigger, &format!("trigger q{quad}"), about);
        trigger.event = Some(event.id.clone());
        out.push(trigger);
    }
    if let Some(event) = picked {
        parts(event, &mut out);
    }
    out
}

fn parts(event: &EventRecord, out: &mut Vec<Found>) {
    let evidence = &event.evidence;
    out.push(found(evidence.start, evidence.end, Kind::Clause, "clause", String::new()));
    for (role, of) in [("actor", &event.actors), ("recipient", &event.recipients)] {
        let class = format!("part part-{role}");
        out.extend(of.iter().map(|a| found(a.start, a.end, Kind::Part, &class, format!("{role}: {}", a.name))));
    }
    let spans = [
        ("time", event.time.as_ref().and_then(|t| t.span.as_ref())),
        ("place", event.place.as_ref().and_then(|p| p.span.as_ref())),
        ("condition", event.condition.as_ref()),
    ];
    for (role, span) in spans {
        out.extend(span.map(|s| found(s.start, s.end, Kind::Part, &format!("part part-{role}"), role.to_owned())));
    }
}

/// The text as paragraphs, with links from every trigger to its event; `link` gives them. What is `cited` bears that name.
pub fn text(
    record: &Record,
    picked: Option<&EventRecord>,
    cited: Option<(usize, usize)>,
    link: &dyn Fn(&str) -> String,
) -> Markup {
    let chars: Vec<char> = clean(&record.story.text).chars().collect();
    let found = all(record, picked, cited);
    let mut cuts: BTreeMap<usize, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for (i, one) in found.iter().enumerate().filter(|(_, one)| one.start < one.end && one.end <= chars.len()) {
        cuts.entry(one.start).or_default().0.push(i);
        cuts.entry(one.end).or_default().1.push(i);
    }
    cuts.entry(0).or_default();
    cuts.entry(chars.len()).or_default();
    let mut open: Vec<usize> = Vec::new();
    let mut pieces: Vec<(usize, usize, Vec<usize>)> = Vec::new();
    let mut from = 0;
    for (&at, (begin, end)) in &cuts {
        if at > from {
            pieces.push((from, at, open.clone()));
        }
        open.retain(|i| !end.contains(i));
        open.extend(begin);
        from = at;
    }
    let picked = picked.map(|event| event.id.as_str());
    html! {
        div.text lang="en" {
            @for paragraph in paragraphs(&chars, &pieces) {
                p { @for (start, end, of) in paragraph { @if cited.is_some_and(|(from, _)| from == start) { span #cited {} }
                    (piece(&chars[start..end], of, &found, picked, link)) } }
            }
        }
    }
}

/// The pieces of each paragraph, cut where a blank line is.
fn paragraphs<'p>(chars: &[char], pieces: &'p [(usize, usize, Vec<usize>)]) -> Vec<Vec<(usize, usize, &'p [usize])>> {
    let mut out: Vec<Vec<(usize, usize, &[usize])>> = vec![Vec::new()];
    for (start, end, of) in pieces {
        let mut from = *start;
        let mut at = *start;
        while at < *end {
            if chars[at] == '\n' && chars.get(at + 1) == Some(&'\n') {
                if at > from {
                    out.last_mut().into_iter().for_each(|p| p.push((from, at, of)));
                }
                out.push(Vec::new());
                while at < *end && chars[at] == '\n' {
                    at += 1;
                }
                from = at;
            } else {
                at += 1;
            }
        }
        if *end > from {
            out.last_mut().into_iter().for_each(|p| p.push((from, *end, of)));
        }
    }
    out.retain(|paragraph| !paragraph.is_empty());
    out
}

fn piece(chars: &[char], of: &[usize], found: &[Found], picked: Option<&str>, link: &dyn Fn(&str) -> String) -> Markup {
    let words: String = chars.iter().collect();
    if of.is_empty() {
        return html! { (words) };
    }
    let mut of: Vec<&Found> = of.iter().map(|&i| &found[i]).collect();
    of.sort_by_key(|one| one.kind);
    let mut classes: Vec<&str> = of.iter().map(|one| one.class.as_str()).collect();
    classes.dedup();
    let about: Vec<&str> = of.iter().rev().map(|one| one.about.as_str()).filter(|about| !about.is_empty()).collect();
    let about = clean(&about.join("; "));
    let event = of.iter().rev().find_map(|one| one.event.as_deref());
    let class = classes.join(" ");
    html! {
        @if let Some(event) = event {
            a class=(class) href=(link(event)) title=(about) data-event=(event) aria-current=[(picked == Some(event)).then_some("true")] { (words) }
        } @else {
            span class=(class) title=(about) { (words) }
        }
    }
}

/// What the marks mean.
pub fn legend() -> Markup {
    html! {
        ul.legend.marks {
            li { span.actor { "actor" } } li { span.place { "place" } } li { span.date { "date" } } li { span.quote { "what somebody says" } }
            li { span class="trigger q1" { "event" } }
        }
    }
}
