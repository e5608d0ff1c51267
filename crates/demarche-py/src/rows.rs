//! Coded stories as rows: a row for each that was given, with its record and events, or why there are none.

use std::sync::Arc;

use arrow::array::{ArrayRef, Date32Array, ListArray, RecordBatch, StringArray, StructArray};
use arrow::buffer::OffsetBuffer;
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use arrow::error::ArrowError;
use demarche::Story;
use demarche::record::Record;
use demarche_archive::{EventRows, Telling};
use jiff::civil::date;

use crate::columns::of_texts;

/// Events of a story that can be joined to those of others: their numbers have so many places in a key.
const JOINED: usize = 1 << 14;

/// Days since 1970-01-01, as Arrow counts them.
pub fn day(of: Option<jiff::civil::Date>) -> Option<i32> {
    Some(date(1970, 1, 1).until(of?).ok()?.get_days())
}

/// Rows under way.
pub struct Coded {
    edition: String,
    texts: [Vec<Option<String>>; TEXTS.len()],
    published: Vec<Option<i32>>,
    events: EventRows,
    /// How many events each row has.
    counts: Vec<usize>,
    tellings: Option<Vec<Option<String>>>,
}

const TEXTS: [&str; 9] = ["id", "title", "url", "publisher", "agency", "language", "record", "edition", "error"];

impl Coded {
    /// No rows yet; with `tellings`, events bear by what they are joined to those of other stories.
    pub fn new(edition: String, tellings: bool) -> Result<Self, ArrowError> {
        Ok(Self {
            edition,
            texts: Default::default(),
            published: Vec::new(),
            events: EventRows::new()?,
            counts: Vec::new(),
            tellings: tellings.then(Vec::new),
        })
    }

    fn row(&mut self, story: Option<&Story>, id: Option<String>, record: Option<String>, error: Option<String>) {
        let of = |field: fn(&Story) -> &Option<String>| story.and_then(|story| field(story).clone());
        let edition = record.as_ref().map(|_| self.edition.clone());
        let cells = [
            id,
            of(|s| &s.title),
            of(|s| &s.url),
            of(|s| &s.publisher),
            of(|s| &s.agency),
            story.and_then(|story| story.language).map(str::to_owned),
            record,
            edition,
            error,
        ];
        self.texts.iter_mut().zip(cells).for_each(|(column, cell)| column.push(cell));
        self.published.push(day(story.and_then(|story| story.date)));
    }

    /// A story that was coded.
    pub fn add(&mut self, story: &Story, record: &Record) -> Result<(), ArrowError> {
        let json = serde_json::to_string(record).map_err(|error| ArrowError::JsonError(error.to_string()))?;
        self.row(Some(story), Some(story.id.clone()), Some(json), None);
        self.counts.push(self.events.add(record)?);
        if let Some(tellings) = &mut self.tellings {
            for (n, event) in record.events.iter().enumerate() {
                let telling = Telling::of(record, event).filter(|_| n < JOINED);
                let json = telling.map(|telling| serde_json::to_string(&telling)).transpose();
                tellings.push(json.map_err(|error| ArrowError::JsonError(error.to_string()))?);
            }
        }
        Ok(())
    }

    /// A row of which no story could be made, or none that is coded.
    pub fn fail(&mut self, id: Option<String>, story: Option<&Story>, why: String) {
        self.row(story, id, None, Some(why));
        self.counts.push(0);
    }

    /// The events, a row each, and the stories, a row each.
    pub fn apart(self) -> Result<(RecordBatch, RecordBatch), ArrowError> {
        let Columns { fields, columns } = Columns::of(self.texts, self.published);
        Ok((self.events.finish()?, RecordBatch::try_new(Arc::new(Schema::new(fields)), columns)?))
    }

    /// The stories, a row each, with a list of their events.
    pub fn nested(self) -> Result<RecordBatch, ArrowError> {
        let Columns { mut fields, mut columns } = Columns::of(self.texts, self.published);
        let offsets = OffsetBuffer::from_lengths(self.counts);
        let mut add = |name: &str, values: ArrayRef| -> Result<(), ArrowError> {
            let item = Arc::new(Field::new("item", values.data_type().clone(), true));
            fields.push(Field::new(name, DataType::List(Arc::clone(&item)), false));
            columns.push(Arc::new(ListArray::try_new(item, offsets.clone(), values, None)?));
            Ok(())
        };
        add("events", Arc::new(StructArray::from(self.events.finish()?)))?;
        if let Some(tellings) = self.tellings {
            add("tellings", Arc::new(StringArray::from(tellings)))?;
        }
        RecordBatch::try_new(Arc::new(Schema::new(fields)), columns)
    }
}

/// What is told of the stories themselves.
struct Columns {
    fields: Vec<Field>,
    columns: Vec<ArrayRef>,
}

impl Columns {
    fn of(texts: [Vec<Option<String>>; TEXTS.len()], published: Vec<Option<i32>>) -> Self {
        let mut fields: Vec<Field> = TEXTS.iter().map(|name| Field::new(*name, DataType::Utf8, true)).collect();
        let mut columns: Vec<ArrayRef> = texts.into_iter().map(of_texts).collect();
        fields.insert(1, Field::new("published", DataType::Date32, true));
        columns.insert(1, Arc::new(Date32Array::from(published)));
        Self { fields, columns }
    }
}

/// The columns of [`Coded::nested`].
pub fn nested_schema(tellings: bool) -> Result<SchemaRef, ArrowError> {
    Ok(Coded::new(String::new(), tellings)?.nested()?.schema())
}
