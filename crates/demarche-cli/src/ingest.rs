//! `demarche ingest`: stories into an archive, each once.

use std::process::ExitCode;

use demarche::Story;

use crate::archive_arguments::IngestArguments;
use crate::failure::Failure;
use crate::input;

pub fn run(arguments: &IngestArguments) -> Result<ExitCode, Failure> {
    let mut archive = arguments.archive.make()?;
    let coder = arguments.with.coder()?;
    let threads = arguments.source.threads();
    let mut added = 0;
    let tally = input::stories(&arguments.source, true, |stories| {
        let mut new: Vec<Story> = Vec::new();
        for story in stories {
            if !archive.knows(story)? {
                new.push(story.clone());
            }
        }
        let records = coder.code_all(&new, threads)?;
        let pairs: Vec<_> = new.iter().zip(&records).collect();
        added += archive.add(&pairs, !arguments.no_text)?;
        Ok(())
    })?;
    eprintln!("{added} stories added, {} there already, {} skipped", tally.coded - added, tally.skipped);
    Ok(tally.exit())
}
