//! What `demarche evaluate` takes.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use demarche_evaluate::FOLDS;

use crate::with::{With, share};

#[derive(Debug, Args)]
pub struct EvaluateArguments {
    /// Files of marked stories; - for standard input.
    #[arg(required = true, value_name = "GOLD")]
    pub gold: Vec<PathBuf>,
    /// The records of these stories, as `demarche code --format jsonl` or `demarche-spark` wrote them (JSON Lines, Parquet, or a folder of
    /// these); without it the marked stories are coded now.
    #[arg(long, value_name = "RECORDS", conflicts_with_all = ["weights", "lexicon", "actors", "min_confidence", "jobs"])]
    pub records: Option<PathBuf>,
    #[command(flatten)]
    pub with: With,
    /// How many threads to code with; by default as many as there are processors.
    #[arg(long, short, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
    /// Count only coded events at least so sure, 0 to 1; what is coded at all, --min-confidence decides.
    #[arg(long, value_name = "NUMBER", value_parser = share, default_value = "0")]
    pub least: f32,
    /// Count only the stories of this fold, 0 to 4, which the id of a story decides; the project keeps its fold 4 for tests.
    #[arg(long, value_name = "FOLD", value_parser = clap::value_parser!(u32).range(..i64::from(FOLDS)))]
    pub fold: Option<u32>,
    /// Count only the stories of the other folds.
    #[arg(long, value_name = "FOLD", conflicts_with = "fold", value_parser = clap::value_parser!(u32).range(..i64::from(FOLDS)))]
    pub not_fold: Option<u32>,
    /// What to write.
    #[arg(long, short, value_enum, default_value = "table")]
    pub format: EvaluationFormat,
}

impl EvaluateArguments {
    /// Whether the stories of a fold are counted.
    pub fn wants(&self, fold: u32) -> bool {
        self.fold.is_none_or(|wanted| fold == wanted) && self.not_fold != Some(fold)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum EvaluationFormat {
    /// Tables that a person can read.
    Table,
    /// One JSON object.
    Json,
    /// JSON Lines: every coded event, with what of it is right.
    Events,
}
