//! `demarche ingest`: stories into an archive, each once; and `recode`, those of an older program again.

use std::process::ExitCode;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::Duration;

use demarche::record::Record;
use demarche::story::Intake;
use demarche::{Coder, Story};
use demarche_archive::{Added, Archive, Keep};
use demarche_sources::{Known, Validators};

use crate::archive_arguments::{IngestArguments, RecodeArguments};
use crate::failure::Failure;
use crate::input::{self, Got, Tally};
use crate::records;

/// Stories coded again in one go.
const PORTION: usize = 128;

/// What is written while the next stories are coded.
enum Work {
    /// Stories, with the records of those that have to be coded.
    Stories(Vec<Story>, Vec<Option<Record>>),
    /// A feed whose stories have all been handed on.
    Feed(String, Validators),
}

/// An archive that is asked what it knows while another connection fills it.
struct Asked<'a>(&'a Archive);

impl Known for Asked<'_> {
    fn validators(&self, feed: &str) -> Option<Validators> {
        self.0.validators(feed)
    }

    fn story(&self, url: &str) -> bool {
        self.0.story(url)
    }
}

pub fn run(arguments: &IngestArguments) -> Result<ExitCode, Failure> {
    if arguments.records {
        return records::load(arguments);
    }
    let mut archive = arguments.archive.make()?;
    let asked = arguments.archive.make()?;
    let coder = arguments.with.coder()?;
    let keep = Keep { texts: !arguments.no_text, edition: coder.edition() };
    loop {
        let tally = once(arguments, (&asked, &mut archive), &coder, &keep)?;
        let Some(minutes) = arguments.watch else { return Ok(tally.exit()) };
        std::thread::sleep(Duration::from_secs(u64::from(minutes.get()) * 60));
    }
}

/// Walks through the sources once: this thread reads and codes, another writes.
fn once(
    arguments: &IngestArguments,
    (asked, archive): (&Archive, &mut Archive),
    coder: &Coder,
    keep: &Keep,
) -> Result<Tally, Failure> {
    let threads = arguments.source.threads();
    let (send, receive) = sync_channel(1);
    let (walked, written) = std::thread::scope(|scope| {
        let writer = scope.spawn(move || write(archive, coder, threads, &receive, keep));
        let walked = walk(arguments, asked, coder, send);
        (walked, writer.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    });
    // Where writing fails the walk only sees that nobody listens.
    let all = written?;
    let tally = walked?;
    tell(&all, &tally);
    Ok(tally)
}

/// Says what became of stories.
pub fn tell(all: &Added, tally: &Tally) {
    let Added { new, copies, known, .. } = all;
    let reasons = tally.reasons();
    eprintln!("{new} stories added, {copies} copies of stories noted, {known} there already; {reasons}");
}

/// Codes what is new and hands all on.
fn walk(arguments: &IngestArguments, asked: &Archive, coder: &Coder, send: SyncSender<Work>) -> Result<Tally, Failure> {
    let threads = arguments.source.threads();
    input::walk(&arguments.source, true, &Asked(asked), &mut |got| {
        let work = match got {
            Got::Feed(url, validators) => Work::Feed(url.to_owned(), validators.clone()),
            Got::Stories(stories) => {
                let wanted = asked.sift(stories)?;
                Work::Stories(stories.to_vec(), code(coder, threads, stories, &wanted)?)
            }
        };
        send.send(work).map_err(|_| Failure::Closed)
    })
}

/// Writes what is handed on, in its order.
fn write(
    archive: &mut Archive,
    coder: &Coder,
    threads: usize,
    work: &Receiver<Work>,
    keep: &Keep,
) -> Result<Added, Failure> {
    let mut all = Added::default();
    for work in work {
        match work {
            Work::Feed(url, validators) => archive.remember(&url, &validators)?,
            Work::Stories(stories, records) => {
                let added = add(archive, coder, threads, &stories, records, keep)?;
                all.count(&added);
            }
        }
    }
    Ok(all)
}

/// Adds stories, and codes those that after all have to be.
fn add(
    archive: &mut Archive,
    coder: &Coder,
    threads: usize,
    stories: &[Story],
    mut records: Vec<Option<Record>>,
    keep: &Keep,
) -> Result<Added, Failure> {
    let mut all = Added::default();
    let mut rest: Vec<&Story> = stories.iter().collect();
    loop {
        let pairs: Vec<_> = rest.iter().copied().zip(records.iter().map(Option::as_ref)).collect();
        let added = archive.add(&pairs, keep)?;
        all.count(&added);
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
