-- Who works with the console, what they are signed in with, and what they did.

CREATE TABLE staff_user (
	id INTEGER PRIMARY KEY AUTOINCREMENT, -- the audit log names it for good
	login TEXT NOT NULL UNIQUE,
	name TEXT NOT NULL,
	roles INTEGER NOT NULL, -- bits, see include/store_staff.h
	disabled INTEGER NOT NULL,
	hash TEXT NOT NULL, -- Argon2id
	totp TEXT NOT NULL, -- secret in base32, '': no second factor
	totp_step INTEGER NOT NULL, -- of the last code that was taken
	created_ms INTEGER NOT NULL,
	seen_ms INTEGER NOT NULL -- last signed in, 0: never
);

-- The token is in the browser only; who reads this file gets into no session.
CREATE TABLE staff_session (
	token_hash TEXT PRIMARY KEY,
	user_id INTEGER NOT NULL REFERENCES staff_user (id),
	created_ms INTEGER NOT NULL,
	seen_ms INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX staff_session_user ON staff_session (user_id);

CREATE TABLE audit (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	at_ms INTEGER NOT NULL,
	user_id INTEGER NOT NULL, -- 0: the command line
	login TEXT NOT NULL, -- as it was then
	action TEXT NOT NULL,
	subject TEXT NOT NULL,
	before TEXT NOT NULL, -- JSON, or ''
	after TEXT NOT NULL, -- JSON, or ''
	why TEXT NOT NULL
);

-- A log is only added to.
CREATE TRIGGER audit_keep_rows BEFORE DELETE ON audit
BEGIN
	SELECT RAISE(ABORT, 'the audit log is only added to');
END;
CREATE TRIGGER audit_keep_words BEFORE UPDATE ON audit
BEGIN
	SELECT RAISE(ABORT, 'the audit log is only added to');
END;
