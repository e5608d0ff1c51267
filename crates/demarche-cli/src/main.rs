//! The command `demarche`: a thin layer over the library, one file a verb.

mod annotate;
mod archive_arguments;
mod arguments;
mod code;
mod dossier;
mod evaluate;
mod evaluate_arguments;
mod events;
mod explain;
mod export;
mod failure;
mod ingest;
mod input;
mod output;
mod petrarch;
mod records;
mod relate;
mod serve;
mod table;
mod timeline;
mod who;
mod with;

use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use arguments::{Arguments, Command, Import};
use failure::Failure;
use output::Output;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = match arguments.command {
        Command::Code(arguments) => code::run(&arguments),
        Command::Dossier(arguments) => dossier::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Annotate(arguments) => annotate::run(&arguments),
        Command::Relate(arguments) => relate::run(&arguments),
        Command::Who(arguments) => who::run(&arguments),
        Command::Evaluate(arguments) => evaluate::run(&arguments),
        Command::Import(Import::Petrarch { paths, out }) => petrarch::run(&paths, &out),
        Command::Ingest(arguments) => ingest::run(&arguments),
        Command::Recode(arguments) => ingest::recode(&arguments),
        Command::Events(arguments) => events::run(&arguments),
        Command::Export(arguments) => export::run(&arguments),
        Command::Timeline(arguments) => timeline::run(&arguments),
        Command::Stories { archive } => events::stories(&archive),
        Command::Show { event, archive } => events::show(event, &archive),
        Command::Serve(arguments) => serve::run(&arguments),
        Command::Demo(arguments) => serve::demo(&arguments),
        Command::Schema => schema(),
        Command::Completions { shell } => {
            clap_complete::generate(shell, &mut Arguments::command(), "demarche", &mut std::io::stdout());
            Ok(ExitCode::SUCCESS)
        }
    };
    match outcome {
        Ok(code) => code,
        // Whoever read us has seen enough.
        Err(Failure::Closed) => ExitCode::SUCCESS,
        Err(failure) => {
            failure.tell();
            ExitCode::from(2)
        }
    }
}

fn schema() -> Result<ExitCode, Failure> {
    let mut out = Output::new();
    out.line(&serde_json::to_string_pretty(&demarche::record::schema()).map_err(Failure::json)?)?;
    out.finish()?;
    Ok(ExitCode::SUCCESS)
}
