-- A text is known by its words and its day: the same words of another day are another story.
UPDATE stories SET hash = dated(hash, coalesce(date, ''));
UPDATE carriers SET hash = dated(hash, coalesce(date, ''));
-- Whether an event counts where no status is shown beside it (`counted.rs`).
ALTER TABLE pairs ADD COLUMN counted INTEGER NOT NULL DEFAULT 1;
UPDATE pairs SET counted = (
    SELECT e.status IN ('happened', 'ongoing') OR (e.status IN ('planned', 'proposed', 'demanded', 'threatened') AND e.quad % 2 = 1)
    FROM events e WHERE e.id = pairs.event
);
