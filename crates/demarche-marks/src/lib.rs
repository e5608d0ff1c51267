//! A story's words as HTML, with what was found in them.
//!
//! In: a record. Out: [`text`], the words with actors, places, dates, quotations and events marked, as the explorer shows them; [`notebook`],
//! the same with the events below and a style of its own, as a notebook shows a record. Never: an element, attribute or address of the story's
//! own: stories are hostile input, and their words are only ever words.

mod marks;
mod notebook;

pub use marks::{legend, text};
pub use notebook::notebook;

/// The style of marks; their colors are variables of the page around them.
pub const STYLE: &str = include_str!("../assets/marks.css");

/// Names of the quad classes, from 1.
pub const QUADS: [&str; 4] = ["verbal cooperation", "material cooperation", "verbal conflict", "material conflict"];

/// Text of a story as it may stand in a page: what a browser would not show, or would let turn other text around, becomes a visible sign, one
/// character for one.
pub fn clean(text: &str) -> String {
    text.chars().map(|c| if is_hidden(c) { '\u{fffd}' } else { c }).collect()
}

/// Whether a character would not be seen, or turns what is around it.
fn is_hidden(c: char) -> bool {
    let turns = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{061c}');
    let none = matches!(u32::from(c) & 0xfffe, 0xfffe) || matches!(c, '\u{fdd0}'..='\u{fdef}');
    (c.is_control() && !matches!(c, '\n' | '\t')) || turns || none
}
