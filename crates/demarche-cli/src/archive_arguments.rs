//! What the verbs of the archive take.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use demarche::voice::Status;
use demarche_archive::{Archive, Filter};
use jiff::civil::Date;

use crate::arguments::{Source, With, country};
use crate::failure::Failure;

/// Where the archive is.
#[derive(Debug, Args)]
pub struct ArchiveFile {
    /// The archive's file.
    #[arg(long, value_name = "FILE", default_value = "demarche.db")]
    pub db: PathBuf,
}

impl ArchiveFile {
    /// Opens it, and makes it where it is not there.
    pub fn make(&self) -> Result<Archive, Failure> {
        Ok(Archive::open(&self.db)?)
    }

    /// Opens one that is there.
    pub fn open(&self) -> Result<Archive, Failure> {
        if !self.db.exists() {
            let missing = std::io::Error::other("there is no archive; `demarche ingest` makes one, --db names another");
            return Err(Failure::Input { path: self.db.display().to_string(), error: missing });
        }
        self.make()
    }
}

#[derive(Debug, Args)]
pub struct IngestArguments {
    #[command(flatten)]
    pub source: Source,
    #[command(flatten)]
    pub with: With,
    #[command(flatten)]
    pub archive: ArchiveFile,
    /// The sources are records, as `demarche code` or `demarche-spark` wrote them (JSON Lines, Parquet, or a folder of these), and are taken
    /// as they are.
    #[arg(long, conflicts_with_all = ["watch", "lexicon", "actors", "min_confidence", "weights"])]
    pub records: bool,
    /// Keep no texts, where their licence forbids it: only the clauses of events, names and dates stay, with where all else stood.
    #[arg(long)]
    pub no_text: bool,
    /// Go through the sources again every so many minutes; feeds that have not changed are not sent again.
    #[arg(long, value_name = "MINUTES")]
    pub watch: Option<std::num::NonZeroU32>,
}

#[derive(Debug, Args)]
pub struct RecodeArguments {
    #[command(flatten)]
    pub with: With,
    #[command(flatten)]
    pub archive: ArchiveFile,
    /// How many threads to use; by default as many as there are processors.
    #[arg(long, short, value_name = "N")]
    pub jobs: Option<std::num::NonZeroUsize>,
}

impl RecodeArguments {
    pub fn threads(&self) -> usize {
        let given = self.jobs.or_else(|| std::thread::available_parallelism().ok());
        given.map_or(1, Into::into)
    }
}

#[derive(Debug, Args)]
pub struct EventsArguments {
    #[command(flatten)]
    pub archive: ArchiveFile,
    #[command(flatten)]
    pub asked: Asked,
    /// What to write.
    #[arg(long, short, value_enum, default_value = "table")]
    pub format: EventsFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum EventsFormat {
    /// A table that a person can read.
    Table,
    /// One event a line.
    Jsonl,
    /// Comma-separated, with a header.
    Csv,
    /// Parquet, with all that is known of each event; to a file.
    Parquet,
}

#[derive(Debug, Args)]
pub struct ExportArguments {
    /// The layout.
    #[arg(value_enum)]
    pub layout: ExportLayout,
    #[command(flatten)]
    pub archive: ArchiveFile,
    #[command(flatten)]
    pub asked: Asked,
    /// File to write to; by default standard output.
    #[arg(long, short, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExportLayout {
    /// The 40 columns of POLECAT's weekly files.
    Polecat,
    /// The 20 columns of ICEWS.
    Icews,
    /// The 26 columns of Phoenix.
    Phoenix,
    /// The lines that PETRARCH2 writes.
    Petrarch,
    /// The 58 columns of GDELT 1.0.
    Gdelt,
    /// The JSON Lines of NGEC.
    Ngec,
    /// Parquet, with all that is known of each event.
    Parquet,
}

#[derive(Debug, Args)]
pub struct ServeArguments {
    #[command(flatten)]
    pub archive: ArchiveFile,
    #[command(flatten)]
    pub with: With,
    #[command(flatten)]
    pub place: Listen,
    /// A file with the token that must be shown, at least 16 characters; in its place the variable DEMARCHE_TOKEN.
    #[arg(long, value_name = "FILE")]
    pub token_file: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct DemoArguments {
    #[command(flatten)]
    pub place: Listen,
}

/// Where to listen.
#[derive(Debug, Args)]
pub struct Listen {
    /// Address and port; port 0 takes any that is free.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    pub listen: std::net::SocketAddr,
}

/// Which events.
#[derive(Debug, Args)]
pub struct Asked {
    /// States that must all take part, by three letters with commas between them.
    #[arg(long, value_name = "CODES", value_delimiter = ',', value_parser = country)]
    pub between: Vec<String>,
    /// A party: part of its name, its country's three letters or a PLOVER sector.
    #[arg(long, value_name = "NAME")]
    pub actor: Option<String>,
    /// PLOVER type.
    #[arg(long = "type", value_name = "TYPE")]
    pub kind: Option<String>,
    /// happened, ongoing, planned, proposed, demanded, threatened, conditional, possible, denied or failed.
    #[arg(long, value_parser = status)]
    pub status: Option<String>,
    /// Not over before this day: YYYY-MM-DD.
    #[arg(long, value_name = "DATE")]
    pub since: Option<Date>,
    /// Not begun after this day: YYYY-MM-DD.
    #[arg(long, value_name = "DATE")]
    pub until: Option<Date>,
    /// Part of the place's name, or its country's three letters.
    #[arg(long)]
    pub place: Option<String>,
    /// Words of the story, all of them; AND, OR, NOT, "phrases" and star* as SQLite's FTS5 has them.
    #[arg(long, value_name = "WORDS")]
    pub text: Option<String>,
    /// Leave out what stories look back on.
    #[arg(long)]
    pub no_historic: bool,
    /// Of what several stories tell of, give only the telling that came first.
    #[arg(long)]
    pub linked: bool,
}

impl Asked {
    pub fn filter(&self) -> Filter {
        Filter {
            between: self.between.clone(),
            actor: self.actor.clone(),
            named: None,
            kind: self.kind.clone(),
            status: self.status.clone(),
            since: self.since.map(|day| day.to_string()),
            until: self.until.map(|day| day.to_string()),
            place: self.place.clone(),
            text: self.text.clone(),
            no_historic: self.no_historic,
            linked: self.linked,
        }
    }
}

#[derive(Debug, Args)]
pub struct TimelineArguments {
    /// The parties, by three letters; one or more.
    #[arg(required = true, value_name = "CODE", value_parser = country)]
    pub parties: Vec<String>,
    #[command(flatten)]
    pub archive: ArchiveFile,
    /// Not over before this day: YYYY-MM-DD.
    #[arg(long, value_name = "DATE")]
    pub since: Option<Date>,
    /// Not begun after this day: YYYY-MM-DD.
    #[arg(long, value_name = "DATE")]
    pub until: Option<Date>,
    /// Count what several stories tell of once.
    #[arg(long)]
    pub linked: bool,
    /// By what to count.
    #[arg(long, value_enum, default_value = "month")]
    pub by: By,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum By {
    /// Calendar days.
    Day,
    /// Weeks of ISO 8601.
    Week,
    /// Calendar months.
    Month,
    /// Calendar years.
    Year,
}

fn status(text: &str) -> Result<String, String> {
    let known = || Status::ALL.iter().map(|status| status.code()).collect::<Vec<_>>().join(", ");
    Status::of(text).map(|status| status.code().to_owned()).ok_or_else(|| format!("one of {}", known()))
}
