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
    /// Verbs that can be auxiliaries.
    AUXILIARIES = "words/auxiliaries.txt";
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
    /// Cities and towns of 1,000 people or more.
    CITIES = "place/cities.tsv";
    /// First- and second-order divisions of countries.
    DIVISIONS = "place/divisions.tsv";
    /// English and former names of cities.
    EXONYMS = "place/exonyms.tsv";
    /// Divisions, regions, seas, straits, islands.
    REGIONS = "place/regions.tsv";
    /// Territories that more than one party claims.
    DISPUTED = "place/disputed.tsv";
    /// States and territories.
    STATES = "actor/states.tsv";
    /// Names that stand for a part of a government.
    SEATS = "actor/seats.tsv";
    /// Terms of office, kept by hand.
    OFFICES = "actor/offices.tsv";
    /// Terms of office that ended before 2010.
    OFFICES_BEFORE_2010 = "actor/offices_before_2010.tsv";
    /// Leaders since 1950 whom the other tables lack.
    LEADERS = "actor/leaders.tsv";
    /// Ministers and other officials, 2002 to 2011.
    OFFICIALS = "actor/officials.tsv";
    /// What an office makes of its holder.
    TITLES = "actor/titles.tsv";
    /// Names of states and capitals that may name something else.
    AMBIGUOUS = "actor/ambiguous.tsv";
    /// Organisations, companies and armed groups of the Phoenix dictionaries.
    BODIES = "actor/bodies.tsv";
    /// Organisations, parties, armed groups.
    ORGANISATIONS = "actor/organisations.tsv";
    /// Kinds of people and bodies with their sectors.
    AGENTS = "actor/agents.tsv";
    /// The same, kept by hand.
    AGENTS_BY_HAND = "actor/agents_by_hand.tsv";
    /// Words before a kind of agent that change its sectors.
    MODIFIERS = "actor/modifiers.tsv";
    /// In which order names stand, by country.
    NAME_ORDER = "actor/name_order.tsv";
    /// Given names of men and of women.
    GIVEN_NAMES = "actor/given_names.tsv";
    /// Words that refer to what was named before.
    REFERENCE = "actor/reference.tsv";
    /// Words of time expressions by class.
    TIME_WORDS = "time/words.tsv";
    /// How time is said.
    TIME_RULES = "time/rules.tsv";
    /// Wars and eras with their days.
    TIME_PERIODS = "time/periods.tsv";
    /// Feasts and memorial days, by their calendars.
    TIME_HOLIDAYS = "time/holidays.tsv";
    /// Words that tell of meetings.
    MEETINGS = "talks/meetings.tsv";
    /// Nouns that name documents.
    DOCUMENTS = "talks/documents.tsv";
    /// What becomes of documents.
    STAGES = "talks/stages.tsv";
    /// Treaties and other documents by name.
    INSTRUMENTS_KNOWN = "talks/instruments.tsv";
    /// What parties negotiate about.
    ISSUES = "talks/issues.tsv";
    /// Nouns for what one side puts to another.
    OFFERS = "talks/offers.txt";
    /// Words for people who judge from outside.
    OBSERVERS = "talks/observers.txt";
    /// Words by which somebody holds a position.
    STANCES = "talks/stances.tsv";
    /// Words that introduce what somebody said.
    CUES = "voice/cues.tsv";
    /// Words before sources that are not named.
    ANONYMOUS = "voice/anonymous.txt";
    /// Words that decide whether what they govern is so.
    EMBEDDING = "voice/embedding.tsv";
    /// What verbs say happened.
    EVENT_VERBS = "event/verbs.tsv";
    /// What nouns say happened.
    EVENT_NOUNS = "event/nouns.tsv";
    /// Verbs that lend a noun their subject.
    LIGHT_VERBS = "event/light.txt";
    /// Words of stories that are not coded.
    TOPICS = "event/topics.tsv";
    /// Lemmas that tell of events in the project's corpus.
    TRIGGERS = "event/triggers.tsv";
    /// What speaks for events and their parts, and how much.
    DECISIONS = "event/decisions.tsv";
    /// The same for what the small network says alone.
    DECISIONS_FAST = "event/decisions_fast.tsv";
    /// What puts an event into a context.
    CONTEXT_WORDS = "event/context_words.tsv";
    /// What a number beside a word counts.
    MEASURES = "event/measures.tsv";
    /// Words of number.
    QUANTITIES = "quantity/words.tsv";
    /// Currencies.
    CURRENCIES = "quantity/currencies.tsv";
    /// News agencies.
    AGENCIES = "story/agencies.tsv";
    /// Blocks of a page that are no part of the story.
    FURNITURE = "story/furniture.tsv";
    /// Names of the months.
    MONTHS = "story/months.tsv";
}
