//! A year of two states out of two million events, asked as `demarche events` asks; the bound is SQLite counting the same range of its index.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, missing_docs, reason = "a bench reads the clock")]

use std::time::Instant;

use demarche_archive::{Archive, Filter};
use rusqlite::Connection;

/// Twenty years of 2 million events between 60 states, the first of which take part most: an archive as no desk has it yet.
const FILL: &str = "
PRAGMA synchronous = OFF;
BEGIN;
CREATE TEMP TABLE states AS
    WITH RECURSIVE n (i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i < 59)
    SELECT i, char(65 + i / 26) || char(65 + i % 26) || 'X' AS code FROM n;
CREATE UNIQUE INDEX temp.states_by_number ON states (i);
WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 200000)
INSERT INTO stories (id, name, hash, date, version, record)
    SELECT i, 's' || i, randomblob(32), date('2000-01-01', (i * 7919 % 7305) || ' days'), '', '{}' FROM n;
WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 2000000)
INSERT INTO events (id, story, number, type, cameo, quad, score, status, from_day, to_day, historic, quotation, confidence, occurrence)
    SELECT i, 1 + i % 200000, 'e' || i, CASE i % 3 WHEN 0 THEN 'CONSULT' WHEN 1 THEN 'ACCUSE' ELSE 'ASSAULT' END, '040', 1 + i % 4, 1.0,
        'happened', date('2000-01-01', (i * 7919 % 7305) || ' days'), date('2000-01-01', (i * 7919 % 7305) || ' days'), 0,
        'the foreign ministers of the two states met for talks on the treaty', 0.8, i FROM n;
INSERT INTO parties (event, role, position, name, country, sectors, from_day, to_day)
    SELECT e.id, 'actor', 0, s.code, s.code, 'GOV', e.from_day, e.to_day
    FROM events e JOIN states s ON s.i = (e.id * 48271 % 3600) / 60 * ((e.id * 48271 % 3600) / 60) / 60;
INSERT INTO parties (event, role, position, name, country, sectors, from_day, to_day)
    SELECT e.id, 'recipient', 0, s.code, s.code, 'GOV', e.from_day, e.to_day
    FROM events e JOIN states s ON s.i = (e.id * 69621 % 3607) % 60 * ((e.id * 69621 % 3607) % 60) / 60;
INSERT OR IGNORE INTO pairs (one, other, from_day, to_day, event, quad, score, historic)
    SELECT min(a.country, b.country), max(a.country, b.country), e.from_day, e.to_day, e.id, e.quad, e.score, 0
    FROM events e JOIN parties a ON a.event = e.id AND a.role = 'actor' JOIN parties b ON b.event = e.id AND b.role = 'recipient'
    WHERE a.country <> b.country;
COMMIT;
";

/// How often is asked; the median counts.
const TIMES: usize = 21;

fn median(mut ask: impl FnMut() -> usize) -> (f64, usize) {
    let mut times = Vec::with_capacity(TIMES);
    let mut found = 0;
    for _ in 0..TIMES {
        let start = Instant::now();
        found = ask();
        times.push(start.elapsed().as_secs_f64() * 1000.0);
    }
    times.sort_by(f64::total_cmp);
    (times[TIMES / 2], found)
}

fn main() {
    let path = std::env::temp_dir().join(format!("demarche-dyad-{}.db", std::process::id()));
    let archive = Archive::open(&path).unwrap();
    let start = Instant::now();
    let db = Connection::open(&path).unwrap();
    db.execute_batch(FILL).unwrap();
    println!("2,000,000 events made in {:.0} s", start.elapsed().as_secs_f64());
    for pair in [["AAX", "ABX"], ["AAX", "BHX"], ["AZX", "BHX"]] {
        let [one, other] = pair.map(str::to_owned);
        let filter = Filter {
            between: vec![one, other],
            since: Some("2012-01-01".to_owned()),
            until: Some("2012-12-31".to_owned()),
            ..Filter::default()
        };
        let (ms, events) = median(|| archive.events(&filter).unwrap().len());
        let count = "SELECT count(*) FROM pairs WHERE one = ?1 AND other = ?2 AND from_day <= '2012-12-31' AND to_day >= '2012-01-01'";
        let (bound, _) = median(|| db.query_row(count, pair, |row| row.get::<_, usize>(0)).unwrap());
        println!(
            "{} and {}, a year: {events} events in {ms:.1} ms, {:.1} times the bound",
            pair[0],
            pair[1],
            ms / bound
        );
    }
    drop((archive, db));
    for end in ["", "-wal", "-shm"] {
        let mut file = path.clone().into_os_string();
        file.push(end);
        let _ = std::fs::remove_file(file);
    }
}
