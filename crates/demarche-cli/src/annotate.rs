//! `demarche annotate`: any room by itself.

use std::io::Read;
use std::process::ExitCode;

use demarche::Layers;

use crate::arguments::{AnnotateArguments, AnnotationFormat};
use crate::failure::Failure;
use crate::input;
use crate::output::Output;

pub fn run(arguments: &AnnotateArguments) -> Result<ExitCode, Failure> {
    let mut layers = Layers::default();
    for layer in &arguments.layers {
        if !layers.add(layer.trim()) {
            return Err(Failure::Wrong(format!("`{layer}` is no layer; there are {}", Layers::NAMES)));
        }
    }
    let conllu = arguments.format == AnnotationFormat::Conllu;
    if conllu && layers != (Layers { syntax: true, ..Layers::default() }) {
        return Err(Failure::Wrong("CoNLL-U holds the layer `syntax` alone: --layers syntax".to_owned()));
    }
    if arguments.gold_tokens {
        if !conllu {
            return Err(Failure::Wrong("--gold-tokens goes with --layers syntax --format conllu".to_owned()));
        }
        return gold_tokens(arguments);
    }
    let coder = arguments.with.coder()?;
    let mut out = Output::new();
    let threads = arguments.source.threads();
    let tally = input::stories(&arguments.source, false, |stories| {
        for annotation in coder.annotate(stories, layers, threads)? {
            match annotation.syntax {
                Some(trees) if conllu => out.text(&format!("# newdoc id = {}\n{trees}", annotation.id))?,
                _ => out.line(&serde_json::to_string(&annotation).map_err(Failure::json)?)?,
            }
        }
        Ok(())
    })?;
    out.finish()?;
    Ok(tally.exit())
}

fn gold_tokens(arguments: &AnnotateArguments) -> Result<ExitCode, Failure> {
    let coder = arguments.with.coder()?;
    let mut out = Output::new();
    for path in &arguments.source.paths {
        let name = path.display().to_string();
        let mut file = String::new();
        let read = input::open(path)?.read_to_string(&mut file);
        read.map_err(|error| Failure::Input { path: name.clone(), error })?;
        let trees = coder.reread(&file, arguments.source.threads())?;
        out.text(&trees.map_err(|error| Failure::Wrong(format!("{name}: {error}")))?)?;
    }
    out.finish()?;
    Ok(ExitCode::SUCCESS)
}
