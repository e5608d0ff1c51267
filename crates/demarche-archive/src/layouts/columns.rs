//! Arrow and Parquet: an event a row, lists and structures kept as such.

use std::io::Write;
use std::sync::Arc;

use arrow::array::RecordBatch;
use arrow::compute::concat_batches;
use arrow::datatypes::{DataType, Field, Schema};
use arrow::error::ArrowError;
use arrow::ipc::writer::StreamWriter;
use arrow::json::ReaderBuilder;
use arrow::json::reader::Decoder;
use demarche::record::{AmountRecord, ArgumentRecord, EventRecord, Record};
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use serde_json::{Value, json};

use super::{Exported, words};
use crate::telling::quotation;

/// Rows that are written together.
const ROWS: usize = 8192;

/// Rows of a few stories' events that are decoded together.
const DECODED: usize = 256;

/// Writes events as Parquet.
pub struct Columns<W: Write + Send> {
    writer: ArrowWriter<W>,
    decoder: Decoder,
    waiting: usize,
}

fn text(name: &str) -> Field {
    Field::new(name, DataType::Utf8, true)
}

fn list(name: &str, of: DataType) -> Field {
    Field::new(name, DataType::List(Arc::new(Field::new("item", of, true))), true)
}

/// The columns that tell of an event, as docs/exports.md has them.
fn told() -> Vec<Field> {
    let party = DataType::Struct(
        vec![text("name"), text("text"), text("country"), list("sectors", DataType::Utf8), text("office")].into(),
    );
    let number = |name: &str, kind: DataType| Field::new(name, kind, true);
    let mut fields = vec![text("story"), text("number"), number("published", DataType::Date32)];
    fields.extend(["title", "url", "publisher", "agency", "type", "mode"].map(text));
    fields.extend([list("contexts", DataType::Utf8), text("cameo")]);
    fields.extend([
        number("quad", DataType::Int8),
        number("score", DataType::Float32),
        text("status"),
        text("condition"),
    ]);
    fields.extend([number("from", DataType::Date32), number("to", DataType::Date32), text("time_basis")]);
    fields.extend([number("historic", DataType::Boolean), list("actors", party.clone()), list("recipients", party)]);
    fields.extend([
        text("place"),
        text("place_country"),
        number("lat", DataType::Float32),
        number("lon", DataType::Float32),
    ]);
    fields.extend([number("geonames", DataType::Int64), text("place_basis"), text("said_by")]);
    for what in ["killed", "injured", "arrested", "crowd"] {
        fields.extend(["min", "max"].map(|end| number(&format!("{what}_{end}"), DataType::Int64)));
    }
    fields.extend([
        number("sentence", DataType::Int32),
        number("start", DataType::Int32),
        number("end", DataType::Int32),
    ]);
    fields.extend([text("quotation"), text("sentence_text"), number("confidence", DataType::Float32)]);
    fields
}

/// The columns of an archive's events: its number there, what is told of it, and how many tell of it.
fn schema() -> Schema {
    let number = |name: &str, kind: DataType| Field::new(name, kind, true);
    let mut fields = vec![number("id", DataType::Int64)];
    fields.extend(told());
    fields.extend([
        number("occurrence", DataType::Int64),
        number("stories", DataType::Int32),
        number("sources", DataType::Int32),
    ]);
    Schema::new(fields)
}

/// Events of records as rows of Arrow, with the columns of the Parquet but for what only an archive knows.
pub struct EventRows {
    schema: Arc<Schema>,
    decoder: Decoder,
    waiting: usize,
    done: Vec<RecordBatch>,
}

impl EventRows {
    /// No rows yet.
    pub fn new() -> Result<Self, ArrowError> {
        let schema = Arc::new(Schema::new(told()));
        let decoder = ReaderBuilder::new(Arc::clone(&schema)).with_batch_size(DECODED).build_decoder()?;
        Ok(Self { schema, decoder, waiting: 0, done: Vec::new() })
    }

    /// Adds the events of a record; how many they are.
    pub fn add(&mut self, record: &Record) -> Result<usize, ArrowError> {
        for event in &record.events {
            self.decoder.serialize(&[event_row(record, event)])?;
            self.waiting += 1;
            if self.waiting == DECODED {
                self.flush()?;
            }
        }
        Ok(record.events.len())
    }

    fn flush(&mut self) -> Result<(), ArrowError> {
        self.waiting = 0;
        self.done.extend(self.decoder.flush()?);
        Ok(())
    }

    /// The rows that were added.
    pub fn finish(mut self) -> Result<RecordBatch, ArrowError> {
        self.flush()?;
        concat_batches(&self.schema, &self.done)
    }
}

