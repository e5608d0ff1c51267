//! A marked story, line by line.

use std::collections::HashMap;

use demarche::ontology::Ontology;
use jiff::civil::Date;

use super::error::{MarkError, Problem};
use super::facts::{self, Facts, PartyCode};
use super::marks::{self, Part, Trigger};
use super::{GoldEvent, GoldParty, GoldStory};
use crate::characters::Characters;

/// What a story begins with.
pub(super) const ID: &str = "# id:";

/// What joins paragraphs.
const BETWEEN: &str = "\n\n";

/// What is marked of an event, before its facts are known.
#[derive(Debug)]
struct Draft {
    number: u32,
    /// The line of its first mark.
    line: usize,
    trigger: Option<Trigger>,
    actors: Vec<Characters>,
    recipients: Vec<Characters>,
}

/// What has been read of a story.
struct Sheet<'a> {
    name: &'a str,
    ontology: &'a Ontology,
    head: HashMap<&'a str, &'a str>,
    text: String,
    /// Length of the text in characters.
    length: usize,
    drafts: Vec<Draft>,
    facts: HashMap<u32, Facts>,
    errors: Vec<MarkError>,
}

/// The story in these numbered lines, or all that is wrong with it.
pub(super) fn read(name: &str, lines: &[(usize, &str)], ontology: &Ontology) -> Result<GoldStory, Vec<MarkError>> {
    let mut sheet = Sheet {
        name,
        ontology,
        head: HashMap::new(),
        text: String::new(),
        length: 0,
        drafts: Vec::new(),
        facts: HashMap::new(),
        errors: Vec::new(),
    };
    for (number, line) in lines {
        if let Err(problem) = sheet.line(*number, line) {
            sheet.wrong(*number, problem);
        }
    }
    sheet.finish(lines.first().map_or(1, |(line, _)| *line))
}

impl<'a> Sheet<'a> {
    fn wrong(&mut self, line: usize, problem: Problem) {
        self.errors.push(MarkError { name: self.name.to_owned(), line, problem });
    }

    fn line(&mut self, number: usize, line: &'a str) -> Result<(), Problem> {
        if line.trim().is_empty() {
            return Ok(());
        }
        if self.text.is_empty()
            && let Some((key, value)) = head(line)
        {
            self.head.insert(key, value);
            return Ok(());
        }
        if facts::begins(line) {
            let (event, facts) = facts::read(line, number)?;
            return match self.facts.insert(event, facts) {
                Some(_) => Err(Problem::FactsTwice(event)),
                None => Ok(()),
            };
        }
        self.paragraph(number, line)
    }

    fn paragraph(&mut self, number: usize, line: &str) -> Result<(), Problem> {
        let plain = marks::plain(line)?;
        if !self.text.is_empty() {
            self.text.push_str(BETWEEN);
            self.length += BETWEEN.len();
        }
        for mark in &plain.marks {
            for part in marks::parts(mark, self.length, self.ontology)? {
                let at = self.length + mark.at.start..self.length + mark.at.end;
                self.part(number, at, part)?;
            }
        }
        self.text.push_str(&plain.text);
        self.length += plain.length;
        Ok(())
    }

    fn part(&mut self, line: usize, at: Characters, part: Part) -> Result<(), Problem> {
        match part {
            Part::Actor(number) => self.draft(number, line).actors.push(at),
            Part::Recipient(number) => self.draft(number, line).recipients.push(at),
            Part::Trigger(number, trigger) => {
                if self.draft(number, line).trigger.replace(trigger).is_some() {
                    return Err(Problem::TwoTriggers(number));
                }
            }
        }
        Ok(())
    }

    /// The draft of an event, a new one where there is none.
    fn draft(&mut self, number: u32, line: usize) -> &mut Draft {
        let known = self.drafts.iter().position(|draft| draft.number == number);
        let at = known.unwrap_or_else(|| {
            let (actors, recipients) = (Vec::new(), Vec::new());
            self.drafts.push(Draft { number, line, trigger: None, actors, recipients });
            self.drafts.len() - 1
        });
        &mut self.drafts[at]
    }

