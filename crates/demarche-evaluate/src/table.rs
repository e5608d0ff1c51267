//! The figures for people to read.

use std::fmt::Write;

use crate::calibration::{Bin, Calibration};
use crate::figures::{Figures, OfFound, Score, Share, StatusPair, Stories, TypeLine, status_place};

/// What stands where there is nothing to divide by.
const NONE: &str = "-";

impl Figures {
    /// The figures as a text of several small tables.
    pub fn table(&self) -> String {
        let events = format!("events: {} marked, {} coded\n", self.events.marked, self.events.coded);
        let scores = [("found", self.found), ("typed", self.typed), ("whole", self.whole), ("dyads", self.dyads)];
        let parts = [
            self.stories.line() + &events,
            grid(scored(&scores)),
            grid(self.of_found.rows()),
            grid(types(&self.types)),
            grid(confusion(&self.statuses)),
            grid(self.calibration.rows()) + &self.calibration.error(),
        ];
        parts.join("\n")
    }
}

impl Stories {
    fn line(&self) -> String {
        let mut line = format!("stories: {} marked", self.marked);
        if self.without_record > 0 {
            let _ = write!(line, ", {} of them without a record", self.without_record);
        }
        if self.stepped_over > 0 {
            let _ = write!(line, "; {} stepped over (malformed marks: {})", self.stepped_over, self.malformed_marks);
        }
        line + "\n"
    }
}

type Rows = Vec<Vec<String>>;

fn row<const N: usize>(cells: [&str; N]) -> Vec<String> {
    cells.map(str::to_owned).into()
}

/// The first column to the left and the others to the right.
fn grid(rows: Rows) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max();
    let widths: Vec<usize> = (0..columns).map(|column| width(column).unwrap_or(0)).collect();
    let mut out = String::new();
    for row in &rows {
        for (i, (cell, width)) in row.iter().zip(&widths).enumerate() {
            let _ = if i == 0 { write!(out, "{cell:width$}") } else { write!(out, "  {cell:>width$}") };
        }
        out.truncate(out.trim_end().len());
        out.push('\n');
    }
    out
}

fn number(value: Option<f64>) -> String {
    value.map_or_else(|| NONE.to_owned(), |value| format!("{value:.3}"))
}

fn scored(scores: &[(&str, Score)]) -> Rows {
    let mut rows = vec![row(["", "precision", "recall", "F1"])];
    for (name, score) in scores {
        rows.push(row([name, &number(score.precision), &number(score.recall), &number(score.f1)]));
    }
    rows
}

impl OfFound {
    fn rows(&self) -> Rows {
        let mut rows = vec![row(["of the events found", "right", "of"])];
        let shares = [
            ("type", self.kind),
            ("mode", self.mode),
            ("status", self.status),
            ("historic", self.historic),
            ("actors", self.actors),
            ("recipients", self.recipients),
            ("country", self.country),
            ("sector", self.sector),
            ("when", self.when),
            ("where, of those with a place", self.place),
            ("a place coded", self.place_coded),
        ];
        for (name, Share { of, share, .. }) in shares {
            rows.push(row([name, &number(share), &of.to_string()]));
        }
        rows
    }
}

fn types(lines: &[TypeLine]) -> Rows {
    let mut rows = vec![row(["type", "marked", "coded", "found", "typed", "precision", "recall", "F1"])];
    for TypeLine { kind, found, typed } in lines {
        let counts = [typed.marked, typed.coded, *found, typed.right].map(|n| n.to_string());
        let scores = [typed.precision, typed.recall, typed.f1].map(number);
        rows.push([std::slice::from_ref(kind), &counts, &scores].concat());
    }
    rows
}

/// A row and a column for each status that is marked or coded.
fn confusion(pairs: &[StatusPair]) -> Rows {
    let mut statuses: Vec<&str> = pairs.iter().flat_map(|pair| [pair.marked.as_str(), &pair.coded]).collect();
    statuses.sort_by_key(|status| (status_place(status), *status));
    statuses.dedup();
    let events = |marked: &str, coded: &str| {
        let pair = pairs.iter().find(|pair| pair.marked == marked && pair.coded == coded);
        pair.map_or_else(String::new, |pair| pair.events.to_string())
    };
    let name = |status: &&str| (*status).to_owned();
    let mut rows = vec![std::iter::once("marked, coded as".to_owned()).chain(statuses.iter().map(name)).collect()];
    for marked in &statuses {
        let cells = statuses.iter().map(|coded| events(marked, coded));
        rows.push(std::iter::once(name(marked)).chain(cells).collect());
    }
    rows
}

impl Calibration {
    fn rows(&self) -> Rows {
        let mut rows = vec![row(["confidence", "events", "mean", "typed", "whole"])];
        for Bin { from, to, confidence, typed, whole } in &self.bins {
            let (stretch, events) = (format!("{from:.1} to {to:.1}"), typed.of.to_string());
            rows.push(row([&stretch, &events, &number(*confidence), &number(typed.share), &number(whole.share)]));
        }
        rows
    }

    fn error(&self) -> String {
        let (typed, whole) = (number(self.error_typed), number(self.error_whole));
        format!("expected calibration error: {typed} if right means typed, {whole} if it means whole\n")
    }
}
