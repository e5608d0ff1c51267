//! `demarche import petrarch`: dictionaries of PETRARCH as tables of one's own.
//!
//! What has no counterpart here (patterns of several words, synonym sets) is counted and told, not guessed at.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::ExitCode;

use demarche::ontology::Ontology;
use serde::Serialize;

use crate::failure::Failure;
use crate::input;

/// The tables made of one dictionary.
#[derive(Default, Serialize)]
struct Tables {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    verb: Vec<Verb>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    actor: Vec<Actor>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    agent: Vec<Agent>,
    #[serde(skip)]
    left_out: usize,
}

#[derive(Serialize)]
struct Verb {
    lemmas: Vec<String>,
    #[serde(rename = "where", skip_serializing_if = "String::is_empty")]
    conditions: String,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    mode: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    contexts: Vec<&'static str>,
    recipient: Vec<&'static str>,
}

#[derive(Serialize)]
struct Actor {
    names: Vec<String>,
    country: String,
    sectors: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<String>,
}

#[derive(Serialize)]
struct Agent {
    nouns: Vec<String>,
    sectors: Vec<String>,
}

/// Where the recipient of an imported verb may stand.
const RECIPIENT: [&str; 5] = ["obj", "to", "with", "against", "on"];

pub fn run(paths: &[std::path::PathBuf], out: &Path) -> Result<ExitCode, Failure> {
    let ontology = Ontology::shipped().map_err(demarche::CoderError::from)?;
    let failed = |path: &Path| {
        let path = path.display().to_string();
        move |error| Failure::Input { path, error }
    };
    std::fs::create_dir_all(out).map_err(failed(out))?;
    for path in paths {
        let text = std::io::read_to_string(input::open(path)?).map_err(failed(path))?;
        let tables = read(&ontology, &text);
        let stem = path.file_stem().map_or_else(|| "petrarch".to_owned(), |s| s.to_string_lossy().into_owned());
        let to = out.join(format!("{stem}.toml"));
        let toml = toml::to_string(&tables).map_err(|error| Failure::Wrong(error.to_string()))?;
        std::fs::write(&to, toml).map_err(failed(&to))?;
        let (verbs, actors, agents) = (tables.verb.len(), tables.actor.len(), tables.agent.len());
        eprintln!(
            "{}: {verbs} verbs, {actors} actors, {agents} agents; {} entries have no counterpart and are left out",
            to.display(),
            tables.left_out
        );
    }
    Ok(ExitCode::SUCCESS)
}

fn read(ontology: &Ontology, text: &str) -> Tables {
    let lines = || text.lines().map(|line| line.split(['#', ';']).next().unwrap_or("").trim_end());
    if lines().any(|line| line.starts_with("---")) {
        verbs(ontology, lines())
    } else if lines().any(|line| line.contains("[~")) {
        agents(ontology, lines())
    } else {
        actors(ontology, lines())
    }
}

/// The text before and between square brackets.
fn coded(line: &str) -> Option<(&str, &str)> {
    let (before, rest) = line.split_once('[')?;
    Some((before.trim(), rest.split(']').next()?.trim()))
}

fn verbs<'a>(ontology: &Ontology, lines: impl Iterator<Item = &'a str>) -> Tables {
    let mut out = Tables::default();
    let (mut block, mut lemmas): (String, Vec<String>) = Default::default();
    let mut synset = false;
    for line in lines.filter(|line| !line.trim().is_empty()) {
        if line.starts_with("---") {
            block = coded(line).map_or_else(String::new, |(_, code)| code.to_owned());
            lemmas.clear();
            synset = false;
        } else if line.starts_with('&') {
            synset = true;
            out.left_out += 1;
        } else if let Some(pattern) = line.strip_prefix('-') {
            let verb = coded(pattern).and_then(|(words, code)| Some((object(words)?, code)));
            match verb.and_then(|(object, code)| entry(ontology, lemmas.clone(), format!("obj={object}"), code)) {
                Some(verb) if !lemmas.is_empty() => out.verb.push(verb),
                _ => out.left_out += 1,
            }
        } else if !synset && !line.starts_with(['+', '~', ' ', '\t']) {
            let (word, code) = coded(line).unwrap_or((line, ""));
            let code = if code.is_empty() { block.as_str() } else { code };
            let word = word.split('{').next().unwrap_or("").trim().trim_end_matches('_').to_lowercase();
            if word.is_empty() || word.contains(['_', ' ']) {
                out.left_out += 1;
                continue;
            }
            lemmas.push(word.clone());
            match entry(ontology, vec![word], String::new(), code) {
                Some(verb) => out.verb.push(verb),
                None => out.left_out += usize::from(!code.is_empty() && code != "---"),
            }
        }
    }
    out
}

/// The one word that a pattern asks for behind the verb, where it asks for no more.
fn object(pattern: &str) -> Option<String> {
    let words: Vec<&str> = pattern.split_whitespace().filter(|w| !matches!(*w, "$" | "+")).collect();
    match words[..] {
        ["*", word] if word.chars().all(|c| c.is_ascii_alphabetic()) => Some(word.to_lowercase()),
        _ => None,
    }
}

