//! Every row of the table of embedding words keeps its example.

mod cases;

use crate::coder::Coder;
use crate::story::Story;
use crate::table::Rows;

#[test]
fn every_row_keeps_its_example() {
    let coder = Coder::new().unwrap();
    let table = demarche_tables::EMBEDDING;
    let mut wrong = Vec::new();
    for row in Rows::read(table.name, table.text, &["effect", "example"]).unwrap().iter() {
        if row.get("example").is_empty() {
            continue;
        }
        let record = coder.code(&Story::of("example", row.get("example"))).unwrap();
        let status = record.events.last().map(|event| &*event.status);
        if status != Some(row.get("effect")) {
            wrong.push(row.error(format!("`{}` gives {status:?}", row.get("example"))).to_string());
        }
    }
    assert!(wrong.is_empty(), "{} rows:\n{}", wrong.len(), wrong.join("\n"));
}
