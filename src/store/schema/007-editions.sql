-- Revisions of FAQ entries.  number counts from 1 for each entry; base is the
-- number that it was edited from (0: the files); version grows with every
-- change of the row.  state: 0 draft, 1 in review, 2 published, 3 rejected,
-- 4 rolled back, 5 withdrawn.  The newest published one is in force.

CREATE TABLE revision (
	id INTEGER PRIMARY KEY,
	entry TEXT NOT NULL,
	number INTEGER NOT NULL,
	version INTEGER NOT NULL,
	state INTEGER NOT NULL,
	base INTEGER NOT NULL,
	topic TEXT NOT NULL,
	topic_title TEXT NOT NULL,
	json TEXT NOT NULL,
	file_hash TEXT NOT NULL, -- of what the files said when it was published
	author INTEGER NOT NULL,
	author_login TEXT NOT NULL,
	written_ms INTEGER NOT NULL,
	why TEXT NOT NULL,
	decider INTEGER NOT NULL DEFAULT 0,
	decider_login TEXT NOT NULL DEFAULT '',
	decided_ms INTEGER NOT NULL DEFAULT 0, -- 0: not yet
	decided_why TEXT NOT NULL DEFAULT '',
	UNIQUE (entry, number)
);

CREATE UNIQUE INDEX revision_open ON revision (entry) WHERE state IN (0, 1);
CREATE INDEX revision_published ON revision (entry, number) WHERE state = 2;

-- Grows whenever what is in force changes.
INSERT INTO meta (name, value) VALUES ('edition', '0');
