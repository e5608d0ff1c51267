//! Reading tables: tab-separated rows with a header, and plain lists of words.
//!
//! In: the text of a table. Out: its rows by column name, each with its line number. Never: what a row means.

use thiserror::Error;

/// A row, column or value of a table that cannot be used, with the place to mend it.
#[derive(Debug, Error, Clone, PartialEq, Eq)]
#[error("{table}, line {line}: {what}")]
pub struct TableError {
    /// The table's name, or the path of a user's file.
    pub table: String,
    /// Line, from 1.
    pub line: usize,
    /// What is wrong and what is expected.
    pub what: String,
}

/// A table split into rows; see [`Row::get`].
#[derive(Debug)]
pub(crate) struct Rows<'a> {
    name: &'a str,
    columns: Vec<&'a str>,
    rows: Vec<(usize, Vec<&'a str>)>,
}

/// One row of a table.
#[derive(Clone, Copy)]
pub(crate) struct Row<'t, 'a> {
    table: &'t Rows<'a>,
    index: usize,
}

fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let numbered = text.lines().enumerate().map(|(i, line)| (i + 1, line));
    numbered.filter(|(_, line)| !line.starts_with('#') && !line.trim().is_empty())
}

/// The words of a list, one a line.
pub(crate) fn list(text: &str) -> impl Iterator<Item = &str> {
    lines(text).map(|(_, line)| line.trim())
}

impl<'a> Rows<'a> {
    /// Splits `text` and checks that it has the `needed` columns and no row with too many cells.
    pub(crate) fn read(name: &'a str, text: &'a str, needed: &[&str]) -> Result<Self, TableError> {
        let mut lines = lines(text);
        let (line, header) = lines.next().unwrap_or((1, ""));
        let columns: Vec<&str> = header.split('\t').map(str::trim).collect();
        let error = |line, what: String| TableError { table: name.to_owned(), line, what };
        if let Some(missing) = needed.iter().find(|column| !columns.contains(column)) {
            return Err(error(line, format!("the header has no column `{missing}`")));
        }
        let mut rows = Vec::new();
        for (line, text) in lines {
            let cells: Vec<&str> = text.split('\t').map(str::trim).collect();
            if cells.len() > columns.len() {
                return Err(error(line, format!("{} cells for {} columns", cells.len(), columns.len())));
            }
            rows.push((line, cells));
        }
        Ok(Self { name, columns, rows })
    }

    /// A table of cells that are already apart, each row with its line.
    pub(crate) fn of(name: &'a str, columns: Vec<&'a str>, rows: Vec<(usize, Vec<&'a str>)>) -> Self {
        Self { name, columns, rows }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = Row<'_, 'a>> {
        (0..self.rows.len()).map(move |index| Row { table: self, index })
    }
}

/// The rows of a large table whose columns stand in the order `columns`: nothing is kept, so they are read as fast as they are
/// split. A cell that cannot be parsed is named by [`Cells::parse`].
pub(crate) struct Cells<'a, const N: usize> {
    name: &'a str,
    line: usize,
    cells: [&'a str; N],
}

impl<'a, const N: usize> Cells<'a, N> {
    pub(crate) fn read(
        name: &'a str,
        text: &'a str,
        columns: [&str; N],
    ) -> Result<impl Iterator<Item = Self> + 'a, TableError> {
        let mut lines = lines(text);
        let (line, header) = lines.next().unwrap_or((1, ""));
        if !header.split('\t').eq(columns) {
            let what = format!("the header is not `{}`", columns.join(" "));
            return Err(TableError { table: name.to_owned(), line, what });
        }
        Ok(lines.map(move |(line, row)| {
            let mut cells = [""; N];
            cells.iter_mut().zip(row.split('\t')).for_each(|(cell, text)| *cell = text);
            Self { name, line, cells }
        }))
    }

    pub(crate) fn get(&self, column: usize) -> &'a str {
        self.cells[column]
    }

    /// The cell parsed; an error names the row.
    pub(crate) fn parse<T: std::str::FromStr>(&self, column: usize) -> Result<T, TableError> {
        let cell = self.cells[column];
        cell.parse().map_err(|_| TableError {
            table: self.name.to_owned(),
            line: self.line,
            what: format!("`{cell}` is no value for column {}", column + 1),
        })
    }
}

impl<'t, 'a> Row<'t, 'a> {
    /// The cell under `column`; empty where the row ends before it or the table lacks the column.
    pub(crate) fn get(&self, column: &str) -> &'a str {
        let at = self.table.columns.iter().position(|c| *c == column);
        at.and_then(|at| self.table.rows[self.index].1.get(at).copied()).unwrap_or("")
    }

    /// The cell's values, separated by `|`.
    pub(crate) fn list(&self, column: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        self.get(column).split('|').map(str::trim).filter(|value| !value.is_empty())
    }

    /// The table's name and the row's line.
    pub(crate) fn place(&self) -> (&'a str, usize) {
        (self.table.name, self.table.rows[self.index].0)
    }

    /// An error about this row.
    pub(crate) fn error(&self, what: impl Into<String>) -> TableError {
        let line = self.table.rows[self.index].0;
        TableError { table: self.table.name.to_owned(), line, what: what.into() }
    }

    /// The cell parsed; an error names the row.
    pub(crate) fn parse<T: std::str::FromStr>(&self, column: &str) -> Result<T, TableError> {
        let cell = self.get(column);
        cell.parse().map_err(|_| self.error(format!("`{cell}` is no value for `{column}`")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_know_their_columns_and_lines() {
        let rows = Rows::read("t", "# note\na\tb\n\n1\tx|y\n2\n", &["a", "b"]).unwrap();
        let all: Vec<Row> = rows.iter().collect();
        assert_eq!(all[0].list("b").collect::<Vec<_>>(), ["x", "y"]);
        assert_eq!(all[0].parse::<u8>("a"), Ok(1));
        assert_eq!(all[1].get("b"), "");
        assert_eq!(all[1].error("odd").to_string(), "t, line 5: odd");
    }

    #[test]
    fn bad_tables_are_named() {
        assert!(Rows::read("t", "a\n", &["b"]).is_err());
        assert!(Rows::read("t", "a\n1\t2\n", &["a"]).is_err());
    }
}
