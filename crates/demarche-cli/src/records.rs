//! `demarche ingest --records`: what was coded elsewhere into an archive.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use demarche_archive::{Added, Archive, Loaded};

use crate::archive_arguments::IngestArguments;
use crate::failure::Failure;
use crate::ingest::tell;
use crate::input::Tally;

/// Stories that are written in one go.
const PORTION: usize = 128;

/// What is waiting to be written, and what was.
struct Loading<'a> {
    archive: &'a mut Archive,
    texts: bool,
    waiting: Vec<Loaded>,
    all: Added,
    tally: Tally,
}

impl Loading<'_> {
    fn add(&mut self, loaded: Loaded) -> Result<(), Failure> {
        self.waiting.push(loaded);
        if self.waiting.len() == PORTION { self.write() } else { Ok(()) }
    }

    fn write(&mut self) -> Result<(), Failure> {
        let added = self.archive.load(&self.waiting, self.texts)?;
        self.all.count(&added);
        self.tally.coded += self.waiting.len();
        self.waiting.clear();
        Ok(())
    }
}

/// Loads the records of files and folders.
pub fn load(arguments: &IngestArguments) -> Result<ExitCode, Failure> {
    let mut archive = arguments.archive.make()?;
    let texts = !arguments.no_text;
    let mut loading =
        Loading { archive: &mut archive, texts, waiting: Vec::new(), all: Added::default(), tally: Tally::default() };
    for path in &arguments.source.paths {
        for file in files(path)? {
            demarche_archive::records(&file, &mut |found| match found {
                Ok(loaded) => loading.add(loaded),
                Err(error) => {
                    eprintln!(
                        "error: {}: {error}\n  help: give what `demarche code --format jsonl` or `demarche-spark` wrote",
                        file.display()
                    );
                    loading.tally.skip("no records");
                    Ok(())
                }
            })?;
        }
    }
    loading.write()?;
    let Loading { all, tally, .. } = loading;
    tell(&all, &tally);
    Ok(tally.exit())
}

/// The files of records that a path names: itself, or those of a folder and the folders below it. Of what `demarche-spark` wrote only its
/// stories are.
pub fn files(path: &Path) -> Result<Vec<PathBuf>, Failure> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let stories = path.join("stories");
    let folder = if stories.is_dir() { &stories } else { path };
    let failed = |error| Failure::Input { path: folder.display().to_string(), error };
    let entries = std::fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>).map_err(failed)?;
    let mut inner: Vec<PathBuf> = entries.into_iter().map(|entry| entry.path()).collect();
    inner.sort();
    let mut out = Vec::new();
    for path in inner {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or("");
        // So are the files called that Spark keeps beside its own.
        if name.starts_with(['.', '_']) {
            continue;
        }
        if path.is_dir() {
            out.extend(files(&path)?);
        } else if path.extension().is_some_and(|ending| ending == "parquet" || ending == "jsonl") {
            out.push(path);
        }
    }
    Ok(out)
}
