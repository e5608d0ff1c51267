//! Files of stories, read a portion at a time.

use std::io::{self, BufReader, Read};
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::Duration;

use arrow::array::Int64Builder;
use arrow::array::{
    ArrayRef, BinaryArray, Date32Array, Int32Array, Int64Array, ListBuilder, RecordBatch, StringBuilder, StructBuilder,
};
use arrow::datatypes::{DataType, Field, Schema};
use arrow::error::ArrowError;
use demarche::Story;
use demarche::story::Intake;
use demarche_archive::{Key, Signature};
use demarche_sources::{DOCUMENTS, Document, Item, Nothing, Sources, Trouble, stories};
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use std::sync::Arc;

use crate::columns::of_texts;
use crate::rows::day;
use crate::table::Table;
use crate::wrong;

/// Bytes that are asked of Python at once.
const BLOCK: usize = 1 << 20;

/// A file of Python's.
struct Lent(Py<PyAny>);

impl Read for Lent {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        Python::attach(|py| {
            let got = self.0.bind(py).call_method1("read", (out.len(),))?;
            let bytes = got.cast::<PyBytes>().map_err(PyErr::from)?.as_bytes();
            let n = bytes.len().min(out.len());
            out[..n].copy_from_slice(&bytes[..n]);
            Ok(n)
        })
        .map_err(|error: PyErr| io::Error::other(error.to_string()))
    }
}

/// What comes of reading a file: rows, a portion at a time.
#[pyclass(module = "demarche._demarche", frozen)]
pub struct Reading(Mutex<Receiver<Result<RecordBatch, String>>>);

#[pymethods]
impl Reading {
    fn __iter__(slf: PyRef<Self>) -> PyRef<Self> {
        slf
    }

    fn __next__(&self, py: Python) -> PyResult<Option<Table>> {
        let next = py.detach(|| self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner).recv());
        next.ok().transpose().map_err(wrong).map(|batch| batch.map(Table::of))
    }
}

/// The stories of a file, whatever is in it, each a row with what copies of it are found by; what cannot be read is a row that says why.
/// `file` is read in place of the disk's where it is given. Rows bear `number`, their place in the file.
#[pyfunction]
#[pyo3(signature = (source, file=None, date=None, threads=1))]
pub fn read(source: String, file: Option<Py<PyAny>>, date: Option<String>, threads: usize) -> PyResult<Reading> {
    let mut intake = Intake::new().map_err(wrong)?;
    intake.date = date.map(|day| day.parse()).transpose().map_err(wrong)?;
    let (send, receive) = sync_channel(1);
    std::thread::spawn(move || {
        let mut gathered =
            Gathered { intake, threads, source: source.clone(), number: 0, waiting: Vec::new(), bytes: 0, send };
        let mut sources = Sources::new(None, Duration::ZERO);
        let take = &mut |item| gathered.add(item);
        let walked = match file {
            Some(file) => sources.walk_stream(&source, &mut BufReader::with_capacity(BLOCK, Lent(file)), take),
            None => sources.walk(&source, &Nothing, take),
        };
        // Where it fails nobody listens any more.
        let _ = walked.and_then(|()| gathered.flush());
    });
    Ok(Reading(Mutex::new(receive)))
}

/// Nobody listens any more.
struct Gone;

/// What has come together and is not handed on yet.
struct Gathered {
    intake: Intake,
    threads: usize,
    source: String,
    /// How many documents and troubles there were.
    number: i64,
    waiting: Vec<(i64, Result<Document, Trouble>)>,
    bytes: usize,
    send: SyncSender<Result<RecordBatch, String>>,
}

