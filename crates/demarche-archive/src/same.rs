//! Whether two stories tell of the same event: judged by type, status, days, parties, place and the words of both clauses, and said why.
//!
//! The judgment does not depend on the order of the two, so that an archive holds the same occurrences in whatever order its stories came.

use std::collections::BTreeSet;

use super::telling::{Telling, Who};

/// Longer stretches are of one occurrence only where they are the same stretch.
pub(crate) const LONGEST: i32 = 31;

/// Days that two tellings may lie apart: publication and time zones shift them.
pub(crate) const APART: i32 = 1;

/// What two tellings must come to.
const ENOUGH: f64 = 0.62;

/// Modes of one meeting: to one it is a visit, to the next the talks held there.
const IN_PERSON: [&str; 3] = ["visit", "multilateral", "third-party"];

/// Words that tell nothing apart, beside the names of the parties.
const EMPTY: [&str; 30] = [
    "about", "after", "also", "been", "before", "from", "have", "into", "more", "over", "said", "says", "than", "that",
    "their", "them", "then", "there", "these", "they", "this", "told", "were", "when", "where", "which", "will",
    "with", "would", "year",
];

/// Which of some tellings of one type are of one occurrence: two indices of different stories, the later first, how alike they are and why.
/// Each telling comes with the number of its story.
pub fn alike(tellings: &[(i64, Telling)]) -> Vec<(usize, usize, f64, String)> {
    let mut order: Vec<usize> = (0..tellings.len()).collect();
    order.sort_by_key(|&i| (tellings[i].1.days, i));
    let mut out = Vec::new();
    for (n, &i) in order.iter().enumerate() {
        let (story, one) = &tellings[i];
        let is_long = one.days.1 - one.days.0 >= LONGEST;
        let last = if is_long { one.days.0 } else { one.days.1 + APART };
        for &j in order[n + 1..].iter().take_while(|&&j| tellings[j].1.days.0 <= last) {
            let (late, early) = (i.max(j), i.min(j));
            if tellings[j].0 != *story
                && let Some((likeness, why)) = same(&tellings[late].1, &tellings[early].1)
            {
                out.push((late, early, likeness, why));
            }
        }
    }
    out.sort_by_key(|&(late, early, ..)| (late, early));
    out
}

impl Who {
    /// 1 for the same name, less for somebody of the same country and kind.
    fn like(&self, other: &Self) -> f64 {
        if self.name == other.name {
            return 1.0;
        }
        let shares = |a: &str, b: &str| a.split(' ').any(|sector| b.split(' ').any(|other| sector == other));
        let same = self.country.is_some() && self.country == other.country;
        if same && shares(&self.sectors, &other.sectors) { 0.7 } else { 0.0 }
    }
}

/// The best pair of two lists, and the name they share.
fn best<'a>(a: &'a [Who], b: &'a [Who]) -> (f64, &'a str) {
    let pairs = a.iter().flat_map(|one| b.iter().map(move |other| (one.like(other), one.name.as_str())));
    pairs.fold((0.0, ""), |best, pair| if pair.0 > best.0 { pair } else { best })
}

/// Statuses that do not exclude each other: what is planned on one day has happened on the next, but that is another telling.
fn class(status: &str) -> &str {
    if status == "ongoing" { "happened" } else { status }
}

/// The words of a clause that tell it apart: longer ones, cut to their stems, without the parties' names.
fn words(telling: &Telling) -> BTreeSet<String> {
    let parties = telling.actors.iter().chain(&telling.recipients);
    let names: BTreeSet<String> =
        parties.flat_map(|who| who.name.split(' ').map(str::to_lowercase).collect::<Vec<_>>()).collect();
    let lower = telling.quotation.to_lowercase();
    let all = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| w.chars().count() > 3);
    all.filter(|w| !names.contains(*w) && !EMPTY.contains(w)).map(|w| w.chars().take(6).collect()).collect()
}

