//! The reader's weights, inside the program.
//!
//! They stand in a crate of their own so that a change of code does not compile them again. `weights/` holds what
//! `training/` made: see MODEL_CARD.md beside this file's folder for the data, the scores and the commands.

/// The encoder and its heads, ONNX, eight-bit weights.
pub static READER: &[u8] = include_bytes!("../weights/reader.onnx");

/// What names the relation of a chosen arc, ONNX.
pub static ATTACH: &[u8] = include_bytes!("../weights/attach.onnx");

/// The event relation of a marked pair, ONNX.
pub static PAIR: &[u8] = include_bytes!("../weights/pair.onnx");

/// The inventories that the heads' scores are numbered by, JSON.
pub static LABELS: &str = include_str!("../weights/labels.json");

/// Word pieces, one a line, numbered from 0.
pub static VOCABULARY: &str = include_str!("../weights/vocab.txt");
