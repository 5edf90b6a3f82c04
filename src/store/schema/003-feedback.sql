-- words is what a citizen says of an answer, in their own words, or ''.
-- messages are the keys of further messages whose text is in the row: those
-- that were joined to one question, and the words; each with a space behind.

ALTER TABLE question ADD COLUMN words TEXT NOT NULL DEFAULT '';
ALTER TABLE question ADD COLUMN messages TEXT NOT NULL DEFAULT '';
