//! Records for people: a table of events, and a line an event.

use std::fmt::Write;

use demarche::record::{ArgumentRecord, EventRecord, Record};

/// Columns of [`tsv`].
pub const TSV_HEADER: &str = "story\tid\tdate_from\tdate_to\tdate_basis\thistoric\ttype\tmode\tcameo\tquad\tscore\tstatus\tactors\tactor_countries\trecipients\trecipient_countries\tplace\tsaid_by\tconfidence\tevidence";

/// A story's heading and its events, each with the words it was coded from.
pub fn record(record: &Record) -> String {
    let story = &record.story;
    let mut out = format!("{}\n", story.title.as_deref().unwrap_or(&story.id));
    let known = [story.agency.as_deref(), story.date.as_deref(), story.url.as_deref()];
    let known: Vec<&str> = known.into_iter().flatten().collect();
    if !known.is_empty() {
        let _ = writeln!(out, "{}", known.join("  "));
    }
    let rows: Vec<[String; 5]> = record.events.iter().map(row).collect();
    let widths: Vec<usize> = (0..5).map(|c| rows.iter().map(|row| row[c].chars().count()).max().unwrap_or(0)).collect();
    if rows.is_empty() {
        out.push_str("\n  no events\n");
    }
    for (row, event) in rows.iter().zip(&record.events) {
        out.push('\n');
        for (cell, width) in row.iter().zip(&widths) {
            let _ = write!(out, "  {cell:width$}");
        }
        let trimmed = out.trim_end().len();
        out.truncate(trimmed);
        let _ = writeln!(out, "\n      {}", evidence(record, event));
    }
    out.push('\n');
    out
}

fn row(event: &EventRecord) -> [String; 5] {
    let when = match &event.time {
        Some(time) if time.from == time.to => time.from.clone(),
        Some(time) => format!("{}..{}", time.from, time.to),
        None => String::new(),
    };
    let historic = if event.time.as_ref().is_some_and(|t| t.historic) { ", historic" } else { "" };
    let what = event.mode.as_ref().map_or_else(|| event.kind.to_string(), |mode| format!("{} ({mode})", event.kind));
    let who = names(&event.actors);
    let who = if event.recipients.is_empty() { who } else { format!("{who} → {}", names(&event.recipients)) };
    let place = event.place.as_ref().map_or_else(String::new, |at| format!("@ {}", at.place.name));
    [when, what, format!("{}{historic}", event.status), who, place]
}

fn names(arguments: &[ArgumentRecord]) -> String {
    if arguments.is_empty() {
        return "?".to_owned();
    }
    arguments.iter().map(name).collect::<Vec<_>>().join(" + ")
}

/// `Shinzo Abe (JPN GOV)`
fn name(argument: &ArgumentRecord) -> String {
    let codes: Vec<&str> = argument.country.iter().chain(&argument.sectors).map(|code| &**code).collect();
    if codes.is_empty() { argument.name.clone() } else { format!("{} ({})", argument.name, codes.join(" ")) }
}

/// The clause, and who says so.
fn evidence(record: &Record, event: &EventRecord) -> String {
    let clause: String =
        record.story.text.chars().skip(event.evidence.start).take(event.evidence.end - event.evidence.start).collect();
    let clause = clause.split_whitespace().collect::<Vec<_>>().join(" ");
    let source = event.said_by.and_then(|i| source(record, i));
    let condition = event.condition.as_ref().map_or_else(String::new, |c| format!("  [if: {}]", c.text));
    source.map_or_else(|| format!("“{clause}”{condition}"), |s| format!("“{clause}”  — {s}{condition}"))
}

/// Who says a quote: the entity's name where it is known.
fn source(record: &Record, quote: usize) -> Option<String> {
    let quote = &record.quotes[quote];
    let named: Vec<&str> = quote.entities.iter().map(|&e| record.entities[e].name.as_str()).collect();
    if named.is_empty() { quote.source.as_ref().map(|s| s.text.clone()) } else { Some(named.join(" + ")) }
}

/// A line an event.
pub fn tsv(record: &Record) -> String {
    let mut out = String::new();
    for event in &record.events {
        let joined = |of: &[ArgumentRecord], pick: fn(&ArgumentRecord) -> &str| {
            of.iter().map(pick).collect::<Vec<_>>().join("|")
        };
        let time = event.time.as_ref();
        let said_by = event.said_by.and_then(|i| source(record, i));
        let cells = [
            record.story.id.clone(),
            event.id.clone(),
            time.map_or_else(String::new, |t| t.from.clone()),
            time.map_or_else(String::new, |t| t.to.clone()),
            time.map_or("", |t| &*t.basis).to_owned(),
            time.is_some_and(|t| t.historic).to_string(),
            event.kind.to_string(),
            event.mode.as_deref().unwrap_or("").to_owned(),
            event.cameo.to_string(),
            event.quad.to_string(),
            event.score.to_string(),
            event.status.to_string(),
            joined(&event.actors, |a| &a.name),
            joined(&event.actors, |a| a.country.as_deref().unwrap_or("")),
            joined(&event.recipients, |a| &a.name),
            joined(&event.recipients, |a| a.country.as_deref().unwrap_or("")),
            event.place.as_ref().map_or_else(String::new, |p| p.place.name.clone()),
            said_by.unwrap_or_default(),
            format!("{:.2}", event.confidence),
            record
                .story
                .text
                .chars()
                .skip(event.evidence.start)
                .take(event.evidence.end - event.evidence.start)
                .collect(),
        ];
        out.push_str(&cells.map(|cell| cell.replace(['\t', '\n', '\r'], " ")).join("\t"));
        out.push('\n');
    }
    out
}
