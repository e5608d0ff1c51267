//! The weights of the reader.
