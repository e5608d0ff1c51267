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
        for meeting in told.record.meetings.iter().filter(|m| between.both(m.parties.iter().map(|p| p.country))) {
            let new = line(told, meeting);
            match out.iter_mut().find(|old| same(old, &new)) {
                Some(old) => join(old, new),
                None => out.push(new),
            }
        }
    }
    out.sort_by(|a, b| a.day.cmp(&b.day));
    out
}

fn line(told: &Told, meeting: &MeetingRecord) -> MeetingLine {
    // The sentence that tells of it is its event's, not one that only names the talks.
    let event = meeting.events.first().and_then(|id| told.event(id));
    let first = &meeting.mentions[0].span;
    MeetingLine {
        kind: meeting.kind,
        ordinal: meeting.ordinal,
        parties: meeting.parties.iter().map(|p| p.name.clone()).collect(),
        day: meeting.time.as_ref().map(|t| (t.from.clone(), t.to.clone())),
        place: meeting.place.as_ref().map(|p| p.place.name.clone()),
        status: meeting.status,
        cites: vec![event.map_or_else(|| told.cite(first.start, first.end, None), |e| told.of_event(e))],
    }
}

/// Whether two lines are of one meeting: of one number, or of shared parties on days that may be the same.
fn same(a: &MeetingLine, b: &MeetingLine) -> bool {
    if let (Some(a), Some(b)) = (a.ordinal, b.ordinal) {
        return a == b;
    }
    let shared = a.parties.iter().filter(|party| b.parties.contains(party)).count();
    shared > 1 && a.day.is_some() && b.day.is_some() && overlap(&a.day, &b.day)
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
    old.cites.extend(new.cites);
    for party in new.parties {
        if !old.parties.contains(&party) {
            old.parties.push(party);
        }
    }
}
