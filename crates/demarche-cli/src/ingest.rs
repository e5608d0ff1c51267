//! `demarche ingest`: stories into an archive, each once; and `recode`, those of an older program again.

use std::cell::RefCell;
use std::process::ExitCode;
use std::time::Duration;

use demarche::record::Record;
use demarche::story::Intake;
use demarche::{Coder, Story};
use demarche_archive::{Added, Archive, Keep};
use demarche_sources::{Known, Validators};

use crate::archive_arguments::{IngestArguments, RecodeArguments};
use crate::failure::Failure;
use crate::input::{self, Got, Tally};

/// Stories coded again in one go.
const PORTION: usize = 128;

/// An archive that is asked what it knows while it is being filled.
struct Shared<'a>(&'a RefCell<Archive>);

impl Known for Shared<'_> {
    fn validators(&self, feed: &str) -> Option<Validators> {
        self.0.borrow().validators(feed)
    }

    fn story(&self, url: &str) -> bool {
        self.0.borrow().story(url)
    }
}

pub fn run(arguments: &IngestArguments) -> Result<ExitCode, Failure> {
    let archive = RefCell::new(arguments.archive.make()?);
    let coder = arguments.with.coder()?;
    let keep = Keep { texts: !arguments.no_text, edition: coder.edition() };
    loop {
        let tally = once(arguments, &archive, &coder, &keep)?;
        let Some(minutes) = arguments.watch else { return Ok(tally.exit()) };
        std::thread::sleep(Duration::from_secs(u64::from(minutes.get()) * 60));
    }
}

fn once(arguments: &IngestArguments, archive: &RefCell<Archive>, coder: &Coder, keep: &Keep) -> Result<Tally, Failure> {
    let threads = arguments.source.threads();
    let mut all = Added::default();
    let tally = input::walk(&arguments.source, true, &Shared(archive), &mut |got| {
        match got {
            Got::Feed(url, validators) => archive.borrow_mut().remember(url, validators)?,
            Got::Stories(stories) => {
                let added = add(&mut archive.borrow_mut(), coder, threads, stories, keep)?;
                all.new += added.new;
                all.copies += added.copies;
                all.known += added.known;
            }
        }
        Ok(())
    })?;
    eprintln!(
        "{} stories added, {} copies of stories noted, {} there already; {}",
        all.new,
        all.copies,
        all.known,
        tally.reasons()
    );
    Ok(tally)
}

/// Codes those stories that are new, and adds all.
fn add(archive: &mut Archive, coder: &Coder, threads: usize, stories: &[Story], keep: &Keep) -> Result<Added, Failure> {
    let wanted = archive.sift(stories)?;
    let mut records = code(coder, threads, stories, &wanted)?;
    let mut all = Added::default();
    let mut rest: Vec<&Story> = stories.iter().collect();
    loop {
        let pairs: Vec<_> = rest.iter().copied().zip(records.iter().map(Option::as_ref)).collect();
        let added = archive.add(&pairs, keep)?;
        all.new += added.new;
        all.copies += added.copies;
        all.known += added.known;
        if added.uncoded.is_empty() {
            return Ok(all);
        }
        // What was a copy of a story that another program, meanwhile, found to be a copy of yet another.
        rest = added.uncoded.iter().map(|&index| rest[index]).collect();
        let again: Vec<Story> = rest.iter().map(|&story| story.clone()).collect();
        records = code(coder, threads, &again, &vec![true; again.len()])?;
    }
}

/// The records of the stories that are wanted.
fn code(coder: &Coder, threads: usize, stories: &[Story], wanted: &[bool]) -> Result<Vec<Option<Record>>, Failure> {
    let new: Vec<Story> = stories.iter().zip(wanted).filter(|(_, wanted)| **wanted).map(|(s, _)| s.clone()).collect();
    let mut records = coder.code_all(&new, threads)?.into_iter();
    Ok(wanted.iter().map(|&wanted| if wanted { records.next() } else { None }).collect())
}

pub fn recode(arguments: &RecodeArguments) -> Result<ExitCode, Failure> {
    let mut archive = arguments.archive.open()?;
    let coder = arguments.with.coder()?;
    let intake = Intake::new().map_err(demarche::CoderError::from)?;
    let edition = coder.edition();
    let (stale, bare) = archive.stale(&edition)?;
    let (mut last, mut coded, mut changed) = (0, 0, 0);
    loop {
        let portion = archive.to_recode(&edition, last, PORTION)?;
        let Some(end) = portion.last() else { break };
        last = end.id;
        let stories: Vec<Story> = portion
            .iter()
            .map(|stale| intake.complete(stale.story.clone()).unwrap_or_else(|_| stale.story.clone()))
            .collect();
        let records = coder.code_all(&stories, arguments.threads())?;
        changed += archive.replace(&portion, &records, &edition)?;
        coded += portion.len();
    }
    eprintln!(
        "{coded} of {stale} stories coded again, {changed} with other events; {bare} have no text to be coded again"
    );
    Ok(ExitCode::from(u8::from(bare > 0)))
}
