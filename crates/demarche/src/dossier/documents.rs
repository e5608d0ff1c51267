//! Documents that several stories name, and how far each has come.

use super::cite::Stories;
use super::sides::Between;
use super::{DocumentLine, StageLine};
use crate::record::InstrumentRecord;

/// The documents between the parties, the oldest first.
pub(super) fn documents(stories: &Stories, between: &Between) -> Vec<DocumentLine> {
    let mut out: Vec<DocumentLine> = Vec::new();
    for told in &stories.told {
        for instrument in told.record.instruments.iter().filter(|i| is_ours(i, between)) {
            let index = out.iter().position(|old| same(old, instrument)).unwrap_or_else(|| {
                out.push(fresh(instrument));
                out.len() - 1
            });
            let line = &mut out[index];
            for party in &instrument.parties {
                if !line.parties.contains(party) {
                    line.parties.push(party.clone());
                }
            }
            if let Some(stage) = &instrument.stage {
                line.stage = Some(stage.clone());
                if line.stages.last().is_none_or(|last| last.stage != *stage) {
                    let at = &instrument.mentions[0].span;
                    line.stages.push(StageLine { stage: stage.clone(), cite: told.cite(at.start, at.end, None) });
                }
            }
            let terms = instrument.terms.iter().filter_map(|id| told.event(id)).map(|event| told.of_event(event));
            line.terms.extend(terms);
        }
    }
    out.sort_by(|a, b| (a.year.unwrap_or(i16::MAX), &a.name).cmp(&(b.year.unwrap_or(i16::MAX), &b.name)));
    out
}

/// Whether a document is between the parties: by its own, or where none are told, by a name that other stories can complete.
fn is_ours(instrument: &InstrumentRecord, between: &Between) -> bool {
    let countries = || instrument.parties.iter().map(|p| Some(&**p));
    let named = instrument.name.contains(' ');
    let foreign = countries().any(|c| between.party(c).is_none());
    between.both(countries()) || (named && !foreign && instrument.parties.len() < 2)
}

fn fresh(instrument: &InstrumentRecord) -> DocumentLine {
    DocumentLine {
        name: instrument.name.clone(),
        kind: instrument.kind.clone(),
        year: instrument.year,
        parties: Vec::new(),
        stage: None,
        stages: Vec::new(),
        terms: Vec::new(),
    }
}

fn same(old: &DocumentLine, new: &InstrumentRecord) -> bool {
    old.name == new.name && (old.year == new.year || new.year.is_none() || old.year.is_none())
}
