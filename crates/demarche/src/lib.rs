//! Demarche reads a news story and writes its record.

pub mod actor;
pub mod event;
pub mod ontology;
pub mod place;
pub mod reader;
mod span;
pub mod story;
mod table;
pub mod time;
pub mod voice;

pub use span::{CharOffsets, Span};
pub use table::TableError;
