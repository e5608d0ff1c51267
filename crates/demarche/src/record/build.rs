//! From what the rooms found to the record.

use super::{
    AmountRecord, ArgumentRecord, Attribution, Code, DateMention, Disputed, EntityRecord, EventPlaceRecord,
    EventRecord, EventTimeRecord, Evidence, Link, Located, MagnitudeRecord, MoneyRecord, NameInUse, PlaceMentionRecord,
    Probabilities, Record, SCHEMA, SpanText, StoryRecord,
};
use std::collections::HashSet;

use crate::actor::{Cast, Directory, Entity, EntityKind};
use crate::event::{Argument, Coding, Event, EventPlace, EventTime, Magnitude, Parts, Scene};
use crate::ontology::Ontology;
use crate::place::{Gazetteer, Place, Places};
use crate::quantity::Amount;
use crate::span::{CharOffsets, Span};
use crate::story::Story;
use crate::talks::Talks;
use crate::time::TimeLine;
use crate::voice::Voices;

/// Turns byte spans of one text into words and characters.
pub(super) struct Writer<'t> {
    text: &'t str,
    offsets: CharOffsets,
}

impl<'t> Writer<'t> {
    pub fn new(text: &'t str) -> Self {
        Self { text, offsets: CharOffsets::new(text) }
    }

    fn at(&self, byte: usize) -> usize {
        self.offsets.at(self.text, byte)
    }

    pub fn span(&self, span: Span) -> SpanText {
        SpanText { text: span.text(self.text).to_owned(), start: self.at(span.start), end: self.at(span.end) }
    }
}

fn filled(code: &'static str) -> Option<Code> {
    Some(code).filter(|code| !code.is_empty()).map(Into::into)
}

