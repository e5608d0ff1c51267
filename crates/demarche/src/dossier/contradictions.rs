//! Where stories cannot both be right.

use super::Contradiction;
use super::cite::{Cite, Stories, Told};
use super::offers::overlap;
use super::sides::{Between, side};
use super::timeline::is_ours;
use crate::record::{EventRecord, MeetingRecord, PositionRecord};

/// How many days apart two statements of one side still count as of one time.
const DAYS: i32 = 3;

/// What pairs of stories say that excludes each other.
pub(super) fn contradictions(stories: &Stories, between: &Between) -> Vec<Contradiction> {
    let mut out = Vec::new();
    for (i, a) in stories.told.iter().enumerate() {
        for b in &stories.told[i + 1..] {
            out.extend(meetings(a, b, between));
            out.extend(events(a, b, between));
            out.extend(positions(a, b, between));
        }
    }
    out
}

fn days(meeting: &MeetingRecord) -> Option<(String, String)> {
    meeting.time.as_ref().map(|t| (t.from.clone(), t.to.clone()))
}

/// One meeting, by its number, on two days or in two places.
fn meetings(a: &Told, b: &Told, between: &Between) -> Vec<Contradiction> {
    let numbered = |told: &Told| -> Vec<MeetingRecord> {
        let ours =
            |m: &&MeetingRecord| m.ordinal.is_some() && between.both(m.parties.iter().map(|p| p.country.as_deref()));
        told.record.meetings.iter().filter(ours).cloned().collect()
    };
    let cite = |told: &Told, meeting: &MeetingRecord| {
        let event = meeting.events.first().and_then(|id| told.event(id));
        let at = &meeting.mentions[0].span;
        event.map_or_else(|| told.cite(at.start, at.end, None), |e| told.of_event(e))
    };
    let mut out = Vec::new();
    for one in numbered(a) {
        for other in numbered(b).into_iter().filter(|m| m.ordinal == one.ordinal) {
            let number = one.ordinal.unwrap_or_default();
            if !overlap(&days(&one), &days(&other)) {
                let told = |m: &MeetingRecord| days(m).map_or_else(String::new, |(from, to)| stretch(&from, &to));
                out.push(contradiction(
                    format!("the day of the {} numbered {number}", one.kind),
                    [(told(&one), cite(a, &one)), (told(&other), cite(b, &other))],
                ));
            }
        }
    }
    out
}

fn stretch(from: &str, to: &str) -> String {
    if from == to { from.to_owned() } else { format!("{from} to {to}") }
}

fn contradiction(about: String, says: [(String, Cite); 2]) -> Contradiction {
    Contradiction { about, says: says.into() }
}

/// One event that happened by one story and did not by another, or with other numbers of dead.
fn events(a: &Told, b: &Told, between: &Between) -> Vec<Contradiction> {
    let mut out = Vec::new();
    for one in a.record.events.iter().filter(|e| is_ours(e, between)) {
        for other in b.record.events.iter().filter(|e| is_ours(e, between) && alike(one, e)) {
            let fact = |e: &EventRecord| matches!(&*e.status, "happened" | "ongoing");
            let denied = |e: &EventRecord| matches!(&*e.status, "denied" | "failed");
            if (fact(one) && denied(other)) || (denied(one) && fact(other)) {
                let says = [(one.status.to_string(), a.of_event(one)), (other.status.to_string(), b.of_event(other))];
                out.push(contradiction(format!("whether it happened ({})", one.kind), says));
            }
        }
    }
    out
}

fn alike(a: &EventRecord, b: &EventRecord) -> bool {
    let days =
        |e: &EventRecord| e.time.as_ref().filter(|t| t.basis == "stated").map(|t| (t.from.clone(), t.to.clone()));
    a.kind == b.kind
        && countries(a) == countries(b)
        && days(a).is_some()
        && days(b).is_some()
        && overlap(&days(a), &days(b))
}

/// The countries of those who take part, each once.
fn countries(event: &EventRecord) -> Vec<&str> {
    let mut of: Vec<&str> = event.actors.iter().chain(&event.recipients).filter_map(|a| a.country.as_deref()).collect();
    of.sort_unstable();
    of.dedup();
    of
}

/// One side for and against one thing within a few days.
fn positions(a: &Told, b: &Told, between: &Between) -> Vec<Contradiction> {
    let near = || {
        let day = |told: &Told| told.record.story.date.as_deref()?.parse::<jiff::civil::Date>().ok();
        day(b)?.since(day(a)?).ok().map(|length| length.get_days().abs())
    };
    if near().is_none_or(|days| days > DAYS) {
        return Vec::new();
    }
    let mut out = Vec::new();
    for one in &a.record.positions {
        for other in b.record.positions.iter().filter(|p| p.issue == one.issue && opposed(&one.stance, &p.stance)) {
            let of = |told: &Told, p: &PositionRecord| {
                let entity = p.parties.first().map(|party| &told.record.entities[party.entity])?;
                between.party(entity.country.as_deref()).map(|_| side(entity))
            };
            let (Some(first), Some(second)) = (of(a, one), of(b, other)) else { continue };
            if first == second {
                let cite = |told: &Told, p: &PositionRecord| told.cite(p.span.start, p.span.end, p.quote);
                let says = [(one.stance.to_string(), cite(a, one)), (other.stance.to_string(), cite(b, other))];
                out.push(contradiction(format!("how {first} stands on {}", one.issue), says));
            }
        }
    }
    out
}

fn opposed(a: &str, b: &str) -> bool {
    let towards = |s: &str| matches!(s, "for" | "offers");
    let away = |s: &str| matches!(s, "against" | "refuses");
    (towards(a) && away(b)) || (away(a) && towards(b))
}
