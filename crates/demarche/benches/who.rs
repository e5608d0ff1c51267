//! Lookups a second of who names and phrases mean, one thread; the bound is a lookup in a hash table of the same names.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, missing_docs, reason = "a bench reads the clock")]

use std::collections::HashMap;
use std::hint::black_box;
use std::time::Instant;

use demarche::actor::Directory;
use demarche::place::Gazetteer;
use jiff::civil::{Date, date};

/// How often all names are looked up.
const TIMES: usize = 20;

fn rate(name: &str, count: usize, work: impl Fn()) -> f64 {
    let start = Instant::now();
    (0..TIMES).for_each(|_| work());
    let rate = (count * TIMES) as f64 / start.elapsed().as_secs_f64();
    println!("{name:28} {rate:>12.0} lookups/s");
    rate
}

fn main() {
    let start = Instant::now();
    let directory = Directory::shipped().unwrap();
    println!("loading {:.3} s", start.elapsed().as_secs_f64());
    let gazetteer = Gazetteer::shipped().unwrap();
    let names: Vec<String> = directory.export().skip(1).map(|l| l.split('\t').next().unwrap().to_owned()).collect();
    let rows = include_str!("../tests/who/phrases.tsv").lines().skip(1).map(|l| l.split('\t').collect::<Vec<_>>());
    let phrases: Vec<(&str, Date)> = rows.map(|row| (row[0], row[1].parse().unwrap())).collect();
    let on = date(2019, 1, 4);
    let table: HashMap<&str, usize> = names.iter().enumerate().map(|(i, name)| (name.as_str(), i)).collect();
    let bound = rate("hash table alone", names.len(), || {
        names.iter().for_each(|name| {
            black_box(table.get(name.as_str()));
        });
    });
    let named = rate("names of the table", names.len(), || {
        names.iter().for_each(|name| {
            black_box(directory.who(name, Some(on), &gazetteer));
        });
    });
    let described = rate("phrases of the test's list", phrases.len(), || {
        phrases.iter().for_each(|(phrase, on)| {
            black_box(directory.who(phrase, Some(*on), &gazetteer));
        });
    });
    println!("names: {:.3} of the bound; phrases: {:.3}", named / bound, described / bound);
}
