//! What a line of JSON, a row of a table or an element says of one story, field by field.

use super::error::{IntakeError, Problem};
use super::layout::Layout;
use super::{Story, dates, stem};

/// The fields, each with the names it goes by, the first before the others: those of Demarche, of NGEC, and common ones.
const NAMES: [(&str, &[&str]); 6] = [
    ("id", &["id", "story_id", "aid", "doc_id"]),
    ("date", &["date", "pub_date", "publication_date", "published", "story_date"]),
    ("text", &["text", "event_text", "body", "content", "article"]),
    ("title", &["title", "headline"]),
    ("url", &["url", "link"]),
    ("publisher", &["publisher", "source"]),
];

/// What is said of one story; names that no field goes by are passed over.
#[derive(Clone, Debug, Default)]
pub struct Fields {
    /// By field, the rank of the name it was given by, and the value.
    given: [Option<(usize, String)>; NAMES.len()],
}

impl Fields {
    /// Whether a field goes by this name, in upper or lower case.
    pub fn knows(name: &str) -> bool {
        place(name).is_some()
    }

    /// Sets a field by any of its names; an empty value is none, and a better name wins.
    pub fn set(&mut self, name: &str, value: &str) {
        let Some((field, rank)) = place(name).filter(|_| !value.trim().is_empty()) else { return };
        let given = &mut self.given[field];
        if given.as_ref().is_none_or(|(known, _)| rank < *known) {
            *given = Some((rank, value.to_owned()));
        }
    }

    /// How many bytes the values have together.
    pub fn size(&self) -> usize {
        self.given.iter().flatten().map(|(_, value)| value.len()).sum()
    }

    fn take(&mut self, field: &str) -> Option<String> {
        let at = NAMES.iter().position(|(name, _)| *name == field)?;
        self.given[at].take().map(|(_, value)| value)
    }

    /// The story; its text is kept to the letter, so that spans fit the giver's own copy.
    pub(super) fn story(mut self, layout: &Layout, name: &str, number: usize) -> Result<Story, IntakeError> {
        let fail = |problem| IntakeError::new(name, number, problem);
        let text = self.take("text");
        let text = text.ok_or_else(|| fail(Problem::Field { field: "text", what: "is missing".to_owned() }))?;
        let date = match self.take("date") {
            Some(written) => {
                let written = written.trim();
                let date = dates::iso_date(written).or_else(|| layout.months.whole_date(written));
                let what = || format!("is `{written}`, which is no date");
                Some(date.ok_or_else(|| fail(Problem::Field { field: "date", what: what() }))?)
            }
            None => None,
        };
        let id = self.take("id").unwrap_or_else(|| format!("{}:{number}", stem(name)));
        let publisher = self.take("publisher");
        let agency = publisher.as_deref().and_then(|publisher| layout.agency(publisher));
        let (title, url) = (self.take("title"), self.take("url"));
        Ok(Story { id, title, date, agency, publisher, url, text, ..Story::default() })
    }
}

/// Which field goes by a name, and the name's rank.
fn place(name: &str) -> Option<(usize, usize)> {
    let name = name.trim().to_ascii_lowercase();
    NAMES.iter().enumerate().find_map(|(field, (_, names))| Some((field, names.iter().position(|n| *n == name)?)))
}

#[cfg(test)]
mod tests {
    use super::Fields;

    #[test]
    fn the_better_name_wins_whatever_the_order() {
        let mut fields = Fields::default();
        for (name, value) in [("story_id", "s7"), ("ID", "7"), ("aid", "9"), ("Headline", " "), ("color", "red")] {
            fields.set(name, value);
        }
        assert_eq!(fields.take("id").as_deref(), Some("7"));
        assert_eq!(fields.take("title"), None);
    }
}
