//! `demarche timeline`: how much happened between parties over time, and how good or bad it was.

use std::collections::BTreeMap;
use std::process::ExitCode;

use demarche_archive::{Filter, Step};
use jiff::ToSpan;
use jiff::civil::Date;

use crate::archive_arguments::{By, TimelineArguments};
use crate::failure::Failure;
use crate::output::Output;

/// Heights of a sparkline.
const HEIGHTS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// More stretches than this are not filled up with those in which nothing happened.
const MOST: usize = 2000;

#[derive(Clone, Copy, Default)]
struct Count {
    events: usize,
    score: f64,
}

pub fn run(arguments: &TimelineArguments) -> Result<ExitCode, Failure> {
    let day = |day: Option<Date>| day.map(|day| day.to_string());
    let filter = Filter {
        between: arguments.parties.clone(),
        no_historic: true,
        linked: arguments.linked,
        since: day(arguments.since),
        until: day(arguments.until),
        ..Filter::default()
    };
    let mut counts: BTreeMap<Date, Count> = BTreeMap::new();
    let step = match arguments.by {
        By::Day | By::Week => Step::Day,
        By::Month => Step::Month,
        By::Year => Step::Year,
    };
    for bucket in arguments.archive.open()?.series(&filter, step)? {
        // Months and years are written without what is finer than they are.
        if let Ok(day) = format!("{}-01-01", bucket.when)[..10].parse::<Date>() {
            let (events, score) = (bucket.events(), bucket.score * bucket.events() as f64);
            let count = counts.entry(first(day, arguments.by)).or_default();
            (count.events, count.score) = (count.events + events as usize, count.score + score);
        }
    }
    fill(&mut counts, arguments.by);
    let mut out = Output::new();
    let most = counts.values().map(|count| count.events).max().unwrap_or(1).max(1);
    for (day, count) in &counts {
        let mean =
            if count.events > 0 { format!("{:+5.1}", count.score / count.events as f64) } else { "    .".to_owned() };
        let bar = "█".repeat((count.events * 40).div_ceil(most));
        out.line(format!("{:10}  {:5}  {mean}  {bar}", name(*day, arguments.by), count.events).trim_end())?;
    }
    if counts.len() > 1 {
        let of = |count: &Count| HEIGHTS[(count.events * (HEIGHTS.len() - 1)).div_ceil(most)];
        out.line(&format!("\n{}", counts.values().map(of).collect::<String>()))?;
    }
    out.finish()?;
    Ok(ExitCode::SUCCESS)
}

/// The first day of the stretch that a day is in.
fn first(day: Date, by: By) -> Date {
    match by {
        By::Day => day,
        By::Week => day.checked_sub(i64::from(day.weekday().to_monday_zero_offset()).days()).unwrap_or(day),
        By::Month => day.first_of_month(),
        By::Year => day.first_of_year(),
    }
}

/// Adds the stretches in which nothing happened.
fn fill(counts: &mut BTreeMap<Date, Count>, by: By) {
    let step = match by {
        By::Day => 1.day(),
        By::Week => 7.days(),
        By::Month => 1.month(),
        By::Year => 1.year(),
    };
    let (Some((&from, _)), Some((&to, _))) = (counts.first_key_value(), counts.last_key_value()) else { return };
    let all: Vec<Date> = from.series(step).take_while(|day| *day <= to).take(MOST + 1).collect();
    if all.len() <= MOST {
        for day in all {
            counts.entry(day).or_default();
        }
    }
}

fn name(day: Date, by: By) -> String {
    match by {
        By::Day => day.to_string(),
        By::Week => format!("{}-W{:02}", day.iso_week_date().year(), day.iso_week_date().week()),
        By::Month => format!("{:04}-{:02}", day.year(), day.month()),
        By::Year => format!("{:04}", day.year()),
    }
}
