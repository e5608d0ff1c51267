//! Small marked stories, held against what might be coded of them.

use jiff::civil::date;
use serde_json::json;

use super::*;

fn story(body: &str) -> GoldStory {
    let text = format!("# id: a\n# date: 2021-05-03\n{body}");
    Gold::new().unwrap().read("a.txt", &text).remove(0).unwrap()
}

/// The first place of these words in the story.
fn at(story: &GoldStory, words: &str) -> Characters {
    let start = story.text[..story.text.find(words).unwrap()].chars().count();
    start..start + words.chars().count()
}

/// Parties by their words and countries.
fn parties(story: &GoldStory, of: &[(&str, &str)]) -> Vec<CodedParty> {
    let party = |(words, country): &(&str, &str)| CodedParty {
        at: at(story, words),
        country: if country.is_empty() { None } else { Some((*country).to_owned().into()) },
        sectors: vec!["GOV".into()],
    };
    of.iter().map(party).collect()
}

/// An event that happened, by its type, trigger and actors.
fn event(story: &GoldStory, kind: &'static str, trigger: &str, actors: &[(&str, &str)]) -> CodedEvent {
    CodedEvent {
        id: "e1".to_owned(),
        kind: kind.into(),
        mode: None,
        status: "happened".into(),
        historic: false,
        triggers: vec![at(story, trigger)],
        clauses: vec![at(story, trigger)],
        actors: parties(story, actors),
        recipients: Vec::new(),
        days: Some((story.date, story.date)),
        place: None,
        confidence: 0.95,
    }
}

fn coding(story: &GoldStory, events: Vec<CodedEvent>) -> Coding {
    Coding { id: story.id.clone(), text: story.text.clone(), events }
}

fn figures(story: &GoldStory, events: Vec<CodedEvent>) -> Figures {
    let mut tally = Tally::new(0.0);
    assert_eq!(tally.story(story, coding(story, events)), Fit::Same);
    tally.figures()
}

fn right(figures: &Figures) -> [usize; 4] {
    [figures.found.right, figures.typed.right, figures.whole.right, figures.dyads.right]
}

const REFUSAL: &str = "[Norway|a1] [rejected|e1 REJECT happened] a plan of [Iceland|r1].
@1 a=NOR.GOV r=ISL.GOV when=2021-05-02 where=Oslo/NOR
";

fn refusal(story: &GoldStory) -> CodedEvent {
    let recipients = parties(story, &[("Iceland", "ISL")]);
    CodedEvent { recipients, ..event(story, "REJECT", "rejected", &[("Norway", "NOR")]) }
}

#[test]
fn an_event_that_is_right_in_all() {
    let story = story(REFUSAL);
    let figures = figures(&story, vec![refusal(&story)]);
    assert_eq!(right(&figures), [1, 1, 1, 1]);
    let of_found = &figures.of_found;
    assert_eq!((of_found.country.of, of_found.country.right, of_found.sector.right), (2, 2, 2));
    assert_eq!((of_found.when.right, of_found.mode.right), (1, 1));
    assert_eq!((of_found.place_coded.of, of_found.place_coded.right, of_found.place.of), (1, 0, 0));
}

#[test]
fn what_is_wrong_is_not_whole() {
    let story = story(REFUSAL);
    let wrong: [fn(&GoldStory, &mut CodedEvent); 6] = [
        |_, event| event.kind = "ACCUSE".into(),
        |_, event| event.status = "denied".into(),
        |_, event| event.actors.clear(),
        |_, event| event.actors[0].country = Some("DNK".into()),
        |_, event| event.recipients[0].country = None,
        |story, event| event.recipients.extend(parties(story, &[("plan", "")])),
    ];
    for (i, spoil) in wrong.iter().enumerate() {
        let mut event = refusal(&story);
        spoil(&story, &mut event);
        let figures = figures(&story, vec![event]);
        let [found, typed, whole, _] = right(&figures);
        assert_eq!((found, typed, whole), (1, usize::from(i > 0), 0), "case {i}");
    }
}

