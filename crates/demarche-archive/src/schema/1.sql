-- A story is known by its address and by the hash of its text; both are unique, so none is kept twice.
CREATE TABLE stories (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    url TEXT UNIQUE,
    hash BLOB NOT NULL UNIQUE,
    title TEXT,
    date TEXT,
    publisher TEXT,
    agency TEXT,
    version TEXT NOT NULL,
    record TEXT NOT NULL
);
CREATE TABLE events (
    id INTEGER PRIMARY KEY,
    story INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    number TEXT NOT NULL,
    type TEXT NOT NULL,
    mode TEXT,
    cameo TEXT NOT NULL,
    quad INTEGER NOT NULL,
    score REAL NOT NULL,
    status TEXT NOT NULL,
    from_day TEXT,
    to_day TEXT,
    historic INTEGER NOT NULL,
    place TEXT,
    country TEXT,
    quotation TEXT NOT NULL,
    confidence REAL NOT NULL,
    UNIQUE (story, number)
);
CREATE INDEX events_by_day ON events (from_day, to_day);
CREATE INDEX events_by_type ON events (type);
CREATE TABLE parties (
    event INTEGER NOT NULL REFERENCES events (id) ON DELETE CASCADE,
    role TEXT NOT NULL,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    country TEXT,
    sectors TEXT NOT NULL,
    PRIMARY KEY (event, role, position)
) WITHOUT ROWID;
CREATE INDEX parties_by_country ON parties (country);
CREATE INDEX parties_by_name ON parties (name);
CREATE VIRTUAL TABLE texts USING fts5 (title, body, tokenize = 'unicode61 remove_diacritics 2');
