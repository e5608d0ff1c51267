//! A web page to a story: the article by `dom_smoothie`, what the page says of itself by its metadata.

use dom_smoothie::{Config, Readability, TextMode};

use super::error::Problem;
use super::layout::Layout;
use super::{Story, dates, plain};

/// The story of a page. The article's text goes through the same sieve as a plain text's paragraphs.
pub(super) fn story(layout: &Layout, page: &str) -> Result<Story, Problem> {
    let config = Config { text_mode: TextMode::Formatted, ..Config::default() };
    let mut reader = Readability::new(page, None, Some(config)).map_err(|_| Problem::NoText)?;
    let canonical = reader.doc.select("link[rel=canonical], meta[property='og:url']");
    let canonical = canonical.attr("href").or_else(|| canonical.attr("content")).map(|url| url.to_string());
    let article = reader.parse().map_err(|_| Problem::NoText)?;
    let mut story = layout.story(plain::blocks(&article.text_content));
    if story.text.is_empty() {
        return Err(Problem::NoText);
    }
    let date = article.published_time.as_deref().or(article.modified_time.as_deref());
    story.date = date.and_then(|d| dates::iso_date(d).or_else(|| layout.months.whole_date(d))).or(story.date);
    let filled = |value: &str| Some(value.trim().to_owned()).filter(|v| !v.is_empty());
    let printed = story.title.take();
    story.title = filled(&article.title).or(printed);
    if let Some(byline) = article.byline.as_deref().and_then(filled) {
        story.agency = layout.agency_in(&byline).or(story.agency);
        story.byline = Some(byline).filter(|byline| layout.agency(byline).is_none());
    }
    story.publisher = article.site_name.as_deref().and_then(filled);
    story.url = canonical.as_deref().or(article.url.as_deref()).and_then(filled).or(story.url);
    Ok(story)
}
