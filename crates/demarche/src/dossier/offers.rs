//! Offers and their fate; commitments and what they hang on.

use super::cite::{Cite, Stories, Told};
use super::sides::{Between, side};
use super::{Commitment, Offer};
use crate::record::{EventRecord, PositionRecord};

type Days = Option<(String, String)>;

/// The days of an event, where they are told.
fn days(event: &EventRecord) -> Days {
    event.time.as_ref().map(|time| (time.from.clone(), time.to.clone()))
}

/// Whether two stretches of days have one in common; what has no days may be any.
pub(super) fn overlap(a: &Days, b: &Days) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => a.0 <= b.1 && b.0 <= a.1,
        _ => true,
    }
}

/// Whether a stretch of days ends before another begins.
fn before(a: &Days, b: &Days) -> bool {
    matches!((a, b), (Some(a), Some(b)) if a.1 < b.0)
}

/// The offers of the parties.
pub(super) fn offers(stories: &Stories, between: &Between, put: &[&str]) -> Vec<Offer> {
    let mut out: Vec<Offer> = Vec::new();
    for (at, told) in stories.told.iter().enumerate() {
        for position in told.record.positions.iter().filter(|p| p.stance == "offers") {
            let Some(offer) = offer(told, between, position) else { continue };
            let same =
                |old: &&mut Offer| old.by == offer.by && old.issue == offer.issue && overlap(&old.day, &offer.day);
            match out.iter_mut().find(same) {
                Some(old) => join(old, offer),
                None => out.push(offer),
            }
            let last = out.len() - 1;
            let index = out
                .iter()
                .position(|o| o.cites.contains(&told.cite(position.span.start, position.span.end, position.quote)));
            let offer = &mut out[index.unwrap_or(last)];
            if offer.answer.is_none()
                && let Some((fate, cite)) = answer(stories, between, put, (at, position), offer)
            {
                offer.ground = ground(stories, &cite);
                (offer.fate, offer.answer) = (fate.into(), Some(cite));
            }
        }
    }
    out.sort_by(|a, b| a.day.cmp(&b.day));
    out
}

fn offer(told: &Told, between: &Between, position: &PositionRecord) -> Option<Offer> {
    let entity = position
        .parties
        .iter()
        .map(|p| &told.record.entities[p.entity])
        .find(|e| between.party(e.country.as_deref()).is_some())?;
    let event = position.event.as_deref().and_then(|id| told.event(id));
    let published = told.record.story.date.clone();
    Some(Offer {
        by: side(entity),
        issue: position.issue.clone(),
        holders: position.parties.iter().map(|p| p.name.clone()).collect(),
        day: event.and_then(days).or_else(|| published.map(|day| (day.clone(), day))),
        place: event.and_then(|e| e.place.as_ref()).map(|p| p.place.name.clone()),
        condition: position.condition.as_ref().map(|c| c.text.clone()),
        fate: "unanswered".into(),
        cites: vec![told.cite(position.span.start, position.span.end, position.quote)],
        answer: None,
        ground: None,
    })
}

fn join(old: &mut Offer, new: Offer) {
    old.cites.extend(new.cites.into_iter().filter(|cite| !old.cites.contains(cite)).collect::<Vec<_>>());
    old.place = old.place.take().or(new.place);
    old.condition = old.condition.take().or(new.condition);
}

/// How the other side answered: what it says behind the offer in the same story, or in a later one, of an offer by that name or on its
/// issue.
fn answer(
    stories: &Stories,
    between: &Between,
    put: &[&str],
    (from, offered): (usize, &PositionRecord),
    offer: &Offer,
) -> Option<(&'static str, Cite)> {
    for (at, told) in stories.told.iter().enumerate().skip(from) {
        for position in told.record.positions.iter().filter(|p| at > from || p.span.start > offered.span.start) {
            let mut parties = position.parties.iter().filter_map(|p| between.party(p.country.as_deref()));
            let event = position.event.as_deref().and_then(|id| told.event(id));
            if !parties.any(|code| code != offer.by) || event.is_some_and(|e| before(&days(e), &offer.day)) {
                continue;
            }
            let cite = told.cite(position.span.start, position.span.end, position.quote);
            let named = cite.quotation.split(|c: char| !c.is_alphanumeric()).any(|word| put.contains(&word));
            let trigger = event.map_or("", |e| &*e.kind);
            match &*position.stance {
                "refuses" if named || (at == from && position.issue == offer.issue) => return Some(("refused", cite)),
                "for" if named && position.issue == offer.issue && trigger != "CONSULT" => {
                    return Some(("accepted", cite));
                }
                _ => {}
            }
        }
    }
    None
}

/// What the words of an answer demand.
fn ground(stories: &Stories, answer: &Cite) -> Option<String> {
    let told = stories.told.iter().find(|told| told.record.story.id == answer.story)?;
    let within =
        |p: &&PositionRecord| p.stance == "demands" && answer.start <= p.span.start && p.span.end <= answer.end;
    told.record.positions.iter().find(within).map(|p| p.span.text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// What the parties agreed to do, or bound themselves to in a document.
pub(super) fn commitments(stories: &Stories, between: &Between) -> Vec<Commitment> {
    let mut out: Vec<Commitment> = Vec::new();
    for told in &stories.told {
        let meetings: Vec<&str> = told
            .record
            .meetings
            .iter()
            .filter(|m| m.status == "planned")
            .flat_map(|m| m.events.iter().map(String::as_str))
            .collect();
        for event in
            told.record.events.iter().filter(|e| is_commitment(e, between) && !meetings.contains(&e.id.as_str()))
        {
            let document = told.record.instruments.iter().find(|i| i.terms.contains(&event.id)).map(|i| i.name.clone());
            let by: Vec<String> = event.actors.iter().map(|a| a.name.clone()).collect();
            let new = Commitment {
                by,
                day: days(event),
                condition: event.condition.as_ref().map(|c| c.text.clone()),
                document,
                cites: vec![told.of_event(event)],
            };
            let same = |old: &&mut Commitment| {
                old.day.is_some()
                    && old.day == new.day
                    && (old.document.is_some() && old.document == new.document || old.by == new.by)
            };
            match out.iter_mut().find(same) {
                Some(old) => {
                    old.cites.extend(new.cites);
                    old.condition = old.condition.take().or(new.condition);
                }
                None => out.push(new),
            }
        }
    }
    out.sort_by(|a, b| a.day.cmp(&b.day));
    out
}

fn is_commitment(event: &EventRecord, between: &Between) -> bool {
    let binding = event.kind == "AGREE" && matches!(&*event.status, "happened" | "ongoing" | "planned");
    binding && between.any(&event.actors)
}
