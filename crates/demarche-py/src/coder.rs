//! The coder as Python has it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::sync_channel;

use arrow::error::ArrowError;
use demarche::record::Record;
use demarche::story::{Fields, Intake};
use demarche::{Edition, Layers, Own, Story, Weights};
use pyo3::prelude::*;

use crate::given::{Given, Wanted, named, of_row, portion, story, taken_in};
use crate::patience::{Stop, patiently};
use crate::rows::{Coded, nested_schema};
use crate::table::{Table, batches};
use crate::wrong;

/// What is said of a story at which the program fails.
const FAILED: &str = "the coder failed at this story; what it said stands on standard error";

struct Inner {
    coder: demarche::Coder,
    intake: Intake,
}

/// A coder with the shipped weights and tables, and those that are given as (name, text).
#[pyclass(module = "demarche._demarche", frozen)]
pub struct Coder(Arc<Inner>);

impl Inner {
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

#[pymethods]
impl Coder {
    /// Lexicons are folders, each a list of TOML files; actors are tables.
    #[new]
    fn new(
        py: Python,
        lexicons: Vec<Vec<(String, String)>>,
        actors: Vec<(String, String)>,
        min_confidence: Option<f32>,
        fast: bool,
    ) -> PyResult<Self> {
        py.detach(|| {
            let edition = if fast { Edition::Fast } else { Edition::Full };
            let mut coder = demarche::Coder::with(Weights::shipped(), edition).map_err(wrong)?;
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
            let given = stories.iter().enumerate().map(|(i, fields)| story(&inner.intake, "story", i + 1, fields));
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
                let given = (0..batch.num_rows())
                    .map(|row| of_row(&inner.intake, row, &cells, Some(before + row + 1)))
                    .collect();
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
                let given = (0..batch.num_rows()).map(|row| of_row(&inner.intake, row, &cells, None)).collect();
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
                inner.code(taken_in(&inner.intake, batch)?, threads, stop, &mut out)?;
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
