//! What a record says of a story's events, as far as it is compared with marks.

use demarche::record::{ArgumentRecord, Code, EventPlaceRecord, EventRecord, EventTimeRecord, Evidence, Record};
use jiff::civil::Date;

use crate::align::{Fit, Moves};
use crate::characters::Characters;

/// Kosovo in records, by the code that statistics use.
const KOSOVO: &str = "XKX";
/// And in marks.
const KOSOVO_MARKED: &str = "KOS";

/// How many characters of a day `2018-09-12` has; a time may follow it.
const DAY: usize = 10;

/// What was coded of a story.
#[derive(Clone, Debug)]
pub struct Coding {
    /// The story's id.
    pub id: String,
    /// The text that was coded.
    pub text: String,
    /// Its events.
    pub events: Vec<CodedEvent>,
}

/// A coded event.
#[derive(Clone, Debug)]
pub struct CodedEvent {
    /// Its number within the story: `e1`.
    pub id: String,
    /// Its type.
    pub kind: Code,
    /// Its mode.
    pub mode: Option<Code>,
    /// Whether it is so.
    pub status: Code,
    /// The story looks back on it.
    pub historic: bool,
    /// The words that tell of it, here and where it is told again.
    pub triggers: Vec<Characters>,
    /// The clauses around them.
    pub clauses: Vec<Characters>,
    /// Who does it.
    pub actors: Vec<CodedParty>,
    /// To whom.
    pub recipients: Vec<CodedParty>,
    /// First and last day.
    pub days: Option<(Date, Date)>,
    /// Where.
    pub place: Option<CodedPlace>,
    /// How sure, 0 to 1.
    pub confidence: f32,
}

/// A coded actor or recipient.
#[derive(Clone, Debug)]
pub struct CodedParty {
    /// The words.
    pub at: Characters,
    /// Country or what stands in its place.
    pub country: Option<Code>,
    /// PLOVER sectors.
    pub sectors: Vec<Code>,
}

/// A coded place.
#[derive(Clone, Debug)]
pub struct CodedPlace {
    /// Its usual name and the words that name it.
    pub names: String,
    /// Its country.
    pub country: Option<Code>,
}

impl Coding {
    /// What a record says.
    pub fn of(record: &Record) -> Self {
        let events = record.events.iter().map(event).collect();
        Self { id: record.story.id.clone(), text: record.story.text.clone(), events }
    }

    /// Moves all spans to where the same words stand in another edition of the text.
    pub(crate) fn fit(&mut self, text: &str) -> Fit {
        let (fit, moves) = Moves::between(&self.text, text);
        if let Some(moves) = moves {
            self.events.iter_mut().for_each(|event| event.shift(&moves));
            text.clone_into(&mut self.text);
        }
        fit
    }
}

impl CodedEvent {
    fn shift(&mut self, moves: &Moves) {
        let parties = self.actors.iter_mut().chain(&mut self.recipients).map(|party| &mut party.at);
        for at in self.triggers.iter_mut().chain(&mut self.clauses).chain(parties) {
            *at = moves.moved(at);
        }
    }
}

fn event(event: &EventRecord) -> CodedEvent {
    let tellings = || std::iter::once(&event.evidence).chain(&event.retold);
    let trigger = |told: &Evidence| told.trigger.start..told.trigger.end;
    CodedEvent {
        id: event.id.clone(),
        kind: event.kind.clone(),
        mode: event.mode.clone(),
        status: event.status.clone(),
        historic: event.time.as_ref().is_some_and(|time| time.historic),
        triggers: tellings().map(trigger).collect(),
        clauses: tellings().map(|told| told.start..told.end).collect(),
        actors: event.actors.iter().map(party).collect(),
        recipients: event.recipients.iter().map(party).collect(),
        days: event.time.as_ref().and_then(days),
        place: event.place.as_ref().map(place),
        confidence: event.confidence,
    }
}

fn party(argument: &ArgumentRecord) -> CodedParty {
    let country = match argument.country.as_deref() {
        Some(KOSOVO) => Some(KOSOVO_MARKED.into()),
        _ => argument.country.clone(),
    };
    CodedParty { at: argument.start..argument.end, country, sectors: argument.sectors.clone() }
}

fn days(time: &EventTimeRecord) -> Option<(Date, Date)> {
    let day = |written: &str| written.get(..DAY)?.parse().ok();
    Some((day(&time.from)?, day(&time.to)?))
}

fn place(place: &EventPlaceRecord) -> CodedPlace {
    let words = place.span.as_ref().map_or("", |span| &span.text);
    CodedPlace { names: format!("{} {words}", place.place.name), country: place.place.country.clone() }
}
