//! Copies and occurrences among stories that lie on many machines: what an archive finds by its indices is here found in rows that were brought
//! together by what they must share, and sorted by it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use arrow::array::{Float64Array, Int64Array, RecordBatch};
use arrow::datatypes::{DataType, Field, Schema};
use arrow::error::ArrowError;
use demarche_archive::{Signature, Sketch, Telling, alike};
use pyo3::prelude::*;

use crate::columns::{binary, cell, int, long, of_texts, text};
use crate::table::{Table, batches};
use crate::wrong;

fn locked<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Pairs of keys, the later first, with how alike they are and, of events, why.
#[derive(Default)]
struct Pairs {
    later: Vec<i64>,
    earlier: Vec<i64>,
    likeness: Vec<Option<f64>>,
    why: Vec<Option<String>>,
}

impl Pairs {
    fn batch(self) -> Result<RecordBatch, ArrowError> {
        let field = |name: &str, kind: DataType| Field::new(name, kind, true);
        let schema = Schema::new(vec![
            field("later", DataType::Int64),
            field("earlier", DataType::Int64),
            field("likeness", DataType::Float64),
            field("why", DataType::Utf8),
        ]);
        let columns: Vec<arrow::array::ArrayRef> = vec![
            Arc::new(Int64Array::from(self.later)),
            Arc::new(Int64Array::from(self.earlier)),
            Arc::new(Float64Array::from(self.likeness)),
            of_texts(self.why),
        ];
        RecordBatch::try_new(Arc::new(schema), columns)
    }

    fn table(self) -> PyResult<Table> {
        Ok(Table::of(self.batch().map_err(wrong)?))
    }
}

/// Stories of one band of signatures.
#[derive(Default)]
struct Band {
    band: Option<i64>,
    stories: Vec<(i64, Sketch)>,
}

impl Band {
    fn compare(&mut self, out: &mut Pairs) {
        self.stories.sort_by_key(|(key, _)| *key);
        for (n, (later, one)) in self.stories.iter().enumerate() {
            for (earlier, other) in &self.stories[..n] {
                if earlier != later && other.may_be_copy(one) {
                    out.later.push(*later);
                    out.earlier.push(*earlier);
                    out.likeness.push(None);
                    out.why.push(None);
                }
            }
        }
        self.stories.clear();
    }
}

/// Finds what may be copies in rows of `band`, `key`, `runs` and `sketch` that are sorted by band.
#[pyclass(module = "demarche._demarche", frozen)]
pub struct Copies(Mutex<Band>);

#[pymethods]
impl Copies {
    #[new]
    fn new() -> Self {
        Self(Mutex::default())
    }

    /// Pairs among rows whose band has ended.
    fn add(&self, py: Python, data: &Bound<PyAny>) -> PyResult<Table> {
        let batches = batches(data)?;
        py.detach(|| {
            let (mut state, mut out) = (locked(&self.0), Pairs::default());
            for batch in &batches {
                let (band, key) = (long(batch, "band")?, long(batch, "key")?);
                let (runs, sketch) = (int(batch, "runs")?, binary(batch, "sketch")?);
                for row in 0..batch.num_rows() {
                    if state.band != Some(band.value(row)) {
                        state.compare(&mut out);
                        state.band = Some(band.value(row));
                    }
                    let runs = usize::try_from(runs.value(row)).unwrap_or(0);
                    state.stories.push((key.value(row), Sketch::read(runs, sketch.value(row))));
                }
            }
            out.table()
        })
    }

    /// Pairs among the last rows.
    fn finish(&self) -> PyResult<Table> {
        let mut out = Pairs::default();
        locked(&self.0).compare(&mut out);
        out.table()
    }
}

/// Those of some pairs that are copies, by their signatures: rows of `later`, `earlier`, `runs` and `least` of the later one, `other_runs` and
/// `other_least` of the earlier.
#[pyfunction]
pub fn compare(py: Python, data: &Bound<PyAny>) -> PyResult<Table> {
    let batches = batches(data)?;
    py.detach(|| {
        let mut out = Pairs::default();
        for batch in &batches {
            let (later, earlier) = (long(batch, "later")?, long(batch, "earlier")?);
            let (runs, least) = (int(batch, "runs")?, binary(batch, "least")?);
            let (other_runs, other_least) = (int(batch, "other_runs")?, binary(batch, "other_least")?);
            let signature = |runs: i32, least: &[u8]| Signature::read(usize::try_from(runs).unwrap_or(0), least);
            for row in 0..batch.num_rows() {
                let one = signature(runs.value(row), least.value(row));
                let other = signature(other_runs.value(row), other_least.value(row));
                if let Some(likeness) = other.copy(&one) {
                    out.later.push(later.value(row));
                    out.earlier.push(earlier.value(row));
                    out.likeness.push(Some(likeness));
                    out.why.push(None);
                }
            }
        }
        out.table()
    })
}

/// Events that share a type and a party.
#[derive(Default)]
struct Sharing {
    of: Option<String>,
    /// Event, story, telling.
    events: Vec<(i64, i64, Telling)>,
}

impl Sharing {
    fn compare(&mut self, out: &mut Pairs) {
        // The later event comes first in a pair, as in an archive.
        self.events.sort_by_key(|(event, ..)| *event);
        let keys: Vec<i64> = self.events.iter().map(|(event, ..)| *event).collect();
        let tellings: Vec<(i64, Telling)> = self.events.drain(..).map(|(_, story, telling)| (story, telling)).collect();
        for (later, earlier, likeness, why) in alike(&tellings) {
            out.later.push(keys[later]);
            out.earlier.push(keys[earlier]);
            out.likeness.push(Some(likeness));
            out.why.push(Some(why));
        }
    }
}

/// Finds events of one occurrence in rows of `shared`, `event`, `story` and `telling` that are sorted by what they share.
#[pyclass(module = "demarche._demarche", frozen)]
pub struct Links(Mutex<Sharing>);

#[pymethods]
impl Links {
    #[new]
    fn new() -> Self {
        Self(Mutex::default())
    }

    /// What a telling must share one of with another: names and countries of its parties.
    #[staticmethod]
    fn keys(telling: &str) -> PyResult<Vec<String>> {
        let telling: Telling = serde_json::from_str(telling).map_err(wrong)?;
        Ok(telling.keys().into_iter().map(str::to_owned).collect())
    }

    /// Pairs among rows that share what has ended.
    fn add(&self, py: Python, data: &Bound<PyAny>) -> PyResult<Table> {
        let batches = batches(data)?;
        py.detach(|| {
            let (mut state, mut out) = (locked(&self.0), Pairs::default());
            for batch in &batches {
                let (shared, telling) = (text(batch, "shared")?, text(batch, "telling")?);
                let (event, story) = (long(batch, "event")?, long(batch, "story")?);
                for row in 0..batch.num_rows() {
                    if state.of.as_deref() != cell(&shared, row) {
                        state.compare(&mut out);
                        state.of = cell(&shared, row).map(str::to_owned);
                    }
                    let telling = serde_json::from_str(telling.value(row)).map_err(wrong)?;
                    state.events.push((event.value(row), story.value(row), telling));
                }
            }
            out.table()
        })
    }

    /// Pairs among the last rows.
    fn finish(&self) -> PyResult<Table> {
        let mut out = Pairs::default();
        locked(&self.0).compare(&mut out);
        out.table()
    }
}
