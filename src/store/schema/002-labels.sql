-- What citizens say of an answer, on the question that they asked before:
-- label is 'declined' (none of the choices), 'disputed' (the answer is wrong)
-- or ''; chosen is the entry that they picked among choices, or ''.

ALTER TABLE question ADD COLUMN label TEXT NOT NULL DEFAULT '';
ALTER TABLE question ADD COLUMN chosen TEXT NOT NULL DEFAULT '';

-- A declined question is as open as an unanswered one.
DROP INDEX question_unanswered;
CREATE INDEX question_open ON question (id)
	WHERE decision = 'unanswered' OR label = 'declined';
