//! `demarche explain`: why each event was coded.

use std::io::IsTerminal;
use std::process::ExitCode;

use anstyle::{AnsiColor, Style};
use demarche::{Explanation, Piece, Story};

use crate::arguments::{ExplainArguments, ExplanationFormat};
use crate::failure::Failure;
use crate::input;
use crate::output::Output;

pub fn run(arguments: &ExplainArguments) -> Result<ExitCode, Failure> {
    let coder = arguments.with.coder()?;
    let colored = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let mut out = Output::new();
    let tally = input::stories(&arguments.source, true, |stories| {
        for story in stories {
            let events = coder.explain(story)?;
            match arguments.format {
                ExplanationFormat::Jsonl => lines(&mut out, story, &events)?,
                ExplanationFormat::Text => out.text(&text(story, &events, colored))?,
            }
        }
        Ok(())
    })?;
    out.finish()?;
    Ok(tally.exit())
}

fn lines(out: &mut Output, story: &Story, events: &[Explanation]) -> Result<(), Failure> {
    for (index, event) in events.iter().enumerate() {
        let mut value = serde_json::to_value(event).map_err(Failure::json)?;
        value["story"] = story.id.as_str().into();
        value["id"] = format!("e{}", index + 1).into();
        out.line(&value.to_string())?;
    }
    Ok(())
}

fn text(story: &Story, events: &[Explanation], colored: bool) -> String {
    let mut out = format!("{}\n", story.title.as_deref().unwrap_or(&story.id));
    for (index, event) in events.iter().enumerate() {
        let mode = event.mode.map_or_else(String::new, |mode| format!(" ({mode})"));
        out += &format!("\ne{}  {}{mode}  {}  {:.2}\n", index + 1, event.kind, event.status, event.confidence);
        let sentence: String = event.sentence.iter().map(|piece| marked(piece, colored)).collect();
        out += &format!("    {}\n", sentence.split_whitespace().collect::<Vec<_>>().join(" "));
        for path in &event.paths {
            out += &format!("    path       {path}\n");
        }
        out += &format!("    lexicon    {}\n", event.rule.as_deref().unwrap_or("no row"));
        out += &format!("    event      {:.2}: {}\n", event.chance, features(&event.features));
        out += &format!("    type       {}\n", shares(&event.types));
        out += &format!("    status     {}\n", shares(&event.statuses));
        out += &format!("    right      {:.2}: {}\n", event.confidence, features(&event.whole));
    }
    out.push('\n');
    out
}

fn shares(of: &[(&str, f32)]) -> String {
    of.iter().map(|(name, share)| format!("{name} {share:.2}")).collect::<Vec<_>>().join(", ")
}

fn features(of: &std::collections::BTreeMap<&str, f32>) -> String {
    of.iter().map(|(name, value)| format!("{name} {value:.2}")).collect::<Vec<_>>().join(", ")
}

/// A part in its color, or where there is none in brackets with its name.
fn marked(piece: &Piece, colored: bool) -> String {
    let Some(part) = piece.part else { return piece.text.clone() };
    if !colored {
        return format!("[{} {}]", part, piece.text);
    }
    let style = style(part);
    format!("{style}{}{style:#}", piece.text)
}

fn style(part: &str) -> Style {
    let color = match part {
        "trigger" => return AnsiColor::Red.on_default().bold().underline(),
        "actor" => AnsiColor::Blue,
        "recipient" => AnsiColor::Magenta,
        "time" => AnsiColor::Green,
        "place" => AnsiColor::Cyan,
        _ => AnsiColor::Yellow,
    };
    color.on_default().bold()
}
