//! Kinds of people and bodies: the sectors that words for them and the words before these have.

use super::directory::Directory;

impl Directory {
    /// The longest known kind of agent in words, nearest their end, with its sectors. Words are small and nouns singular.
    pub(super) fn kind_of(&self, words: &[String]) -> Option<(Vec<&'static str>, String)> {
        (1..=words.len()).rev().flat_map(|end| (0..end).map(move |start| (start, end))).find_map(|(start, end)| {
            let kind = words[start..end].join(" ");
            self.agents.get(kind.as_str()).map(|sectors| (sectors.clone(), kind))
        })
    }

    /// The sectors of a kind with those words that say more of it: `former`, `rebel`, `opposition`.
    pub(super) fn modified(&self, mut sectors: Vec<&'static str>, kind: &str, words: &[String]) -> Vec<&'static str> {
        let outside = words.iter().filter(|word| !kind.split(' ').any(|part| part == *word));
        for modifier in outside.filter_map(|word| self.modifiers.get(word.as_str())) {
            sectors = modifier.apply(&sectors);
        }
        sectors
    }
}
