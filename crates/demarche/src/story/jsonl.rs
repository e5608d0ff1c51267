//! A line of JSON to what it says of a story.

use serde_json::{Map, Value};

use super::error::Problem;
use super::fields::Fields;

/// The fields of a line; numbers are taken as they are written, other values that are no text are passed over, but not the text's.
pub(super) fn fields(line: &[u8]) -> Result<Fields, Problem> {
    let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
    let line: Map<String, Value> =
        serde_json::from_slice(line).map_err(|error| Problem::Json { why: error.to_string() })?;
    let mut fields = Fields::default();
    for (name, value) in &line {
        match value {
            Value::String(value) => fields.set(name, value),
            Value::Number(value) => fields.set(name, &value.to_string()),
            Value::Null => {}
            _ if name == "text" => {
                return Err(Problem::Field { field: "text", what: "is no string".to_owned() });
            }
            _ => {}
        }
    }
    Ok(fields)
}
