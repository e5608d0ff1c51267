//! `demarche who`: who a phrase means on a day.

use std::io::Read;
use std::process::ExitCode;

use demarche::Own;
use demarche::actor::Directory;
use demarche::place::Gazetteer;
use jiff::civil::Date;

use crate::arguments::WhoArguments;
use crate::failure::Failure;
use crate::input;
use crate::output::Output;
use crate::with::actors;

const HEADER: &str = "phrase\tdate\tcountry\tsectors\tname\toffice\tconfidence";

pub fn run(arguments: &WhoArguments) -> Result<ExitCode, Failure> {
    let mut own = Own::default();
    actors(&mut own, &arguments.actors)?;
    let names = Names { directory: Directory::with(&own)?, gazetteer: Gazetteer::shipped()? };
    let mut out = Output::new();
    if arguments.export {
        names.directory.export().try_for_each(|line| out.line(&line))?;
        out.finish()?;
        return Ok(ExitCode::SUCCESS);
    }
    out.line(HEADER)?;
    for phrase in &arguments.phrases {
        out.line(&names.row(phrase, arguments.date, &arguments.date.map_or_else(String::new, |d| d.to_string())))?;
    }
    let mut whole = true;
    if let Some(path) = &arguments.tsv {
        let name = path.display().to_string();
        let mut file = String::new();
        input::open(path)?.read_to_string(&mut file).map_err(|error| Failure::Input { path: name.clone(), error })?;
        whole = rows(&names, &name, &file, arguments.date, &mut out)?;
    }
    out.finish()?;
    Ok(if whole { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// The rows of a file; a date that cannot be read is told, and its row says nothing, so that the output stays beside the input.
fn rows(names: &Names, name: &str, file: &str, day: Option<Date>, out: &mut Output) -> Result<bool, Failure> {
    let mut lines = file.lines().enumerate();
    let header: Vec<&str> = lines.next().map_or_else(Vec::new, |(_, line)| line.split('\t').map(str::trim).collect());
    let column = |wanted: &str| header.iter().position(|cell| *cell == wanted);
    let phrases = column("phrase").ok_or_else(|| {
        Failure::Wrong(format!("{name}:1: the header has no column `phrase`; there may be one `date`"))
    })?;
    let dates = column("date");
    let mut whole = true;
    for (i, line) in lines {
        let cells: Vec<&str> = line.split('\t').collect();
        let cell = |at: usize| cells.get(at).copied().unwrap_or("").trim();
        let (phrase, date) = (cell(phrases), dates.map_or("", cell));
        if line.trim().is_empty() {
            continue;
        }
        match (date.is_empty(), date.parse::<Date>()) {
            (true, _) => out.line(&names.row(phrase, day, ""))?,
            (false, Ok(on)) => out.line(&names.row(phrase, Some(on), date))?,
            (false, Err(_)) => {
                whole = false;
                Failure::Wrong(format!("{name}:{}: `{date}` is no date; write YYYY-MM-DD", i + 1)).tell();
                out.line(&format!("{phrase}\t{date}\t\t\t\t\t"))?;
            }
        }
    }
    Ok(whole)
}

/// The tables that a phrase is looked up in.
struct Names {
    directory: Directory,
    gazetteer: Gazetteer,
}

impl Names {
    fn row(&self, phrase: &str, on: Option<Date>, date: &str) -> String {
        let found = self.directory.who(phrase, on, &self.gazetteer);
        let Some(who) = found else { return format!("{phrase}\t{date}\t\t\t\t\t") };
        let identity = who.identity;
        format!(
            "{phrase}\t{date}\t{}\t{}\t{}\t{}\t{:.2}",
            identity.country.unwrap_or(""),
            identity.sectors.join(" "),
            identity.name,
            identity.office.unwrap_or_default(),
            who.confidence
        )
    }
}
