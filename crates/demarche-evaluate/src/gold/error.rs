//! What can be wrong with a marked story.

use thiserror::Error;

/// Something wrong with a marked story, and where.
#[derive(Debug, Error, Clone, PartialEq, Eq)]
#[error("{name}:{line}: {problem}")]
pub struct MarkError {
    /// The file.
    pub name: String,
    /// Line, from 1.
    pub line: usize,
    /// What is wrong.
    pub problem: Problem,
}

/// What is wrong with a marked story.
#[derive(Debug, Error, Clone, PartialEq, Eq)]
pub enum Problem {
    /// No `# id:`.
    #[error("the story has no `# id:`")]
    NoId,
    /// No `# date:`, or none that is a day.
    #[error("the story has no `# date:` that is a day")]
    NoDate,
    /// Another story has the same id.
    #[error("the id `{0}` is that of another story")]
    IdTwice(String),
    /// A bracket is closed that was not opened.
    #[error("a bracket is closed that was not opened: `{0}`")]
    NotOpened(String),
    /// A bracket is not closed.
    #[error("a bracket is not closed: `{0}`")]
    NotClosed(String),
    /// A bracket is closed without a bar.
    #[error("a bracket has no bar: `{0}`")]
    NoBar(String),
    /// Nothing stands before or after the bar.
    #[error("a mark is empty: `[{words}|{parts}]`")]
    Empty {
        /// The words marked.
        words: String,
        /// What follows the bar.
        parts: String,
    },
    /// What follows a bar is no part of an event.
    #[error("`{0}` is no part of an event")]
    Part(String),
    /// A trigger without type or status.
    #[error("the trigger of event {0} has no type and status")]
    Short(u32),
    /// A type that PLOVER does not have.
    #[error("event {number}: PLOVER has no type `{kind}`")]
    Type {
        /// The event.
        number: u32,
        /// What stands there.
        kind: String,
    },
    /// A mode that the type does not have.
    #[error("event {number}: {kind} has no mode `{mode}`")]
    Mode {
        /// The event.
        number: u32,
        /// Its type.
        kind: &'static str,
        /// What stands there.
        mode: String,
    },
    /// A status that does not exist.
    #[error("event {number}: `{status}` is no status")]
    Status {
        /// The event.
        number: u32,
        /// What stands there.
        status: String,
    },
    /// Something other than `historic` after a status.
    #[error("event {number}: `{word}` stands after the status")]
    AfterStatus {
        /// The event.
        number: u32,
        /// What stands there.
        word: String,
    },
    /// A second trigger.
    #[error("event {0} has two triggers")]
    TwoTriggers(u32),
    /// No trigger.
    #[error("event {0} has no trigger")]
    NoTrigger(u32),
    /// Neither actor nor recipient.
    #[error("event {0} has neither actor nor recipient")]
    NoParty(u32),
    /// No line of facts.
    #[error("event {0} has no line of facts")]
    NoFacts(u32),
    /// A second line of facts.
    #[error("event {0} has two lines of facts")]
    FactsTwice(u32),
    /// A line of facts of an event that is not marked.
    #[error("facts of event {0}, which is not marked")]
    NotMarked(u32),
    /// A piece of a line of facts that is no fact.
    #[error("`{0}` is no fact")]
    Fact(String),
    /// As many codes as parties are wanted.
    #[error("event {number}: {codes} codes for {marked} marked {role}")]
    Codes {
        /// The event.
        number: u32,
        /// `actors` or `recipients`.
        role: &'static str,
        /// How many are marked.
        marked: usize,
        /// How many codes there are.
        codes: usize,
    },
    /// A code that is none.
    #[error("`{0}` is no code of a party")]
    Code(String),
    /// `when` is no time.
    #[error("`when={0}` is no time")]
    When(String),
    /// `where` is no place.
    #[error("`where={0}` is no place")]
    Where(String),
    /// `same` names no earlier event.
    #[error("event {number}: `same={same}` names no event before it")]
    Same {
        /// The event.
        number: u32,
        /// What stands there.
        same: String,
    },
}

impl Problem {
    /// What its owner can do about it.
    pub fn help(&self) -> &'static str {
        match self {
            Self::NoId => "begin every story with a line `# id: ` and a name that no other story has",
            Self::NoDate => "below `# id:` write `# date: ` and the day of publication, as 2018-09-12",
            Self::IdTwice(_) => "give every story an id of its own; this one is counted by its first marking",
            Self::NotOpened(_) | Self::NotClosed(_) | Self::NoBar(_) => {
                "a mark is `[words|a1 r2]` or `[words|e1 TYPE/mode status]`; the text can have no square brackets of its own"
            }
            Self::Empty { .. } => "put the words before the bar and what they are after it: `[Tokyo|a1]`",
            Self::Part(_) => "after the bar stand a1 (actor of event 1), r1 (recipient) or e1 with type and status",
            Self::Short(_) => {
                "write `[rejected|e1 REJECT happened]`, with a mode `[visited|e1 CONSULT/visit happened]`"
            }
            Self::Type { .. } => {
                "the types are AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT \
                 THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT"
            }
            Self::Mode { .. } => "take a mode that PLOVER has for the type, or leave it out",
            Self::Status { .. } => {
                "a status is one of happened ongoing planned proposed demanded threatened conditional possible \
                 denied failed"
            }
            Self::AfterStatus { .. } => "only `historic` may follow; other parts of the words stand before e1",
            Self::TwoTriggers(_) => "give the second telling a number of its own, and `same=` the first in its facts",
            Self::NoTrigger(_) => "mark the word that tells of it: `[rejected|e1 REJECT happened]`",
            Self::NoParty(_) => "mark an actor (a1) or a recipient (r1) of it, or take the event out",
            Self::NoFacts(_) => "below its paragraph write `@1 a=JPN.GOV r=RUS.GOV when=2018-09-12 where=-`",
            Self::FactsTwice(_) => "leave one of them",
            Self::NotMarked(_) => "mark its trigger in the text, or take the line out",
            Self::Fact(_) => {
                "a line of facts is `@1 a=... r=... when=... where=... same=...`, without blanks in a value: New_York"
            }
            Self::Codes { .. } => "write a code for each in the order of the text, joined by +, and - for none",
            Self::Code(_) => "a code is COUNTRY.SECTOR, as JPN.GOV; ? for what cannot be told, SYR.- for a place",
            Self::When(_) => "write a day, month or year (2018-09-12), FROM..TO, ~ for news of the day, or ?",
            Self::Where(_) => "write Vladivostok/RUS, /RUS for the country alone, or -",
            Self::Same { .. } => "name the number of its first telling, which must be lower than its own",
        }
    }
}
