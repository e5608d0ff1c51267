//! Taking in what another program coded: records with the reprints that were found of their stories, none of them coded again.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use arrow::json::LineDelimitedWriter;
use demarche::record::Record;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::errors::ParquetError;
use rusqlite::{Transaction, TransactionBehavior, params};
use serde::Deserialize;
use thiserror::Error;

use super::known::Key;
use super::near::Signature;
use super::store::{self, Standing};
use super::{Added, Archive, ArchiveError, Carrier, Keep, recode};

/// Rows of Parquet that are in memory at once.
const ROWS: usize = 256;

/// A reprint of a story.
#[derive(Clone, Debug, Deserialize)]
pub struct Reprint {
    /// Its identifier there.
    pub id: String,
    /// Its address, as [`Key::of`] has it.
    pub url: Option<String>,
    /// SHA-256 of its words, as [`Key::of`] has it, in hexadecimal digits.
    pub hash: String,
    /// Its headline there.
    pub title: Option<String>,
    /// Day of publication there, ISO 8601.
    pub published: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// How much of the shorter text is in the other, 0 to 1.
    pub likeness: f64,
}

/// A story that was coded elsewhere.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// Its record.
    pub record: Record,
    /// By which program and tables it was coded; empty where that is not known.
    pub edition: String,
    /// Where else it was published.
    pub copies: Vec<Reprint>,
}

/// What can keep a file of records, or one of its records, from being read.
#[derive(Debug, Error)]
pub enum LoadError {
    /// A file fails.
    #[error("it cannot be read: {0}")]
    Io(#[from] std::io::Error),
    /// A file is no Parquet.
    #[error("it is no Parquet of stories: {0}")]
    Parquet(#[from] ParquetError),
    /// A row or line holds no record.
    #[error("row {row} holds no record: {what}")]
    Record {
        /// Its number, from 1.
        row: usize,
        /// What is wrong with it.
        what: String,
    },
}

/// A row of the Parquet, or a line that is no bare record.
#[derive(Deserialize)]
struct Row {
    record: Option<String>,
    #[serde(default)]
    edition: Option<String>,
    #[serde(default)]
    copies: Option<Vec<Reprint>>,
}

impl Row {
    fn loaded(self, row: usize) -> Result<Option<Loaded>, LoadError> {
        // A story that was not coded has no record, and says why in a column of its own.
        let Some(record) = self.record else { return Ok(None) };
        let record = parsed(record.as_bytes(), row)?;
        let (edition, copies) = (self.edition.unwrap_or_default(), self.copies.unwrap_or_default());
        Ok(Some(Loaded { record, edition, copies }))
    }
}

fn parsed<T: for<'de> Deserialize<'de>>(json: &[u8], row: usize) -> Result<T, LoadError> {
    serde_json::from_slice(json).map_err(|error| LoadError::Record { row, what: error.to_string() })
}

/// Hands on the records of a file in its order, or in place of one what is wrong with it: Parquet with the column `record` and, where they are
/// known, `edition` and `copies`; or lines of JSON as `demarche code` writes them.
pub fn records<E>(path: &Path, take: &mut dyn FnMut(Result<Loaded, LoadError>) -> Result<(), E>) -> Result<(), E> {
    let opened = File::open(path).and_then(|mut file| {
        let mut magic = [0; 4];
        let n = file.read(&mut magic)?;
        std::io::Seek::rewind(&mut file)?;
        Ok((file, magic[..n] == *b"PAR1"))
    });
    match opened {
        Err(error) => take(Err(error.into())),
        Ok((file, true)) => rows(file, take),
        Ok((file, false)) => lines(BufReader::new(file), take),
    }
}

fn lines<E>(input: impl BufRead, take: &mut dyn FnMut(Result<Loaded, LoadError>) -> Result<(), E>) -> Result<(), E> {
    for (i, line) in input.split(b'\n').enumerate() {
        match line {
            Ok(line) if line.iter().all(u8::is_ascii_whitespace) => {}
            Ok(line) => {
                let record = parsed(&line, i + 1);
                take(record.map(|record| Loaded { record, edition: String::new(), copies: Vec::new() }))?;
            }
            Err(error) => return take(Err(error.into())),
        }
    }
    Ok(())
}

fn rows<E>(file: File, take: &mut dyn FnMut(Result<Loaded, LoadError>) -> Result<(), E>) -> Result<(), E> {
    let opened = ParquetRecordBatchReaderBuilder::try_new(file).and_then(|builder| {
        if builder.schema().column_with_name("record").is_none() {
            return Err(ParquetError::General("there is no column `record`".to_owned()));
        }
        let schema = builder.parquet_schema();
        let wanted = ["record", "edition", "copies"];
        let roots = builder.schema().fields().iter().enumerate();
        let roots: Vec<usize> =
            roots.filter(|(_, field)| wanted.contains(&field.name().as_str())).map(|(i, _)| i).collect();
        let mask = ProjectionMask::roots(schema, roots);
        builder.with_projection(mask).with_batch_size(ROWS).build()
    });
    let reader = match opened {
        Ok(reader) => reader,
        Err(error) => return take(Err(error.into())),
    };
    let mut before = 0;
    for batch in reader {
        let mut json = LineDelimitedWriter::new(Vec::new());
        let written = batch.and_then(|batch| json.write(&batch).map(|()| batch.num_rows()));
        let n = match written {
            Ok(n) => n,
            Err(error) => return take(Err(LoadError::Parquet(error.into()))),
        };
        for (i, line) in json.into_inner().split(|&b| b == b'\n').filter(|line| !line.is_empty()).enumerate() {
            let row = before + i + 1;
            match parsed::<Row>(line, row).and_then(|of| of.loaded(row)) {
                Ok(None) => {}
                Ok(Some(loaded)) => take(Ok(loaded))?,
                Err(error) => take(Err(error))?,
            }
        }
        before += n;
    }
    Ok(())
}

/// The bytes of hexadecimal digits.
fn bytes(hex: &str) -> Option<[u8; 32]> {
    let mut out = [0; 32];
    if hex.len() != 64 || !hex.is_ascii() {
        return None;
    }
    for (i, byte) in out.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&hex[2 * i..2 * i + 2], 16).ok()?;
    }
    Some(out)
}

