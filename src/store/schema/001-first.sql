-- The first schema.  Times are milliseconds since 1970.  Rows are small and
-- indexes few, because every turn pays for each page that it makes dirty.

CREATE TABLE meta (
	name TEXT PRIMARY KEY,
	value TEXT NOT NULL
);

-- A page or an OA of a channel.
CREATE TABLE account (
	id INTEGER PRIMARY KEY,
	channel TEXT NOT NULL,
	name TEXT NOT NULL,
	UNIQUE (channel, name)
);

-- channel_user is NULL once the person is forgotten: the row stays, so that
-- what they asked still counts, and leads to nobody.
CREATE TABLE citizen (
	id INTEGER PRIMARY KEY,
	account_id INTEGER NOT NULL REFERENCES account (id),
	last_question INTEGER NOT NULL, -- head of their chain, 0: none
	seen_ms INTEGER NOT NULL,
	forget INTEGER NOT NULL, -- 1: forget them once the reply has arrived
	channel_user TEXT,
	conversation TEXT NOT NULL,
	state TEXT NOT NULL,
	UNIQUE (account_id, channel_user)
);

-- Dedup marks.  The key is a keyed hash of account and dedup id: a unique
-- index over the ids themselves halved the turns per second.
CREATE TABLE seen (
	key INTEGER PRIMARY KEY,
	at_ms INTEGER NOT NULL
);

-- The question log.  Each row points to the question that the same citizen
-- asked before: their questions are found without an index.
CREATE TABLE question (
	id INTEGER PRIMARY KEY,
	citizen_id INTEGER NOT NULL REFERENCES citizen (id),
	previous INTEGER NOT NULL, -- 0: their first
	at_ms INTEGER NOT NULL,
	message_key INTEGER NOT NULL, -- of the dedup id, 0: none
	confidence REAL NOT NULL,
	decision TEXT NOT NULL,
	entry TEXT NOT NULL,
	base TEXT NOT NULL,
	candidates TEXT NOT NULL,
	text TEXT NOT NULL -- '' once erased
);

CREATE INDEX question_unanswered ON question (id)
	WHERE decision = 'unanswered';
CREATE INDEX question_text ON question (at_ms)
	WHERE text <> '';

-- state: 0 queued, 1 delivered, 2 parked, 3 erased.  reply is NULL as soon as
-- nobody can ask for it any more.  Ids are never used twice: a page that
-- fetches its replies counts on it, and so does an echo.
CREATE TABLE outbox (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	account_id INTEGER NOT NULL REFERENCES account (id),
	citizen_id INTEGER NOT NULL REFERENCES citizen (id),
	question_id INTEGER NOT NULL, -- 0: answers no question
	state INTEGER NOT NULL,
	due_ms INTEGER NOT NULL,
	created_ms INTEGER NOT NULL,
	attempts INTEGER NOT NULL,
	parts_done INTEGER NOT NULL,
	plain INTEGER NOT NULL,
	reason TEXT NOT NULL,
	reply TEXT
);

CREATE INDEX outbox_queued ON outbox (account_id, due_ms, id)
	WHERE state = 0;
CREATE INDEX outbox_kept ON outbox (citizen_id, state, id)
	WHERE reply IS NOT NULL;

-- Tokens that are refreshed.  access is NULL before the first save: a lock
-- may come earlier.
CREATE TABLE token (
	channel TEXT NOT NULL,
	account TEXT NOT NULL,
	access TEXT,
	refresh TEXT NOT NULL DEFAULT '',
	expires_ms INTEGER NOT NULL DEFAULT 0,
	dead INTEGER NOT NULL DEFAULT 0,
	owner TEXT NOT NULL DEFAULT '',
	locked_until_ms INTEGER NOT NULL DEFAULT 0,
	PRIMARY KEY (channel, account)
);
