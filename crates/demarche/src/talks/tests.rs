use crate::table::Rows;
use crate::{Coder, Story};

fn story(text: &str) -> Story {
    let mut story = Story::of("test", text);
    story.date = Some(jiff::civil::date(2019, 1, 4));
    story
}

#[test]
fn every_stage_keeps_its_example() {
    let coder = Coder::new().unwrap();
    let table = demarche_tables::STAGES;
    let rows = Rows::read(table.name, table.text, &["stage", "example"]).unwrap();
    let stories: Vec<Story> = rows.iter().map(|row| story(row.get("example"))).collect();
    let records = coder.code_all(&stories, 1).unwrap();
    let wrong: Vec<String> = rows
        .iter()
        .zip(&records)
        .filter(|(row, record)| record.instruments.last().and_then(|i| i.stage) != Some(row.get("stage")))
        .map(|(row, record)| row.error(format!("`{}` gives {:?}", row.get("example"), record.instruments)).to_string())
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_stance_keeps_its_example() {
    let coder = Coder::new().unwrap();
    let table = demarche_tables::STANCES;
    let rows = Rows::read(table.name, table.text, &["stance", "example"]).unwrap();
    let stories: Vec<Story> = rows.iter().map(|row| story(row.get("example"))).collect();
    let records = coder.code_all(&stories, 1).unwrap();
    let wrong: Vec<String> = rows
        .iter()
        .zip(&records)
        .filter(|(row, record)| record.positions.last().map(|p| p.stance) != Some(row.get("stance")))
        .map(|(row, record)| row.error(format!("`{}` gives {:?}", row.get("example"), record.positions)).to_string())
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