impl Archive {
    /// Adds stories that were coded elsewhere, all or none of them, each with its reprints; what is there already is stepped over.
    pub fn load(&mut self, stories: &[Loaded], texts: bool) -> Result<Added, ArchiveError> {
        let write = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut added = Added::default();
        for loaded in stories {
            let of = load(&write, loaded, texts, &mut added)?;
            for copy in &loaded.copies {
                reprint(&write, of, copy, &mut added)?;
            }
        }
        write.commit()?;
        Ok(added)
    }
}

/// Adds a story, and gives the number of the story of the archive that it now is.
fn load(write: &Transaction, loaded: &Loaded, texts: bool, added: &mut Added) -> Result<i64, ArchiveError> {
    let story = recode::story(&loaded.record);
    let key = Key::of(&story);
    let keep = Keep { texts, edition: loaded.edition.clone() };
    let signature = match store::standing(write, &key, story.publisher.as_deref())? {
        Standing::Known => {
            added.known += 1;
            let of = "SELECT story FROM carriers WHERE url = ?1 UNION ALL SELECT story FROM carriers WHERE hash = ?2 LIMIT 1";
            return Ok(write.prepare_cached(of)?.query_row(params![key.url, key.hash], |row| row.get(0))?);
        }
        Standing::Copy(of) => {
            added.copies += 1;
            store::carrier(write, of, &key, &story, 1.0)?;
            return Ok(of);
        }
        Standing::New => Signature::of(&story),
    };
    if let Some((of, likeness)) = signature.as_ref().map_or(Ok(None), |s| store::near(write, s))? {
        added.copies += 1;
        store::carrier(write, of, &key, &story, likeness)?;
        return Ok(of);
    }
    added.new += 1;
    store::insert(write, &key, signature.as_ref(), (&story, &loaded.record), &keep)
}

/// Notes a reprint, unless its address or text is there.
fn reprint(write: &Transaction, of: i64, copy: &Reprint, added: &mut Added) -> Result<(), ArchiveError> {
    let Some(hash) = bytes(&copy.hash) else { return Ok(()) };
    let key = Key { url: copy.url.clone(), hash };
    if store::standing(write, &key, copy.publisher.as_deref())? == Standing::Known {
        added.known += 1;
        return Ok(());
    }
    added.copies += 1;
    let there = Carrier {
        name: copy.id.clone(),
        url: copy.url.clone(),
        title: copy.title.clone(),
        date: copy.published.clone(),
        publisher: copy.publisher.clone(),
        likeness: copy.likeness,
    };
    Ok(store::carried(write, of, &hash, &there)?)
}
