//! How well stories are coded: records against stories whose events people marked.
//!
//! In: the text of files of marked stories ([`Gold`]), and the records of these stories ([`Coding`]). Out: [`Figures`], precision and recall
//! of events and dyads, what of the events found is right, and how far confidence can be believed, as numbers or as a table. Never: a file
//! opened, a story coded. `docs/evaluate.md` says how a story is marked and what the figures mean.
//!
//! ```
//! use demarche_evaluate::{Gold, Tally};
//!
//! let marked = "# id: note-1
//! ## date: 2019-01-04
//! [Iran|a1] [rejected|e1 REJECT happened] the offer of [the United States|r1].
//! @1 a=IRN.GOV r=USA.GOV when=~ where=-
//! ";
//! let mut tally = Tally::new(0.0);
//! for story in Gold::new()?.read("notes.txt", marked) {
//!     match story {
//!         Ok(story) => tally.missing(&story), // or `tally.story(&story, Coding::of(&record))`
//!         Err(errors) => errors.iter().for_each(|error| eprintln!("{error}\n  help: {}", error.problem.help())),
//!     }
//! }
//! assert_eq!((tally.figures().events.marked, tally.figures().found.recall), (1, Some(0.0)));
//! # Ok::<(), demarche::TableError>(())
//! ```

mod align;
mod calibration;
mod characters;
mod coding;
mod dyads;
mod figures;
mod gold;
mod judged;
mod pairs;
mod table;
mod tally;
mod verdict;

pub use align::Fit;
pub use calibration::{Bin, Calibration};
pub use characters::Characters;
pub use coding::{CodedEvent, CodedParty, CodedPlace, Coding};
pub use figures::{Events, Figures, OfFound, Score, Share, StatusPair, Stories, TypeLine};
pub use gold::{FOLDS, Gold, GoldEvent, GoldParty, GoldPlace, GoldStory, MarkError, Problem, When};
pub use judged::{Judged, JudgedParts, judged};
pub use tally::Tally;

#[cfg(test)]
mod tests;
