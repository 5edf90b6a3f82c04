-- Questions that nobody could answer, in groups of the same one.  A group
-- holds no text but the words of its representative, for the search; these go
-- with the text that they are of.

-- 0: in no group, or not yet.
ALTER TABLE question ADD COLUMN group_id INTEGER NOT NULL DEFAULT 0;

-- What is still to be sorted: nearly always next to nothing.
CREATE INDEX question_pending ON question (id)
	WHERE group_id = 0 AND text <> '' AND
	(decision = 'unanswered' OR label = 'declined' OR label = 'disputed');
CREATE INDEX question_group ON question (group_id)
	WHERE group_id > 0;
CREATE INDEX question_group_citizen ON question (group_id, citizen_id)
	WHERE group_id > 0;
CREATE INDEX question_group_at ON question (at_ms, group_id)
	WHERE group_id > 0;

-- state: 0 open, 1 answered, 2 dismissed, 3 merged into another.
CREATE TABLE review_group (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	state INTEGER NOT NULL,
	version INTEGER NOT NULL, -- one more with each change by a person
	changed INTEGER NOT NULL, -- number of the newest edit of its questions
	representative INTEGER NOT NULL, -- question, 0: no text is left
	words TEXT NOT NULL, -- of that question, without marks
	nearest TEXT NOT NULL, -- entry that came nearest
	questions INTEGER NOT NULL,
	citizens INTEGER NOT NULL,
	first_ms INTEGER NOT NULL,
	last_ms INTEGER NOT NULL,
	channels TEXT NOT NULL, -- ' messenger zalo '
	entry TEXT NOT NULL, -- that answers it, or ''
	merged_into INTEGER NOT NULL,
	assignee INTEGER NOT NULL, -- staff_user, 0: nobody
	department TEXT NOT NULL,
	due_ms INTEGER NOT NULL -- 0: no date
);

CREATE INDEX review_group_changed ON review_group (changed);

-- An erased text is nobody's representative.  The sorter looks at the group
-- again, and chooses better than this does.
CREATE TRIGGER review_text_erased AFTER UPDATE OF text ON question
WHEN NEW.text = '' AND OLD.text <> '' AND NEW.group_id > 0
BEGIN
	UPDATE review_group SET
		changed = (SELECT max(changed) + 1 FROM review_group),
		words = CASE WHEN representative = NEW.id THEN ''
			ELSE words END,
		representative = CASE WHEN representative = NEW.id
			THEN coalesce((SELECT max(q.id) FROM question q
				WHERE q.group_id = NEW.group_id
				AND q.group_id > 0 AND q.text <> ''), 0)
			ELSE representative END
	WHERE id = NEW.group_id;
END;

-- What was last done to a group, so that it can be undone: how each group was
-- before that, and where each question was.
CREATE TABLE review_action (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	group_id INTEGER NOT NULL UNIQUE
);

CREATE TABLE review_before (
	action_id INTEGER NOT NULL REFERENCES review_action (id),
	group_id INTEGER NOT NULL,
	version INTEGER NOT NULL, -- after the action
	state INTEGER NOT NULL,
	entry TEXT NOT NULL,
	merged_into INTEGER NOT NULL,
	assignee INTEGER NOT NULL,
	department TEXT NOT NULL,
	due_ms INTEGER NOT NULL,
	PRIMARY KEY (action_id, group_id)
) WITHOUT ROWID;

CREATE TABLE review_moved (
	action_id INTEGER NOT NULL REFERENCES review_action (id),
	question_id INTEGER NOT NULL,
	group_id INTEGER NOT NULL, -- where it was
	PRIMARY KEY (action_id, question_id)
) WITHOUT ROWID;

-- Filters that a person has named.
CREATE TABLE review_view (
	user_id INTEGER NOT NULL REFERENCES staff_user (id),
	name TEXT NOT NULL,
	query TEXT NOT NULL, -- JSON
	PRIMARY KEY (user_id, name)
) WITHOUT ROWID;
