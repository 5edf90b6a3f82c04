/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Groups of open questions.  An index of grouped questions is only used where
 * it is said that group_id is above 0. */

/* clang-format off */

#define REVIEW_NEXT_EDIT \
    "(SELECT coalesce(max(changed), 0) + 1 FROM review_group)"

/* ---- the sorter ---- */

STATEMENT(STAFF, REVIEW_PENDING,
    "SELECT id, text, candidates FROM question "
    "WHERE group_id = 0 AND text <> '' AND "
    "(decision = 'unanswered' OR label = 'declined' OR label = 'disputed') "
    "ORDER BY id LIMIT ?1")
STATEMENT(STAFF, REVIEW_EDITS,
    "SELECT changed, id, state IN (0, 2) FROM review_group "
    "WHERE changed > ?1 ORDER BY changed LIMIT ?2")
STATEMENT(STAFF, REVIEW_ITEMS,
    "SELECT id, text, candidates FROM question "
    "WHERE group_id = ?1 AND group_id > 0 AND text <> '' "
    "ORDER BY id LIMIT ?2")
STATEMENT(WRITER, REVIEW_ASKED,
    "SELECT q.group_id, q.text <> '', q.citizen_id, q.at_ms, a.channel "
    "FROM question q JOIN citizen c ON c.id = q.citizen_id "
    "JOIN account a ON a.id = c.account_id WHERE q.id = ?1")
STATEMENT(WRITER, REVIEW_BESIDE,
    "SELECT g.id FROM question q JOIN review_group g ON g.id = q.group_id "
    "WHERE q.id = ?1 AND g.state IN (0, 2)")
STATEMENT(WRITER, REVIEW_FOUND,
    "INSERT INTO review_group (state, version, changed, representative, "
    "words, nearest, questions, citizens, first_ms, last_ms, channels, entry, "
    "merged_into, assignee, department, due_ms) VALUES (0, 1, "
    REVIEW_NEXT_EDIT ", ?1, '', '', 0, 0, ?2, ?2, ' ', '', 0, 0, '', 0)")
/* Before the question enters. */
STATEMENT(WRITER, REVIEW_JOIN,
    "UPDATE review_group SET questions = questions + 1, "
    "citizens = citizens + NOT EXISTS (SELECT 1 FROM question q "
    "WHERE q.group_id = ?1 AND q.group_id > 0 AND q.citizen_id = ?2), "
    "first_ms = min(first_ms, ?3), last_ms = max(last_ms, ?3), "
    "channels = channels || CASE WHEN instr(channels, ' ' || ?4 || ' ') > 0 "
    "THEN '' ELSE ?4 || ' ' END WHERE id = ?1")
STATEMENT(WRITER, REVIEW_ENTER,
    "UPDATE question SET group_id = ?2 WHERE id = ?1")
STATEMENT(WRITER, REVIEW_NAME,
    "UPDATE review_group SET representative = ?2, words = ?3, nearest = ?4 "
    "WHERE id = ?1 AND EXISTS (SELECT 1 FROM question q "
    "WHERE q.id = ?2 AND q.group_id = ?1 AND q.text <> '')")

/* ---- reading ---- */

/* ?1 state, ?2 to ?5 words, ?6 channel, ?7 entries, ?8 assignee, ?9 nobody,
 * ?10 department, ?11 due before */
#define REVIEW_FILTER \
    "g.state = ?1 AND instr(g.words, ?2) > 0 AND instr(g.words, ?3) > 0 " \
    "AND instr(g.words, ?4) > 0 AND instr(g.words, ?5) > 0 " \
    "AND instr(g.channels, ?6) > 0 " \
    "AND (?7 = '' OR instr(?7, ' ' || g.nearest || ' ') > 0) " \
    "AND (?8 = 0 OR g.assignee = ?8) " \
    "AND (?9 = 0 OR g.assignee = 0 AND g.department = '') " \
    "AND (?10 = '' OR g.department = ?10) " \
    "AND (?11 = 0 OR g.due_ms > 0 AND g.due_ms < ?11)"
#define REVIEW_COLUMNS \
    "g.id, g.state, g.version, g.questions, g.citizens, g.first_ms, " \
    "g.last_ms, coalesce(w.recent, 0), coalesce(w.earlier, 0), " \
    "g.merged_into, g.assignee, g.due_ms, coalesce(q.text, ''), g.nearest, " \
    "g.channels, g.entry, g.department"

