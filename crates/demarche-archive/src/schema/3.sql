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
