//! The coder as Python has it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::sync_channel;

use arrow::array::{Array, AsArray, RecordBatch, StringArray};
use arrow::error::ArrowError;
use demarche::record::Record;
use demarche::story::{Fields, Intake, Link};
use demarche::{Layers, Own, Story};
use pyo3::prelude::*;

use crate::columns::{cell, text, text_if_any};
use crate::patience::{Stop, patiently};
use crate::rows::{Coded, nested_schema};
use crate::table::{Table, batches};
use crate::wrong;

/// Stories are coded together when so many bytes of text have come together: enough to fill batches, few enough to stay small.
const CHUNK: usize = 400_000;

/// What is said of a story at which the program fails.
const FAILED: &str = "the coder failed at this story; what it said stands on standard error";

struct Inner {
    coder: demarche::Coder,
    intake: Intake,
}

/// A coder with the shipped weights and tables, and those that are given as (name, text).
#[pyclass(module = "demarche._demarche", frozen)]
pub struct Coder(Arc<Inner>);

/// A row that is not coded.
struct Unfit {
    id: Option<String>,
    /// The story, where there is one.
    story: Option<Box<Story>>,
    why: String,
}

impl Unfit {
    fn of(id: Option<String>, why: impl ToString) -> Self {
        Self { id, story: None, why: why.to_string() }
    }
}

/// A row as a story, or why it is none that is coded.
type Given = Result<Story, Unfit>;

impl Inner {
    fn story(&self, name: &str, number: usize, given: &[(String, String)]) -> Given {
        let mut fields = Fields::default();
        given.iter().for_each(|(field, value)| fields.set(field, value));
        let id = given.iter().find(|(field, _)| field == "id").map(|(_, id)| id.clone());
        let story = self.intake.fields(name, number, fields).map_err(|error| Unfit::of(id, error.problem))?;
        english(story)
    }

    /// The story of a row of columns that go by the names of a story's fields; without an identifier it is called by its number, where it has one.
    fn of_row(&self, row: usize, columns: &[(String, StringArray)], number: Option<usize>) -> Given {
        let cells = columns.iter().filter_map(|(field, column)| Some((field.clone(), cell(column, row)?.to_owned())));
        let given: Vec<(String, String)> = cells.collect();
        if number.is_none() && !given.iter().any(|(field, id)| field == "id" && !id.trim().is_empty()) {
            return Err(Unfit::of(None, "the field `id` is missing"));
        }
        self.story("row", number.unwrap_or(row), &given)
    }

    /// Codes rows, a portion at a time, while what was coded before is written beside.
    fn code(&self, given: Vec<Given>, threads: usize, stop: &Stop, out: &mut Coded) -> PyResult<()> {
        let (send, receive) = sync_channel::<(Vec<Given>, Vec<Option<Record>>)>(1);
        std::thread::scope(|scope| {
            let writer =
                scope.spawn(move || receive.iter().try_for_each(|(portion, records)| write(portion, records, out)));
            let mut given = given.into_iter().peekable();
            while given.peek().is_some() && !stop.is_set() {
                let portion = portion(&mut given);
                let stories: Vec<Story> = portion.iter().filter_map(|given| given.as_ref().ok().cloned()).collect();
                // Where the writer has failed, its error is the one to tell.
                if send.send((portion, self.records(&stories, threads)?)).is_err() {
                    break;
                }
            }
            drop(send);
            writer.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)).map_err(wrong)
        })
    }

    /// The records of stories; none where the program fails at one, so that a batch is not lost with it.
    fn records(&self, stories: &[Story], threads: usize) -> PyResult<Vec<Option<Record>>> {
        let tried =
            |stories: &[Story], threads| catch_unwind(AssertUnwindSafe(|| self.coder.code_all(stories, threads)));
        if let Ok(done) = tried(stories, threads) {
            return Ok(done.map_err(wrong)?.into_iter().map(Some).collect());
        }
        let alone = |story: &Story| match tried(std::slice::from_ref(story), 1) {
            Ok(done) => Ok(done.map_err(wrong)?.pop()),
            Err(_) => Ok(None),
        };
        stories.iter().map(alone).collect()
    }

    fn rows(&self, tellings: bool) -> PyResult<Coded> {
        Coded::new(self.coder.edition(), tellings).map_err(wrong)
    }
}

