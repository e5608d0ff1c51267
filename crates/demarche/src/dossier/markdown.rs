//! A dossier as Markdown, for a terminal or a file.

use std::fmt::Write;

use super::{Cite, Commitment, DocumentLine, Dossier, Holding, Issue, MeetingLine, Offer};

impl Dossier {
    /// The dossier as a Markdown document.
    pub fn markdown(&self) -> String {
        let mut out = String::new();
        let title = if self.between.is_empty() { "no two parties".to_owned() } else { self.between.join(" and ") };
        let _ = writeln!(out, "# Where talks stand: {title}\n");
        let days: Vec<&str> = self.stories.iter().filter_map(|s| s.date.as_deref()).collect();
        let span = days.first().zip(days.last()).map_or_else(String::new, |(a, b)| format!(", {}", stretch(a, b)));
        let _ = writeln!(
            out,
            "{} {}{span}\n",
            self.stories.len(),
            if self.stories.len() == 1 { "story" } else { "stories" }
        );
        self.parties_and_issues(&mut out);
        section(&mut out, "Offers", &self.offers, offer);
        section(&mut out, "Commitments", &self.commitments, commitment);
        let last = days.last().copied().unwrap_or_default();
        let (to_come, held): (Vec<&MeetingLine>, Vec<&MeetingLine>) =
            self.meetings.iter().partition(|m| is_to_come(m, last));
        section(&mut out, "Meetings so far", &held, |m| meeting(m));
        section(&mut out, "Meetings to come", &to_come, |m| meeting(m));
        section(&mut out, "Documents", &self.documents, document);
        self.rest(&mut out);
        out
    }

    fn parties_and_issues(&self, out: &mut String) {
        section(out, "Parties", &self.parties, |party| {
            let people = party.people.iter().take(6).cloned().collect::<Vec<_>>().join("; ");
            if people.is_empty() { format!("**{}**\n", party.code) } else { format!("**{}**: {people}\n", party.code) }
        });
        if !self.issues.is_empty() {
            out.push_str("## Issues\n\n");
        }
        for issue in &self.issues {
            out.push_str(&positions(issue));
        }
    }

    fn rest(&self, out: &mut String) {
        let title = if self.views_differ { "Views from outside, which differ" } else { "Views from outside" };
        section(out, title, &self.views, |view| {
            let doubts = if matches!(&*view.stance, "doubtful" | "negative") { ", in doubt" } else { "" };
            format!("**{}**{doubts}: {}\n{}", view.holder, view.text, cite(&view.cite))
        });
        section(out, "Contradictions", &self.contradictions, |c| {
            let mut text = format!("**{}**\n", c.about);
            for (says, at) in &c.says {
                let _ = write!(text, "  - {says}\n  {}", cite(at));
            }
            text
        });
        section(out, "Timeline", &self.timeline, |entry| {
            let to = if entry.recipients.is_empty() {
                String::new()
            } else {
                format!(" → {}", entry.recipients.join(" + "))
            };
            let more = if entry.cites.len() > 1 { format!("; {} stories", entry.cites.len()) } else { String::new() };
            let day = stretch(&entry.day.0, &entry.day.1);
            let text = format!("**{day}** {} ({}{more}) {}{to}\n", entry.kind, entry.status, entry.actors.join(" + "));
            text + &entry.cites.first().map_or_else(String::new, cite)
        });
        section(out, "Stories", &self.stories, |story| {
            let title = story.title.as_deref().unwrap_or(&story.id);
            let url = story.url.as_ref().map_or_else(String::new, |url| format!(" <{url}>"));
            format!("{} {title} ({}){url}\n", story.date.as_deref().unwrap_or(""), story.id)
        });
    }
}

fn section<T>(out: &mut String, title: &str, items: &[T], line: impl Fn(&T) -> String) {
    if items.is_empty() {
        return;
    }
    let _ = writeln!(out, "## {title}\n");
    for item in items {
        let _ = write!(out, "- {}", line(item));
    }
    out.push('\n');
}

fn stretch(from: &str, to: &str) -> String {
    if from == to { from.to_owned() } else { format!("{from} to {to}") }
}

fn days(day: &Option<(String, String)>) -> String {
    day.as_ref().map_or_else(String::new, |(from, to)| format!(", {}", stretch(from, to)))
}

fn cite(cite: &Cite) -> String {
    let by = cite.said_by.as_ref().map_or_else(String::new, |by| format!(", by {by}"));
    let date = cite.date.as_ref().map_or_else(String::new, |date| format!(", {date}"));
    format!("  > “{}” ({}{date}{by})\n", cite.quotation, cite.story)
}

