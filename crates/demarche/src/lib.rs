//! Demarche reads a news story and writes its record: who did what to whom, when, where, whether it happened, and who says so.
//!
//! A story walks through the rooms below in one direction; each knows only the rooms before it.
//!
//! ```no_run
//! use demarche::{Coder, Story};
//!
//! let mut story = Story::of("note", "Iran rejected the offer of the United States on Monday.");
//! story.date = Some(jiff::civil::date(2019, 1, 4));
//! let record = Coder::new()?.code(&story)?;
//! assert_eq!(record.events[0].kind, "REJECT");
//! # Ok::<(), demarche::CoderError>(())
//! ```

#[macro_use]
mod coded;
mod span;
mod table;

mod own;

pub mod story;

pub mod reader;

pub mod ontology;

pub mod quantity;

pub mod time;

pub mod place;

pub mod actor;

pub mod voice;

pub mod event;

pub mod talks;

pub mod record;

pub mod dossier;

mod coder;

mod annotate;

mod explain;

mod relate;

pub use annotate::{Annotation, Layers};
pub use coder::{Coder, CoderError};
pub use dossier::{Dossier, DossierTables};
pub use explain::{Explanation, Piece};
pub use own::Own;
pub use reader::{Edition, Weights};
pub use relate::{MarkedError, MarkedSentence, Relation};
pub use span::{CharOffsets, Span};
pub use story::Story;
pub use table::TableError;
