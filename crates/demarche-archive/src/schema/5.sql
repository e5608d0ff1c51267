-- The states whose people a story names: a dossier is also made of what they say in stories that tell of no event between them.
CREATE TABLE named (
    country TEXT NOT NULL,
    story INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    PRIMARY KEY (country, story)
) WITHOUT ROWID;
CREATE INDEX named_by_story ON named (story);
INSERT OR IGNORE INTO named (country, story)
    SELECT json_extract(e.value, '$.country'), s.id FROM stories s, json_each(s.record, '$.entities') e
    WHERE json_extract(e.value, '$.country') IS NOT NULL;
INSERT OR IGNORE INTO named (country, story)
    SELECT p.country, e.story FROM parties p JOIN events e ON e.id = p.event WHERE p.country IS NOT NULL;
