//! What each block of a document is: headline, byline, date, credit, link, or a paragraph of the body.

use std::collections::HashMap;

use super::dates::Months;
use super::{Link, Story};
use crate::table::{Rows, TableError};

/// A paragraph of a document, its markup taken off.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Block {
    pub text: String,
    /// Level of a heading, 0 for a paragraph.
    pub heading: u8,
    /// All of it stands out (bold or italic).
    pub strong: bool,
    pub links: Vec<Link>,
}

impl Block {
    /// Whether it is nothing but its links.
    fn is_links(&self) -> bool {
        let linked: usize = self.links.iter().map(|link| link.title.len()).sum();
        !self.links.is_empty() && linked + 3 >= self.text.trim().len()
    }

    fn is_short(&self, most: usize) -> bool {
        self.text.chars().count() <= most && !self.text.contains('\n')
    }

    fn is_sentence(&self) -> bool {
        self.text.trim_end_matches(['"', '”', '’', '\'', ')']).ends_with(['.', '!', '?', '…', ':'])
    }
}

/// Among so many first blocks a byline may stand below a line that was taken for the body.
const HEAD: usize = 5;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Furniture {
    Related,
    Original,
    Credit,
    Promo,
}

/// Tells a story from its furniture, by the tables of agencies and of furniture.
#[derive(Debug)]
pub(super) struct Layout {
    agencies: HashMap<String, &'static str>,
    furniture: Vec<(&'static str, Furniture)>,
    pub months: Months,
}

impl Layout {
    pub(super) fn shipped() -> Result<Self, TableError> {
        let table = demarche_tables::AGENCIES;
        let mut agencies = HashMap::new();
        for row in Rows::read(table.name, table.text, &["name", "aliases"])?.iter() {
            let name = row.get("name");
            agencies.extend(row.list("aliases").chain([name]).map(|alias| (alias.to_lowercase(), name)));
        }
        let table = demarche_tables::FURNITURE;
        let mut furniture = Vec::new();
        for row in Rows::read(table.name, table.text, &["prefix", "kind"])?.iter() {
            let kind = match row.get("kind") {
                "related" => Furniture::Related,
                "original" => Furniture::Original,
                "credit" => Furniture::Credit,
                "promo" => Furniture::Promo,
                kind => return Err(row.error(format!("`{kind}` is no kind: related, original, credit or promo"))),
            };
            furniture.push((row.get("prefix"), kind));
        }
        Ok(Self { agencies, furniture, months: Months::shipped()? })
    }

    /// The agency that `text` is the name of.
    pub(super) fn agency(&self, text: &str) -> Option<String> {
        self.agencies.get(text.trim().to_lowercase().as_str()).map(|&name| name.to_owned())
    }

    /// The agency named somewhere in a credit, byline or dateline.
    pub(super) fn agency_in(&self, text: &str) -> Option<String> {
        text.split(['/', ',', '(', ')', '|', '—', '–']).find_map(|part| self.agency(part))
    }

    fn furniture(&self, text: &str) -> Option<Furniture> {
        let lower = text.trim_start_matches(['*', '>', '-', ' ', '•', '[', '(']).to_lowercase();
        let whole = text.trim_start().to_lowercase();
        let fits = |prefix: &str| starts_with_words(&lower, prefix) || starts_with_words(&whole, prefix);
        self.furniture.iter().find(|(prefix, _)| fits(prefix)).map(|&(_, kind)| kind)
    }

    /// The story that these blocks make.
    pub(super) fn story(&self, blocks: Vec<Block>) -> Story {
        let mut story = Story::default();
        let mut body: Vec<String> = Vec::new();
        let mut expects_url = false;
        for (at, block) in blocks.iter().enumerate() {
            if std::mem::take(&mut expects_url)
                && let Some(url) = address(block)
            {
                story.url.get_or_insert(url);
                continue;
            }
            if (body.is_empty() || at < HEAD) && self.heads(&mut story, block, at, blocks.len()) {
                continue;
            }
            match self.role(block) {
                Some(Furniture::Related) => story.related.extend(block.links.iter().cloned()),
                Some(Furniture::Original) => match address(block) {
                    Some(url) => _ = story.url.get_or_insert(url),
                    None => expects_url = true,
                },
                Some(_) => {}
                None => body.push(block.text.split_whitespace().collect::<Vec<_>>().join(" ")),
            }
        }
        story.text = body.join("\n\n");
        story
    }

