//! The reader's weights, inside the program.
//!
//! They stand in a crate of their own so that a change of code does not compile them again. `weights/` holds what
//! `training/` made: see MODEL_CARD.md beside this file's folder for the data, the scores and the commands.

/// The encoder and its heads, ONNX, eight-bit weights.
pub static READER: &[u8] = include_bytes!("../weights/reader.onnx");

/// The rows of its pieces, in four bits.
pub static READER_PIECES: &[u8] = include_bytes!("../weights/reader.bin");

/// What names the relation of a chosen arc, ONNX.
pub static ATTACH: &[u8] = include_bytes!("../weights/attach.onnx");

/// The network that reads events, ONNX without its weights.
pub static EVENTS: &[u8] = include_bytes!("../weights/events.onnx");

/// Its weights, in four bits, one stream in parts.
pub static EVENT_WEIGHTS: [&[u8]; 2] =
    [include_bytes!("../weights/events.0.bin"), include_bytes!("../weights/events.1.bin")];

/// The inventories that its scores are numbered by, JSON.
pub static EVENT_LABELS: &str = include_str!("../weights/events.json");

/// The inventories that the heads' scores are numbered by, JSON.
pub static LABELS: &str = include_str!("../weights/labels.json");

/// Word pieces, one a line, numbered from 0.
pub static VOCABULARY: &str = include_str!("../weights/vocab.txt");
