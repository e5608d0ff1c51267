//! `demarche events`, `stories`, `show` and `timeline`: what an archive holds.

use std::collections::BTreeMap;
use std::process::ExitCode;

use demarche_archive::{Filter, StoredEvent, StoredParty};
use jiff::civil::Date;

use crate::archive_arguments::{ArchiveFile, By, EventsArguments, EventsFormat, TimelineArguments};
use crate::failure::Failure;
use crate::output::Output;

const CSV: [&str; 16] = [
    "id",
    "story",
    "from",
    "to",
    "historic",
    "type",
    "mode",
    "cameo",
    "quad",
    "score",
    "status",
    "actors",
    "recipients",
    "place",
    "confidence",
    "quotation",
];

pub fn run(arguments: &EventsArguments) -> Result<ExitCode, Failure> {
    let events = arguments.archive.open()?.events(&arguments.asked.filter())?;
    let mut out = Output::new();
    if arguments.format == EventsFormat::Csv {
        out.line(&CSV.join(","))?;
    }
    for event in &events {
        match arguments.format {
            EventsFormat::Table => out.text(&row(event))?,
            EventsFormat::Jsonl => out.line(&serde_json::to_string(event).map_err(Failure::json)?)?,
            EventsFormat::Csv => out.line(&csv(event))?,
        }
    }
    out.finish()?;
    Ok(ExitCode::SUCCESS)
}

pub fn stories(archive: &ArchiveFile) -> Result<ExitCode, Failure> {
    let mut out = Output::new();
    for story in archive.open()?.stories()? {
        let title = story.title.as_deref().unwrap_or(&story.name);
        out.line(&format!(
            "{:10}  {:4} events  {title}  ({})",
            story.date.as_deref().unwrap_or(""),
            story.events,
            story.name
        ))?;
    }
    out.finish()?;
    Ok(ExitCode::SUCCESS)
}

pub fn show(number: i64, archive: &ArchiveFile) -> Result<ExitCode, Failure> {
    let event = archive.open()?.event(number)?;
    let event = event
        .ok_or_else(|| Failure::Wrong(format!("the archive has no event {number}; `demarche events` lists them")))?;
    let mut out = Output::new();
    out.text(&row(&event))?;
    out.line(&format!(
        "  CAMEO {}, quad class {}, score {}, confidence {:.2}",
        event.cameo, event.quad, event.score, event.confidence
    ))?;
    out.line(&format!("  story {} ({})", event.story, event.number))?;
    out.finish()?;
    Ok(ExitCode::SUCCESS)
}

pub fn timeline(arguments: &TimelineArguments) -> Result<ExitCode, Failure> {
    let filter = Filter { between: arguments.parties.clone(), no_historic: true, ..Filter::default() };
    let mut counts: BTreeMap<String, (usize, f64)> = BTreeMap::new();
    for event in arguments.archive.open()?.events(&filter)? {
        let Some(day) = event.from.as_deref().and_then(|day| day.parse::<Date>().ok()) else { continue };
        let count = counts.entry(stretch(day, arguments.by)).or_default();
        *count = (count.0 + 1, count.1 + event.score);
    }
    let most = counts.values().map(|(n, _)| *n).max().unwrap_or(1);
    let mut out = Output::new();
    for (when, (n, score)) in &counts {
        let bar = "█".repeat((n * 40).div_ceil(most));
        out.line(&format!("{when:10}  {n:5}  {:+5.1}  {bar}", score / *n as f64))?;
    }
    out.finish()?;
    Ok(ExitCode::SUCCESS)
}

fn stretch(day: Date, by: By) -> String {
    match by {
        By::Day => day.to_string(),
        By::Week => format!("{}-W{:02}", day.iso_week_date().year(), day.iso_week_date().week()),
        By::Month => format!("{:04}-{:02}", day.year(), day.month()),
        By::Year => format!("{:04}", day.year()),
    }
}

fn days(event: &StoredEvent) -> String {
    match (&event.from, &event.to) {
        (Some(from), Some(to)) if from == to => from.clone(),
        (Some(from), Some(to)) => format!("{from}..{to}"),
        _ => String::new(),
    }
}

fn names(parties: &[StoredParty]) -> String {
    let name = |party: &StoredParty| match &party.country {
        Some(country) => format!("{} ({country})", party.name),
        None => party.name.clone(),
    };
    parties.iter().map(name).collect::<Vec<_>>().join(" + ")
}

/// An event on two lines: what it is, and the words it was coded from.
fn row(event: &StoredEvent) -> String {
    let what = event.mode.as_ref().map_or_else(|| event.kind.clone(), |mode| format!("{} ({mode})", event.kind));
    let to = if event.recipients.is_empty() { String::new() } else { format!(" → {}", names(&event.recipients)) };
    let place = event.place.as_ref().map_or_else(String::new, |place| format!("  @ {place}"));
    let historic = if event.historic { ", historic" } else { "" };
    format!(
        "{:>6}  {}  {what}  {}{historic}  {}{to}{place}\n        “{}”\n",
        event.id,
        days(event),
        event.status,
        names(&event.actors),
        event.quotation
    )
}

fn csv(event: &StoredEvent) -> String {
    let cells = [
        event.id.to_string(),
        event.story.clone(),
        event.from.clone().unwrap_or_default(),
        event.to.clone().unwrap_or_default(),
        event.historic.to_string(),
        event.kind.clone(),
        event.mode.clone().unwrap_or_default(),
        event.cameo.clone(),
        event.quad.to_string(),
        event.score.to_string(),
        event.status.clone(),
        names(&event.actors),
        names(&event.recipients),
        event.place.clone().unwrap_or_default(),
        format!("{:.2}", event.confidence),
        event.quotation.clone(),
    ];
    let quoted = |cell: &String| match cell.contains([',', '"', '\n', '\r']) {
        true => format!("\"{}\"", cell.replace('"', "\"\"")),
        false => cell.clone(),
    };
    cells.iter().map(quoted).collect::<Vec<_>>().join(",")
}
