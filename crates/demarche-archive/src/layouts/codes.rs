//! What other data sets call countries and codes.

use std::collections::HashMap;

/// Names and numbers of states, and labels and values of CAMEO codes.
#[derive(Debug)]
pub struct Codes {
    states: HashMap<&'static str, State>,
    cameo: HashMap<&'static str, Code>,
}

#[derive(Debug, Default)]
struct State {
    name: &'static str,
    cow: &'static str,
    fips: &'static str,
}

#[derive(Debug)]
struct Code {
    label: &'static str,
    goldstein: &'static str,
}

impl Codes {
    /// Those of the shipped tables.
    pub fn shipped() -> Self {
        let states = columns(demarche_tables::STATES.text, ["code", "name", "cow", "fips"]);
        let cameo = columns(demarche_tables::CAMEO.text, ["code", "label", "goldstein", "type"]);
        Self {
            states: states.map(|[code, name, cow, fips]| (code, State { name, cow, fips })).collect(),
            cameo: cameo.map(|[code, label, goldstein, _]| (code, Code { label, goldstein })).collect(),
        }
    }

    /// The name of a state, by ISO 3166-1 alpha-3.
    pub fn name(&self, code: Option<&str>) -> &'static str {
        code.and_then(|code| self.states.get(code)).map_or("", |state| state.name)
    }

    /// Its number in the list of the Correlates of War.
    pub(super) fn cow(&self, code: Option<&str>) -> &'static str {
        code.and_then(|code| self.states.get(code)).map_or("", |state| state.cow)
    }

    /// Its code by FIPS 10-4.
    pub(super) fn fips(&self, code: Option<&str>) -> &'static str {
        code.and_then(|code| self.states.get(code)).map_or("", |state| state.fips)
    }

    /// What a CAMEO code means.
    pub fn label(&self, code: &str) -> &'static str {
        self.cameo.get(code).map_or("", |code| code.label)
    }

    /// Its value on Goldstein's scale, of the code itself or of the shorter one that it refines.
    pub(super) fn goldstein(&self, code: &str) -> &'static str {
        let shorter = (2..=code.len()).rev().filter_map(|n| self.cameo.get(code.get(..n)?));
        shorter.map(|code| code.goldstein).find(|value| !value.is_empty()).unwrap_or("")
    }
}

/// Some columns of a table, by name.
fn columns(text: &'static str, names: [&str; 4]) -> impl Iterator<Item = [&'static str; 4]> {
    let mut lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    let header: Vec<&str> = lines.next().unwrap_or("").split('\t').collect();
    let at = names.map(|name| header.iter().position(|column| *column == name));
    lines.map(move |line| {
        let cells: Vec<&'static str> = line.split('\t').collect();
        at.map(|at| at.and_then(|at| cells.get(at)).copied().unwrap_or(""))
    })
}
