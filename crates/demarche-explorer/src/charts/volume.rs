//! Events over time: bars by quad class, and the mean score above them.

use demarche_archive::{Bucket, Step};
use demarche_marks::QUADS;
use jiff::ToSpan;
use jiff::civil::Date;
use maud::{Markup, html};

use super::COLORS;

const WIDTH: f64 = 960.0;
const BARS: f64 = 180.0;
const TOP: f64 = 70.0;
const LEFT: f64 = 44.0;
const RIGHT: f64 = 10.0;
const AXIS: f64 = 22.0;
const MARKS: f64 = 26.0;

/// More stretches than this are shown by longer ones.
const MOST: usize = 400;

/// Something that has its own sign on the axis: a meeting or a document.
pub struct Mark {
    /// First day, ISO 8601.
    pub day: String,
    /// What it is.
    pub title: String,
    /// Where more of it stands.
    pub link: String,
    /// A meeting, else a document.
    pub meeting: bool,
}

/// The stretches between the first and the last, those in which nothing happened too; coarser ones where they are too many.
pub fn filled(buckets: &[Bucket], step: Step) -> (Vec<Bucket>, Step) {
    let (Some(first), Some(last)) = (buckets.first(), buckets.last()) else { return (Vec::new(), step) };
    let day = |when: &str| format!("{when}-01-01")[..10].parse::<Date>().ok();
    let (Some(from), Some(to)) = (day(&first.when), day(&last.when)) else { return (buckets.to_vec(), step) };
    let (width, span) = match step {
        Step::Day => (10, 1.day()),
        Step::Month => (7, 1.month()),
        Step::Year => (4, 1.year()),
    };
    let all: Vec<String> = from
        .series(span)
        .take_while(|day| *day <= to)
        .take(MOST + 1)
        .map(|day| day.to_string()[..width].to_owned())
        .collect();
    if all.len() <= MOST {
        let found = |when: String| {
            let known = buckets.iter().find(|bucket| bucket.when == when).cloned();
            known.unwrap_or_else(|| Bucket { when, ..Bucket::default() })
        };
        return (all.into_iter().map(found).collect(), step);
    }
    match step {
        Step::Day => filled(&coarser(buckets, 7), Step::Month),
        Step::Month => filled(&coarser(buckets, 4), Step::Year),
        Step::Year => (buckets.iter().skip(buckets.len().saturating_sub(MOST)).cloned().collect(), step),
    }
}

/// Cuts off what lies far before or behind nearly all else, a hundredth of the events at each end; how many they are.
fn trimmed(buckets: &[Bucket]) -> (&[Bucket], i64) {
    let all: i64 = buckets.iter().map(Bucket::events).sum();
    let few = |from: &mut dyn Iterator<Item = &Bucket>| {
        let sums = from.scan(0, |sum, bucket| {
            *sum += bucket.events();
            Some(*sum)
        });
        sums.take_while(|&sum| sum * 100 <= all).count()
    };
    let (first, last) = (few(&mut buckets.iter()), few(&mut buckets.iter().rev()));
    let kept = &buckets[first..buckets.len() - last];
    (kept, all - kept.iter().map(Bucket::events).sum::<i64>())
}

fn coarser(buckets: &[Bucket], width: usize) -> Vec<Bucket> {
    let mut out: Vec<Bucket> = Vec::new();
    for bucket in buckets {
        let when = bucket.when.get(..width).unwrap_or(&bucket.when).to_owned();
        if out.last().is_none_or(|last| last.when != when) {
            out.push(Bucket { when, ..Bucket::default() });
        }
        if let Some(last) = out.last_mut() {
            let (before, more) = (last.events(), bucket.events());
            last.score = (last.score * before as f64 + bucket.score * more as f64) / (before + more).max(1) as f64;
            last.quads.iter_mut().zip(bucket.quads).for_each(|(sum, n)| *sum += n);
        }
    }
    out
}

/// First and last day of a stretch.
pub fn stretch(when: &str) -> Option<(String, String)> {
    let first: Date = format!("{when}-01-01").get(..10)?.parse().ok()?;
    let last = match when.len() {
        4 => first.last_of_year(),
        7 => first.last_of_month(),
        _ => first,
    };
    Some((first.to_string(), last.to_string()))
}