/* ?12 since when is recent, ?13 as long before, ?14 order, ?15 how many,
 * ?16 from which on.  The plus keeps SQLite from walking over all grouped
 * questions, in the order of their groups, instead of the few recent ones. */
STATEMENT(STAFF, REVIEW_LIST,
    "SELECT " REVIEW_COLUMNS " FROM review_group g "
    "LEFT JOIN (SELECT group_id, sum(at_ms >= ?12) AS recent, "
    "sum(at_ms < ?12) AS earlier FROM question "
    "WHERE group_id > 0 AND at_ms >= ?13 GROUP BY +group_id) w "
    "ON w.group_id = g.id "
    "LEFT JOIN question q ON q.id = g.representative "
    "WHERE " REVIEW_FILTER " ORDER BY CASE ?14 "
    "WHEN 1 THEN coalesce(w.recent, 0) - coalesce(w.earlier, 0) "
    "WHEN 2 THEN g.last_ms "
    "WHEN 3 THEN -(CASE g.due_ms WHEN 0 THEN 9000000000000000 "
    "ELSE g.due_ms END) ELSE g.questions END DESC, g.id LIMIT ?15 OFFSET ?16")
STATEMENT(STAFF, REVIEW_TOTAL,
    "SELECT count(*) FROM review_group g WHERE " REVIEW_FILTER)
STATEMENT(STAFF, REVIEW_GROUP,
    "SELECT " REVIEW_COLUMNS ", EXISTS (SELECT 1 FROM review_action a "
    "JOIN review_before b ON b.action_id = a.id AND b.group_id = g.id "
    "WHERE a.group_id = g.id AND b.version = g.version) "
    "FROM review_group g LEFT JOIN (SELECT ?1 AS group_id, "
    "sum(at_ms >= ?2) AS recent, sum(at_ms < ?2) AS earlier FROM question "
    "WHERE group_id = ?1 AND group_id > 0 AND at_ms >= ?3) w "
    "ON w.group_id = g.id "
    "LEFT JOIN question q ON q.id = g.representative WHERE g.id = ?1")
STATEMENT(STAFF, REVIEW_QUESTIONS,
    "SELECT q.id, q.at_ms, a.channel, q.confidence, q.decision, q.entry, "
    "q.base, q.candidates, q.text, q.label, q.chosen FROM question q "
    "JOIN citizen c ON c.id = q.citizen_id "
    "JOIN account a ON a.id = c.account_id "
    "WHERE q.group_id = ?1 AND q.group_id > 0 AND q.id < ?2 "
    "ORDER BY q.id DESC LIMIT ?3")
STATEMENT(STAFF, REVIEW_DISMISSED,
    "SELECT q.text FROM review_group g JOIN question q "
    "ON q.id = g.representative WHERE g.state = 2 AND q.text <> '' "
    "ORDER BY g.id DESC LIMIT ?1")

/* ---- what staff do ---- */

STATEMENT(WRITER, REVIEW_HOLD,
    "SELECT version, state, merged_into, assignee, due_ms, questions, entry, "
    "department FROM review_group WHERE id = ?1")
STATEMENT(WRITER, REVIEW_SET,
    "UPDATE review_group SET version = version + 1, changed = "
    REVIEW_NEXT_EDIT ", state = ?2, merged_into = ?3, assignee = ?4, "
    "due_ms = ?5, entry = ?6, department = ?7 WHERE id = ?1")
/* After questions came or went. */
STATEMENT(WRITER, REVIEW_RECOUNT,
    "UPDATE review_group SET (questions, citizens, first_ms, last_ms, "
    "channels) = (SELECT count(*), count(DISTINCT q.citizen_id), "
    "coalesce(min(q.at_ms), 0), coalesce(max(q.at_ms), 0), "
    "coalesce(' ' || replace(group_concat(DISTINCT a.channel), ',', ' ') "
    "|| ' ', ' ') FROM question q JOIN citizen c ON c.id = q.citizen_id "
    "JOIN account a ON a.id = c.account_id "
    "WHERE q.group_id = ?1 AND q.group_id > 0) WHERE id = ?1")
/* A representative that has gone is replaced by the newest one with a text;
 * the sorter chooses better, and finds the words. */
STATEMENT(WRITER, REVIEW_RENAME,
    "UPDATE review_group SET words = '', representative = coalesce("
    "(SELECT max(q.id) FROM question q WHERE q.group_id = ?1 "
    "AND q.group_id > 0 AND q.text <> ''), 0) WHERE id = ?1 "
    "AND NOT EXISTS (SELECT 1 FROM question q "
    "WHERE q.id = representative AND q.group_id = ?1)")
