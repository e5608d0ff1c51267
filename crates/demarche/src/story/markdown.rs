//! Markdown to blocks.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::Link;
use super::layout::Block;

/// The blocks of a Markdown text, in order.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let mut builder = Builder::default();
    for event in Parser::new(text) {
        builder.take(event);
    }
    builder.close();
    builder.out
}

#[derive(Default)]
struct Builder {
    out: Vec<Block>,
    block: Block,
    link: Option<Link>,
    /// Characters seen inside and in all, to tell a block that stands out as a whole.
    strong: usize,
    depth: usize,
}

impl Builder {
    fn take(&mut self, event: Event) {
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                self.close();
                self.block.heading = level as u8;
            }
            Event::Start(Tag::Paragraph | Tag::Item | Tag::CodeBlock(_) | Tag::HtmlBlock) | Event::Rule => self.close(),
            Event::End(
                TagEnd::Heading(_) | TagEnd::Paragraph | TagEnd::Item | TagEnd::CodeBlock | TagEnd::HtmlBlock,
            ) => self.close(),
            Event::Start(Tag::Strong | Tag::Emphasis) => self.depth += 1,
            Event::End(TagEnd::Strong | TagEnd::Emphasis) => self.depth = self.depth.saturating_sub(1),
            Event::Start(Tag::Link { dest_url, .. }) => {
                self.link = Some(Link { title: String::new(), url: dest_url.into_string() });
            }
            Event::End(TagEnd::Link) => self.block.links.extend(self.link.take()),
            Event::Text(text) | Event::Code(text) => self.push(&text),
            Event::SoftBreak | Event::HardBreak => self.push(" "),
            _ => {}
        }
    }

    fn push(&mut self, text: &str) {
        self.block.text.push_str(text);
        if self.depth > 0 {
            self.strong += text.len();
        }
        if let Some(link) = &mut self.link {
            link.title.push_str(text);
        }
    }

    fn close(&mut self) {
        let mut block = std::mem::take(&mut self.block);
        block.strong = self.strong > 0 && self.strong == block.text.len();
        self.strong = 0;
        if !block.text.trim().is_empty() {
            self.out.push(block);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_taken_off() {
        let found = blocks(
            "# A *title*\n\n**Ann / TASS**\n\nText with a [link](https://a.org/b) in it\nover lines.\n\n<https://c.org>",
        );
        assert_eq!((found[0].text.as_str(), found[0].heading), ("A title", 1));
        assert!(found[1].strong && !found[2].strong);
        assert_eq!(found[2].text, "Text with a link in it over lines.");
        assert_eq!(found[2].links[0].url, "https://a.org/b");
        assert_eq!(found[3].text, "https://c.org");
    }
}