impl Gathered {
    fn add(&mut self, item: Item) -> Result<(), Gone> {
        let waiting = match item {
            Item::Document(document) => Ok(document),
            Item::Trouble(trouble) => Err(trouble),
            Item::Feed { .. } => return Ok(()),
        };
        self.number += 1;
        self.bytes += waiting.as_ref().map_or(0, Document::size);
        self.waiting.push((self.number, waiting));
        if self.bytes >= DOCUMENTS.0 || self.waiting.len() >= DOCUMENTS.1 { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> Result<(), Gone> {
        self.bytes = 0;
        let (mut numbers, mut documents, mut rows) = (Vec::new(), Vec::new(), Vec::new());
        for (number, waiting) in std::mem::take(&mut self.waiting) {
            match waiting {
                Ok(document) => {
                    numbers.push(number);
                    documents.push(document);
                }
                Err(trouble) => rows.push((number, Err(trouble))),
            }
        }
        rows.extend(numbers.into_iter().zip(stories(&self.intake, documents, self.threads)));
        rows.sort_by_key(|(number, _)| *number);
        let batch = written(&self.source, &rows).map_err(|error| error.to_string());
        self.send.send(batch).map_err(|_| Gone)
    }
}

/// Rows of stories that were read, and of what was not.
fn written(source: &str, rows: &[(i64, Result<Story, Trouble>)]) -> Result<RecordBatch, ArrowError> {
    let story = |(_, row): &(i64, Result<Story, Trouble>)| {
        row.as_ref().ok().cloned().map(|mut story| {
            // The text is the largest part, and is taken below.
            story.text = String::new();
            story
        })
    };
    let heads: Vec<Option<Story>> = rows.iter().map(story).collect();
    let of = |field: fn(&Story) -> Option<String>| of_texts(heads.iter().map(|s| s.as_ref().and_then(field)).collect());
    let read: Vec<Option<&Story>> = rows.iter().map(|(_, row)| row.as_ref().ok()).collect();
    let keys: Vec<Option<Key>> = read.iter().map(|story| story.map(Key::of)).collect();
    let signatures: Vec<Option<Signature>> = read.iter().map(|story| Signature::of((*story)?)).collect();
    let troubles: Vec<Option<&Trouble>> = rows.iter().map(|(_, row)| row.as_ref().err()).collect();
    let hex = |key: &Key| key.hash.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("source", of_texts(vec![Some(source.to_owned()); rows.len()])),
        ("number", Arc::new(rows.iter().map(|(number, _)| Some(*number)).collect::<Int64Array>())),
        ("id", of(|s| Some(s.id.clone()))),
        ("published", Arc::new(heads.iter().map(|s| day(s.as_ref()?.date)).collect::<Date32Array>())),
        ("title", of(|s| s.title.clone())),
        ("url", of(|s| s.url.clone())),
        ("publisher", of(|s| s.publisher.clone())),
        ("agency", of(|s| s.agency.clone())),
        ("byline", of(|s| s.byline.clone())),
        ("language", of(|s| s.language.map(str::to_owned))),
        ("text", of_texts(read.iter().map(|story| story.map(|story| story.text.clone())).collect())),
        ("related", related(&heads)),
        ("address", of_texts(keys.iter().map(|key| key.as_ref()?.url.clone()).collect())),
        ("hash", of_texts(keys.iter().map(|key| key.as_ref().map(hex)).collect())),
        ("runs", Arc::new(signatures.iter().map(|s| Some(s.as_ref()?.runs as i32)).collect::<Int32Array>())),
        ("least", Arc::new(signatures.iter().map(|s| Some(s.as_ref()?.bytes())).collect::<BinaryArray>())),
        (
            "sketch",
            Arc::new(signatures.iter().map(|s| Some(s.as_ref()?.sketch().bytes.to_vec())).collect::<BinaryArray>()),
        ),
        ("bands", bands(&signatures)),
        ("trouble", of_texts(troubles.iter().map(|t| t.map(|t| t.why.kind().to_owned())).collect())),
        ("error", of_texts(troubles.iter().map(|t| t.map(ToString::to_string)).collect())),
    ];
    let fields = columns.iter().map(|(name, column)| Field::new(*name, column.data_type().clone(), true));
    let schema = Arc::new(Schema::new(fields.collect::<Vec<_>>()));
    RecordBatch::try_new(schema, columns.into_iter().map(|(_, column)| column).collect())
}

fn related(stories: &[Option<Story>]) -> ArrayRef {
    let fields = ["title", "url"].map(|name| Field::new(name, DataType::Utf8, true));
    let mut list = ListBuilder::new(StructBuilder::from_fields(fields.to_vec(), 0));
    for story in stories {
        for link in story.iter().flat_map(|story| &story.related) {
            let item = list.values();
            for (n, text) in [&link.title, &link.url].into_iter().enumerate() {
                if let Some(column) = item.field_builder::<StringBuilder>(n) {
                    column.append_value(text);
                }
            }
            item.append(true);
        }
        list.append(story.is_some());
    }
    Arc::new(list.finish())
}

fn bands(signatures: &[Option<Signature>]) -> ArrayRef {
    let mut list = ListBuilder::new(Int64Builder::new());
    for signature in signatures {
        for band in signature.iter().flat_map(Signature::bands) {
            list.values().append_value(band);
        }
        list.append(signature.is_some());
    }
    Arc::new(list.finish())
}