/// Rows that are coded together.
fn portion(given: &mut impl Iterator<Item = Given>) -> Vec<Given> {
    let (mut bytes, mut out) = (0, Vec::new());
    while bytes < CHUNK
        && let Some(next) = given.next()
    {
        bytes += next.as_ref().map_or(0, |story| story.text.len());
        out.push(next);
    }
    out
}

/// Writes rows with the records of those that are stories.
fn write(portion: Vec<Given>, records: Vec<Option<Record>>, out: &mut Coded) -> Result<(), ArrowError> {
    let mut records = records.into_iter();
    for given in portion {
        match given {
            Err(unfit) => out.fail(unfit.id, unfit.story.as_deref(), unfit.why),
            Ok(story) => match records.next().flatten() {
                Some(record) => out.add(&story, &record)?,
                None => out.fail(Some(story.id.clone()), Some(&story), FAILED.to_owned()),
            },
        }
    }
    Ok(())
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
type Wanted = (String, String, bool);

/// The columns that are there, by the fields they hold.
fn named(batch: &RecordBatch, columns: &[Wanted]) -> PyResult<Vec<(String, StringArray)>> {
    let there = |name: &str| batch.column_by_name(name).is_some();
    let wanted = columns.iter().filter(|(_, name, needed)| *needed || there(name));
    wanted.map(|(field, name, _)| Ok((field.clone(), text(batch, name)?))).collect()
}

/// The stories of rows that `read` wrote, or why they are none.
fn taken_in(inner: &Inner, batch: &RecordBatch) -> PyResult<Vec<Given>> {
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
        Ok(inner.intake.complete(story).map_err(|error| Unfit::of(Some(id), error.problem)).and_then(english))
    };
    (0..batch.num_rows()).map(story).collect()
}

#[pymethods]
impl Coder {
    /// Lexicons are folders, each a list of TOML files; actors are tables.
    #[new]
    fn new(
        py: Python,
        lexicons: Vec<Vec<(String, String)>>,
        actors: Vec<(String, String)>,
        min_confidence: Option<f32>,
    ) -> PyResult<Self> {
        py.detach(|| {
            let mut coder = demarche::Coder::new().map_err(wrong)?;
            for files in lexicons {
                let mut own = Own::default();
                files.iter().try_for_each(|(name, text)| own.add(name, text)).map_err(wrong)?;
                coder.extend(&own).map_err(wrong)?;
            }
            let mut own = Own::default();
            actors.iter().try_for_each(|(name, text)| own.add_actors(name, text)).map_err(wrong)?;
            coder.extend(&own).map_err(wrong)?;
            if let Some(least) = min_confidence {
                coder.set_min_confidence(least);
            }
            Ok(Self(Arc::new(Inner { coder, intake: Intake::new().map_err(wrong)? })))
        })
    }

    /// What its records depend on beside their stories.
    #[getter]
    fn edition(&self) -> String {
        self.0.coder.edition()
    }

    /// The records of stories, each given as (field, value), as JSON; or why there is none.
    fn code(
        &self,
        py: Python,
        stories: Vec<Vec<(String, String)>>,
        threads: usize,
    ) -> PyResult<Vec<(Option<String>, Option<String>)>> {
        let inner = Arc::clone(&self.0);
        patiently(py, move |stop| {
            let given = stories.iter().enumerate().map(|(i, fields)| inner.story("story", i + 1, fields));
            let (mut given, mut out) = (given.peekable(), Vec::new());
            while given.peek().is_some() && !stop.is_set() {
                out.extend(jsons(&inner, portion(&mut given), threads)?);
            }
            Ok(out)
        })
    }

