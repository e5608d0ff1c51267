//! `demarche dossier`: from many stories to where a negotiation stands.

use std::process::ExitCode;

use demarche::record::Record;
use demarche::{CoderError, DossierTables};

use crate::arguments::{DossierArguments, DossierFormat};
use crate::failure::Failure;
use crate::input;
use crate::output::Output;

pub fn run(arguments: &DossierArguments) -> Result<ExitCode, Failure> {
    let coder = arguments.with.coder()?;
    let tables = DossierTables::shipped().map_err(CoderError::from)?;
    let threads = arguments.source.threads();
    let mut records: Vec<Record> = Vec::new();
    let tally = input::stories(&arguments.source, true, |stories| {
        records.extend(coder.code_all(stories, threads)?);
        Ok(())
    })?;
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
    Ok(tally.exit())
}