#[test]
fn mode_counts_with_its_type_alone() {
    let story = story(REFUSAL);
    let accusation = CodedEvent { kind: "ACCUSE".into(), ..refusal(&story) };
    let with_mode = CodedEvent { mode: Some("yield".into()), ..refusal(&story) };
    for event in [accusation, with_mode] {
        assert_eq!(figures(&story, vec![event]).of_found.mode.right, 0);
    }
}

#[test]
fn an_event_is_found_by_its_clause_where_type_and_a_party_are_right() {
    let story = story(REFUSAL);
    let beside = |kind: &'static str, actors: &[(&str, &str)]| {
        let triggers = vec![at(&story, "plan")];
        let clauses = vec![at(&story, &story.text)];
        right(&figures(&story, vec![CodedEvent { triggers, clauses, ..event(&story, kind, "plan", actors) }]))[0]
    };
    assert_eq!(beside("REJECT", &[("Norway", "NOR")]), 1);
    assert_eq!(beside("ACCUSE", &[("Norway", "NOR")]), 0);
    assert_eq!(beside("REJECT", &[("plan", "")]), 0);
}

#[test]
fn each_event_is_paired_once_and_with_the_most_alike() {
    let story = story(
        "[Norway|a1] [rejected|e1 REJECT happened] and [condemned|e2 ACCUSE/disapprove happened] [Iceland|r1 r2], said [Oslo|a2].
@1 a=NOR.GOV r=ISL.GOV
@2 a=NOR.GOV r=ISL.GOV
",
    );
    let both = at(&story, "rejected and condemned");
    let accusation = CodedEvent {
        triggers: vec![both],
        ..event(&story, "ACCUSE", "condemned", &[("Oslo", "NOR"), ("Iceland", "")])
    };
    let figures = figures(&story, vec![accusation.clone(), accusation]);
    // The first takes the event of its type, and the second what is left.
    assert_eq!((figures.found.right, figures.typed.right), (2, 1));
    assert_eq!(figures.types.iter().map(|line| line.kind.as_str()).collect::<Vec<_>>(), ["ACCUSE", "REJECT"]);
    let counts = |line: &TypeLine| [line.typed.marked, line.typed.coded, line.found, line.typed.right];
    assert_eq!(figures.types.iter().map(counts).collect::<Vec<_>>(), [[1, 2, 1, 1], [1, 0, 1, 0]]);
}

const RETOLD: &str = "[Norway|a1] [rejected|e1 REJECT happened] a plan.
@1 a=NOR.GOV r=- when=2021-05-02
[The refusal|e2 ACCUSE happened] of [Oslo|a2] stood.
@2 a=NOR.GOV r=- when=2021-05-02 same=1
[Norwegians|a3] [refused|e3 REJECT denied] again.
@3 a=NOR.CVL r=- when=~ same=2
";

#[test]
fn retellings_are_one_event() {
    let story = story(RETOLD);
    // Found by its second telling, it is held against that one.
    let figures = figures(&story, vec![event(&story, "ACCUSE", "refusal", &[("Oslo", "NOR")])]);
    assert_eq!((figures.events.marked, figures.events.coded), (1, 1));
    assert_eq!((figures.typed.right, figures.whole.right), (1, 1));
    assert_eq!(
        figures.types.iter().map(|line| (line.kind.as_str(), line.typed.marked)).collect::<Vec<_>>(),
        [("ACCUSE", 1)]
    );
    // Its dyad is that of the first.
    assert_eq!((figures.dyads.marked, figures.dyads.right), (1, 0));
}

#[test]
fn retellings_of_a_record_are_one_event_too() {
    let story = story(RETOLD);
    let mut coded = event(&story, "REJECT", "again", &[("Norwegians", "NOR")]);
    coded.triggers.push(at(&story, "refused"));
    assert_eq!(figures(&story, vec![coded.clone()]).found.right, 1);
    // A second event for the same marked one is one too many.
    let figures = figures(&story, vec![coded.clone(), coded]);
    assert_eq!((figures.found.right, figures.found.precision, figures.found.recall), (1, Some(0.5), Some(1.0)));
}