    /// The layers of a story as JSON.
    fn annotate(&self, py: Python, story: Vec<(String, String)>, layers: Vec<String>) -> PyResult<String> {
        let mut wanted = Layers::default();
        for layer in &layers {
            if !wanted.add(layer) {
                let known = "words, syntax, dates, places, actors, quotes";
                return Err(wrong(format!("`{layer}` is no layer; there are {known}")));
            }
        }
        let inner = Arc::clone(&self.0);
        patiently(py, move |_| {
            let mut fields = Fields::default();
            story.iter().for_each(|(field, value)| fields.set(field, value));
            let story = inner.intake.fields("story", 1, fields).map_err(|error| wrong(error.problem))?;
            let found = inner.coder.annotate(&[story], wanted, 1).map_err(wrong)?;
            serde_json::to_string(&found[0]).map_err(wrong)
        })
    }

    /// Events and stories of the rows of a table; `columns` are (field, column).
    fn code_arrow(
        &self,
        py: Python,
        data: &Bound<PyAny>,
        columns: Vec<Wanted>,
        threads: usize,
    ) -> PyResult<(Table, Table)> {
        let batches = batches(data)?;
        let inner = Arc::clone(&self.0);
        let (events, stories) = patiently(py, move |stop| {
            let mut out = inner.rows(false)?;
            let mut before = 0;
            for batch in &batches {
                let cells = named(batch, &columns)?;
                let given =
                    (0..batch.num_rows()).map(|row| inner.of_row(row, &cells, Some(before + row + 1))).collect();
                inner.code(given, threads, stop, &mut out)?;
                before += batch.num_rows();
            }
            out.apart().map_err(wrong)
        })?;
        Ok((Table::of(events), Table::of(stories)))
    }

    /// Stories with lists of their events, for a batch of rows that all bear an identifier.
    fn code_nested(&self, py: Python, data: &Bound<PyAny>, columns: Vec<Wanted>, threads: usize) -> PyResult<Table> {
        let batches = batches(data)?;
        let inner = Arc::clone(&self.0);
        let coded = patiently(py, move |stop| {
            let mut out = inner.rows(false)?;
            for batch in &batches {
                let cells = named(batch, &columns)?;
                let given = (0..batch.num_rows()).map(|row| inner.of_row(row, &cells, None)).collect();
                inner.code(given, threads, stop, &mut out)?;
            }
            out.nested().map_err(wrong)
        })?;
        Ok(Table::of(coded))
    }

    /// The same for rows that `read` wrote; events bear by what they are joined to those of other stories.
    fn code_read(&self, py: Python, data: &Bound<PyAny>, threads: usize) -> PyResult<Table> {
        let batches = batches(data)?;
        let inner = Arc::clone(&self.0);
        let coded = patiently(py, move |stop| {
            let mut out = inner.rows(true)?;
            for batch in &batches {
                inner.code(taken_in(&inner, batch)?, threads, stop, &mut out)?;
            }
            out.nested().map_err(wrong)
        })?;
        Ok(Table::of(coded))
    }

    /// The columns of `code_nested`, and with `tellings` of `code_read`.
    #[staticmethod]
    fn nested_schema(tellings: bool) -> PyResult<Table> {
        Ok(Table::new(nested_schema(tellings).map_err(wrong)?, Vec::new()))
    }
}

/// JSON of a record, or why there is none, in the order of what was given.
fn jsons(inner: &Inner, given: Vec<Given>, threads: usize) -> PyResult<Vec<(Option<String>, Option<String>)>> {
    let stories: Vec<Story> = given.iter().filter_map(|given| given.as_ref().ok().cloned()).collect();
    let mut records = inner.records(&stories, threads)?.into_iter();
    let row = |given: Given| match given {
        Err(unfit) => Ok((None, Some(unfit.why))),
        Ok(_) => match records.next().flatten() {
            Some(record) => Ok((Some(serde_json::to_string(&record).map_err(wrong)?), None)),
            None => Ok((None, Some(FAILED.to_owned()))),
        },
    };
    given.into_iter().map(row).collect()
}
