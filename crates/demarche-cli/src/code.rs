//! `demarche code`: stories in, records out.

use std::io::IsTerminal;
use std::process::ExitCode;

use demarche::record::Record;

use crate::arguments::{CodeArguments, RecordFormat};
use crate::failure::Failure;
use crate::input;
use crate::output::Output;
use crate::table;

pub fn run(arguments: &CodeArguments) -> Result<ExitCode, Failure> {
    let terminal = std::io::stdout().is_terminal();
    let format = arguments.format.unwrap_or(if terminal { RecordFormat::Table } else { RecordFormat::Jsonl });
    let coder = arguments.with.coder()?;
    let threads = arguments.source.threads();
    let mut out = Output::new();
    if format == RecordFormat::Tsv {
        out.line(table::TSV_HEADER)?;
    }
    let tally = input::stories(&arguments.source, true, |stories| {
        for record in coder.code_all(stories, threads)? {
            out.text(&written(&record, format)?)?;
        }
        Ok(())
    })?;
    out.finish()?;
    Ok(tally.exit())
}

fn written(record: &Record, format: RecordFormat) -> Result<String, Failure> {
    Ok(match format {
        RecordFormat::Table => table::record(record),
        RecordFormat::Tsv => table::tsv(record),
        RecordFormat::Jsonl => serde_json::to_string(record).map_err(Failure::json)? + "\n",
        RecordFormat::Json => serde_json::to_string_pretty(record).map_err(Failure::json)? + "\n",
    })
}