/// A round number that is not less.
fn round_up(most: i64) -> i64 {
    let power = 10_i64.pow(most.max(1).ilog10());
    [1, 2, 5, 10].into_iter().map(|n| n * power).find(|&n| n >= most).unwrap_or(most).max(1)
}

/// The chart. `link` gives the address of a stretch's events by its first and last day.
pub fn chart(
    title: &str,
    buckets: &[Bucket],
    step: Step,
    marks: &[Mark],
    link: &dyn Fn(&str, &str) -> String,
) -> Markup {
    let (near, beyond) = trimmed(buckets);
    let (all, _) = filled(near, step);
    if all.is_empty() {
        return html! { p.none { "Nothing to draw yet." } };
    }
    let most = round_up(all.iter().map(Bucket::events).max().unwrap_or(1));
    let wide = (WIDTH - LEFT - RIGHT) / all.len() as f64;
    let x = |i: usize| LEFT + wide * i as f64;
    let bottom = TOP + BARS;
    let score = |score: f64| TOP / 2.0 - score / 10.0 * (TOP / 2.0 - 6.0);
    let under = if marks.is_empty() { 0.0 } else { MARKS };
    let height = bottom + AXIS + under;
    let events: i64 = all.iter().map(Bucket::events).sum();
    let about = format!("{title}: {events} events from {} to {}", all[0].when, all[all.len() - 1].when);
    let line: Vec<String> = all
        .iter()
        .enumerate()
        .filter(|(_, bucket)| bucket.events() > 0)
        .map(|(i, bucket)| format!("{:.1},{:.1}", x(i) + wide / 2.0, score(bucket.score)))
        .collect();
    html! {
        svg.chart xmlns="http://www.w3.org/2000/svg" viewBox=(format!("0 0 {WIDTH} {height}")) role="group" aria-label=(about)
            font-family="system-ui, sans-serif" font-size="11" fill="currentColor" {
            title { (about) }
            (axes(most, score(0.0), bottom))
            @for (i, bucket) in all.iter().enumerate().filter(|(_, bucket)| bucket.events() > 0) {
                (bar(bucket, x(i), wide, bottom, most, link))
            }
            polyline.score points=(line.join(" ")) fill="none" stroke="currentColor" stroke-width="1.5" stroke-linejoin="round" {}
            @if line.len() < 60 {
                @for point in &line {
                    @let (px, py) = point.split_once(',').unwrap_or(("0", "0"));
                    circle cx=(px) cy=(py) r="2.4" {}
                }
            }
            (labels(&all, &x, bottom))
            (signs(marks, &all, &x, wide, bottom + AXIS + 14.0))
            @if beyond > 0 { text x=(WIDTH - RIGHT) y="12" text-anchor="end" { (beyond) " more lie far before or behind" } }
        }
    }
}

fn axes(most: i64, zero: f64, bottom: f64) -> Markup {
    html! {
        line x1=(LEFT) x2=(WIDTH - RIGHT) y1=(zero) y2=(zero) stroke="currentColor" stroke-opacity="0.25" stroke-dasharray="3 3" {}
        text x=(LEFT - 6.0) y="12" text-anchor="end" { "+10" }
        text x=(LEFT - 6.0) y=(zero + 4.0) text-anchor="end" { "score" }
        line x1=(LEFT) x2=(WIDTH - RIGHT) y1=(bottom) y2=(bottom) stroke="currentColor" stroke-opacity="0.5" {}
        line x1=(LEFT) x2=(WIDTH - RIGHT) y1=(TOP) y2=(TOP) stroke="currentColor" stroke-opacity="0.15" {}
        text x=(LEFT - 6.0) y=(TOP + 8.0) text-anchor="end" { (most) }
        text x=(LEFT - 6.0) y=(bottom) text-anchor="end" { "0" }
    }
}