pub(super) fn codes(of: &[&'static str]) -> Vec<Code> {
    of.iter().map(|&code| code.into()).collect()
}

/// The record of a coded story.
pub(crate) fn build(
    story: &Story,
    scene: &Scene,
    coding: &Coding,
    talks: &Talks,
    directory: &Directory,
    ontology: &Ontology,
    notices: Vec<String>,
) -> Record {
    let writer = Writer::new(&story.text);
    let kept = Kept::new(scene.cast, coding);
    let events = coding.events.iter().enumerate();
    let bounds = scene.reading.sentences.iter().map(|s| (writer.at(s.span.start), writer.at(s.span.end)));
    Record {
        schema: SCHEMA,
        sentences: bounds.collect(),
        events: events.map(|(i, e)| event(&writer, scene, directory, ontology, &kept, (i, e))).collect(),
        entities: kept.of.iter().map(|&e| entity(&writer, &scene.cast.entities[e])).collect(),
        dates: dates(&story.text, scene.times),
        places: places(&story.text, scene.places, scene.gazetteer),
        quotes: quotes(&story.text, scene.voices, &kept.place),
        meetings: talks.meetings.iter().map(|m| super::talks::meeting(&writer, scene, &kept, m)).collect(),
        instruments: talks.instruments.iter().map(|i| super::talks::instrument(&writer, i)).collect(),
        positions: talks.positions.iter().map(|p| super::talks::position(&writer, scene, &kept, p)).collect(),
        links: story.related.iter().map(|l| Link { title: l.title.clone(), url: l.url.clone() }).collect(),
        notices,
        story: story_record(&writer, story),
    }
}

fn story_record(writer: &Writer, story: &Story) -> StoryRecord {
    let story = story.clone();
    StoryRecord {
        id: story.id,
        title: story.title,
        date: story.date.map(|date| date.to_string()),
        agency: story.agency,
        publisher: story.publisher,
        byline: story.byline,
        dateline: story.dateline.map(|d| writer.span(d.span)),
        url: story.url,
        language: story.language.map(Into::into),
        text: story.text,
    }
}

fn event(
    writer: &Writer,
    scene: &Scene,
    directory: &Directory,
    ontology: &Ontology,
    kept: &Kept,
    (index, event): (usize, &Event),
) -> EventRecord {
    let contexts = &event.contexts;
    let own = ontology.own_type(event.kind, event.mode);
    let argument = |a: &Argument| argument(writer, scene.cast, directory, kept, (event.time.as_ref(), a));
    EventRecord {
        id: format!("e{}", index + 1),
        kind: own.map_or(event.kind.code(), |own| own.name).into(),
        mode: event.mode.map(Into::into),
        contexts: codes(contexts),
        cameo: own
            .and_then(|own| own.cameo)
            .unwrap_or_else(|| ontology.cameo(event.kind, event.mode, &contexts[..event.named_contexts]))
            .into(),
        quad: own.map_or(event.kind.quad().number(), |own| own.quad),
        score: own.map_or_else(|| ontology.score(event.kind, event.mode), |own| own.score),
        actors: event.actors.iter().map(argument).collect(),
        recipients: event.recipients.iter().map(argument).collect(),
        status: event.assertion.status.code().into(),
        condition: event.assertion.condition.map(|span| writer.span(span)),
        time: event.time.as_ref().map(|time| event_time(writer, time)),
        place: event.place.as_ref().map(|place| event_place(writer, scene.gazetteer, place)),
        said_by: event.said_by,
        evidence: evidence(writer, event.sentence, event.evidence, event.trigger),
        retold: event.retold.iter().map(|t| evidence(writer, t.sentence, t.evidence, t.trigger)).collect(),
        magnitude: magnitude(&event.magnitude),
        confidence: rounded(event.confidence),
        probabilities: Some(probabilities(&event.why.parts)),
    }
}

/// A probability to two digits.
fn rounded(p: f32) -> f32 {
    (p * 100.0).round() / 100.0
}

fn probabilities(parts: &Parts) -> Probabilities {
    Probabilities {
        event: rounded(parts.event),
        kind: rounded(parts.kind),
        actors: rounded(parts.actors),
        recipients: rounded(parts.recipients),
        status: rounded(parts.status),
        time: rounded(parts.time),
        place: rounded(parts.place),
    }
}

fn evidence(writer: &Writer, sentence: usize, clause: Span, trigger: Span) -> Evidence {
    Evidence { sentence, start: writer.at(clause.start), end: writer.at(clause.end), trigger: writer.span(trigger) }
}

fn magnitude(magnitude: &Magnitude) -> MagnitudeRecord {
    let whole = |n: f64| n.round() as u64;
    let amount = |amount: Amount| match (amount.min.map(whole), amount.max.map(whole)) {
        (Some(min), Some(max)) if min == max => AmountRecord::Number(min),
        (min, max) => AmountRecord::Range { min, max },
    };
    MagnitudeRecord {
        killed: magnitude.killed.map(amount),
        injured: magnitude.injured.map(amount),
        arrested: magnitude.arrested.map(amount),
        crowd: magnitude.crowd.map(amount),
        money: magnitude.money.as_ref().map(|m| MoneyRecord { amount: amount(m.amount), currency: m.currency.into() }),
    }
}

fn argument(
    writer: &Writer,
    cast: &Cast,
    directory: &Directory,
    kept: &Kept,
    (time, argument): (Option<&EventTime>, &Argument),
) -> ArgumentRecord {
    let entity = &cast.entities[argument.entity];
    // Whoever holds an office is what he was on the day of the event.
    let then = entity.person.zip(time).map(|(person, t)| directory.person(person, Some(t.interval.from)));
    let identity = then.as_ref().unwrap_or(&entity.identity);
    let past = time.filter(|t| t.historic).map(|t| t.interval.to.year());
    // What more than its own words tells stands; else the country is that of the office.
    let country = if argument.country == entity.identity.country { identity.country } else { argument.country };
    let country = country.map(|code| past.map_or(code, |year| directory.state_in(code, year)));
    let SpanText { text, start, end } = writer.span(argument.span);
    ArgumentRecord {
        text,
        start,
        end,
        entity: kept.place[argument.entity],
        name: identity.name.clone(),
        country: country.map(Into::into),
        sectors: codes(&identity.sectors),
        office: identity.office.clone(),
    }
}

pub(super) fn event_time(writer: &Writer, time: &EventTime) -> EventTimeRecord {
    EventTimeRecord {
        span: time.span.map(|span| writer.span(span)),
        from: time.interval.from.to_string(),
        to: time.interval.to.to_string(),
        basis: time.basis.code().into(),
        historic: time.historic,
    }
}

pub(super) fn event_place(writer: &Writer, gazetteer: &Gazetteer, found: &EventPlace) -> EventPlaceRecord {
    EventPlaceRecord {
        span: found.span.map(|span| writer.span(span)),
        place: located(gazetteer.place(found.place)),
        basis: found.basis.code().into(),
    }
}

fn located(place: &Place) -> Located {
    Located {
        name: place.name.to_owned(),
        geonames: place.geonames,
        lat: place.lat,
        lon: place.lon,
        country: filled(place.country),
        admin1: filled(place.admin1),
    }
}

/// The entities that a record holds: whoever can act, and of places and things those that an event is done to.
pub(super) struct Kept {
    /// Their indices in the cast.
    of: Vec<usize>,
    /// By index in the cast, the index in the record.
    place: Vec<usize>,
}

impl Kept {
    /// The index in the record of an entity that can act.
    pub fn place(&self, entity: usize) -> usize {
        self.place[entity]
    }

    fn new(cast: &Cast, coding: &Coding) -> Self {
        let used: HashSet<usize> =
            coding.events.iter().flat_map(|e| e.actors.iter().chain(&e.recipients)).map(|a| a.entity).collect();
        let mut out = Self { of: Vec::new(), place: Vec::with_capacity(cast.entities.len()) };
        for (index, entity) in cast.entities.iter().enumerate() {
            out.place.push(out.of.len());
            if entity.identity.kind.acts() || used.contains(&index) {
                out.of.push(index);
            }
        }
        out
    }
}

/// By index in a cast, the index among those that [`entities`] lists.
pub(crate) fn listed(cast: &Cast) -> Vec<usize> {
    let before = cast.entities.iter().scan(0, |next, entity| {
        let here = *next;
        *next += usize::from(is_listed(entity));
        Some(here)
    });
    before.collect()
}

fn is_listed(entity: &Entity) -> bool {
    entity.identity.kind != EntityKind::Thing
}

/// The entities of a cast: all but things.
pub(crate) fn entities(text: &str, cast: &Cast) -> Vec<EntityRecord> {
    let writer = Writer::new(text);
    cast.entities.iter().filter(|e| is_listed(e)).map(|e| entity(&writer, e)).collect()
}

fn entity(writer: &Writer, entity: &Entity) -> EntityRecord {
    let identity = &entity.identity;
    EntityRecord {
        name: identity.name.clone(),
        kind: identity.kind.code().into(),
        country: identity.country.map(Into::into),
        sectors: codes(&identity.sectors),
        office: identity.office.clone(),
        mentions: entity.mentions.iter().map(|&span| writer.span(span)).collect(),
    }
}

/// The time expressions of a story.
pub(crate) fn dates(text: &str, times: &TimeLine) -> Vec<DateMention> {
    let writer = Writer::new(text);
    let record = |e: &crate::time::TimeExpression| DateMention {
        span: writer.span(e.span),
        kind: e.kind.code().into(),
        value: e.value.clone(),
        from: e.interval.map(|i| i.from.to_string()),
        to: e.interval.map(|i| i.to.to_string()),
    };
    times.expressions.iter().map(record).collect()
}

/// The places that a story names.
pub(crate) fn places(text: &str, places: &Places, gazetteer: &Gazetteer) -> Vec<PlaceMentionRecord> {
    let writer = Writer::new(text);
    let record = |m: &crate::place::PlaceMention| {
        let place: &Place = gazetteer.place(m.place);
        PlaceMentionRecord {
            span: writer.span(m.span),
            place: located(place),
            feature: place.code.into(),
            disputed: place.disputed.as_ref().map(|d| Disputed {
                claimants: codes(&d.claimants),
                names: d
                    .names
                    .iter()
                    .map(|&(name, used_by)| NameInUse { name: name.into(), used_by: used_by.map(Into::into) })
                    .collect(),
            }),
        }
    };
    places.mentions.iter().map(record).collect()
}

/// The attributions of a story.
/// `place` gives, by index in the cast, an entity's index in the record.
pub(crate) fn quotes(text: &str, voices: &Voices, place: &[usize]) -> Vec<Attribution> {
    let writer = Writer::new(text);
    let record = |q: &crate::voice::Quote| Attribution {
        sentence: q.sentence,
        source: q.source.map(|span| writer.span(span)),
        entities: q.entities.iter().map(|&e| place[e]).collect(),
        anonymous: q.anonymous,
        within: q.within,
        cue: q.cue.map(|span| writer.span(span)),
        content: writer.span(q.content),
        kind: q.kind.code().into(),
        stance: q.stance.code().into(),
    };
    voices.quotes.iter().map(record).collect()
}
