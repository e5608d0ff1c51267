//! Phoenix of the Open Event Data Alliance: 26 columns, tab-separated, no header; and the lines of PETRARCH2.

use demarche::record::ArgumentRecord;

use super::{Codes, Exported, cameo_actor, day, dyads, line, sentence};

/// Who does it to whom, where both have a code.
fn coded<'a>(of: &Exported<'a>) -> Vec<(&'a ArgumentRecord, &'a ArgumentRecord)> {
    let both = dyads(of.event).into_iter().filter_map(|(source, target)| Some((source, target?)));
    both.filter(|(source, target)| !cameo_actor(source).is_empty() && !cameo_actor(target).is_empty()).collect()
}

/// Full code, country, role, further roles.
fn actor(of: &ArgumentRecord) -> [String; 4] {
    let further: Vec<&str> = of.sectors.iter().skip(1).map(|sector| &**sector).collect();
    let role = of.sectors.first().map_or("", |sector| &**sector);
    let country = of.country.as_deref().unwrap_or("");
    [cameo_actor(of), country.to_owned(), role.to_owned(), further.join(";")]
}

pub(super) fn rows(codes: &Codes, of: Exported) -> Vec<u8> {
    let day = day(&of);
    let part = |from: usize, to: usize| day.get(from..to).unwrap_or("").to_owned();
    let place = of.event.place.as_ref().map(|p| &p.place);
    let story = &of.record.story;
    let row = |(number, (source, target)): (usize, (&ArgumentRecord, &ArgumentRecord))| {
        let mut cells =
            vec![format!("{}_{}", of.stored.id, number + 1), day.replace('-', ""), part(0, 4), part(5, 7), part(8, 10)];
        cells.extend(actor(source));
        cells.extend(actor(target));
        cells.extend([
            of.event.cameo.to_string(),
            of.event.cameo.get(..2).unwrap_or("").to_owned(),
            of.event.quad.to_string(),
            codes.goldstein(&of.event.cameo).to_owned(),
            of.event.contexts.join(";"),
            place.map_or_else(String::new, |p| p.lat.to_string()),
            place.map_or_else(String::new, |p| p.lon.to_string()),
            place.map_or_else(String::new, |p| p.name.clone()),
            String::new(),
            place.and_then(|p| p.country.as_deref()).unwrap_or("").to_owned(),
            format!("{}_{}", story.id, sentence(&of)),
            story.url.clone().unwrap_or_default(),
            story.publisher.clone().or(story.agency.clone()).unwrap_or_default(),
        ]);
        line(&cells)
    };
    coded(&of).into_iter().enumerate().flat_map(row).collect()
}

pub(super) fn lines(of: Exported) -> Vec<u8> {
    let story = &of.record.story;
    let source_of = story.publisher.as_deref().or(story.agency.as_deref()).unwrap_or("");
    let row = |(source, target): (&ArgumentRecord, &ArgumentRecord)| {
        let id = format!("{}_{}", story.id, sentence(&of));
        let day = day(&of).replace('-', "");
        line(&[&day, &cameo_actor(source), &cameo_actor(target), &*of.event.cameo, &id, source_of])
    };
    coded(&of).into_iter().flat_map(row).collect()
}
