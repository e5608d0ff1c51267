//! Where stories come from: files, folders, archives, crawls, feeds and pages.
//!
//! In: a path or an address. Out: [`Sources`] hands on an [`Item`] at a time: a [`Document`] that the library's intake can make a story of, a
//! [`Trouble`] that says what could not be read and why, or word that a feed was read to its end. Everything is streamed: a crawl of many
//! gigabytes, a line at a time or a record at a time, is never whole in memory, and what is broken is named and stepped over.
//! Never: a story coded or kept.

mod documents;
mod feed;
mod files;
mod gzip;
mod lines;
mod petrarch;
mod rows;
mod trouble;
mod walk;
mod warc;
mod web;
mod zipped;

pub use documents::{DOCUMENTS, Document, stories};
pub use files::{files, size};
pub use trouble::{Trouble, Why};
pub use walk::{Item, Known, Nothing, Sources};
pub use web::{Validators, is_address};
