use crate::record::Record;
use crate::table::Rows;
use crate::{Coder, Story};
use demarche_tables::Table;

/// Codes the example of every row of a table; what is found must be what the column says.
fn examples(table: Table, column: &str, found: impl Fn(&Record) -> Option<&str>) {
    let coder = Coder::new().unwrap();
    let rows = Rows::read(table.name, table.text, &[column, "example"]).unwrap();
    let story = |text: &str| {
        let mut story = Story::of("test", text);
        story.date = Some(jiff::civil::date(2019, 1, 4));
        story
    };
    let stories: Vec<Story> = rows.iter().map(|row| story(row.get("example"))).collect();
    let records = coder.code_all(&stories, 1).unwrap();
    let wrong: Vec<String> = rows
        .iter()
        .zip(&records)
        .filter(|(row, record)| found(record) != Some(row.get(column)))
        .map(|(row, record)| row.error(format!("`{}` gives {:?}", row.get("example"), found(record))).to_string())
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_stage_keeps_its_example() {
    examples(demarche_tables::STAGES, "stage", |record| record.instruments.last()?.stage.as_deref());
}

#[test]
fn every_stance_keeps_its_example() {
    examples(demarche_tables::STANCES, "stance", |record| Some(&*record.positions.last()?.stance));
}
