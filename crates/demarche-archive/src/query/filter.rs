//! What is asked, as conditions of SQL.

use rusqlite::ToSql;

/// Which events are asked for; what is left empty is not asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// States that must all take part, by ISO 3166-1 alpha-3.
    pub between: Vec<String>,
    /// A party: part of its name, its country's three letters or a sector.
    pub actor: Option<String>,
    /// A party by its whole name.
    pub named: Option<String>,
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
    /// Words of the story, all of them; with operators, quotation marks or stars in the syntax of FTS5.
    pub text: Option<String>,
    /// Leaves out what stories look back on.
    pub no_historic: bool,
    /// Of what several stories tell of, only the telling that came first.
    pub linked: bool,
}

/// Every name once, by jumps through the index of names.
pub(super) const NAMES: &str = "WITH RECURSIVE n (name) AS (SELECT min(name) FROM parties UNION ALL
     SELECT (SELECT min(p.name) FROM parties p WHERE p.name > n.name) FROM n WHERE n.name IS NOT NULL) SELECT name FROM n WHERE name IS NOT NULL";

/// Words as FTS5 takes them. Where nothing shows that they are in its syntax each is quoted, or `U.S.` and `peace-treaty` would be errors.
pub(super) fn words(text: &str) -> String {
    let operator = |word: &str| matches!(word, "AND" | "OR" | "NOT");
    if text.contains(['"', '*', '(', ')', '^', ':', '+']) || text.split_whitespace().any(operator) {
        return text.to_owned();
    }
    let plain = text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric));
    plain.map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(" ")
}

/// Whether a state takes part in an event; the plus keeps SQLite from going through all that the state takes part in.
pub(super) fn takes_part(event: &str, code: &str) -> String {
    format!("EXISTS (SELECT 1 FROM parties q WHERE q.event = {event} AND +q.country = {code})")
}

/// Conditions with the values that they ask for.
#[derive(Default)]
pub(super) struct Where {
    pub(super) conditions: Vec<String>,
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
        out.between(filter);
        if let Some(actor) = &filter.actor {
            out.actor(actor);
        }
        if let Some(name) = &filter.named {
            out.add("e.id IN (SELECT event FROM parties WHERE name = ?)", name.clone());
        }
        out.rest(filter)
    }

    /// What is asked beside the states that take part.
    pub(super) fn rest(mut self, filter: &Filter) -> Self {
        let out = &mut self;
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
            out.add("e.story IN (SELECT rowid FROM texts WHERE texts MATCH ?)", words(text));
        }
        if filter.no_historic {
            out.conditions.push("NOT e.historic".to_owned());
        }
        if filter.linked {
            out.conditions.push("e.id = e.occurrence".to_owned());
        }
        self
    }

    /// A party by its country or sector, or by a part of its name: few names are many parties, so the names are found first.
    pub(super) fn actor(&mut self, actor: &str) {
        let code = actor.len() == 3 && actor.bytes().all(|b| b.is_ascii_uppercase());
        if code {
            let either = "p.country = ? OR ' ' || p.sectors || ' ' LIKE '% ' || ? || ' %'";
            self.add(
                &format!("EXISTS (SELECT 1 FROM parties p WHERE p.event = e.id AND ({either}))"),
                actor.to_owned(),
            );
        } else {
            let named = format!("SELECT name FROM ({NAMES}) WHERE name LIKE '%' || ? || '%'");
            self.add(&format!("e.id IN (SELECT event FROM parties WHERE name IN ({named}))"), actor.to_owned());
        }
    }

    /// States that all take part: of one, a range of days among its parties; of two, one among the pairs; each event is asked for others.
    fn between(&mut self, filter: &Filter) {
        let mut states = filter.between.clone();
        states.sort();
        states.dedup();
        let mut values = |value: &String| {
            self.values.push(Box::new(value.clone()));
            format!("?{}", self.values.len())
        };
        let mut inner = match &states[..] {
            [] => return,
            [only] => format!("SELECT p.event FROM parties p WHERE p.country = {}", values(only)),
            [one, other, ..] => {
                format!("SELECT p.event FROM pairs p WHERE p.one = {} AND p.other = {}", values(one), values(other))
            }
        };
        if let Some(until) = &filter.until {
            inner += &format!(" AND p.from_day <= {}", values(until));
        }
        if let Some(since) = &filter.since {
            inner += &format!(" AND p.to_day >= {}", values(since));
        }
        let others: Vec<String> = states.iter().skip(2).map(|code| takes_part("p.event", &values(code))).collect();
        inner.extend(others.iter().map(|other| format!(" AND {other}")));
        self.conditions.push(format!("e.id IN ({inner})"));
    }

    /// Events behind a place in the order of some columns, the latest first.
    pub(super) fn behind(&mut self, by: &str, first: &str, last: &str, id: i64) {
        self.values.extend([Box::new(first.to_owned()) as Box<dyn ToSql>, Box::new(last.to_owned()), Box::new(id)]);
        let n = self.values.len();
        self.conditions.push(format!("({by}) < (?{}, ?{}, ?{n})", n - 2, n - 1));
    }

    /// Stories behind one in the order of day and number, the latest first; those without a day come last.
    pub(super) fn before(&mut self, day: &str, id: i64) {
        if day.is_empty() {
            return self.add("(s.date IS NULL AND s.id < ?)", id);
        }
        self.values.extend([Box::new(day.to_owned()) as Box<dyn ToSql>, Box::new(id)]);
        let n = self.values.len();
        self.conditions.push(format!("((s.date, s.id) < (?{}, ?{n}) OR s.date IS NULL)", n - 1));
    }

    pub(super) fn clause(&self) -> String {
        if self.conditions.is_empty() { String::new() } else { format!("WHERE {}", self.conditions.join(" AND ")) }
    }
}
