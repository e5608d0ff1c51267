//! What the command takes.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use demarche::story::Format;
use jiff::civil::Date;

use crate::archive_arguments::{
    ArchiveFile, DemoArguments, EventsArguments, ExportArguments, IngestArguments, RecodeArguments, ServeArguments,
    TimelineArguments,
};
use crate::evaluate_arguments::EvaluateArguments;
pub use crate::with::With;

/// A political event coder: who did what to whom, when, where, whether it happened, and who says so.
#[derive(Debug, Parser)]
#[command(name = "demarche", version, arg_required_else_help = true)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Write the record of each story: its events, actors, dates, places and quotations.
    #[command(after_help = "Examples:
  demarche code story.md
  demarche code --format jsonl stories.jsonl > records.jsonl
  curl -s https://example.org/story.html | demarche code --from html -
  demarche code --date 2019-01-04 note.txt

Exit codes: 0 all stories coded, 1 some skipped, 2 none coded.")]
    Code(CodeArguments),
    /// Put many stories together into where a negotiation stands: positions, offers and their fate, commitments, meetings, documents.
    #[command(after_help = "Examples:
  demarche dossier stories/
  demarche dossier --between JPN,RUS stories/ > dossier.md
  demarche dossier --format json stories.jsonl
  demarche dossier --db dispute.db --between JPN,RUS --since 2018-09-01

Exit codes: 0 all stories read, 1 some skipped, 2 none read.")]
    #[command(mut_arg("paths", |paths| paths.required(false).required_unless_present("db")))]
    Dossier(DossierArguments),
    /// Tell why each event was coded: its parts in its sentence, the rule or head that typed it, and the runners-up.
    #[command(after_help = "Examples:
  demarche explain story.md
  demarche explain --format jsonl story.md")]
    Explain(ExplainArguments),
    /// Write what one room finds: words, trees, dates, places, actors or quotations.
    #[command(after_help = "Examples:
  demarche annotate --layers dates,places story.md
  demarche annotate --layers syntax --format conllu story.md
  demarche annotate --layers syntax --format conllu --gold-tokens treebank.conllu")]
    Annotate(AnnotateArguments),
    /// Name the relation between a source and a target marked in sentences.
    #[command(
        after_help = "The file is tab-separated without quoting; its column `marked_sentence` holds <s>source</s> and <t>target</t>.
Example:
  demarche relate pairs.tsv > types.tsv"
    )]
    Relate(RelateArguments),
    /// Say who a phrase means on a day: country, sectors, name, office.
    #[command(after_help = "Examples:
  demarche who --date 2019-01-04 'the Japanese prime minister' 'Soviet troops' Kremlin
  demarche who --tsv phrases.tsv > who.tsv
  demarche who --export > actors.tsv

