//! `demarche dossier`: from many stories to where a negotiation stands.

use std::path::Path;
use std::process::ExitCode;

use demarche::record::Record;
use demarche::{CoderError, DossierTables};
use demarche_archive::Filter;

use crate::archive_arguments::ArchiveFile;
use crate::arguments::{DossierArguments, DossierFormat};
use crate::failure::Failure;
use crate::input;
use crate::output::Output;

pub fn run(arguments: &DossierArguments) -> Result<ExitCode, Failure> {
    let tables = DossierTables::shipped().map_err(CoderError::from)?;
    let (records, code) = match &arguments.db {
        Some(db) => (kept(arguments, db)?, ExitCode::SUCCESS),
        None => coded(arguments)?,
    };
    let dossier = tables.make(&records, &arguments.between);
    if dossier.stories.is_empty() {
        let parties =
            if arguments.between.is_empty() { "two parties".to_owned() } else { arguments.between.join(" and ") };
        eprintln!("warning: none of the {} stories tells of {parties}", records.len());
    }
    let mut out = Output::new();
    match arguments.format {
        DossierFormat::Markdown => out.text(&dossier.markdown())?,
        DossierFormat::Json => out.line(&serde_json::to_string_pretty(&dossier).map_err(Failure::json)?)?,
    }
    out.finish()?;
    Ok(code)
}

/// The records of stories that are coded now.
fn coded(arguments: &DossierArguments) -> Result<(Vec<Record>, ExitCode), Failure> {
    let coder = arguments.with.coder()?;
    let threads = arguments.source.threads();
    let mut records: Vec<Record> = Vec::new();
    let tally = input::stories(&arguments.source, true, |stories| {
        records.extend(coder.code_all(stories, threads)?);
        Ok(())
    })?;
    Ok((records, tally.exit()))
}

/// The records of an archive.
fn kept(arguments: &DossierArguments, db: &Path) -> Result<Vec<Record>, Failure> {
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string());
    let filter = Filter { since: day(arguments.since), until: day(arguments.until), ..Filter::default() };
    let archive = ArchiveFile { db: db.to_owned() }.open()?;
    Ok(archive.about(&arguments.between, &filter)?)
}