/// Whether two tellings may be of one occurrence, by all but their parties and words.
pub(crate) fn may_be_same(a: &Telling, b: &Telling) -> bool {
    let places = a.country.is_none() || b.country.is_none() || a.country == b.country;
    class(&a.status) == class(&b.status) && days_fit(a.days, b.days) && modes_fit(a, b) && places
}

/// How alike two tellings of one type are, and why; none where they are not of one occurrence.
pub(crate) fn same(a: &Telling, b: &Telling) -> Option<(f64, String)> {
    if !may_be_same(a, b) {
        return None;
    }
    let mut why = Vec::new();
    let who = parties(a, b, &mut why)?;
    let place = match (&a.place, &b.place) {
        (Some(one), Some(other)) if one == other => {
            why.push(format!("in {one}"));
            1.0
        }
        (Some(_), Some(_)) if a.country.is_some() && a.country == b.country => 0.6,
        (Some(_), Some(_)) => return None,
        _ => 0.5,
    };
    let day = if a.days == b.days { 1.0 } else { 0.5 };
    if a.days == b.days {
        why.push("on the same days".to_owned());
    }
    let (one, other) = (words(a), words(b));
    let shared: Vec<&str> = one.intersection(&other).map(String::as_str).collect();
    let told = shared.len() as f64 / one.len().min(other.len()).max(1) as f64;
    if !shared.is_empty() {
        why.push(format!("sharing the words {}", shared.join(", ")));
    }
    let score = 0.4 * who + 0.12 * place + 0.13 * day + 0.35 * told;
    (score >= ENOUGH).then(|| (score, why.join("; ")))
}

/// How well the parties fit, 0 to 1; none where a side has nobody in common.
fn parties(a: &Telling, b: &Telling, why: &mut Vec<String>) -> Option<f64> {
    // Of a symmetric event all who take part are actors; another telling may have some of them as recipients.
    let whole = |t: &Telling| [&t.actors[..], &t.recipients[..]].concat();
    if a.recipients.is_empty() != b.recipients.is_empty() && (a.actors.len() > 1 || b.actors.len() > 1) {
        let (one, other) = (whole(a), whole(b));
        let shared: Vec<&Who> = one.iter().filter(|who| other.iter().any(|o| who.like(o) > 0.0)).collect();
        why.push(format!("by {}", shared.iter().map(|who| who.name.as_str()).collect::<Vec<_>>().join(" and ")));
        return (shared.len() > 1).then_some(0.8);
    }
    let (actor, name) = best(&a.actors, &b.actors);
    if actor == 0.0 {
        return None;
    }
    why.push(format!("by {name}"));
    if a.recipients.is_empty() && b.recipients.is_empty() {
        let all = a.actors.iter().filter(|who| b.actors.iter().any(|other| who.like(other) > 0.0)).count();
        // Whoever meets two others on a day has two meetings.
        if all < 2 && a.actors.len() > 1 && b.actors.len() > 1 {
            return None;
        }
        let fraction = all as f64 / a.actors.len().max(b.actors.len()) as f64;
        return Some(actor * fraction);
    }
    if a.recipients.is_empty() || b.recipients.is_empty() {
        return Some(actor * 0.6);
    }
    let (recipient, name) = best(&a.recipients, &b.recipients);
    if recipient == 0.0 {
        return None;
    }
    why.push(format!("to {name}"));
    Some((actor + recipient) / 2.0)
}

fn modes_fit(a: &Telling, b: &Telling) -> bool {
    let (Some(one), Some(other)) = (a.mode.as_deref(), b.mode.as_deref()) else { return true };
    one == other || (IN_PERSON.contains(&one) && IN_PERSON.contains(&other))
}

fn days_fit(a: (i32, i32), b: (i32, i32)) -> bool {
    let long = |days: (i32, i32)| days.1 - days.0 >= LONGEST;
    if long(a) || long(b) { a == b } else { a.0 - APART <= b.1 && b.0 - APART <= a.1 }
}
