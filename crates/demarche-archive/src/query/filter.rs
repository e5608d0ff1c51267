//! What is asked, as conditions of SQL.

use rusqlite::ToSql;

/// Which events are asked for; what is left empty is not asked.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// States that must all take part, by ISO 3166-1 alpha-3.
    pub between: Vec<String>,
    /// A party: part of its name, its country's three letters or a sector.
    pub actor: Option<String>,
    /// PLOVER type.
    pub kind: Option<String>,
    /// Status.
    pub status: Option<String>,
    /// Not over before this day, ISO 8601.
    pub since: Option<String>,
    /// Not begun after this day, ISO 8601.
    pub until: Option<String>,
    /// Part of the place's name, or its country's three letters.
    pub place: Option<String>,
    /// Words of the story, in the syntax of FTS5.
    pub text: Option<String>,
    /// Leaves out what stories look back on.
    pub no_historic: bool,
    /// Of what several stories tell of, only the telling that came first.
    pub linked: bool,
}

const PARTY: &str = "EXISTS (SELECT 1 FROM parties p WHERE p.event = e.id AND ";

/// Conditions with the values that they ask for.
#[derive(Default)]
pub(super) struct Where {
    conditions: Vec<String>,
    pub(super) values: Vec<Box<dyn ToSql>>,
}

impl Where {
    /// Adds a condition, in which `?` stands for the value.
    pub(super) fn add(&mut self, condition: &str, value: impl ToSql + 'static) {
        self.values.push(Box::new(value));
        self.conditions.push(condition.replace('?', &format!("?{}", self.values.len())));
    }

    pub(super) fn of(filter: &Filter) -> Self {
        let mut out = Self::default();
        if let Some((first, others)) = filter.between.split_first() {
            out.between(filter, first, others);
        }
        if let Some(actor) = &filter.actor {
            let whole =
                "p.country = ? OR ' ' || p.sectors || ' ' LIKE '% ' || ? || ' %' OR p.name LIKE '%' || ? || '%'";
            out.add(&format!("{PARTY} ({whole}))"), actor.clone());
        }
        if let Some(kind) = &filter.kind {
            out.add("e.type = ?", kind.to_uppercase());
        }
        if let Some(status) = &filter.status {
            out.add("e.status = ?", status.clone());
        }
        if let Some(since) = &filter.since {
            out.add("e.to_day >= ?", since.clone());
        }
        if let Some(until) = &filter.until {
            out.add("e.from_day <= ?", until.clone());
        }
        if let Some(place) = &filter.place {
            out.add("(e.country = ? OR e.place LIKE '%' || ? || '%')", place.clone());
        }
        if let Some(text) = &filter.text {
            out.add("e.story IN (SELECT rowid FROM texts WHERE texts MATCH ?)", text.clone());
        }
        if filter.no_historic {
            out.conditions.push("NOT e.historic".to_owned());
        }
        if filter.linked {
            out.conditions.push("e.id = e.occurrence".to_owned());
        }
        out
    }

    /// States that all take part: a range of days of the first one's index, each event then asked for the others.
    fn between(&mut self, filter: &Filter, first: &str, others: &[String]) {
        let mut values = |value: String| {
            self.values.push(Box::new(value));
            format!("?{}", self.values.len())
        };
        let mut inner = format!("SELECT p.event FROM parties p WHERE p.country = {}", values(first.to_owned()));
        if let Some(until) = &filter.until {
            inner += &format!(" AND p.from_day <= {}", values(until.clone()));
        }
        if let Some(since) = &filter.since {
            inner += &format!(" AND p.to_day >= {}", values(since.clone()));
        }
        for code in others {
            inner += &format!(
                " AND EXISTS (SELECT 1 FROM parties q WHERE q.event = p.event AND q.country = {})",
                values(code.clone())
            );
        }
        self.conditions.push(format!("e.id IN ({inner})"));
    }

    pub(super) fn clause(&self) -> String {
        if self.conditions.is_empty() { String::new() } else { format!("WHERE {}", self.conditions.join(" AND ")) }
    }
}
