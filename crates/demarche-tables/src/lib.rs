//! The tables that Demarche codes with, as the text that people edit.
//!
//! Every table is a file under `data/`: tab-separated with a header line, or TOML where a row has parts of its own. A line
//! that begins with `#` is a comment. The library reads them when a `Coder` is made and names file and line of a bad row;
//! a user's own files go through the same reader. Nothing here knows what the rows mean.

macro_rules! tables {
    ($($(#[$doc:meta])* $name:ident = $path:literal;)*) => {
        $($(#[$doc])* pub const $name: Table = Table { name: $path, text: include_str!(concat!("../data/", $path)) };)*
        /// Every table, by name.
        pub const ALL: &[Table] = &[$($name),*];
    };
}

/// A table's name (its path below `data/`) and its text.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    /// Path below `data/`.
    pub name: &'static str,
    /// The whole file.
    pub text: &'static str,
}

tables! {
    /// Words written with a full stop that need not end a sentence.
    ABBREVIATIONS = "words/abbreviations.tsv";
    /// Words that begin sentences.
    STARTERS = "words/starters.txt";
    /// Prefixes that keep a hyphenated word whole.
    HYPHEN_PREFIXES = "words/hyphen_prefixes.txt";
    /// Words of two words written as one.
    SPLITS = "words/splits.tsv";
    /// Forms whose lemma no rule gives.
    IRREGULAR = "words/irregular.tsv";
    /// Regular endings.
    SUFFIXES = "words/suffixes.tsv";
    /// Known lemmas.
    LEMMAS = "words/lemmas.txt";
    /// PLOVER's event types.
    TYPES = "ontology/types.tsv";
    /// PLOVER's modes.
    MODES = "ontology/modes.tsv";
    /// PLOVER's contexts.
    CONTEXTS = "ontology/contexts.tsv";
    /// PLOVER's sectors and international entities.
    SECTORS = "ontology/sectors.tsv";
    /// CAMEO's codes with the PLOVER types they fall under.
    CAMEO = "ontology/cameo.tsv";
    /// News agencies.
    AGENCIES = "story/agencies.tsv";
    /// Blocks of a page that are no part of the story.
    FURNITURE = "story/furniture.tsv";
    /// Names of the months.
    MONTHS = "story/months.tsv";
}