fn positions(issue: &Issue) -> String {
    let mut out = format!("### {}\n\n", capitalized(&issue.issue));
    for side in &issue.sides {
        let latest = side.positions.last();
        let moved = side.moved.as_ref().map_or_else(String::new, |m| {
            let day = m.day.as_ref().map_or_else(String::new, |day| format!(" by {day}"));
            format!(", moved from “{}” to “{}”{day}", m.from, m.to)
        });
        let stance = latest.map_or("", |p| &*p.stance);
        let _ = writeln!(out, "- **{}** {stance}{moved}", side.side);
        for position in side.positions.iter().rev() {
            out.push_str(&holding(position));
        }
    }
    out.push('\n');
    out
}

fn holding(position: &Holding) -> String {
    let condition = position.condition.as_ref().map_or_else(String::new, |c| format!(", {}", on_condition(c)));
    let day = position.day.as_deref().unwrap_or("");
    format!("  - {day} {}: {}{condition}\n  {}", position.holders.join(" + "), position.stance, cite(&position.cite))
}

fn on_condition(condition: &str) -> String {
    format!("on condition: {}", condition.trim().trim_end_matches('.'))
}

fn offer(offer: &Offer) -> String {
    let place = offer.place.as_ref().map_or_else(String::new, |place| format!(", {place}"));
    let condition = offer.condition.as_ref().map_or_else(String::new, |c| format!(", {}", on_condition(c)));
    let mut out = format!(
        "**{}** ({}) on {}{}{place}{condition}: **{}**\n",
        offer.by,
        offer.holders.join(" + "),
        offer.issue,
        days(&offer.day),
        offer.fate
    );
    offer.cites.iter().for_each(|c| out.push_str(&cite(c)));
    if let Some(answer) = &offer.answer {
        if let Some(ground) = &offer.ground {
            let _ = writeln!(out, "  - ground: {ground}");
        }
        let _ = write!(out, "  - answer:\n  {}", cite(answer));
    }
    out
}

fn commitment(commitment: &Commitment) -> String {
    let document = commitment.document.as_ref().map_or_else(String::new, |d| format!(", in the {d}"));
    let condition = commitment.condition.as_ref().map_or_else(String::new, |c| format!(", {}", on_condition(c)));
    let mut out = format!("**{}**{}{document}{condition}\n", commitment.by.join(" + "), days(&commitment.day));
    commitment.cites.iter().for_each(|c| out.push_str(&cite(c)));
    out
}

fn is_to_come(meeting: &MeetingLine, last: &str) -> bool {
    let open = matches!(&*meeting.status, "planned" | "proposed" | "demanded" | "possible" | "conditional");
    let latest = meeting.cites.iter().any(|cite| cite.date.as_deref() == Some(last));
    open && meeting.day.as_ref().map_or(latest, |(_, to)| to.as_str() >= last)
}

fn meeting(meeting: &MeetingLine) -> String {
    let number = meeting.ordinal.map_or_else(String::new, |n| format!(", number {n}"));
    let place = meeting.place.as_ref().map_or_else(String::new, |place| format!(", {place}"));
    let mut out = format!(
        "**{}**{number}: {}{}{place} ({})\n",
        capitalized(&meeting.kind),
        meeting.parties.join(", "),
        days(&meeting.day),
        meeting.status
    );
    meeting.cites.iter().for_each(|c| out.push_str(&cite(c)));
    out
}

fn document(document: &DocumentLine) -> String {
    let year = document.year.map_or_else(String::new, |year| format!(", {year}"));
    let parties =
        if document.parties.is_empty() { String::new() } else { format!(" ({})", document.parties.join(", ")) };
    let unsigned = matches!(document.stage.as_deref(), Some("proposed" | "under negotiation" | "agreed"));
    let stage = document
        .stage
        .as_ref()
        .map_or_else(String::new, |stage| format!(": **{stage}{}**", if unsigned { ", not signed" } else { "" }));
    let mut out = format!("{}{year}{parties}{stage}\n", capitalized(&document.name));
    for line in &document.stages {
        let _ = write!(out, "  - {}\n  {}", line.stage, cite(&line.cite));
    }
    for term in &document.terms {
        let _ = write!(out, "  - lays down\n  {}", cite(term));
    }
    out
}

fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + letters.as_str())
}