    /// The story. Events are put together only where every line could be read: else one error would be told as many.
    fn finish(mut self, first: usize) -> Result<GoldStory, Vec<MarkError>> {
        let id = self.head.get("id").copied().unwrap_or("");
        let date: Option<Date> = self.head.get("date").and_then(|date| date.parse().ok());
        if id.is_empty() {
            self.wrong(first, Problem::NoId);
        }
        if date.is_none() {
            self.wrong(first, Problem::NoDate);
        }
        let events = if self.errors.is_empty() { self.events() } else { Vec::new() };
        match date {
            Some(date) if self.errors.is_empty() => {
                let title = self.head.get("title").map(|&title| title.to_owned());
                Ok(GoldStory { id: id.to_owned(), date, title, text: self.text, events })
            }
            _ => Err(self.errors),
        }
    }

    fn events(&mut self) -> Vec<GoldEvent> {
        let numbers: Vec<u32> = self.drafts.iter().map(|draft| draft.number).collect();
        let mut events = Vec::new();
        for draft in std::mem::take(&mut self.drafts) {
            let line = draft.line;
            match event(draft, &mut self.facts, &numbers) {
                Ok(event) => events.push(event),
                Err((of_facts, problem)) => self.wrong(of_facts.unwrap_or(line), problem),
            }
        }
        let mut left: Vec<(usize, u32)> = self.facts.iter().map(|(number, facts)| (facts.line, *number)).collect();
        left.sort_unstable();
        for (line, number) in left {
            self.wrong(line, Problem::NotMarked(number));
        }
        events
    }
}

/// `# key: value` above the text.
fn head(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.strip_prefix("# ")?.split_once(':')?;
    let word = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || c == '_');
    if word { Some((key, value.trim())) } else { None }
}

/// An event of its marks and its facts, which are taken out; or what is wrong, with the line of the facts where it is in them.
fn event(
    draft: Draft,
    facts: &mut HashMap<u32, Facts>,
    numbers: &[u32],
) -> Result<GoldEvent, (Option<usize>, Problem)> {
    let number = draft.number;
    let facts = facts.remove(&number);
    let trigger = draft.trigger.ok_or((None, Problem::NoTrigger(number)))?;
    if draft.actors.is_empty() && draft.recipients.is_empty() {
        return Err((None, Problem::NoParty(number)));
    }
    let facts = facts.ok_or((None, Problem::NoFacts(number)))?;
    let in_facts = |problem| (Some(facts.line), problem);
    let uneven = |role, (marked, codes)| in_facts(Problem::Codes { number, role, marked, codes });
    Ok(GoldEvent {
        number,
        kind: trigger.kind,
        mode: trigger.mode,
        status: trigger.status,
        historic: trigger.historic,
        trigger: trigger.at,
        actors: parties(draft.actors, &facts.actors).map_err(|counts| uneven("actors", counts))?,
        recipients: parties(draft.recipients, &facts.recipients).map_err(|counts| uneven("recipients", counts))?,
        when: facts.when,
        same: same(facts.same.as_deref(), number, numbers).map_err(in_facts)?,
        place: facts.place,
    })
}

/// The parties in the order of the text with their codes; where there are not as many of both, how many there are of each.
fn parties(mut marked: Vec<Characters>, codes: &[PartyCode]) -> Result<Vec<GoldParty>, (usize, usize)> {
    if marked.len() != codes.len() {
        return Err((marked.len(), codes.len()));
    }
    marked.sort_by_key(|at| (at.start, at.end));
    let party = |(at, code): (Characters, &PartyCode)| {
        let PartyCode { country, sector } = code.clone();
        GoldParty { at, country, sector }
    };
    Ok(marked.into_iter().zip(codes).map(party).collect())
}

/// The number of the first telling: of a marked event, and lower than that of this one.
fn same(written: Option<&str>, number: u32, numbers: &[u32]) -> Result<Option<u32>, Problem> {
    let Some(written) = written else { return Ok(None) };
    match written.parse() {
        Ok(same) if same < number && numbers.contains(&same) => Ok(Some(same)),
        _ => Err(Problem::Same { number, same: written.to_owned() }),
    }
}
