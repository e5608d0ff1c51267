//! Lemmas: a table of what the rules get wrong, then the rules of English inflection.

use std::collections::{HashMap, HashSet};

use crate::table::{self, Rows, TableError};

/// The table of irregular forms, and the lemmas that decide between two regular ones (`hoped`: hope or hop).
#[derive(Debug, Default)]
pub(crate) struct Lemmas {
    /// By fine tag and lower-case form.
    irregular: HashMap<(&'static str, &'static str), &'static str>,
    known: HashSet<&'static str>,
    auxiliaries: HashSet<&'static str>,
    suffixes: Vec<Suffix>,
}

/// A regular ending: words of `tags` that end in `ending` may have the lemma with `instead` in its place.
#[derive(Debug)]
struct Suffix {
    tags: Vec<&'static str>,
    ending: &'static str,
    instead: &'static str,
    /// Where no candidate is a known lemma, the first sure one stands.
    sure: bool,
}

impl Lemmas {
    /// Reads the shipped tables.
    pub fn shipped() -> Result<Self, TableError> {
        let table = demarche_tables::IRREGULAR;
        let mut irregular = HashMap::new();
        for row in Rows::read(table.name, table.text, &["form", "tag", "lemma"])?.iter() {
            irregular.insert((row.get("tag"), row.get("form")), row.get("lemma"));
        }
        let table = demarche_tables::SUFFIXES;
        let mut suffixes = Vec::new();
        for row in Rows::read(table.name, table.text, &["tags", "ending", "instead", "sure"])?.iter() {
            let sure = row.get("sure") == "yes";
            let (ending, instead) = (row.get("ending"), row.get("instead"));
            suffixes.push(Suffix { tags: row.list("tags").collect(), ending, instead, sure });
        }
        let list = |table: demarche_tables::Table| table::list(table.text).collect();
        let (known, auxiliaries) = (list(demarche_tables::LEMMAS), list(demarche_tables::AUXILIARIES));
        Ok(Self { irregular, known, auxiliaries, suffixes })
    }

    /// Whether a lemma can be an auxiliary's; clitics can.
    pub fn is_auxiliary(&self, lemma: &str) -> bool {
        lemma.starts_with(['\'', '’']) || self.auxiliaries.contains(lemma)
    }

    /// Whether a form tagged as a plain verb can only be a past one: `agreed`, but not `feed` or `proceed`.
    pub fn is_past_for_plain(&self, form: &str, tag: &str) -> bool {
        let lower = form.to_lowercase();
        let stems = [lower.strip_suffix("ed"), lower.strip_suffix('d').filter(|stem| stem.ends_with('e'))];
        let inflected = stems.into_iter().flatten().any(|stem| self.known.contains(stem));
        matches!(tag, "VB" | "VBP" | "MD") && lower.len() > 4 && inflected
    }

    /// The lemma of `form`, whose fine tag is `tag`.
    pub fn of(&self, form: &str, tag: &str) -> String {
        let lower = form.to_lowercase().replace('’', "'");
        if let Some((_, lemma)) = self.irregular.get_key_value(&(tag, lower.as_str())) {
            return (*lemma).to_owned();
        }
        if matches!(tag, "NNP" | "NNPS") {
            return form.to_owned();
        }
        let mut fallback = None;
        for suffix in self.suffixes.iter().filter(|suffix| suffix.tags.contains(&tag)) {
            let Some(stem) = lower.strip_suffix(suffix.ending).filter(|stem| stem.chars().count() > 1) else {
                continue;
            };
            let candidate = self.candidate(stem, suffix.instead);
            if self.known.contains(candidate.as_str()) {
                return candidate;
            }
            if suffix.sure && fallback.is_none() {
                fallback = Some(candidate);
            }
        }
        fallback.unwrap_or(lower)
    }

    /// `-` stands for the stem's doubled last letter taken once.
    fn candidate(&self, stem: &str, instead: &str) -> String {
        let doubled = instead == "-"
            && stem.len() > 2
            && stem.is_ascii()
            && stem.as_bytes()[stem.len() - 1] == stem.as_bytes()[stem.len() - 2];
        match (instead, doubled) {
            ("-", true) => stem[..stem.len() - 1].to_owned(),
            ("-", false) => stem.to_owned(),
            _ => format!("{stem}{instead}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lemmas() {
        let lemmas = Lemmas::shipped().unwrap();
        for (form, tag, lemma) in [
            ("rejected", "VBD", "reject"),
            ("seized", "VBN", "seize"),
            ("stopped", "VBD", "stop"),
            ("met", "VBD", "meet"),
            ("countries", "NNS", "country"),
            ("Troops", "NNS", "troops"),
            ("signing", "VBG", "sign"),
            ("n't", "RB", "not"),
            ("better", "JJR", "good"),
            ("is", "VBZ", "be"),
            ("Kurils", "NNPS", "Kurils"),
            ("deploying", "VBG", "deploy"),
            ("women", "NNS", "woman"),
            ("children", "NNS", "child"),
            ("crises", "NNS", "crisis"),
            ("annexed", "VBN", "annex"),
        ] {
            assert_eq!(lemmas.of(form, tag), lemma, "{form}");
        }
    }

    #[test]
    fn past_forms_are_told_from_plain_ones() {
        let lemmas = Lemmas::shipped().unwrap();
        for (form, past) in
            [("agreed", true), ("threatened", true), ("feed", false), ("proceed", false), ("embed", false)]
        {
            assert_eq!(lemmas.is_past_for_plain(form, "VB"), past, "{form}");
        }
        assert!(!lemmas.is_past_for_plain("agreed", "VBN"));
    }
}
