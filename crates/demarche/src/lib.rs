//! Demarche reads a news story and writes its record.
#![doc = ""]

pub mod reader;
mod span;
mod table;

pub use span::{CharOffsets, Span};
