//! Near-duplicates, measured: edited copies of the examples against stories that share their background with others.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use demarche::{Coder, Story};
use demarche_archive::{Archive, Keep};

const EXAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples");

/// Numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn throw(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % sides
    }
}

/// The corpus of events, a sentence a line; stories are made of its sentences.
fn sentences() -> Vec<String> {
    let folder = format!("{EXAMPLES}/../training/corpus");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|e| e == "txt"));
    files.sort();
    let text: String = files.iter().map(|file| std::fs::read_to_string(file).unwrap()).collect();
    text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(plain).collect()
}

/// A sentence without its marks: of `[Japan|a1]` the words.
fn plain(marked: &str) -> String {
    let mut within_tag = false;
    let keep = |c: &char| {
        within_tag = (within_tag || *c == '|') && *c != ']';
        !within_tag && !matches!(c, '[' | ']')
    };
    marked.chars().filter(keep).collect()
}

/// An edited copy: what desks do to wire copy.
fn edited(paragraphs: &[String], dice: &mut Dice, others: &[String]) -> Vec<String> {
    let mut out = paragraphs.to_vec();
    match dice.throw(6) {
        // Cut from the end, to no less than half.
        0 => out.truncate(out.len().div_ceil(2).max(out.len() - dice.throw(out.len() / 2 + 1))),
        // A paragraph of one's own.
        1 => out.insert(dice.throw(out.len()), others[dice.throw(others.len())].clone()),
        // Other spellings, quotation marks, blanks.
        2 => out
            .iter_mut()
            .for_each(|p| *p = p.replace("ize", "ise").replace('"', "”").replace("said", "told reporters")),
        // The second and third paragraph change places.
        3 if out.len() > 2 => out.swap(1, 2),
        // Words changed here and there, one in fifteen.
        4 => {
            for paragraph in &mut out {
                let mut words: Vec<String> = paragraph.split(' ').map(str::to_owned).collect();
                for word in &mut words {
                    if dice.throw(15) == 0 {
                        "reportedly".clone_into(word);
                    }
                }
                *paragraph = words.join(" ");
            }
        }
        // A credit in front and one behind.
        _ => {
            out.insert(0, "From our correspondents and news agencies".to_owned());
            out.push("Additional reporting by staff writers; editing by the night desk".to_owned());
        }
    }
    out
}

#[test]
fn edited_copies_are_known_and_stories_of_one_background_are_not_taken_for_copies() {
    let sentences = sentences();
    assert!(sentences.len() > 1000, "{} sentences", sentences.len());
    let mut dice = Dice(11);
    let take = |n: usize, dice: &mut Dice| -> Vec<String> {
        (0..n).map(|_| sentences[dice.throw(sentences.len())].clone()).collect()
    };
    let mut stories = Vec::new();
    // Of each pair whether it should be found.
    let mut copies = Vec::new();
    for number in 0..300 {
        let length = 8 + dice.throw(12);
        let original = take(length, &mut dice);
        let others = take(4, &mut dice);
        let mut copy = edited(&original, &mut dice, &others);
        if dice.throw(2) == 0 {
            copy = edited(&copy, &mut dice, &others);
        }
        // A story of another day with the same background behind its own news: up to a third of it.
        let mut later = take(length, &mut dice);
        let shared = length / 3;
        later.splice(length - shared.., original[length - shared..].to_vec());
        for (kind, paragraphs) in [("original", &original), ("copy", &copy), ("later", &later)] {
            stories.push(Story::of(format!("{number}-{kind}"), paragraphs.join("\n\n")));
            copies.push(kind == "copy");
        }
    }
    let records = Coder::new().unwrap().code_all(&stories[..1], 1).unwrap();
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("copies");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    let mut archive = Archive::open(&folder.join("a.db")).unwrap();
    let keep = Keep { texts: false, edition: String::new() };
    let (mut right, mut wrong, mut missed) = (0, 0, 0);
    for (story, &copy) in stories.iter().zip(&copies) {
        // What a record says is of no matter here.
        let added = archive.add(&[(story, Some(&records[0]))], &keep).unwrap();
        // An edit may have changed nothing.
        match (added.copies + added.known == 1, copy) {
            (true, true) => right += 1,
            (true, false) => {
                println!("wrong {}", story.id);
                wrong += 1;
            }
            (false, true) => {
                println!("missed {}: {} characters", story.id, story.text.len());
                missed += 1;
            }
            (false, false) => {}
        }
    }
    let (precision, recall) =
        (f64::from(right) / f64::from(right + wrong), f64::from(right) / f64::from(right + missed));
    println!("precision {precision:.3}, recall {recall:.3} ({right} right, {wrong} wrong, {missed} missed)");
    assert!(precision >= 0.98 && recall >= 0.98);
}
