//! A line of JSON to a story.

use serde::Deserialize;
use serde_json::Value;

use super::error::{IntakeError, Problem};
use super::layout::Layout;
use super::{Story, dates, stem};

#[derive(Deserialize)]
struct Line {
    id: Option<Value>,
    date: Option<String>,
    text: Option<String>,
    title: Option<String>,
    url: Option<String>,
    publisher: Option<String>,
}

/// The story that `line` holds; its text is kept to the letter, so that spans fit the giver's own copy.
pub(super) fn story(layout: &Layout, name: &str, number: usize, line: &[u8]) -> Result<Story, IntakeError> {
    let fail = |problem| IntakeError::new(name, number, problem);
    let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
    let line: Line = serde_json::from_slice(line).map_err(|error| fail(Problem::Json { why: error.to_string() }))?;
    let text = line.text.ok_or_else(|| fail(Problem::Field { field: "text", what: "is missing".to_owned() }))?;
    let date = match line.date.as_deref().map(str::trim).filter(|date| !date.is_empty()) {
        Some(written) => {
            let date = dates::iso_date(written).or_else(|| layout.months.whole_date(written));
            let what = || format!("is `{written}`, which is no date");
            Some(date.ok_or_else(|| fail(Problem::Field { field: "date", what: what() }))?)
        }
        None => None,
    };
    let id = match line.id {
        Some(Value::String(id)) if !id.is_empty() => id,
        Some(Value::Number(id)) => id.to_string(),
        _ => format!("{}:{number}", stem(name)),
    };
    let filled = |value: Option<String>| value.filter(|v| !v.trim().is_empty());
    let agency = line.publisher.as_deref().and_then(|publisher| layout.agency(publisher));
    let (title, url, publisher) = (filled(line.title), filled(line.url), filled(line.publisher));
    Ok(Story { id, title, date, agency, publisher, url, text, ..Story::default() })
}
