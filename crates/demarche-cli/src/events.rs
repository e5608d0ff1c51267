//! `demarche events`, `stories` and `show`: what an archive holds.

use std::io::IsTerminal;
use std::process::ExitCode;

use demarche_archive::{StoredEvent, StoredParty};

use crate::archive_arguments::{ArchiveFile, EventsArguments, EventsFormat};
use crate::export;
use crate::failure::Failure;
use crate::output::Output;

pub fn run(arguments: &EventsArguments) -> Result<ExitCode, Failure> {
    let archive = arguments.archive.open()?;
    let filter = arguments.asked.filter();
    if arguments.format == EventsFormat::Parquet {
        if std::io::stdout().is_terminal() {
            let what = "Parquet is no text: send it to a file, as `demarche export parquet --out FILE` does";
            return Err(Failure::Wrong(what.to_owned()));
        }
        export::parquet(&archive, &filter, Box::new(std::io::stdout()))?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut out = Output::new();
    if arguments.format == EventsFormat::Csv {
        out.bytes(&line_of_csv(&StoredEvent::COLUMNS)?)?;
    }
    archive.each(&filter, &mut |event| match arguments.format {
        EventsFormat::Table => out.text(&row(&event)),
        EventsFormat::Jsonl => out.line(&serde_json::to_string(&event).map_err(Failure::json)?),
        EventsFormat::Csv | EventsFormat::Parquet => out.bytes(&line_of_csv(&event.cells())?),
    })?;
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
    let archive = archive.open()?;
    let event = archive.event(number)?;
    let event = event
        .ok_or_else(|| Failure::Wrong(format!("the archive has no event {number}; `demarche events` lists them")))?;
    let mut out = Output::new();
    out.text(&row(&event))?;
    out.line(&format!(
        "  CAMEO {}, quad class {}, score {}, confidence {:.2}",
        event.cameo, event.quad, event.score, event.confidence
    ))?;
    out.line(&format!("  story {} ({})", event.story, event.number))?;
    for carrier in archive.carriers(&event.story)?.iter().skip(1) {
        let by = carrier.publisher.as_ref().map_or_else(String::new, |by| format!(" by {by}"));
        let (name, part) = (carrier.url.as_ref().unwrap_or(&carrier.name), carrier.likeness * 100.0);
        out.line(&format!("    also published as {name}{by}, {part:.0} % the same"))?;
    }
    let (tellings, links) = archive.tellings(event.occurrence)?;
    if tellings.len() > 1 {
        out.line(&format!("\nTold by {} stories of {} sources:\n", event.stories, event.sources))?;
        tellings.iter().filter(|telling| telling.id != event.id).try_for_each(|telling| out.text(&row(telling)))?;
        out.line("\nJoined since:\n")?;
        for link in links {
            out.line(&format!("  {} and {} ({:.2}): {}", link.between.0, link.between.1, link.likeness, link.why))?;
        }
    }
    out.finish()?;
    Ok(ExitCode::SUCCESS)
}

fn days(event: &StoredEvent) -> String {
    match (&event.from, &event.to) {
        (Some(from), Some(to)) if from == to => from.clone(),
        (Some(from), Some(to)) => format!("{from}..{to}"),
        _ => String::new(),
    }
}

/// An event on two lines: what it is, and the words it was coded from.
fn row(event: &StoredEvent) -> String {
    let what = event.mode.as_ref().map_or_else(|| event.kind.clone(), |mode| format!("{} ({mode})", event.kind));
    let to = if event.recipients.is_empty() {
        String::new()
    } else {
        format!(" → {}", StoredParty::names(&event.recipients))
    };
    let place = event.place.as_ref().map_or_else(String::new, |place| format!("  @ {place}"));
    let historic = if event.historic { ", historic" } else { "" };
    let stories = if event.stories > 1 { format!("  ({} stories)", event.stories) } else { String::new() };
    format!(
        "{:>6}  {}  {what}  {}{historic}  {}{to}{place}{stories}\n        “{}”\n",
        event.id,
        days(event),
        event.status,
        StoredParty::names(&event.actors),
        event.quotation
    )
}

/// Cells as a line of CSV.
fn line_of_csv<T: AsRef<[u8]>>(cells: &[T]) -> Result<Vec<u8>, Failure> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(cells).map_err(|error| Failure::Wrong(error.to_string()))?;
    writer.into_inner().map_err(|error| Failure::Wrong(error.to_string()))
}
