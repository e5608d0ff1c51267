-- Where events were, so that a map need not open records.
ALTER TABLE events ADD COLUMN lat REAL;
ALTER TABLE events ADD COLUMN lon REAL;
UPDATE events SET (lat, lon) = (
    SELECT json_extract(e.value, '$.place.lat'), json_extract(e.value, '$.place.lon')
    FROM stories s, json_each(s.record, '$.events') e
    WHERE s.id = events.story AND json_extract(e.value, '$.id') = events.number
) WHERE place IS NOT NULL;
-- The latest events of somebody, and the latest stories, are then ends of an index.
DROP INDEX parties_by_name;
CREATE INDEX parties_by_name ON parties (name, from_day, to_day, event);
CREATE INDEX stories_by_day ON stories (date);
CREATE INDEX carriers_by_name ON carriers (name);
CREATE INDEX events_located ON events (from_day, to_day, lat, lon, place, type, quad) WHERE lat IS NOT NULL;
-- The events of two states, in the order of the alphabet, with what is counted of them: a pair is then one range of one index. A day that is not
-- known is empty.
CREATE TABLE pairs (
    one TEXT NOT NULL,
    other TEXT NOT NULL,
    from_day TEXT NOT NULL,
    to_day TEXT NOT NULL,
    event INTEGER NOT NULL REFERENCES events (id) ON DELETE CASCADE,
    quad INTEGER NOT NULL,
    score REAL NOT NULL,
    historic INTEGER NOT NULL,
    PRIMARY KEY (one, other, from_day, to_day, event)
) WITHOUT ROWID;
CREATE INDEX pairs_by_event ON pairs (event);
INSERT OR IGNORE INTO pairs (one, other, from_day, to_day, event, quad, score, historic)
    SELECT a.country, b.country, coalesce(e.from_day, ''), coalesce(e.to_day, ''), e.id, e.quad, e.score, e.historic
    FROM events e JOIN parties a ON a.event = e.id JOIN parties b ON b.event = e.id AND b.country > a.country;
