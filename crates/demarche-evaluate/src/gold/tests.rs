//! Stories as a whole; their parts have tests of their own.

use jiff::civil::date;

use super::*;

const STORY: &str = "\u{feff}# id: port-1
# date: 2021-05-03
# title: Ferries Stay in Port

[Norway|a1 r2] [rejected|e1 REJECT happened] a plan of [Iceland|r1], which [offered|e2 AGREE proposed] talks.
@1 a=NOR.GOV r=ISL.GOV when=2021-05-02 where=-
@2 a=- r=NOR.GOV when=~ where=Oslo/NOR

# both: are text here
[The refusal|e4 REJECT happened historic] by [Oslo|a4] came late.
@4 a=NOR.GOV r=- when=? where=/NOR same=1
# id: port-2
# date: 2021-05-04
Nothing happened.
";

fn read(text: &str) -> Vec<Result<GoldStory, Vec<MarkError>>> {
    Gold::new().unwrap().read("port.txt", text)
}

fn errors(text: &str) -> Vec<String> {
    let all = read(text).into_iter().filter_map(Result::err).flatten();
    all.map(|error| error.to_string()).collect()
}

fn words(story: &GoldStory, at: &Characters) -> String {
    story.text.chars().skip(at.start).take(at.len()).collect()
}

#[test]
fn stories_with_their_events() {
    let stories: Vec<GoldStory> = read(STORY).into_iter().map(Result::unwrap).collect();
    let [first, second] = &stories[..] else { panic!("{stories:?}") };
    assert_eq!((first.id.as_str(), first.date), ("port-1", date(2021, 5, 3)));
    assert_eq!(first.title.as_deref(), Some("Ferries Stay in Port"));
    let text = "Norway rejected a plan of Iceland, which offered talks.\n\n# both: are text here\n\nThe refusal by Oslo came late.";
    assert_eq!(first.text, text);
    let told: Vec<_> = first.events.iter().map(|e| (e.number, words(first, &e.trigger), e.same, e.historic)).collect();
    let expected = [(1, "rejected", None, false), (2, "offered", None, false), (4, "The refusal", Some(1), true)];
    assert_eq!(told, expected.map(|(number, word, same, historic)| (number, word.to_owned(), same, historic)));
    assert_eq!(words(first, &first.events[2].actors[0].at), "Oslo");
    assert_eq!((second.text.as_str(), second.events.len(), second.title.as_deref()), ("Nothing happened.", 0, None));
}

#[test]
fn codes_go_to_parties_in_the_order_of_the_text() {
    let text = "# id: a\n# date: 2021-05-03\n[[Oslo|a1]'s envoy|a1] and [Reykjavik|a1] [met|e1 CONSULT happened].\n@1 a=NOR.GOV+NOR.SPY+ISL.GOV r=- when=~ where=-\n";
    let story = read(text).remove(0).unwrap();
    let codes: Vec<_> = story.events[0].actors.iter().map(|a| (words(&story, &a.at), a.sector.as_deref())).collect();
    assert_eq!(
        codes.iter().map(|(words, _)| words.as_str()).collect::<Vec<_>>(),
        ["Oslo", "Oslo's envoy", "Reykjavik"]
    );
    assert_eq!(codes[1].1, Some("SPY"));
}

