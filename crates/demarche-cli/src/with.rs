//! What stories are coded with: weights and tables of the user's own.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use demarche::{Coder, Edition, Own, Weights};

use crate::failure::Failure;

/// What stories are coded with.
#[derive(Debug, Args)]
pub struct With {
    /// Read with the weights in this folder, as `training/` exports them, in place of the shipped ones.
    #[arg(long, value_name = "DIR")]
    pub weights: Option<PathBuf>,
    /// Add the verbs, nouns, types, actors and agents in the TOML files of this folder; may be given several times.
    #[arg(long, value_name = "DIR")]
    pub lexicon: Vec<PathBuf>,
    /// Add the actors in this tab-separated file, or put them in the place of those of the same name; may be given several
    /// times. `demarche who --export` shows the columns.
    #[arg(long, value_name = "FILE")]
    pub actors: Vec<PathBuf>,
    /// Leave out events whose confidence is less than this, 0 to 1.
    #[arg(long, value_name = "NUMBER", value_parser = share)]
    pub min_confidence: Option<f32>,
    /// How stories are read.
    #[arg(long, value_enum, default_value = "full")]
    pub edition: Network,
}

/// How stories are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Network {
    /// With the large network for events, beside the small one for trees: the most accurate.
    Full,
    /// With the small network alone: several times as fast, for crawls.
    Fast,
}

impl From<Network> for Edition {
    fn from(network: Network) -> Self {
        match network {
            Network::Full => Self::Full,
            Network::Fast => Self::Fast,
        }
    }
}

impl With {
    /// The coder that the options ask for.
    pub fn coder(&self) -> Result<Coder, Failure> {
        let weights = match &self.weights {
            None => Weights::shipped(),
            Some(folder) => weights(folder)?,
        };
        let mut coder = Coder::with(weights, self.edition.into())?;
        for folder in &self.lexicon {
            coder.extend(&tables(folder)?)?;
        }
        let mut own = Own::default();
        actors(&mut own, &self.actors)?;
        coder.extend(&own)?;
        if let Some(least) = self.min_confidence {
            coder.set_min_confidence(least);
        }
        Ok(coder)
    }
}

/// The weights in a folder.
fn weights(folder: &Path) -> Result<Weights, Failure> {
    let bytes = |name: &str| {
        let path = folder.join(name);
        std::fs::read(&path).map_err(|error| Failure::Input { path: path.display().to_string(), error })
    };
    Weights::of(bytes)
}

/// Adds tables of actors to the user's own.
pub fn actors(own: &mut Own, paths: &[PathBuf]) -> Result<(), Failure> {
    for path in paths {
        let name = path.display().to_string();
        let text = std::fs::read_to_string(path).map_err(|error| Failure::Input { path: name.clone(), error })?;
        own.add_actors(&name, &text)?;
    }
    Ok(())
}

/// The tables in the TOML files of a folder, in the order of their names.
fn tables(folder: &Path) -> Result<Own, Failure> {
    let failed = |path: &Path| {
        let path = path.display().to_string();
        move |error| Failure::Input { path, error }
    };
    let entries = std::fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>).map_err(failed(folder))?;
    let mut paths: Vec<PathBuf> = entries.into_iter().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|e| e == "toml"));
    paths.sort();
    let mut own = Own::default();
    for path in paths {
        let text = std::fs::read_to_string(&path).map_err(failed(&path))?;
        own.add(&path.display().to_string(), &text)?;
    }
    Ok(own)
}

/// A share: a number from 0 to 1.
pub fn share(number: &str) -> Result<f32, String> {
    let parsed: f32 = number.parse().map_err(|_| "a number from 0 to 1".to_owned())?;
    (0.0..=1.0).contains(&parsed).then_some(parsed).ok_or_else(|| "a number from 0 to 1".to_owned())
}
