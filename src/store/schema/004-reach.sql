-- When citizens can be written to, what staff write to them, and what is put
-- before answers or in their place.

-- The citizen's last message; the last thing they did that opens the
-- platform's window; replies since then; 1: they have unfollowed.
ALTER TABLE citizen ADD COLUMN heard_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE citizen ADD COLUMN renewed_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE citizen ADD COLUMN replies INTEGER NOT NULL DEFAULT 0;
ALTER TABLE citizen ADD COLUMN gone INTEGER NOT NULL DEFAULT 0;
UPDATE citizen SET heard_ms = seen_ms, renewed_ms = seen_ms;

-- human: a person's act.  paid: that person agreed that it may be billed.
-- state 4: discarded by a person.
ALTER TABLE outbox ADD COLUMN human INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN paid INTEGER NOT NULL DEFAULT 0;
CREATE INDEX outbox_parked ON outbox (id)
	WHERE state = 2 AND reply IS NOT NULL;

-- Questions that staff have answered later, each once.
CREATE TABLE told (
	question_id INTEGER PRIMARY KEY REFERENCES question (id),
	delivery_id INTEGER NOT NULL,
	at_ms INTEGER NOT NULL,
	entry TEXT NOT NULL -- of the FAQ base, '': words of their own
);
CREATE INDEX told_delivery ON told (delivery_id);

CREATE TABLE notice (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	from_ms INTEGER NOT NULL,
	until_ms INTEGER NOT NULL, -- up to and without
	topics TEXT NOT NULL, -- split by spaces, '': all
	text TEXT NOT NULL
);

-- Channels on which the bot is switched off.
CREATE TABLE channel_off (
	channel TEXT PRIMARY KEY,
	since_ms INTEGER NOT NULL,
	text TEXT NOT NULL, -- said instead of an answer
	reason TEXT NOT NULL -- for staff
);
