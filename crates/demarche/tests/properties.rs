//! What holds of the whole walk, whatever the story.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::sync::OnceLock;

use demarche::{Coder, Story};
use jiff::civil::{Date, date};
use proptest::prelude::*;

fn coder() -> &'static Coder {
    static CODER: OnceLock<Coder> = OnceLock::new();
    CODER.get_or_init(|| Coder::new().unwrap())
}

fn story(text: &str, published: Date) -> Story {
    Story { date: Some(published), ..Story::of("story", text) }
}

#[test]
fn a_week_later_the_record_is_a_week_later() {
    let text =
        "Putin met Erdogan in Sochi on Monday. Iran rejected the offer yesterday. Abe will visit Moscow tomorrow.";
    let days = |published| -> Vec<Date> {
        let record = coder().code(&story(text, published)).unwrap();
        record.events.iter().map(|e| e.time.as_ref().unwrap().from.parse().unwrap()).collect()
    };
    let (first, second) = (days(date(2019, 2, 26)), days(date(2019, 3, 5)));
    assert_eq!(first.len(), 3);
    let week = jiff::Span::new().days(7);
    assert_eq!(first.iter().map(|d| d.checked_add(week).unwrap()).collect::<Vec<_>>(), second);
}

#[test]
fn nothing_after_publication_has_happened() {
    let record = coder().code(&story("Putin meets Erdogan on 12 May 2019.", date(2019, 5, 1))).unwrap();
    assert!(record.events.iter().all(|e| e.status == "planned"), "{:?}", record.events);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn any_text_is_survived(text in "(\\PC|\n|[a-zA-Z \"“”.,]){0,160}") {
        let record = coder().code(&story(&text, date(2019, 1, 4))).unwrap();
        let length = text.chars().count();
        for entity in &record.entities {
            for mention in &entity.mentions {
                prop_assert!(mention.start <= mention.end && mention.end <= length);
            }
        }
        for quote in &record.quotes {
            let words: String = text.chars().skip(quote.content.start).take(quote.content.end - quote.content.start).collect();
            prop_assert_eq!(&words, &quote.content.text);
        }
    }

    #[test]
    fn words_of_news_in_any_order_are_survived(words in prop::collection::vec(prop::sample::select(vec![
        "Putin", "met", "rejected", "the", "offer", "by", "of", "said", "\"", "that", "Iran", "on", "Monday", ",", ".", "two", "leaders", "and",
    ]), 0..40)) {
        let text = words.join(" ");
        coder().code(&story(&text, date(2019, 1, 4))).unwrap();
    }
}
