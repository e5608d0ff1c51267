//! Every row of the table of embedding words does to its example what it says, before the reader's heads have a say.

mod cases;

use super::Status;
use crate::coder::Coder;
use crate::event::Spot;
use crate::reader::{Edition, Weights};
use crate::story::Story;
use crate::table::Rows;

/// What the words around the last word that the lexicon knows say of it.
fn status(coder: &Coder, text: &str) -> Option<Status> {
    let story = Story::of("example", text);
    let reading = coder.reader.parse(&[(text, story.body())], 1).unwrap().remove(0);
    coder.walk(&story, &reading, |_, scene, _| {
        let (at, sentence) = scene.reading.sentences.iter().enumerate().next_back()?;
        let spot = Spot { scene, at, sentence };
        let known = |word: &usize| {
            let sectors = spot.actor_sectors(&coder.events, *word);
            coder.events.frame(text, sentence, *word, &sectors).is_some()
        };
        let last = (0..sentence.words.len()).rev().find(known)?;
        Some(scene.voice_tables.assertion(sentence, last).status)
    })
}

#[test]
fn every_row_keeps_its_example() {
    let coder = Coder::with(Weights::shipped(), Edition::Fast).unwrap();
    let table = demarche_tables::EMBEDDING;
    let mut wrong = Vec::new();
    for row in Rows::read(table.name, table.text, &["effect", "example"]).unwrap().iter() {
        let status = Some(row.get("example")).filter(|e| !e.is_empty()).map(|example| status(&coder, example));
        if status.is_some_and(|status| status.map(Status::code) != Some(row.get("effect"))) {
            wrong.push(row.error(format!("`{}` gives {status:?}", row.get("example"))).to_string());
        }
    }
    assert!(wrong.is_empty(), "{} rows:\n{}", wrong.len(), wrong.join("\n"));
}