impl<W: Write + Send> Columns<W> {
    /// Begins a file.
    pub fn new(out: W) -> Result<Self, ParquetError> {
        let schema = Arc::new(schema());
        let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
        let writer = ArrowWriter::try_new(out, Arc::clone(&schema), Some(properties))?;
        let decoder = ReaderBuilder::new(schema).with_batch_size(ROWS).build_decoder()?;
        Ok(Self { writer, decoder, waiting: 0 })
    }

    /// Adds an event.
    pub fn add(&mut self, of: Exported) -> Result<(), ParquetError> {
        self.decoder.serialize(&[row(&of)])?;
        self.waiting += 1;
        if self.waiting == ROWS { self.write() } else { Ok(()) }
    }

    fn write(&mut self) -> Result<(), ParquetError> {
        self.waiting = 0;
        match self.decoder.flush().map_err(|error: ArrowError| ParquetError::from(error))? {
            Some(batch) => self.writer.write(&batch),
            None => Ok(()),
        }
    }

    /// Writes what is left, and the file's end.
    pub fn finish(mut self) -> Result<W, ParquetError> {
        self.write()?;
        self.writer.into_inner()
    }
}

/// Events as a stream of Arrow's own format, with the columns of the Parquet.
pub fn arrow_stream(events: &[Exported]) -> Result<Vec<u8>, ArrowError> {
    let schema = Arc::new(schema());
    let mut writer = StreamWriter::try_new(Vec::new(), &schema)?;
    for part in events.chunks(ROWS) {
        let mut decoder = ReaderBuilder::new(Arc::clone(&schema)).with_batch_size(ROWS).build_decoder()?;
        decoder.serialize(&part.iter().map(row).collect::<Vec<_>>())?;
        if let Some(batch) = decoder.flush()? {
            writer.write(&batch)?;
        }
    }
    writer.into_inner()
}

fn row(of: &Exported) -> Value {
    let mut row = event_row(of.record, of.event);
    let stored = of.stored;
    (row["id"], row["occurrence"]) = (json!(stored.id), json!(stored.occurrence));
    (row["stories"], row["sources"]) = (json!(stored.stories), json!(stored.sources));
    if of.record.story.text.is_empty() {
        (row["quotation"], row["sentence_text"]) = (json!(stored.quotation), json!(stored.quotation));
    }
    row
}

fn event_row(record: &Record, event: &EventRecord) -> Value {
    let story = &record.story;
    let mut row = json!({
        "story": story.id, "number": event.id, "published": story.date, "title": story.title,
        "url": story.url, "publisher": story.publisher, "agency": story.agency, "type": event.kind, "mode": event.mode,
        "contexts": event.contexts, "cameo": event.cameo, "quad": event.quad, "score": event.score,
        "status": event.status, "condition": event.condition.as_ref().map(|c| &c.text),
        "actors": parties(&event.actors), "recipients": parties(&event.recipients),
        "said_by": said_by(record, event), "sentence": event.evidence.sentence, "start": event.evidence.start,
        "end": event.evidence.end, "quotation": quotation(record, event),
        "sentence_text": words(record, event), "confidence": event.confidence, "historic": false,
    });
    if let Some(time) = &event.time {
        (row["from"], row["to"]) = (json!(time.from), json!(time.to));
        (row["time_basis"], row["historic"]) = (json!(time.basis), json!(time.historic));
    }
    if let Some(found) = &event.place {
        let place = &found.place;
        (row["place"], row["place_country"]) = (json!(place.name), json!(place.country));
        (row["lat"], row["lon"]) = (json!(place.lat), json!(place.lon));
        (row["geonames"], row["place_basis"]) = (json!(place.geonames), json!(found.basis));
    }
    amounts(&mut row, event);
    row
}

fn parties(of: &[ArgumentRecord]) -> Vec<Value> {
    let party = |a: &ArgumentRecord| json!({ "name": a.name, "text": a.text, "country": a.country, "sectors": a.sectors, "office": a.office });
    of.iter().map(party).collect()
}

/// The words that name who says so, where it is not the story's own voice.
fn said_by<'a>(record: &'a Record, event: &EventRecord) -> Option<&'a str> {
    record.quotes.get(event.said_by?)?.source.as_ref().map(|source| source.text.as_str())
}

fn amounts(row: &mut Value, event: &EventRecord) {
    let of = &event.magnitude;
    for (what, amount) in
        [("killed", &of.killed), ("injured", &of.injured), ("arrested", &of.arrested), ("crowd", &of.crowd)]
    {
        let (min, max) = match amount {
            Some(AmountRecord::Number(n)) => (Some(*n), Some(*n)),
            Some(AmountRecord::Range { min, max }) => (*min, *max),
            None => continue,
        };
        (row[format!("{what}_min")], row[format!("{what}_max")]) = (json!(min), json!(max));
    }
}
