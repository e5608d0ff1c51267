//! `demarche evaluate`: how well marked stories are coded.

use std::collections::{HashMap, HashSet};
use std::io::Read;
use std::path::Path;
use std::process::ExitCode;

use demarche::story::Intake;
use demarche::{Coder, CoderError, Story};
use demarche_archive::LoadError;
use demarche_evaluate::{Coding, Figures, Fit, Gold, GoldStory, Tally, judged};

use crate::arguments::threads;
use crate::evaluate_arguments::{EvaluateArguments, EvaluationFormat};
use crate::failure::Failure;
use crate::input;
use crate::output::Output;
use crate::records;

pub fn run(arguments: &EvaluateArguments) -> Result<ExitCode, Failure> {
    let mut tally = Tally::new(arguments.least);
    let stories = marked(arguments, &mut tally)?;
    let mut known = Known::default();
    match &arguments.records {
        Some(path) => known.read(path, &stories)?,
        None => known.code(arguments, &stories)?,
    }
    let mut out = Output::new();
    for story in &stories {
        let id = &story.id;
        let Some(coding) = known.codings.remove(id) else {
            eprintln!("warning: {id}: no record, so all its events count as missed");
            tally.missing(story);
            continue;
        };
        if arguments.format == EvaluationFormat::Events {
            for event in judged(story, coding.clone()) {
                out.line(&serde_json::to_string(&event).map_err(Failure::json)?)?;
            }
        }
        if tally.story(story, coding) == Fit::Words {
            eprintln!(
                "warning: {id}: the record's text has other words than the marked one; what both have is compared"
            );
        }
    }
    let figures = tally.figures();
    match arguments.format {
        EvaluationFormat::Events => {}
        EvaluationFormat::Table => out.text(&figures.table())?,
        EvaluationFormat::Json => out.line(&serde_json::to_string_pretty(&figures).map_err(Failure::json)?)?,
    }
    out.finish()?;
    Ok(exit(&figures, known.whole))
}

/// 0 all stories counted, 1 some stepped over or without a record, 2 none counted.
fn exit(figures: &Figures, whole: bool) -> ExitCode {
    let stories = figures.stories;
    if stories.marked == stories.without_record {
        return ExitCode::from(2);
    }
    ExitCode::from(u8::from(!whole || stories.stepped_over > 0 || stories.without_record > 0))
}

/// The marked stories of the folds that are wanted. What is wrong with a story is told, and the story stepped over.
fn marked(arguments: &EvaluateArguments, tally: &mut Tally) -> Result<Vec<GoldStory>, Failure> {
    let mut gold = Gold::new()?;
    let mut stories = Vec::new();
    for path in &arguments.gold {
        let name = path.display().to_string();
        let mut text = String::new();
        let read = input::open(path)?.read_to_string(&mut text);
        read.map_err(|error| Failure::Input { path: name.clone(), error })?;
        for story in gold.read(&name, &text) {
            match story {
                Ok(story) if arguments.wants(story.fold()) => stories.push(story),
                Ok(_) => {}
                Err(errors) => {
                    tally.step_over(errors.len());
                    errors.iter().for_each(|error| eprintln!("error: {error}\n  help: {}", error.problem.help()));
                }
            }
        }
    }
    if stories.is_empty() {
        eprintln!("warning: there is no marked story to count; a story begins with a line `# id: ` and its name");
    }
    Ok(stories)
}

/// What is known to be coded, by the ids of stories.
struct Known {
    codings: HashMap<String, Coding>,
    /// Every line of the records could be read.
    whole: bool,
}

impl Default for Known {
    fn default() -> Self {
        Self { codings: HashMap::new(), whole: true }
    }
}

impl Known {
    /// Reads the records of these stories; of two of one story the later counts.
    fn read(&mut self, path: &Path, stories: &[GoldStory]) -> Result<(), Failure> {
        let wanted: HashSet<&str> = stories.iter().map(|story| story.id.as_str()).collect();
        for file in records::files(path)? {
            let name = file.display().to_string();
            demarche_archive::records(&file, &mut |found| {
                match found {
                    Ok(loaded) if wanted.contains(loaded.record.story.id.as_str()) => {
                        self.add(Coding::of(&loaded.record));
                    }
                    Ok(_) => {}
                    Err(LoadError::Io(error)) => return Err(Failure::Input { path: name.clone(), error }),
                    Err(error) => {
                        eprintln!("error: {name}: {error}\n  help: give what `demarche code --format jsonl` wrote");
                        self.whole = false;
                    }
                }
                Ok(())
            })?;
        }
        Ok(())
    }

    /// Codes these stories, as `demarche code` would.
    fn code(&mut self, arguments: &EvaluateArguments, stories: &[GoldStory]) -> Result<(), Failure> {
        let coder = arguments.with.coder()?;
        let intake = Intake::new().map_err(CoderError::from)?;
        let mut portion = Vec::new();
        for story in stories.iter().filter_map(|story| taken(&intake, story)) {
            portion.push(story);
            if portion.iter().map(|story| story.text.len()).sum::<usize>() >= Coder::CHUNK {
                self.code_portion(&coder, &portion, arguments)?;
                portion.clear();
            }
        }
        self.code_portion(&coder, &portion, arguments)
    }

    fn code_portion(&mut self, coder: &Coder, stories: &[Story], arguments: &EvaluateArguments) -> Result<(), Failure> {
        for record in coder.code_all(stories, threads(arguments.jobs))? {
            self.add(Coding::of(&record));
        }
        Ok(())
    }

    fn add(&mut self, coding: Coding) {
        self.codings.insert(coding.id.clone(), coding);
    }
}

/// The story as it is coded; one that cannot be, or is in another language, is told.
fn taken(intake: &Intake, story: &GoldStory) -> Option<Story> {
    match intake.complete(story.plain()) {
        Ok(story) => match story.language {
            Some(language) if language != "en" => {
                eprintln!("warning: {}: the story is not in English ({language}) and is not coded", story.id);
                None
            }
            _ => Some(story),
        },
        Err(error) => {
            eprintln!("error: {error}\n  help: {}", error.problem.help());
            None
        }
    }
}
