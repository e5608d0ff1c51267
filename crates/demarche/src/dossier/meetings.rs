//! Meetings that several stories tell of, each once.

use super::MeetingLine;
use super::cite::{Stories, Told};
use super::offers::overlap;
use super::sides::Between;
use crate::record::MeetingRecord;

/// The meetings of the parties, the oldest first.
pub(super) fn meetings(stories: &Stories, between: &Between) -> Vec<MeetingLine> {
    let mut out: Vec<MeetingLine> = Vec::new();
    for told in &stories.told {
        for meeting in
            told.record.meetings.iter().filter(|m| between.both(m.parties.iter().map(|p| p.country.as_deref())))
        {
            let new = line(told, between, meeting);
            match out.iter_mut().find(|old| same(old, &new)) {
                Some(old) => join(old, new),
                None => out.push(new),
            }
        }
    }
    // Talk of talks at no time, in a story that later ones follow, is no meeting any more.
    let last = stories.told.last().and_then(|told| told.record.story.date.as_deref());
    out.retain(|m| m.day.is_some() || m.ordinal.is_some() || m.cites.iter().any(|cite| cite.date.as_deref() == last));
    out.sort_by(|a, b| a.day.cmp(&b.day));
    out
}

fn line(told: &Told, between: &Between, meeting: &MeetingRecord) -> MeetingLine {
    // The sentence that tells of it is its event's, not one that only names the talks.
    let event = meeting.events.first().and_then(|id| told.event(id));
    let first = &meeting.mentions[0].span;
    MeetingLine {
        kind: meeting.kind.clone(),
        ordinal: meeting.ordinal,
        parties: meeting.parties.iter().map(|p| p.name.clone()).collect(),
        sides: sides(between, meeting),
        states: states(told, between, meeting),
        day: meeting.time.as_ref().map(|t| (t.from.clone(), t.to.clone())),
        place: meeting.place.as_ref().map(|p| p.place.name.clone()),
        status: meeting.status.clone(),
        cites: vec![event.map_or_else(|| told.cite(first.start, first.end, None), |e| told.of_event(e))],
    }
}

/// Whether two lines are of one meeting: of one number, or of shared parties on days that may be the same.
fn same(a: &MeetingLine, b: &MeetingLine) -> bool {
    if let (Some(a), Some(b)) = (a.ordinal, b.ordinal) {
        return a == b;
    }
    let shared = a.parties.iter().filter(|party| b.parties.contains(party)).count();
    // Whoever visits a country meets its government.
    let visit = shared > 0 && a.sides == b.sides && (a.kind == "visit" || b.kind == "visit");
    (shared > 1 || visit) && a.day.is_some() && b.day.is_some() && overlap(&a.day, &b.day)
}

/// The states among the parties, each with its side.
fn states(told: &Told, between: &Between, meeting: &MeetingRecord) -> Vec<(String, String)> {
    let states = meeting.parties.iter().filter(|p| told.record.entities[p.entity].kind == "state");
    states.filter_map(|p| Some((p.name.clone(), between.party(p.country.as_deref())?.to_owned()))).collect()
}

fn sides(between: &Between, meeting: &MeetingRecord) -> Vec<String> {
    let mut out: Vec<String> =
        meeting.parties.iter().filter_map(|p| between.party(p.country.as_deref())).map(str::to_owned).collect();
    out.sort();
    out.dedup();
    out
}

fn join(old: &mut MeetingLine, new: MeetingLine) {
    let length = |day: &Option<(String, String)>| {
        let days = day.as_ref().and_then(|(from, to)| {
            let (from, to): (jiff::civil::Date, jiff::civil::Date) = (from.parse().ok()?, to.parse().ok()?);
            Some(to.since(from).ok()?.get_days())
        });
        days.unwrap_or(i32::MAX)
    };
    old.ordinal = old.ordinal.or(new.ordinal);
    if new.kind == "summit" || old.kind == "meeting" || old.kind == "talks" {
        old.kind = new.kind;
    }
    // The narrower day is the better known; of two that differ the first stays, and the contradiction is told elsewhere.
    if length(&new.day) < length(&old.day) {
        old.day = new.day;
        old.place = new.place.or(old.place.take());
    } else {
        old.place = old.place.take().or(new.place);
    }
    old.status = new.status;
    // A state that is visited, and whoever speaks for it, are one.
    let is_state = |states: &[(String, String)], name: &String| states.iter().any(|(state, _)| state == name);
    let visited = old.sides == new.sides;
    let people =
        |parties: &[String], states: &[(String, String)]| parties.iter().filter(|p| !is_state(states, p)).count();
    if visited && people(&new.parties, &new.states) > people(&old.parties, &old.states) {
        old.parties.retain(|party| !is_state(&old.states, party));
    }
    for party in new.parties {
        let known = old.parties.contains(&party) || (visited && is_state(&new.states, &party));
        if !known {
            old.parties.push(party);
        }
    }
    old.cites.extend(new.cites);
}