#[test]
fn dyads_of_a_meeting() {
    let story = story(
        "[Norway|a1], [Oslo|a1], [Iceland|a1] and [others|a1] [met|e1 CONSULT happened].
@1 a=NOR.GOV+NOR.GOV+ISL.GOV+?.? r=-
",
    );
    let with = |actors: &[(&str, &str)]| figures(&story, vec![event(&story, "CONSULT", "met", actors)]).dyads;
    let dyads = with(&[("Iceland", "ISL"), ("Norway", "NOR")]);
    assert_eq!((dyads.marked, dyads.coded, dyads.right), (1, 1, 1));
    let dyads = with(&[("Norway", "NOR")]);
    assert_eq!((dyads.coded, dyads.right, dyads.f1), (1, 0, Some(0.0)));
    assert_eq!(with(&[("others", "")]).coded, 0);
}

#[test]
fn countries_that_cannot_be_told_and_sectors_of_bodies_are_not_judged() {
    let story = story(
        "[Gunmen|a1] [hit|e1 ASSAULT happened] [peacekeepers|r1].
@1 a=?.UAF r=UNO.MIL
",
    );
    let recipients = parties(&story, &[("peacekeepers", "UNO")]);
    let figures =
        figures(&story, vec![CodedEvent { recipients, ..event(&story, "ASSAULT", "hit", &[("Gunmen", "SYR")]) }]);
    let of_found = &figures.of_found;
    assert_eq!((of_found.country.of, of_found.country.right), (1, 1));
    assert_eq!((of_found.sector.of, of_found.sector.right), (1, 0));
    assert_eq!(figures.whole.right, 1);
}

#[test]
fn places_by_name_or_else_by_country() {
    let place = |marked: &str, names: &str, country: &str| {
        let story = story(&REFUSAL.replace("Oslo/NOR", marked));
        let place = Some(CodedPlace { names: names.to_owned(), country: Some(country.to_owned().into()) });
        let place = figures(&story, vec![CodedEvent { place, ..refusal(&story) }]).of_found.place;
        (place.right, place.of)
    };
    assert_eq!(place("Oslo/NOR", "Christiania OSLO", "NOR"), (1, 1));
    assert_eq!(place("Oslo/NOR", "Bergen Bergen", "NOR"), (0, 1));
    assert_eq!(place("/NOR", "Bergen Bergen", "NOR"), (1, 1));
    assert_eq!(place("/NOR", "Bergen Bergen", "USA"), (0, 1));
    assert_eq!(place("-", "Bergen Bergen", "NOR"), (0, 0));
}

#[test]
fn less_sure_events_are_left_out() {
    let story = story(REFUSAL);
    let sure = |least: f32| {
        let mut tally = Tally::new(least);
        tally.story(&story, coding(&story, vec![CodedEvent { confidence: 0.7, ..refusal(&story) }]));
        tally.figures().found
    };
    assert_eq!((sure(0.7).coded, sure(0.7).recall), (1, Some(1.0)));
    assert_eq!((sure(0.71).coded, sure(0.71).recall, sure(0.71).precision), (0, Some(0.0), None));
}

#[test]
fn confidence_is_held_against_what_is_right() {
    let story = story(REFUSAL);
    let extra = CodedEvent { confidence: 0.25, ..event(&story, "AID", "plan", &[]) };
    let calibration = figures(&story, vec![refusal(&story), extra]).calibration;
    assert_eq!((calibration.bins[9].typed.right, calibration.bins[9].whole.right), (1, 1));
    assert_eq!((calibration.bins[2].typed.of, calibration.bins[2].typed.right), (1, 0));
    assert!((calibration.error_typed.unwrap() - (0.05 + 0.25) / 2.0).abs() < 1e-6);
}