STATEMENT(WRITER, REVIEW_ENTER_ALL,
    "UPDATE question SET group_id = ?2 "
    "WHERE group_id = ?1 AND group_id > 0")
STATEMENT(WRITER, REVIEW_LEAVE,
    "UPDATE question SET group_id = ?3 WHERE id = ?1 AND group_id = ?2")

/* What came before can no longer be undone. */
STATEMENT(WRITER, REVIEW_FORGET_MOVED,
    "DELETE FROM review_moved WHERE action_id IN "
    "(SELECT id FROM review_action WHERE group_id = ?1)")
STATEMENT(WRITER, REVIEW_FORGET_BEFORE,
    "DELETE FROM review_before WHERE action_id IN "
    "(SELECT id FROM review_action WHERE group_id = ?1)")
STATEMENT(WRITER, REVIEW_FORGET_ACTION,
    "DELETE FROM review_action WHERE group_id = ?1")
STATEMENT(WRITER, REVIEW_ACT,
    "INSERT INTO review_action (group_id) VALUES (?1)")
STATEMENT(WRITER, REVIEW_KEEP_BEFORE,
    "INSERT INTO review_before (action_id, group_id, version, state, "
    "merged_into, assignee, due_ms, entry, department) SELECT ?1, id, "
    "version + 1, state, merged_into, assignee, due_ms, entry, department "
    "FROM review_group WHERE id = ?2")
STATEMENT(WRITER, REVIEW_KEEP_NEW,
    "INSERT INTO review_before (action_id, group_id, version, state, "
    "merged_into, assignee, due_ms, entry, department) "
    "VALUES (?1, ?2, 1, 3, ?3, 0, 0, '', '')")
STATEMENT(WRITER, REVIEW_KEEP_MOVED,
    "INSERT INTO review_moved (action_id, question_id, group_id) "
    "VALUES (?1, ?2, ?3)")
STATEMENT(WRITER, REVIEW_KEEP_ALL_MOVED,
    "INSERT INTO review_moved (action_id, question_id, group_id) "
    "SELECT ?1, id, group_id FROM question "
    "WHERE group_id = ?2 AND group_id > 0")

STATEMENT(WRITER, REVIEW_LAST_ACTION,
    "SELECT id FROM review_action WHERE group_id = ?1")
STATEMENT(WRITER, REVIEW_TOUCHED,
    "SELECT b.group_id, b.version = g.version FROM review_before b "
    "JOIN review_group g ON g.id = b.group_id WHERE b.action_id = ?1 "
    "ORDER BY b.group_id LIMIT 3")
STATEMENT(WRITER, REVIEW_PUT_BACK,
    "UPDATE review_group SET version = version + 1, changed = "
    REVIEW_NEXT_EDIT ", (state, merged_into, assignee, due_ms, entry, "
    "department) = (SELECT b.state, b.merged_into, b.assignee, b.due_ms, "
    "b.entry, b.department FROM review_before b "
    "WHERE b.action_id = ?1 AND b.group_id = ?2) WHERE id = ?2")
STATEMENT(WRITER, REVIEW_MOVE_BACK,
    "UPDATE question SET group_id = (SELECT m.group_id FROM review_moved m "
    "WHERE m.action_id = ?1 AND m.question_id = question.id) "
    "WHERE id IN (SELECT question_id FROM review_moved WHERE action_id = ?1)")

/* ---- views ---- */

STATEMENT(STAFF, REVIEW_VIEWS,
    "SELECT name, query FROM review_view WHERE user_id = ?1 ORDER BY name")
STATEMENT(WRITER, REVIEW_COUNT_VIEWS,
    "SELECT count(*) FROM review_view WHERE user_id = ?1 AND name <> ?2")
STATEMENT(WRITER, REVIEW_KEEP_VIEW,
    "INSERT INTO review_view (user_id, name, query) VALUES (?1, ?2, ?3) "
    "ON CONFLICT (user_id, name) DO UPDATE SET query = excluded.query")
STATEMENT(WRITER, REVIEW_DROP_VIEW,
    "DELETE FROM review_view WHERE user_id = ?1 AND name = ?2")

#undef REVIEW_NEXT_EDIT
#undef REVIEW_FILTER
#undef REVIEW_COLUMNS

/* clang-format on */
