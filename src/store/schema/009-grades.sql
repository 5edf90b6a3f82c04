-- What staff say of the answers that were given, and an index from which all
-- figures over a period are read, so that no table of sums has to be kept.

-- grade: 1 right, 2 partly, 3 wrong, 4 should not have answered.
CREATE TABLE grade (
	question_id INTEGER PRIMARY KEY REFERENCES question (id),
	grade INTEGER NOT NULL,
	login TEXT NOT NULL, -- who said so last; the audit log has the rest
	at_ms INTEGER NOT NULL
);

-- Holds all that is counted.  It grows at its end, so that a turn makes one
-- page dirty that others of its group share.
CREATE INDEX question_figures ON question
	(at_ms, decision, label, entry, chosen, citizen_id);

CREATE INDEX told_at ON told (at_ms, question_id);