The output is tab-separated with a header; cells are empty where nothing is known.")]
    Who(WhoArguments),
    /// Say how well stories are coded: hold records against stories whose events you marked.
    #[command(after_help = "Examples:
  demarche evaluate gold.txt
  demarche evaluate --lexicon mine --fold 4 gold/*.txt
  demarche evaluate gold.txt --records records.jsonl --format json

docs/evaluate.md says how to mark a story and what the figures mean.

Exit codes: 0 all stories counted, 1 some stepped over or without a record, 2 none counted.")]
    Evaluate(EvaluateArguments),
    /// Code stories into an archive, one SQLite file; those that are there already are stepped over, so that it can be stopped and run again.
    #[command(after_help = "Examples:
  demarche ingest stories/
  demarche ingest --db dispute.db 2018.jsonl 2019.jsonl
  demarche ingest --no-text licensed.jsonl
  demarche ingest CC-NEWS-20240101.warc.gz stories.zip table.csv
  demarche ingest --records coded/ records.jsonl
  demarche ingest --watch 60 https://example.org/world/rss.xml

Exit codes: 0 all stories coded or there already, 1 some skipped, 2 none.")]
    Ingest(IngestArguments),
    /// Code the stories of an archive again that another version of the program, or other tables, coded; what has not changed keeps its number.
    #[command(after_help = "Exit codes: 0 all are up to date, 1 some could not be, since their texts were not kept.")]
    Recode(RecodeArguments),
    /// Find events of an archive.
    #[command(after_help = "Examples:
  demarche events --between JPN,RUS --since 2018-09-01
  demarche events --actor MIL --type ASSAULT --no-historic --format csv
  demarche events --text 'peace AND treaty' --format jsonl")]
    Events(EventsArguments),
    /// Write the events of an archive in the layout of another data set: polecat, icews, phoenix, petrarch, gdelt, ngec, or as Parquet.
    #[command(after_help = "Examples:
  demarche export parquet --out events.parquet
  demarche export icews --since 2018-01-01 --no-historic > events.tsv

docs/exports.md says what maps to what, and what is lost.")]
    Export(ExportArguments),
    /// Count the events of an archive between parties by day, week, month or year, with their mean score.
    #[command(after_help = "Example:
  demarche timeline JPN RUS --by month

Counted is what happened or is under way, and what is done by being said: promises, demands, threats. What is denied, failed, only
possible or hangs on a condition is not, and neither is what a story looks back on.")]
    Timeline(TimelineArguments),
    /// List the stories of an archive.
    Stories {
        #[command(flatten)]
        archive: ArchiveFile,
    },
    /// Show an event of an archive with its parts and its words, by the number that `demarche events` gives.
    Show {
        /// Its number.
        event: i64,
        #[command(flatten)]
        archive: ArchiveFile,
    },
    /// Open an archive to those who would rather look than query: pages in a browser, and an API for programs.
    #[command(after_help = "Examples:
  demarche serve
  demarche serve --db dispute.db --listen 127.0.0.1:9000
  demarche serve --listen 0.0.0.0:8080 --token-file token.txt

Beyond this machine a token is needed, from --token-file or the variable DEMARCHE_TOKEN; put a proxy with TLS before it.
The API is under /api/v1; /api/v1/openapi.json describes it.")]
    Serve(ServeArguments),
    /// Code the example stories into an archive that is gone afterwards, and open it.
    Demo(DemoArguments),
    /// Turn the dictionaries of another coder into tables for --lexicon.
    #[command(subcommand)]
    Import(Import),
    /// Print the JSON Schema of the record.
    Schema,
    /// Print a script that completes the command in a shell.
    Completions {
        /// For this shell.
        shell: Shell,
    },
}

#[derive(Debug, Subcommand)]
pub enum Import {
    /// Verb, actor and agent dictionaries of PETRARCH and PETRARCH2; which a file is shows in its lines.
    #[command(after_help = "Example:
  demarche import petrarch --out mine Phoenix.Countries.actors.txt Phoenix.agents.txt CAMEO.2.0.txt
  demarche code --lexicon mine story.md")]
    Petrarch {
        /// The dictionaries.
        #[arg(required = true)]
        paths: Vec<PathBuf>,
        /// Folder to write the tables to; made where it is not there.
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
}

/// Whom to name.
#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("what").required(true).multiple(true))]
pub struct WhoArguments {
    /// Phrases, each an argument of its own.
    #[arg(value_name = "PHRASE", group = "what")]
    pub phrases: Vec<String>,
    /// The phrases of a file: tab-separated without quoting, with a header; columns `phrase` and, where wanted, `date`.
    #[arg(long, value_name = "FILE", group = "what")]
    pub tsv: Option<PathBuf>,
    /// Write the whole table instead, as --actors reads one.
    #[arg(long, group = "what", conflicts_with_all = ["phrases", "tsv"])]
    pub export: bool,
    /// The day of phrases that have none: YYYY-MM-DD.
    #[arg(long, value_name = "DATE")]
    pub date: Option<Date>,
    /// Add the actors in this tab-separated file, or put them in the place of those of the same name.
    #[arg(long, value_name = "FILE")]
    pub actors: Vec<PathBuf>,
}

/// Where stories come from.
#[derive(Debug, Args)]
pub struct Source {
    /// Files of Markdown, plain text, HTML, JSON Lines, CSV, WARC, or the XML of PETRARCH, zipped or not; folders of them; addresses of pages and
    /// feeds; - for standard input.
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Format of the stories, in place of what their first bytes show: md, text, html or jsonl.
    #[arg(long, value_name = "FORMAT", value_parser = format)]
    pub from: Option<Format>,
    /// Day of publication of stories that do not say theirs: YYYY-MM-DD.
    #[arg(long, value_name = "DATE")]
    pub date: Option<Date>,
    /// How many threads to use; by default as many as there are processors.
    #[arg(long, short, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
    /// Seconds between two requests to one site; a longer pause that its robots.txt asks for is kept.
    #[arg(long, value_name = "SECONDS", default_value = "1")]
    pub pause: f32,
}

impl Source {
    pub fn threads(&self) -> usize {
        threads(self.jobs)
    }
}

/// As many as were asked for, or as there are processors.
pub fn threads(jobs: Option<NonZeroUsize>) -> usize {
    jobs.or_else(|| std::thread::available_parallelism().ok()).map_or(1, Into::into)
}

pub fn country(code: &str) -> Result<String, String> {
    let code = code.trim().to_uppercase();
    let fits = code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase());
    fits.then_some(code).ok_or_else(|| "a country by three letters, as JPN".to_owned())
}

fn format(name: &str) -> Result<Format, String> {
    name.parse().map_err(|()| "one of md, text, html, jsonl".to_owned())
}

#[derive(Debug, Args)]
pub struct CodeArguments {
    #[command(flatten)]
    pub source: Source,
    #[command(flatten)]
    pub with: With,
    /// What to write; by default a table on a terminal and JSON Lines elsewhere.
    #[arg(long, short, value_enum)]
    pub format: Option<RecordFormat>,
}

#[derive(Debug, Args)]
pub struct DossierArguments {
    #[command(flatten)]
    pub source: Source,
    /// Draw on the stories of this archive instead; coded already, they are not coded again.
    #[arg(long, value_name = "FILE", conflicts_with = "paths")]
    pub db: Option<PathBuf>,
    /// From an archive: only stories published on this day or later, YYYY-MM-DD.
    #[arg(long, value_name = "DATE", requires = "db")]
    pub since: Option<Date>,
    /// From an archive: only stories published on this day or earlier, YYYY-MM-DD.
    #[arg(long, value_name = "DATE", requires = "db")]
    pub until: Option<Date>,
    #[command(flatten)]
    pub with: With,
    /// The parties, by ISO 3166-1 alpha-3 with commas between them; by default the two that most is told of.
    #[arg(long, value_name = "CODES", value_delimiter = ',', value_parser = country)]
    pub between: Vec<String>,
    /// What to write.
    #[arg(long, short, value_enum, default_value = "markdown")]
    pub format: DossierFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DossierFormat {
    /// A document to read.
    Markdown,
    /// One JSON object.
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RecordFormat {
    /// A table that a person can read.
    Table,
    /// One record a line.
    Jsonl,
    /// Records indented.
    Json,
    /// One event a line, with a header.
    Tsv,
}

#[derive(Debug, Args)]
pub struct ExplainArguments {
    #[command(flatten)]
    pub source: Source,
    #[command(flatten)]
    pub with: With,
    /// text for people, or jsonl: one event a line.
    #[arg(long, short, value_enum, default_value = "text")]
    pub format: ExplanationFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExplanationFormat {
    /// Sentences with their parts in color.
    Text,
    /// One event a line.
    Jsonl,
}

#[derive(Debug, Args)]
pub struct AnnotateArguments {
    #[command(flatten)]
    pub source: Source,
    #[command(flatten)]
    pub with: With,
    /// What to write: words, syntax, dates, places, actors, quotes, candidates (what is weighed to find events); several with commas between
    /// them.
    #[arg(long, short, value_delimiter = ',', required = true)]
    pub layers: Vec<String>,
    /// jsonl, or conllu for the layer `syntax` alone.
    #[arg(long, short, value_enum, default_value = "jsonl")]
    pub format: AnnotationFormat,
    /// Read CoNLL-U and keep its words.
    #[arg(long)]
    pub gold_tokens: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum AnnotationFormat {
    /// One story a line.
    Jsonl,
    /// Trees in CoNLL-U.
    Conllu,
}

#[derive(Debug, Args)]
pub struct RelateArguments {
    /// The file; - for standard input.
    pub path: PathBuf,
    #[command(flatten)]
    pub with: With,
    /// How many threads to use.
    #[arg(long, short, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
}
