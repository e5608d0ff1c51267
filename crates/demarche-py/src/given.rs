//! Rows as stories: what is coded of what Python gives.

use arrow::array::{Array, AsArray, RecordBatch, StringArray};
use demarche::story::{Fields, Intake, Link};
use demarche::{Coder, Story};
use pyo3::PyResult;

use crate::columns::{cell, text, text_if_any};

/// A row that is not coded.
pub struct Unfit {
    pub id: Option<String>,
    /// The story, where there is one.
    pub story: Option<Box<Story>>,
    pub why: String,
}

impl Unfit {
    fn of(id: Option<String>, why: impl ToString) -> Self {
        Self { id, story: None, why: why.to_string() }
    }
}

/// A row as a story, or why it is none that is coded.
pub type Given = Result<Story, Unfit>;

/// The story of fields, each given by a name it goes by.
pub fn story(intake: &Intake, name: &str, number: usize, given: &[(String, String)]) -> Given {
    let mut fields = Fields::default();
    given.iter().for_each(|(field, value)| fields.set(field, value));
    let id = given.iter().find(|(field, _)| field == "id").map(|(_, id)| id.clone());
    let story = intake.fields(name, number, fields).map_err(|error| Unfit::of(id, error.problem))?;
    english(story)
}

/// The story of a row of columns that go by the names of a story's fields; without an identifier it is called by its number, where it has one.
pub fn of_row(intake: &Intake, row: usize, columns: &[(String, StringArray)], number: Option<usize>) -> Given {
    let cells = columns.iter().filter_map(|(field, column)| Some((field.clone(), cell(column, row)?.to_owned())));
    let given: Vec<(String, String)> = cells.collect();
    if number.is_none() && !given.iter().any(|(field, id)| field == "id" && !id.trim().is_empty()) {
        return Err(Unfit::of(None, "the field `id` is missing"));
    }
    story(intake, "row", number.unwrap_or(row), &given)
}

/// Rows that are coded together.
pub fn portion(given: &mut impl Iterator<Item = Given>) -> Vec<Given> {
    let (mut bytes, mut out) = (0, Vec::new());
    while bytes < Coder::CHUNK
        && let Some(next) = given.next()
    {
        bytes += next.as_ref().map_or(0, |story| story.text.len());
        out.push(next);
    }
    out
}

/// Only what is in English is coded.
fn english(story: Story) -> Given {
    match story.language.filter(|&language| language != "en") {
        None => Ok(story),
        Some(language) => {
            let why = format!("the story is not in English ({language})");
            Err(Unfit { id: Some(story.id.clone()), story: Some(Box::new(story)), why })
        }
    }
}

/// A field of a story, the column that holds it, and whether there must be one.
pub type Wanted = (String, String, bool);

/// The columns that are there, by the fields they hold.
pub fn named(batch: &RecordBatch, columns: &[Wanted]) -> PyResult<Vec<(String, StringArray)>> {
    let there = |name: &str| batch.column_by_name(name).is_some();
    let wanted = columns.iter().filter(|(_, name, needed)| *needed || there(name));
    wanted.map(|(field, name, _)| Ok((field.clone(), text(batch, name)?))).collect()
}

/// The stories of rows that `read` wrote, or why they are none.
pub fn taken_in(intake: &Intake, batch: &RecordBatch) -> PyResult<Vec<Given>> {
    let names = ["id", "title", "published", "agency", "publisher", "byline", "url", "text"];
    let columns = names.map(|name| text_if_any(batch, name));
    let [id, title, published, agency, publisher, byline, url, body] = columns;
    let (id, title, published, agency) = (id?, title?, published?, agency?);
    let (publisher, byline, url, body) = (publisher?, byline?, url?, body?);
    let links = batch.column_by_name("related").and_then(|column| column.as_list_opt::<i32>().cloned());
    let story = |row: usize| -> PyResult<Given> {
        let of = |column: &Option<StringArray>| column.as_ref().and_then(|column| cell(column, row)).map(str::to_owned);
        let mut story = Story::of(of(&id).unwrap_or_default(), of(&body).unwrap_or_default());
        (story.title, story.agency, story.publisher) = (of(&title), of(&agency), of(&publisher));
        (story.byline, story.url) = (of(&byline), of(&url));
        story.date = of(&published).and_then(|day| day.parse().ok());
        if let Some(links) = links.as_ref().filter(|links| links.is_valid(row)) {
            let links = links.value(row);
            let of = |n: usize| links.as_struct().column(n).as_string_opt::<i32>().cloned();
            if let (Some(titles), Some(urls)) = (of(0), of(1)) {
                let link = |i| Link { title: titles.value(i).to_owned(), url: urls.value(i).to_owned() };
                story.related = (0..titles.len()).map(link).collect();
            }
        }
        let id = story.id.clone();
        Ok(intake.complete(story).map_err(|error| Unfit::of(Some(id), error.problem)).and_then(english))
    };
    (0..batch.num_rows()).map(story).collect()
}
