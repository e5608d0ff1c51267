//! `demarche export`: an archive's events in the layouts of other data sets.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use demarche_archive::{Archive, Codes, Columns, Exported, Filter, Layout};

use crate::archive_arguments::{ExportArguments, ExportLayout};
use crate::failure::Failure;

pub fn run(arguments: &ExportArguments) -> Result<ExitCode, Failure> {
    let archive = arguments.archive.open()?;
    let filter = arguments.asked.filter();
    let out: Box<dyn Write + Send> = match &arguments.out {
        None => Box::new(io::stdout()),
        Some(path) => {
            let file = File::create(path);
            Box::new(file.map_err(|error| Failure::Input { path: path.display().to_string(), error })?)
        }
    };
    let layout = match arguments.layout {
        ExportLayout::Polecat => Layout::Polecat,
        ExportLayout::Icews => Layout::Icews,
        ExportLayout::Phoenix => Layout::Phoenix,
        ExportLayout::Petrarch => Layout::Petrarch,
        ExportLayout::Gdelt => Layout::Gdelt,
        ExportLayout::Ngec => Layout::Ngec,
        ExportLayout::Parquet => {
            parquet(&archive, &filter, out)?;
            return Ok(ExitCode::SUCCESS);
        }
    };
    let mut out = BufWriter::new(out);
    if let Some(header) = layout.header() {
        out.write_all(&header)?;
    }
    let codes = Codes::shipped();
    each(&archive, &filter, &mut |exported| Ok(out.write_all(&layout.lines(&codes, exported))?))?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// Writes events as Parquet.
pub fn parquet(archive: &Archive, filter: &Filter, out: Box<dyn Write + Send>) -> Result<(), Failure> {
    let wrong = |error: parquet::errors::ParquetError| Failure::Wrong(format!("Parquet cannot be written: {error}"));
    let mut columns = Columns::new(BufWriter::new(out)).map_err(wrong)?;
    each(archive, filter, &mut |exported| columns.add(exported).map_err(wrong))?;
    columns.finish().map_err(wrong)?.flush()?;
    Ok(())
}

/// Hands on every event with the record of its story.
fn each(
    archive: &Archive,
    filter: &Filter,
    take: &mut dyn FnMut(Exported) -> Result<(), Failure>,
) -> Result<(), Failure> {
    archive.records(filter, &mut |record, events| {
        for stored in &events {
            let event = record.events.iter().find(|event| event.id == stored.number);
            let Some(event) = event else { continue };
            take(Exported { record: &record, event, stored })?;
        }
        Ok(())
    })
}