    /// Takes what stands above a story: headline, byline, date. False where the block is something else.
    fn heads(&self, story: &mut Story, block: &Block, at: usize, blocks: usize) -> bool {
        let text = block.text.trim();
        if story.date.is_none() && block.is_short(60) && self.months.whole_date(text).is_some() {
            story.date = self.months.whole_date(text);
            return true;
        }
        if story.byline.is_none()
            && block.is_short(120)
            && !block.is_sentence()
            && text.get(..3).is_some_and(|by| by.eq_ignore_ascii_case("by "))
        {
            self.byline(story, &text[3..]);
            return true;
        }
        if story.agency.is_none() && block.is_short(40) && self.agency(text).is_some() {
            story.agency = self.agency(text);
            return true;
        }
        let headline = block.heading > 0 || (at == 0 && blocks > 1 && block.is_short(200) && !text.ends_with('.'));
        if story.title.is_none() && headline && self.furniture(text).is_none() {
            story.title = Some(text.to_owned());
            return true;
        }
        false
    }

    fn byline(&self, story: &mut Story, names: &str) {
        story.agency = self.agency_in(names).or(story.agency.take());
        if self.agency(names).is_none() {
            story.byline = Some(names.trim().to_owned());
        }
    }

    /// What a block below the headline is, if it is not of the body.
    fn role(&self, block: &Block) -> Option<Furniture> {
        let text = block.text.trim();
        let promised = block.is_short(200) || !block.is_sentence();
        if let Some(kind) = self.furniture(text).filter(|_| promised) {
            return Some(kind);
        }
        let aside = block.heading > 0 || (block.strong && block.is_short(120) && !block.is_sentence());
        let credit = block.is_short(80) && !block.is_sentence() && text.contains('/') && self.agency_in(text).is_some();
        let bare = address(block).is_some() && !text.contains(' ');
        if credit {
            Some(Furniture::Credit)
        } else if block.is_links() && !block.is_sentence() {
            Some(Furniture::Related)
        } else if text.is_empty() || aside || bare {
            Some(Furniture::Promo)
        } else {
            None
        }
    }
}

/// Whether `text` begins with `prefix` and the word that ends it ends there.
fn starts_with_words(text: &str, prefix: &str) -> bool {
    text.strip_prefix(prefix).is_some_and(|rest| {
        !prefix.ends_with(char::is_alphanumeric)
            || !rest.starts_with(|c: char| c.is_alphanumeric() || c == '\'' || c == '’')
    })
}

/// The web address that a block is or links to.
fn address(block: &Block) -> Option<String> {
    let written = block.text.split_whitespace().map(|word| word.trim_matches(['<', '>', '(', ')']));
    let mut written = written.filter(|word| word.starts_with("http://") || word.starts_with("https://"));
    let linked = || block.links.iter().map(|link| &link.url).find(|url| url.contains("://"));
    written.next().map(str::to_owned).or_else(|| linked().cloned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(text: &str) -> Block {
        Block { text: text.to_owned(), ..Block::default() }
    }

    #[test]
    fn furniture_is_left_out() {
        let layout = Layout::shipped().unwrap();
        let blocks = [
            "Leaders to Meet in Rome",
            "By Jane Doe, Reuters",
            "January 04, 2019",
            "Ann Lee / TASS",
            "The leaders will meet.",
            "Related article: Others did not",
            "He said more talks were needed: much more.",
            "Original url:",
            "https://a.org/x",
        ];
        let story = layout.story(blocks.map(block).to_vec());
        assert_eq!(story.title.as_deref(), Some("Leaders to Meet in Rome"));
        assert_eq!((story.byline.as_deref(), story.agency.as_deref()), (Some("Jane Doe, Reuters"), Some("Reuters")));
        assert_eq!(story.url.as_deref(), Some("https://a.org/x"));
        assert_eq!(story.text, "The leaders will meet.\n\nHe said more talks were needed: much more.");
    }

    #[test]
    fn a_lone_paragraph_is_the_body() {
        let story = Layout::shipped().unwrap().story(vec![block("Troops crossed the border on Friday")]);
        assert_eq!(story.text, "Troops crossed the border on Friday");
    }
}
