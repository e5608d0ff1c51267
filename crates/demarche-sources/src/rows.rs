//! Tables with named columns, a row a story.

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

use demarche::story::{Fields, Intake};

use super::lines::why;
use super::walk::Walk;
use super::{Document, Trouble, Why};

/// Fails when a row is longer than a story can be: a quotation mark that is never closed would swallow the file.
struct Bounded<'r> {
    input: &'r mut dyn BufRead,
    since: Rc<Cell<usize>>,
}

impl Read for Bounded<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.since.get() > Intake::LARGEST {
            return Err(io::Error::other("a row is longer than a story can be; is a quotation mark not closed?"));
        }
        let n = self.input.read(out)?;
        self.since.set(self.since.get() + n);
        Ok(n)
    }
}

/// Whether a file's first line is a header that names a text.
pub(crate) fn is_table(head: &[u8]) -> bool {
    let line = head.split(|&b| b == b'\n').next().unwrap_or(head);
    let line = String::from_utf8_lossy(line);
    let names: Vec<&str> = line.split([',', '\t', ';']).map(|name| name.trim().trim_matches('"')).collect();
    names.len() > 1 && names.iter().filter(|name| Fields::knows(name)).count() > 1
}

/// Comma, tab or semicolon: which there is most of in the header.
fn delimiter(head: &[u8]) -> u8 {
    let line = head.split(|&b| b == b'\n').next().unwrap_or(head);
    let count = |&byte: &u8| line.iter().filter(|&&b| b == byte).count();
    [b',', b'\t', b';'].into_iter().rev().max_by_key(count).unwrap_or(b',')
}

/// A cell as text; what is no UTF-8 is taken for Windows-1252, as spreadsheets write it.
fn text(cell: &[u8]) -> String {
    match std::str::from_utf8(cell) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(cell).0.into_owned(),
    }
}

/// Hands on every row.
pub(crate) fn rows<E>(walk: &mut Walk<E>, name: &str, input: &mut dyn BufRead) -> Result<(), E> {
    let delimiter = match input.fill_buf() {
        Ok(head) => delimiter(head),
        Err(error) => return walk.damage(name, error).map(|_| ()),
    };
    let since = Rc::new(Cell::new(0));
    let bounded = Bounded { input, since: Rc::clone(&since) };
    let mut table = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(bounded);
    let names: Vec<String> = match table.byte_headers() {
        Ok(names) => names.iter().map(|name| text(name).trim_start_matches('\u{feff}').to_owned()).collect(),
        Err(error) => return walk.trouble(Trouble::new(name, wrong(error))),
    };
    if !names.iter().any(|name| Fields::knows(name)) {
        let what = "no column of it has a name that is known".to_owned();
        return walk.trouble(Trouble::new(name, Why::Table(what)));
    }
    let mut row = csv::ByteRecord::new();
    loop {
        since.set(0);
        match table.read_byte_record(&mut row) {
            Ok(false) => return Ok(()),
            Ok(true) => {
                let mut fields = Fields::default();
                for (column, cell) in names.iter().zip(&row) {
                    fields.set(column, &text(cell));
                }
                let number = row.position().map_or(0, |at| at.line() as usize);
                walk.document(Document::Row { name: name.to_owned(), number, fields: Box::new(fields) })?;
            }
            Err(error) => return walk.trouble(Trouble::new(name, wrong(error))),
        }
    }
}

fn wrong(error: csv::Error) -> Why {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => why(error).0,
        other => Why::Table(format!("{other:?}")),
    }
}