#[test]
fn stories_without_a_record_and_stories_stepped_over() {
    let story = story(REFUSAL);
    let mut tally = Tally::new(0.0);
    tally.missing(&story);
    tally.step_over(3);
    let figures = tally.figures();
    let Stories { marked, without_record, stepped_over, malformed_marks } = figures.stories;
    assert_eq!([marked, without_record, stepped_over, malformed_marks], [1, 1, 1, 3]);
    assert_eq!((figures.found.recall, figures.dyads.marked, figures.types[0].typed.marked), (Some(0.0), 1, 1));
    assert_eq!((figures.found.precision, figures.of_found.kind.share), (None, None));
}

#[test]
fn a_record_of_another_edition_of_the_text() {
    let story = story(REFUSAL);
    let mut coded = coding(&story, vec![refusal(&story)]);
    let prefix = "By a staff writer\n";
    coded.text.insert_str(0, prefix);
    for event in &mut coded.events {
        let moved = |at: &Characters| at.start + prefix.len()..at.end + prefix.len();
        event.triggers = event.triggers.iter().map(moved).collect();
        for party in event.actors.iter_mut().chain(&mut event.recipients) {
            party.at = moved(&party.at);
        }
    }
    let mut tally = Tally::new(0.0);
    assert_eq!(tally.story(&story, coded), Fit::Words);
    assert_eq!(tally.figures().whole.right, 1);
}

#[test]
fn what_a_record_says() {
    let span = |start: usize, end: usize| json!({"text": "x", "start": start, "end": end});
    let evidence = json!({"sentence": 0, "start": 0, "end": 30, "trigger": span(7, 15)});
    let retold = json!({"sentence": 1, "start": 40, "end": 60, "trigger": span(44, 50)});
    let party =
        json!({"text": "x", "start": 0, "end": 6, "entity": 0, "name": "x", "country": "XKX", "sectors": ["MIL"]});
    let event = json!({"id": "e1", "type": "REJECT", "cameo": "120", "quad": 3, "score": -2.0, "actors": [party],
        "status": "denied", "confidence": 0.93, "evidence": evidence, "retold": [retold],
        "time": {"from": "2021-05-02", "to": "2021-05-03T00:00", "basis": "stated", "historic": true},
        "place": {"text": "Prishtina", "start": 1, "end": 2, "name": "Pristina", "lat": 42.7, "lon": 21.2, "country": "XKX",
            "basis": "stated"}});
    let record = json!({"schema": 1, "story": {"id": "a", "text": "x"}, "events": [event], "entities": [], "dates": [],
        "places": [], "quotes": []});
    let coding = Coding::of(&serde_json::from_value(record).unwrap());
    let event = &coding.events[0];
    assert_eq!((event.triggers.as_slice(), event.clauses.as_slice()), (&[7..15, 44..50][..], &[0..30, 40..60][..]));
    assert_eq!((event.actors[0].country.as_deref(), &*event.actors[0].sectors[0]), (Some("KOS"), "MIL"));
    assert_eq!((event.days, event.historic), (Some((date(2021, 5, 2), date(2021, 5, 3))), true));
    assert_eq!(event.place.as_ref().unwrap().names, "Pristina Prishtina");
}

#[test]
fn the_table_has_all_of_it() {
    let story = story(REFUSAL);
    let planned = CodedEvent { status: "planned".into(), ..refusal(&story) };
    let mut tally = Tally::new(0.0);
    tally.story(&story, coding(&story, vec![planned]));
    tally.step_over(2);
    let table = tally.figures().table();
    for line in [
        "stories: 1 marked; 1 stepped over (malformed marks: 2)",
        "events: 1 marked, 1 coded",
        "       precision  recall     F1",
        "whole      0.000   0.000  0.000",
        "where, of those with a place      -   0",
        "REJECT       1      1      1      1      1.000   1.000  1.000",
        "marked, coded as  happened  planned",
        "happened                          1",
        "planned",
        "0.9 to 1.0       1  0.950  1.000  0.000",
        "expected calibration error: 0.050 if right means typed, 0.950 if it means whole",
    ] {
        assert!(table.lines().any(|found| found == line), "{line}\n{table}");
    }
}
