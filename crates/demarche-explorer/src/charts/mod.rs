//! Charts and maps as SVG. Colors stand in the style sheet by class, and as attributes for those who take an image along.

pub mod volume;
pub mod world;

/// Colors of the quad classes, told apart by color-blind eyes too; from 1.
pub const COLORS: [&str; 4] = ["#7fb2e5", "#2f6db3", "#f2b36b", "#c8502f"];
