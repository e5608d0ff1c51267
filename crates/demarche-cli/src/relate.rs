//! `demarche relate`: the relation of marked pairs.

use std::io::Read;
use std::process::ExitCode;

use demarche::MarkedSentence;

use crate::arguments::RelateArguments;
use crate::failure::Failure;
use crate::input;
use crate::output::Output;

pub fn run(arguments: &RelateArguments) -> Result<ExitCode, Failure> {
    let name = arguments.path.display().to_string();
    let mut file = String::new();
    input::open(&arguments.path)?
        .read_to_string(&mut file)
        .map_err(|error| Failure::Input { path: name.clone(), error })?;
    let sentences = sentences(&name, &file)?;
    let threads = arguments.jobs.or_else(|| std::thread::available_parallelism().ok()).map_or(1, Into::into);
    let mut out = Output::new();
    out.line("type\tconfidence")?;
    for relation in arguments.with.coder()?.relate(&sentences, threads)? {
        out.line(&format!("{}\t{:.3}", relation.kind, relation.confidence))?;
    }
    out.finish()?;
    Ok(ExitCode::SUCCESS)
}

fn sentences(name: &str, file: &str) -> Result<Vec<MarkedSentence>, Failure> {
    let wrong = |line: usize, what: String| Failure::Wrong(format!("{name}:{line}: {what}"));
    let mut lines = file.lines().enumerate();
    let (_, header) = lines.next().ok_or_else(|| wrong(1, "the file is empty".to_owned()))?;
    let column = header.split('\t').position(|cell| cell == "marked_sentence");
    let column = column.ok_or_else(|| wrong(1, "the header has no column `marked_sentence`".to_owned()))?;
    let rows = lines.filter(|(_, line)| !line.trim().is_empty());
    rows.map(|(i, line)| {
        let cell = line
            .split('\t')
            .nth(column)
            .ok_or_else(|| wrong(i + 1, "the row ends before `marked_sentence`".to_owned()))?;
        MarkedSentence::read(cell).map_err(|error| wrong(i + 1, error.to_string()))
    })
    .collect()
}
