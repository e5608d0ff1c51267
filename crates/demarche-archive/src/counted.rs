//! What counts as an event of its quad class where no status is shown beside it, in exports and over time.
//!
//! What happened or is under way counts. An intention counts where saying it is the event itself, that is in the two verbal quad classes (a promise,
//! a demand, a threat). What is denied, failed, only possible or hangs on a condition does not: a denied attack is no attack.

/// Statuses of what is so.
const SO: [&str; 2] = ["happened", "ongoing"];
/// Statuses of what somebody says that he or another shall do.
const INTENDED: [&str; 4] = ["planned", "proposed", "demanded", "threatened"];

/// Whether an event of a status and a quad class, from 1 to 4, counts.
pub(crate) fn counts(status: &str, quad: i64) -> bool {
    SO.contains(&status) || (INTENDED.contains(&status) && quad % 2 == 1)
}

/// The same as a condition on the rows of a table of events.
pub(crate) fn condition(events: &str) -> String {
    let list = |statuses: &[&str]| format!("'{}'", statuses.join("', '"));
    format!(
        "({events}.status IN ({}) OR ({events}.status IN ({}) AND {events}.quad % 2 = 1))",
        list(&SO),
        list(&INTENDED)
    )
}