#[test]
fn what_is_wrong_is_named_with_its_line() {
    let head = "# id: a\n# date: 2021-05-03\n";
    let cases = [
        ("[Oslo|a1] [left.\n", "port.txt:3: a bracket is not closed: `[left.`"),
        ("[Oslo|a1] [left|e1 DANCE happened].\n", "port.txt:3: event 1: PLOVER has no type `DANCE`"),
        ("[Oslo|a1] left.\n@1 a=NOR.GOV\n", "port.txt:3: event 1 has no trigger"),
        ("It [left|e1 REJECT happened].\n@1 a=-\n", "port.txt:3: event 1 has neither actor nor recipient"),
        ("[Oslo|a1] [left|e1 REJECT happened].\n", "port.txt:3: event 1 has no line of facts"),
        ("Oslo left.\n@3 a=-\n", "port.txt:4: facts of event 3, which is not marked"),
        (
            "[Oslo|a1] [left|e1 REJECT happened].\n@1 a=NOR.GOV+ISL.GOV\n",
            "port.txt:4: event 1: 2 codes for 1 marked actors",
        ),
        ("[Oslo|a1] [left|e1 REJECT happened].\n@1 a=NOR\n", "port.txt:4: `NOR` is no code of a party"),
        (
            "[Oslo|a1] [left|e1 REJECT happened].\n@1 a=NOR.GOV same=1\n",
            "port.txt:4: event 1: `same=1` names no event before it",
        ),
        ("[Oslo|a1] [left|e1 REJECT happened].\n@1 a=NOR.GOV\n@1 a=-\n", "port.txt:5: event 1 has two lines of facts"),
        (
            "[Oslo|a1] [left|e1 REJECT happened] and [left|e1 REJECT happened].\n",
            "port.txt:3: event 1 has two triggers",
        ),
    ];
    for (lines, expected) in cases {
        assert_eq!(errors(&format!("{head}{lines}")), [expected]);
    }
}

#[test]
fn heads_are_checked() {
    assert_eq!(
        errors("Oslo left.\n"),
        ["port.txt:1: the story has no `# id:`", "port.txt:1: the story has no `# date:` that is a day"]
    );
    assert_eq!(
        errors("\n# id:\n# date: May\nOslo left.\n"),
        ["port.txt:2: the story has no `# id:`", "port.txt:2: the story has no `# date:` that is a day"]
    );
    let twice = "# id: a\n# date: 2021-05-03\nOslo left.\n".repeat(2);
    assert_eq!(errors(&twice), ["port.txt:4: the id `a` is that of another story"]);
}

#[test]
fn a_wrong_story_is_stepped_over_and_the_next_one_read() {
    let text = format!("# id: a\n# date: 2021-05-03\n[Oslo] left and [came].\nIt] stayed.\n{STORY}");
    let stories = read(&text.replace('\u{feff}', ""));
    assert_eq!(stories.iter().map(Result::is_ok).collect::<Vec<_>>(), [false, true, true]);
    assert_eq!(errors(&text).len(), 2);
}

#[test]
fn every_problem_has_its_help() {
    let stories = read("# id: a\n# date: 2021-05-03\n[Oslo|a1] [left|e1 REJECT done].\n");
    let error = &stories[0].as_ref().unwrap_err()[0];
    assert!(error.problem.help().contains("happened ongoing planned"));
    for status in Status::ALL {
        assert!(error.problem.help().contains(status.code()), "{status:?}");
    }
    let kinds = Problem::Type { number: 1, kind: String::new() };
    for kind in EventType::ALL {
        assert!(kinds.help().contains(kind.code()), "{kind}");
    }
}

#[test]
fn folds_follow_from_the_id() {
    // The first eight hexadecimal digits of SHA-256, by Python's hashlib: ca978112, 3e23e816, 2e7d2c03.
    let folds = ["a", "b", "c"].map(|id| {
        let text = format!("# id: {id}\n# date: 2021-05-03\nOslo left.\n");
        read(&text).remove(0).unwrap().fold()
    });
    assert_eq!(folds, [0xca97_8112_u32 % 5, 0x3e23_e816_u32 % 5, 0x2e7d_2c03_u32 % 5]);
}

/// The example of the documentation, which stands there indented.
#[test]
fn the_documented_story_is_a_marked_story() {
    let page = include_str!("../../../../docs/evaluate.md");
    let from = page.find("    # id:").unwrap();
    let to = page.find("A file holds any number of stories.").unwrap();
    let story = read(page[from..to].replace("\n    ", "\n").trim_start()).remove(0).unwrap();
    assert_eq!(story.events.iter().map(|event| event.same).collect::<Vec<_>>(), [None, None, Some(1)]);
}
