//! `demarche serve`: an archive as pages and an API; `demo`: one of the example stories.

use std::net::SocketAddr;
use std::path::Path;
use std::process::ExitCode;

use demarche::Coder;
use demarche::story::{Format, Intake};
use demarche_archive::{Archive, Keep};
use demarche_explorer::{Explorer, Token};
use include_dir::{Dir, include_dir};

use crate::archive_arguments::{DemoArguments, ServeArguments};
use crate::failure::Failure;

static EXAMPLES: Dir = include_dir!("$CARGO_MANIFEST_DIR/../../examples");

/// Where a token is looked for when no file is named.
const VARIABLE: &str = "DEMARCHE_TOKEN";

pub fn run(arguments: &ServeArguments) -> Result<ExitCode, Failure> {
    // Says what is missing, and brings the archive to the present tables.
    drop(arguments.archive.open()?);
    let explorer = Explorer {
        archive: arguments.archive.db.clone(),
        listen: arguments.place.listen,
        token: token(arguments.token_file.as_deref())?,
        coder: arguments.with.coder()?,
    };
    explorer.serve(tell)?;
    Ok(ExitCode::SUCCESS)
}

fn tell(address: SocketAddr) {
    eprintln!("Listening at http://{address} (Ctrl-C ends it)");
}

fn token(file: Option<&Path>) -> Result<Option<Token>, Failure> {
    let text = match file {
        Some(path) => {
            let failed = |error| Failure::Input { path: path.display().to_string(), error };
            Some(std::fs::read_to_string(path).map_err(failed)?)
        }
        None => std::env::var(VARIABLE).ok(),
    };
    let short =
        || Failure::Wrong("the token has fewer than 16 characters: `openssl rand -hex 24` makes a good one".to_owned());
    text.map(|text| Token::new(&text).ok_or_else(short)).transpose()
}

pub fn demo(arguments: &DemoArguments) -> Result<ExitCode, Failure> {
    let failed = |error| Failure::Input { path: "a temporary folder".to_owned(), error };
    let folder = tempfile::tempdir().map_err(failed)?;
    let db = folder.path().join("demo.db");
    let coder = Coder::new()?;
    let stories = fill(&db, &coder)?;
    eprintln!("{stories} example stories coded");
    let explorer = Explorer { archive: db, listen: arguments.place.listen, token: None, coder };
    explorer.serve(tell)?;
    Ok(ExitCode::SUCCESS)
}

/// Codes the example stories into an archive; how many there are.
fn fill(db: &Path, coder: &Coder) -> Result<usize, Failure> {
    let intake = Intake::new().map_err(demarche::CoderError::from)?;
    let folders = [Some(&EXAMPLES), EXAMPLES.get_dir("japan-russia")];
    let files = folders.into_iter().flatten().flat_map(Dir::files);
    let names = files.filter_map(|file| Some((file.path().to_str()?.to_owned(), file.contents())));
    let texts = names.filter(|(name, _)| name.ends_with(".md") && name != "README.md");
    let stories: Vec<_> = texts
        .flat_map(|(name, bytes)| intake.read(&name, bytes, Some(Format::Markdown)))
        .filter_map(Result::ok)
        .collect();
    let records = coder.code_all(&stories, std::thread::available_parallelism().map_or(1, Into::into))?;
    let pairs: Vec<_> = stories.iter().zip(records.iter().map(Some)).collect();
    Archive::open(db)?.add(&pairs, &Keep { texts: true, edition: coder.edition() })?;
    Ok(stories.len())
}
