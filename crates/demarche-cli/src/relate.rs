//! `demarche relate`: the relation of marked pairs.

use std::io::Read;
use std::process::ExitCode;

use demarche::MarkedSentence;

use crate::arguments::{RelateArguments, threads};
use crate::failure::Failure;
use crate::input;
use crate::output::Output;

pub fn run(arguments: &RelateArguments) -> Result<ExitCode, Failure> {
    let name = arguments.path.display().to_string();
    let mut file = String::new();
    input::open(&arguments.path)?
        .read_to_string(&mut file)
        .map_err(|error| Failure::Input { path: name.clone(), error })?;
    let rows = sentences(&name, &file)?;
    let marked: Vec<MarkedSentence> = rows.iter().flatten().cloned().collect();
    let mut out = Output::new();
    out.line("type\tconfidence")?;
    let mut related = arguments.with.coder()?.relate(&marked, threads(arguments.jobs))?.into_iter();
    for row in &rows {
        // A row that cannot be read keeps its line, so that the output stays beside the input.
        match row.as_ref().and_then(|_| related.next()) {
            Some(relation) => out.line(&format!("{}\t{:.3}", relation.kind, relation.confidence))?,
            None => out.line("NONE\t0.000")?,
        }
    }
    out.finish()?;
    Ok(if rows.iter().all(Option::is_some) { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// The marked sentences; what is wrong with a row is told, and the row left empty.
fn sentences(name: &str, file: &str) -> Result<Vec<Option<MarkedSentence>>, Failure> {
    let wrong = |line: usize, what: String| Failure::Wrong(format!("{name}:{line}: {what}"));
    let mut lines = file.lines().enumerate();
    let (_, header) = lines.next().ok_or_else(|| wrong(1, "the file is empty".to_owned()))?;
    let column = header.split('\t').position(|cell| cell == "marked_sentence");
    let column = column.ok_or_else(|| wrong(1, "the header has no column `marked_sentence`".to_owned()))?;
    let rows = lines.filter(|(_, line)| !line.trim().is_empty());
    let read = rows.map(|(i, line)| {
        let cell = line.split('\t').nth(column);
        let read = match cell {
            Some(cell) => MarkedSentence::read(cell).map_err(|error| error.to_string()),
            None => Err("the row ends before `marked_sentence`".to_owned()),
        };
        read.map_err(|what| wrong(i + 1, what).tell()).ok()
    });
    Ok(read.collect())
}