fn bar(bucket: &Bucket, x: f64, wide: f64, bottom: f64, most: i64, link: &dyn Fn(&str, &str) -> String) -> Markup {
    let counts: Vec<String> =
        QUADS.iter().zip(bucket.quads).filter(|(_, n)| *n > 0).map(|(name, n)| format!("{n} {name}")).collect();
    let about = format!("{}: {}; mean score {:+.1}", bucket.when, counts.join(", "), bucket.score);
    let (from, to) = stretch(&bucket.when).unwrap_or_default();
    let gap = if wide > 6.0 { 1.5 } else { 0.0 };
    let mut y = bottom;
    let parts: Vec<(usize, f64, f64)> = bucket
        .quads
        .iter()
        .enumerate()
        .filter(|(_, n)| **n > 0)
        .map(|(quad, n)| {
            let high = *n as f64 / most as f64 * BARS;
            y -= high;
            (quad, y, high)
        })
        .collect();
    html! {
        a href=(link(&from, &to)) aria-label=(about) {
            title { (about) }
            rect.hit x=(format!("{x:.1}")) y=(TOP) width=(format!("{wide:.1}")) height=(BARS) fill="transparent" {}
            @for (quad, y, high) in parts {
                rect x=(format!("{:.1}", x + gap / 2.0)) y=(format!("{y:.1}")) width=(format!("{:.1}", (wide - gap).max(0.6))) height=(format!("{high:.1}"))
                    fill=(COLORS[quad]) {}
            }
        }
    }
}

/// As many stretches are named as there is room for.
fn labels(all: &[Bucket], x: &dyn Fn(usize) -> f64, bottom: f64) -> Markup {
    let every = all.len().div_ceil(12).max(1);
    html! {
        @for (i, bucket) in all.iter().enumerate().step_by(every) {
            @let at = x(i);
            // The last one must not run over the edge.
            @if at > WIDTH - 60.0 { text x=(WIDTH - RIGHT) y=(bottom + 15.0) text-anchor="end" { (bucket.when) } }
            @else { text x=(format!("{at:.1}")) y=(bottom + 15.0) { (bucket.when) } }
        }
    }
}

fn signs(marks: &[Mark], all: &[Bucket], x: &dyn Fn(usize) -> f64, wide: f64, y: f64) -> Markup {
    html! {
        @for mark in marks {
            @if let Some(i) = all.iter().position(|bucket| mark.day.starts_with(&bucket.when)) {
                @let at = x(i) + wide / 2.0;
                a href=(mark.link) aria-label=(mark.title) {
                    title { (mark.title) }
                    @if mark.meeting { circle cx=(format!("{at:.1}")) cy=(y) r="5" fill="#3f8f6b" {} }
                    @else { rect x=(format!("{:.1}", at - 4.5)) y=(y - 4.5) width="9" height="9" fill="#8a63b5" transform=(format!("rotate(45 {at:.1} {y})")) {} }
                }
            }
        }
    }
}

/// What the colors mean, and what is counted.
pub fn legend(marks: bool) -> Markup {
    html! {
        p.counted { "Counted: what happened or is under way, and promises, demands and threats. Not counted: what is denied, failed, only possible or hangs on a condition." }
        ul.legend {
            @for (i, name) in QUADS.iter().enumerate() { li { span class=(format!("swatch q{}", i + 1)) {} (name) } }
            li { span.swatch.line {} "mean score, -10 to 10" }
            @if marks { li { span.swatch.meeting {} "meeting" } li { span.swatch.document {} "document" } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bucket(when: &str, quads: [i64; 4], score: f64) -> Bucket {
        Bucket { when: when.to_owned(), quads, score }
    }

    #[test]
    fn stretches_in_which_nothing_happened_are_there_and_too_many_become_longer_ones() {
        let two = [bucket("2018-11", [1, 0, 0, 0], 4.0), bucket("2019-02", [0, 0, 2, 0], -2.0)];
        let (all, _) = filled(&two, Step::Month);
        assert_eq!(
            all.iter().map(|b| b.when.as_str()).collect::<Vec<_>>(),
            ["2018-11", "2018-12", "2019-01", "2019-02"]
        );
        let far = [bucket("1945-08", [0, 0, 0, 1], -9.0), bucket("2019-02", [3, 0, 0, 0], 1.0)];
        let (all, _) = filled(&far, Step::Month);
        assert_eq!((all.len(), all[0].when.as_str(), all[0].score), (75, "1945", -9.0));
        let mut years: Vec<Bucket> = (2000..2020).map(|year| bucket(&year.to_string(), [9, 0, 0, 0], 1.0)).collect();
        years.insert(0, bucket("1945", [0, 0, 0, 1], -9.0));
        assert_eq!((trimmed(&years).0.len(), trimmed(&years).1), (20, 1));
        assert_eq!(stretch("2020-02"), Some(("2020-02-01".to_owned(), "2020-02-29".to_owned())));
        assert_eq!([1, 3, 12, 99, 501].map(round_up), [1, 5, 20, 100, 1000]);
    }
}
