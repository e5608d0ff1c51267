//! Issues, who stands where on them, and what those outside make of it.

use super::cite::{Stories, Told};
use super::sides::{Between, side};
use super::{Holding, Issue, Move, SideOnIssue, View};
use crate::record::{Code, PositionRecord};

/// The issues with each side's positions.
pub(super) fn issues(stories: &Stories, between: &Between, observers: &[&str]) -> Vec<Issue> {
    let mut out: Vec<Issue> = Vec::new();
    for told in &stories.told {
        for position in &told.record.positions {
            for side in held_by(told, between, observers, position) {
                add(&mut out, &position.issue, side, holding(told, position));
            }
        }
    }
    for issue in &mut out {
        for side in &mut issue.sides {
            side.positions
                .sort_by(|a, b| (&a.day, &a.cite.date, a.cite.start).cmp(&(&b.day, &b.cite.date, b.cite.start)));
            side.moved = moved(&side.positions);
        }
        let rank = |side: &SideOnIssue| between.codes().iter().position(|c| *c == side.side).unwrap_or(usize::MAX);
        issue.sides.sort_by(|a, b| (rank(a), &a.side).cmp(&(rank(b), &b.side)));
    }
    let weight = |issue: &Issue| issue.sides.iter().map(|side| side.positions.len()).sum::<usize>();
    out.sort_by(|a, b| weight(b).cmp(&weight(a)).then(a.issue.cmp(&b.issue)));
    out
}

/// The sides that hold a position; those of no party count where they are people of one.
fn held_by(told: &Told, between: &Between, observers: &[&str], position: &PositionRecord) -> Vec<String> {
    let entities = position.parties.iter().map(|party| &told.record.entities[party.entity]);
    let ours = entities.filter(|e| between.party(e.country.as_deref()).is_some() && !is_observer(&e.name, observers));
    let mut out: Vec<String> = ours.map(side).collect();
    out.dedup();
    out
}

fn is_observer(name: &str, observers: &[&str]) -> bool {
    let lower = name.to_lowercase();
    lower.split_whitespace().any(|word| observers.iter().any(|o| word == *o || word.strip_suffix('s') == Some(o)))
}

fn holding(told: &Told, position: &PositionRecord) -> Holding {
    let event = position.event.as_deref().and_then(|id| told.event(id));
    let time = event.and_then(|e| e.time.as_ref());
    Holding {
        stance: position.stance.clone(),
        condition: position.condition.as_ref().map(|c| c.text.clone()),
        holders: position.parties.iter().map(|party| party.name.clone()).collect(),
        day: time.map(|t| t.from.clone()).filter(|_| time.is_some_and(|t| t.basis != "publication")).or(told
            .record
            .story
            .date
            .clone()),
        cite: told.cite(position.span.start, position.span.end, position.quote),
    }
}

fn add(out: &mut Vec<Issue>, issue: &Code, side: String, holding: Holding) {
    let at = out.iter().position(|i| i.issue == *issue).unwrap_or_else(|| {
        out.push(Issue { issue: issue.clone(), sides: Vec::new() });
        out.len() - 1
    });
    let sides = &mut out[at].sides;
    let known = sides.iter().position(|s| s.side == side).unwrap_or_else(|| {
        sides.push(SideOnIssue { side, positions: Vec::new(), moved: None });
        sides.len() - 1
    });
    let positions = &mut sides[known].positions;
    // A sentence that says one stance twice says it once.
    if !positions
        .iter()
        .any(|p| p.stance == holding.stance && p.cite.story == holding.cite.story && p.cite.start == holding.cite.start)
    {
        positions.push(holding);
    }
}

/// Which way a stance leans: towards what others want, or to the holder's own terms.
fn way(stance: &str) -> &'static str {
    match stance {
        "for" | "offers" => "yields",
        _ => "insists",
    }
}

/// The last change of the way a side leans.
fn moved(positions: &[Holding]) -> Option<Move> {
    let change = positions
        .windows(2)
        .rev()
        .find(|pair| way(&pair[0].stance) != way(&pair[1].stance) && pair[0].day != pair[1].day)?;
    Some(Move { from: change[0].stance.clone(), to: change[1].stance.clone(), day: change[1].day.clone() })
}

/// What those outside the talks say of them.
pub(super) fn views(stories: &Stories, between: &Between, observers: &[&str]) -> Vec<View> {
    let mut out = Vec::new();
    for told in &stories.told {
        for quote in &told.record.quotes {
            let Some(source) = quote.source.as_ref() else { continue };
            let official = quote.entities.iter().any(|&e| {
                let entity = &told.record.entities[e];
                between.party(entity.country.as_deref()).is_some() && super::sides::is_official(entity)
            });
            if official || !is_observer(&source.text, observers) {
                continue;
            }
            let text = quote.content.text.split_whitespace().collect::<Vec<_>>().join(" ");
            out.push(View {
                holder: source.text.clone(),
                stance: quote.stance.clone(),
                text,
                cite: told.cite(quote.content.start, quote.content.end, None),
            });
        }
    }
    out
}