fn entry(ontology: &Ontology, lemmas: Vec<String>, conditions: String, code: &str) -> Option<Verb> {
    let code = code.split(':').next()?.trim_matches('-');
    let (kind, mode, contexts) = ontology.plover(code).filter(|_| code.chars().all(|c| c.is_ascii_digit()))?;
    Some(Verb {
        lemmas,
        conditions,
        kind: kind.code(),
        mode,
        contexts: contexts.to_vec(),
        recipient: RECIPIENT.to_vec(),
    })
}

fn actors<'a>(ontology: &Ontology, lines: impl Iterator<Item = &'a str>) -> Tables {
    let mut out = Tables::default();
    let mut names: Vec<String> = Vec::new();
    for line in lines.filter(|line| !line.trim().is_empty()) {
        let (name, code) = coded(line).map_or((line.trim(), None), |(name, code)| (name, Some(code)));
        if !name.is_empty() {
            match name.strip_prefix('+') {
                Some(alias) => names.push(title(alias)),
                None => names = vec![title(name)],
            }
        }
        let Some(code) = code else { continue };
        match actor(ontology, &names, code) {
            Some(actor) => out.actor.push(actor),
            None => out.left_out += 1,
        }
    }
    out
}

/// `AFGGOVMIL 010101-041231`: a country, sectors, and days.
fn actor(ontology: &Ontology, names: &[String], code: &str) -> Option<Actor> {
    let mut parts = code.split_whitespace();
    let what = parts.next().filter(|what| what.len() >= 3 && what.is_ascii())?;
    let days = parts.next().unwrap_or("");
    let (from, to) = match (days.strip_prefix('>'), days.strip_prefix('<'), days.split_once('-')) {
        (Some(from), ..) => (day(from), None),
        (_, Some(to), _) => (None, day(to)),
        (.., Some((from, to))) => (day(from), day(to)),
        _ => (None, None),
    };
    let sectors = sectors(ontology, &what[3..]);
    Some(Actor { names: names.to_vec(), country: what[..3].to_owned(), sectors, from, to })
        .filter(|a| !a.names.is_empty())
}

fn sectors(ontology: &Ontology, code: &str) -> Vec<String> {
    let chunks = code.as_bytes().chunks(3).map(|c| String::from_utf8_lossy(c).into_owned());
    let known: BTreeSet<String> = chunks.filter(|sector| ontology.has_sector(sector)).collect();
    known.into_iter().collect()
}

/// A day as `YYMMDD` or `YYYYMMDD`; years to 29 are of this century.
fn day(digits: &str) -> Option<String> {
    let (year, rest) = digits.split_at_checked(digits.len().checked_sub(4)?)?;
    let year: u32 = year.parse().ok()?;
    let year = match year {
        0..=29 => 2000 + year,
        30..=99 => 1900 + year,
        _ => year,
    };
    let date = format!("{year}-{}-{}", &rest[..2], &rest[2..]);
    date.parse::<jiff::civil::Date>().ok().map(|date| date.to_string())
}

fn agents<'a>(ontology: &Ontology, lines: impl Iterator<Item = &'a str>) -> Tables {
    let mut out = Tables::default();
    for line in lines.filter(|line| !line.trim().is_empty()) {
        let found = coded(line).and_then(|(noun, code)| Some((noun, code.strip_prefix('~')?)));
        let sectors = found.map_or_else(Vec::new, |(_, code)| sectors(ontology, code));
        match found {
            Some((noun, _)) if !sectors.is_empty() && !line.starts_with(['!', '+']) => {
                let noun = noun.split('{').next().unwrap_or("").trim().trim_end_matches('_');
                out.agent.push(Agent { nouns: vec![noun.replace('_', " ").to_lowercase()], sectors });
            }
            _ => out.left_out += 1,
        }
    }
    out
}

/// `AHMED_SHAH_OF_HERAT_` as a name is written.
fn title(name: &str) -> String {
    let words = name.trim().trim_end_matches('_').split(['_', ' ']).filter(|w| !w.is_empty());
    let word = |(at, word): (usize, &str)| {
        let lower = word.to_lowercase();
        if at > 0 && matches!(lower.as_str(), "of" | "the" | "and" | "for" | "in" | "de" | "al" | "el" | "bin") {
            return lower;
        }
        let mut letters = lower.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    };
    words.enumerate().map(word).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn actors_verbs_and_agents() {
        let ontology = Ontology::shipped().unwrap();
        let text = "AHMED_SHAH_  ; note\n+A._SHAH_\n\t[AFGREB 790706-20110909]\n\t[AFGELI]\n";
        let made = read(&ontology, text).actor;
        assert_eq!(made[0].names, ["Ahmed Shah", "A. Shah"]);
        assert_eq!((made[0].country.as_str(), made[0].from.as_deref()), ("AFG", Some("1979-07-06")));
        assert_eq!(made[1].sectors, ["ELI"]);
        let text = "--- ACCUSE [112] ---\nACCUSE {ACCUSES}\nBLAME\n- * CRIME [1121]\n- + * ( $ ) [112]\n";
        let made = read(&ontology, text);
        assert_eq!((made.verb.len(), made.left_out), (3, 1));
        assert_eq!((made.verb[0].kind, made.verb[2].conditions.as_str()), ("ACCUSE", "obj=crime"));
        let made = read(&ontology, "SOLDIER_ [~MIL]\nPOLICE_CHIEF {POLICE_CHIEFS} [~COP]\n");
        assert_eq!(made.agent[1].nouns, ["police chief"]);
    }
}
