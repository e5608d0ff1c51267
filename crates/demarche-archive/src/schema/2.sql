-- Where a story was published: by whoever had it first, and by those who reprinted it, to the letter or edited.
CREATE TABLE carriers (
    id INTEGER PRIMARY KEY,
    story INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    url TEXT UNIQUE,
    hash BLOB NOT NULL,
    title TEXT,
    date TEXT,
    publisher TEXT,
    -- The share of words in common with the story's text, 0 to 1.
    likeness REAL NOT NULL
);
CREATE INDEX carriers_by_story ON carriers (story);
CREATE INDEX carriers_by_hash ON carriers (hash);
INSERT INTO carriers (story, name, url, hash, title, date, publisher, likeness)
    SELECT id, name, url, hash, title, date, publisher, 1 FROM stories;
-- By what reprints are found: the least hashes of a text's runs of words, and these in bands, of which copies share one.
CREATE TABLE signatures (
    story INTEGER PRIMARY KEY REFERENCES stories (id) ON DELETE CASCADE,
    runs INTEGER NOT NULL,
    least BLOB NOT NULL
);
CREATE TABLE bands (
    band INTEGER NOT NULL,
    story INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    PRIMARY KEY (band, story)
) WITHOUT ROWID;
-- By which program and tables a story was coded; what has another is coded again by `recode`.
ALTER TABLE stories ADD COLUMN edition TEXT NOT NULL DEFAULT '';
-- What happened once and several stories tell of: the least number of the events that do.
ALTER TABLE events ADD COLUMN occurrence INTEGER NOT NULL DEFAULT 0;
UPDATE events SET occurrence = id;
CREATE INDEX events_by_occurrence ON events (occurrence);
DROP INDEX events_by_type;
CREATE INDEX events_by_type ON events (type, from_day, to_day);
CREATE INDEX events_of_days ON events (type, to_day, from_day) WHERE from_day <> to_day;
CREATE TABLE links (
    event INTEGER NOT NULL REFERENCES events (id) ON DELETE CASCADE,
    other INTEGER NOT NULL REFERENCES events (id) ON DELETE CASCADE,
    likeness REAL NOT NULL,
    why TEXT NOT NULL,
    PRIMARY KEY (event, other)
) WITHOUT ROWID;
CREATE INDEX links_by_other ON links (other);
-- The days of an event stand with its parties too: a year of two states is then one range of one index.
ALTER TABLE parties ADD COLUMN from_day TEXT;
ALTER TABLE parties ADD COLUMN to_day TEXT;
UPDATE parties SET (from_day, to_day) = (SELECT from_day, to_day FROM events WHERE id = event);
DROP INDEX parties_by_country;
CREATE INDEX parties_by_country ON parties (country, from_day, to_day, event);
-- Feeds, and by what their servers know the state that was last read.
CREATE TABLE feeds (
    url TEXT PRIMARY KEY,
    etag TEXT,
    modified TEXT
) WITHOUT ROWID;
