//! The form by which every list of events is chosen.

use demarche::voice::Status;
use maud::{Markup, html};

use crate::asked::Asked;

fn field(name: &str, label: &str, kind: &str, value: &Option<String>, hint: &str) -> Markup {
    html! {
        label { (label) input type=(kind) name=(name) value=(value.as_deref().unwrap_or("")) placeholder=[(!hint.is_empty()).then_some(hint)]; }
    }
}

fn choice<'a>(name: &str, label: &str, value: &Option<String>, all: impl Iterator<Item = &'a str>) -> Markup {
    let chosen = value.as_deref().unwrap_or("");
    html! {
        label {
            (label)
            select name=(name) {
                option value="" { "any" }
                @for one in all { option value=(one) selected[one.eq_ignore_ascii_case(chosen)] { (one) } }
            }
        }
    }
}

/// The form, filled with what is asked; `types` are those of the archive.
pub fn form(action: &str, asked: &Asked, types: &[(String, i64)]) -> Markup {
    let linked = asked.linked.as_deref() == Some("yes");
    let recent = asked.historic.as_deref() == Some("no");
    html! {
        details.filter open[!asked.is_empty()] {
            summary { "Choose" }
            form action=(action) method="get" {
                (field("between", "Between", "text", &asked.between, "JPN,RUS"))
                (field("actor", "Who", "text", &asked.actor, "name, JPN or MIL"))
                @if let Some(name) = &asked.named { (field("named", "Who exactly", "text", &Some(name.clone()), "")) }
                (choice("type", "What", &asked.kind, types.iter().map(|(kind, _)| kind.as_str())))
                (choice("status", "Status", &asked.status, Status::ALL.iter().map(|status| status.code())))
                (field("since", "Since", "date", &asked.since, ""))
                (field("until", "Until", "date", &asked.until, ""))
                (field("place", "Where", "text", &asked.place, "Moscow or RUS"))
                (field("text", "Words", "search", &asked.text, "peace AND treaty"))
                label.check { input type="checkbox" name="historic" value="no" checked[recent]; "without history" }
                label.check { input type="checkbox" name="linked" value="yes" checked[linked]; "each event once" }
                div.buttons { button { "Show" } " " a href=(action) { "All" } }
            }
        }
    }
}
