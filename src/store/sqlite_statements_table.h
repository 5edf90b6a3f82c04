/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Every statement, by the connection that runs it: the writer's, the sender's
 * (claims and fetches) or the staff's (all other reads).  Included where
 * STATEMENT(connection, name, sql) is defined. */

/* clang-format off */

/* ---- the transaction ---- */

STATEMENT(WRITER, BEGIN, "BEGIN IMMEDIATE")
STATEMENT(WRITER, COMMIT, "COMMIT")
STATEMENT(WRITER, ROLLBACK, "ROLLBACK")
STATEMENT(WRITER, PART_BEGIN, "SAVEPOINT part")
STATEMENT(WRITER, PART_KEEP, "RELEASE part")
STATEMENT(WRITER, PART_UNDO, "ROLLBACK TO part")

/* ---- a turn ---- */

STATEMENT(WRITER, ACCOUNT_ADD,
    "INSERT INTO account (channel, name) VALUES (?1, ?2) "
    "ON CONFLICT DO NOTHING")
STATEMENT(WRITER, ACCOUNT_FIND,
    "SELECT id FROM account WHERE channel = ?1 AND name = ?2")
STATEMENT(WRITER, SEEN_ADD,
    "INSERT INTO seen (key, at_ms) VALUES (?1, ?2) ON CONFLICT DO NOTHING")
STATEMENT(WRITER, CITIZEN_FIND,
    "SELECT id, last_question, seen_ms, conversation, state, heard_ms, "
    "renewed_ms, replies, gone FROM citizen "
    "WHERE account_id = ?1 AND channel_user = ?2")
STATEMENT(WRITER, CITIZEN_ADD,
    "INSERT INTO citizen (account_id, last_question, seen_ms, forget, "
    "channel_user, conversation, state, heard_ms, renewed_ms) "
    "VALUES (?1, 0, ?2, ?3, ?4, ?5, '', ?6, ?7)")
STATEMENT(WRITER, CITIZEN_CHANGE,
    "UPDATE citizen SET last_question = ?2, seen_ms = ?3, forget = 0, "
    "conversation = ?4, state = ?5, heard_ms = ?6, renewed_ms = ?7, "
    "replies = ?8, gone = ?9 WHERE id = ?1")
STATEMENT(WRITER, QUESTION_ADD,
    "INSERT INTO question (citizen_id, previous, at_ms, message_key, "
    "confidence, decision, entry, base, candidates, text) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)")
STATEMENT(WRITER, QUESTION_LABEL,
    "UPDATE question SET label = CASE WHEN ?2 = '' THEN label ELSE ?2 END, "
    "chosen = CASE WHEN ?3 = '' THEN chosen ELSE ?3 END WHERE id = ?1")
STATEMENT(WRITER, QUESTION_WORDS,
    "UPDATE question SET words = ?2, "
    "messages = messages || CAST(?3 AS TEXT) || ' ' "
    "WHERE id = ?1 AND text <> ''")
STATEMENT(WRITER, QUESTION_JOIN,
    "UPDATE question SET at_ms = ?2, "
    "messages = messages || CAST(message_key AS TEXT) || ' ', "
    "message_key = ?3, confidence = ?4, decision = ?5, entry = ?6, base = ?7, "
    "candidates = ?8, text = ?9 WHERE id = ?1")
STATEMENT(WRITER, OUTBOX_ADD,
    "INSERT INTO outbox (account_id, citizen_id, question_id, state, due_ms, "
    "created_ms, attempts, parts_done, plain, reason, reply) "
    "VALUES (?1, ?2, ?3, 0, ?4, ?5, 0, 0, 0, '', ?6)")
STATEMENT(WRITER, OUTBOX_ECHO,
    "UPDATE outbox SET state = 1, reply = CASE WHEN human = 1 THEN reply END "
    "WHERE id = ?1 AND account_id = ?2 AND state IN (0, 2)")

/* ---- replies that are held back ---- */

STATEMENT(WRITER, HELD_FIND,
    "SELECT o.id, o.question_id, coalesce(q.text, '') FROM outbox o "
    "LEFT JOIN question q ON q.id = o.question_id "
    "WHERE o.citizen_id = ?1 AND o.state = 0 AND o.reply IS NOT NULL "
    "AND o.due_ms = ?2")
STATEMENT(WRITER, HELD_DROP,
    "UPDATE outbox SET state = 3, reply = NULL WHERE id = ?1")
STATEMENT(WRITER, HELD_RELEASE,
    "UPDATE outbox SET due_ms = ?3 WHERE citizen_id = ?1 AND state = 0 "
    "AND reply IS NOT NULL AND due_ms = ?2")

/* ---- forgetting ---- */

STATEMENT(WRITER, QUESTION_UNSEND,
    "WITH RECURSIVE asked (id) AS (SELECT ?1 UNION ALL "
    "SELECT q.previous FROM asked a JOIN question q ON q.id = a.id) "
    "UPDATE question SET text = '', words = '' "
    "WHERE id IN (SELECT id FROM asked) AND (message_key = ?2 "
    "OR ' ' || messages LIKE '% ' || CAST(?2 AS TEXT) || ' %')")
STATEMENT(WRITER, QUESTION_ERASE,
    "WITH RECURSIVE asked (id) AS (SELECT ?1 UNION ALL "
    "SELECT q.previous FROM asked a JOIN question q ON q.id = a.id) "
    "UPDATE question SET text = '', words = '' "
    "WHERE id IN (SELECT id FROM asked)")
STATEMENT(WRITER, OUTBOX_ERASE,
    "UPDATE outbox SET reply = NULL, "
    "state = CASE WHEN state IN (0, 2) THEN 3 ELSE state END "
    "WHERE citizen_id = ?1 AND reply IS NOT NULL")
STATEMENT(WRITER, CITIZEN_ERASE,
    "UPDATE citizen SET channel_user = NULL, conversation = '', state = '' "
    "WHERE id = ?1")
STATEMENT(WRITER, CITIZEN_FORGET,
    "UPDATE citizen SET channel_user = NULL, conversation = '', state = '' "
    "WHERE id = (SELECT citizen_id FROM outbox WHERE id = ?1) AND forget = 1")

/* ---- the outbox: the words of a person stay for their colleagues ---- */

/* Those after the account ?1 first, so that each gets its turn. */
STATEMENT(SENDER, ACCOUNTS,
    "SELECT id, channel, name FROM account ORDER BY id <= ?1, id")
STATEMENT(SENDER, CLAIM,
    "SELECT o.id, o.due_ms, o.created_ms, o.attempts, o.parts_done, o.plain, "
    "c.channel_user, c.conversation, o.reply, o.human, o.paid, c.heard_ms, "
    "c.renewed_ms, c.replies, c.gone FROM outbox o JOIN citizen c ON c.id = o.citizen_id "
    "WHERE o.account_id = ?1 AND o.state = 0 AND NOT EXISTS ("
    "SELECT 1 FROM outbox p WHERE p.citizen_id = o.citizen_id "
    "AND p.state = 0 AND p.reply IS NOT NULL AND p.id < o.id) "
    "ORDER BY o.due_ms, o.id")
STATEMENT(SENDER, FETCH,
    "SELECT o.id, a.channel, a.name, o.created_ms, o.attempts, o.parts_done, "
    "o.plain, c.channel_user, c.conversation, o.reply, o.human, o.paid, "
    "c.heard_ms, c.renewed_ms, c.replies, c.gone "
    "FROM account a JOIN citizen c ON c.account_id = a.id "
    "JOIN outbox o ON o.citizen_id = c.id "
    "WHERE a.channel = ?1 AND c.channel_user = ?2 "
    "AND o.reply IS NOT NULL AND o.id > ?3 AND NOT EXISTS ("
    "SELECT 1 FROM outbox h WHERE h.citizen_id = c.id AND h.state = 0 "
    "AND h.reply IS NOT NULL AND h.due_ms > ?5 AND h.id <= o.id) "
    "ORDER BY o.id LIMIT ?4")
STATEMENT(WRITER, OUTBOX_DELIVERED,
    "UPDATE outbox SET state = 1, attempts = ?2, parts_done = ?3, plain = ?4, "
    "reason = ?5, reply = CASE WHEN human = 1 THEN reply END "
    "WHERE id = ?1 AND state = 0")
STATEMENT(WRITER, OUTBOX_SETTLE,
    "UPDATE outbox SET state = ?6, attempts = ?2, parts_done = ?3, "
    "plain = ?4, reason = ?5, due_ms = ?7 WHERE id = ?1 AND state = 0")
STATEMENT(WRITER, OUTBOX_FETCHED,
    "UPDATE outbox SET state = 1 WHERE id = ?1 AND state = 0")

/* ---- tokens ---- */

STATEMENT(STAFF, TOKEN_LOAD,
    "SELECT access, refresh, expires_ms, dead FROM token "
    "WHERE channel = ?1 AND account = ?2 AND access IS NOT NULL")
STATEMENT(WRITER, TOKEN_SAVE,
    "INSERT INTO token (channel, account, access, refresh, expires_ms, dead) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6) "
    "ON CONFLICT (channel, account) DO UPDATE SET access = excluded.access, "
    "refresh = excluded.refresh, expires_ms = excluded.expires_ms, "
    "dead = excluded.dead")
STATEMENT(WRITER, TOKEN_LOCK,
    "INSERT INTO token (channel, account, owner, locked_until_ms) "
    "VALUES (?1, ?2, ?3, ?4) "
    "ON CONFLICT (channel, account) DO UPDATE SET owner = excluded.owner, "
    "locked_until_ms = excluded.locked_until_ms "
    "WHERE token.owner = excluded.owner OR token.locked_until_ms <= ?5")

STATEMENT(WRITER, TOKEN_UNLOCK_ALL,
    "UPDATE token SET owner = '', locked_until_ms = 0 "
    "WHERE locked_until_ms > 0")

/* ---- staff and operator ---- */

STATEMENT(STAFF, QUESTIONS,
    "SELECT q.id, q.at_ms, a.channel, q.confidence, q.decision, q.entry, "
    "q.base, q.candidates, q.text, q.label, q.chosen, q.words FROM question q "
    "JOIN citizen c ON c.id = q.citizen_id "
    "JOIN account a ON a.id = c.account_id "
    "WHERE q.id > ?1 ORDER BY q.id DESC LIMIT ?2")
STATEMENT(STAFF, QUESTIONS_UNANSWERED,
    "SELECT q.id, q.at_ms, a.channel, q.confidence, q.decision, q.entry, "
    "q.base, q.candidates, q.text, q.label, q.chosen, q.words FROM question q "
    "JOIN citizen c ON c.id = q.citizen_id "
    "JOIN account a ON a.id = c.account_id "
    "WHERE q.id > ?1 AND (q.decision = 'unanswered' OR q.label = 'declined') "
    "ORDER BY q.id DESC LIMIT ?2")
/* Questions are never deleted, so that the newest id is their number. */
STATEMENT(STAFF, COUNT,
    "SELECT (SELECT coalesce(max(id), 0) FROM question), "
    "(SELECT count(*) FROM question "
    "WHERE decision = 'unanswered' OR label = 'declined'), "
    "(SELECT count(*) FROM outbox WHERE state = 2 AND reply IS NOT NULL), "
    "count(*), coalesce(min(created_ms), 0) FROM outbox WHERE state = 0")
STATEMENT(WRITER, PROBE,
    "INSERT INTO meta (name, value) VALUES ('probed_ms', ?1) "
    "ON CONFLICT (name) DO UPDATE SET value = excluded.value")

/* ---- the rights of a citizen, who may have written to several accounts ---- */

STATEMENT(STAFF, RECORDS,
    "SELECT c.id, a.name, c.conversation, c.state, c.seen_ms FROM citizen c "
    "JOIN account a ON a.id = c.account_id "
    "WHERE a.channel = ?1 AND c.channel_user = ?2 ORDER BY c.id")
STATEMENT(STAFF, RECORD_QUESTIONS,
    "SELECT id, at_ms, '', confidence, decision, entry, base, candidates, "
    "text, label, chosen, words FROM question WHERE citizen_id = ?1 ORDER BY id")
STATEMENT(STAFF, RECORD_REPLIES,
    "SELECT created_ms, state, reply FROM outbox "
    "WHERE citizen_id = ?1 AND reply IS NOT NULL ORDER BY id")
STATEMENT(WRITER, CITIZEN_NEXT,
    "SELECT c.id, c.last_question FROM citizen c "
    "JOIN account a ON a.id = c.account_id "
    "WHERE a.channel = ?1 AND c.channel_user = ?2 LIMIT 1")
STATEMENT(STAFF, QUESTION_OLD,
    "SELECT count(*) FROM question WHERE at_ms < ?1 AND text <> ''")

/* ---- purging, piece by piece: up to which key does the next piece go, and
 * what becomes of the rows in (after, up to] ---- */

STATEMENT(WRITER, QUESTION_PURGE,
    "UPDATE question SET text = '', words = '' "
    "WHERE id IN (SELECT id FROM question "
    "WHERE at_ms < ?1 AND text <> '' LIMIT ?2)")
STATEMENT(WRITER, SEEN_WALK,
    "SELECT max(key) FROM "
    "(SELECT key FROM seen WHERE key > ?1 ORDER BY key LIMIT ?2) piece")
STATEMENT(WRITER, SEEN_PURGE,
    "DELETE FROM seen WHERE key > ?1 AND key <= ?2 AND at_ms < ?3 AND ?4 >= 0")
STATEMENT(WRITER, OUTBOX_WALK,
    "SELECT max(id) FROM "
    "(SELECT id FROM outbox WHERE id > ?1 ORDER BY id LIMIT ?2) piece")
STATEMENT(WRITER, OUTBOX_PURGE,
    "DELETE FROM outbox WHERE id > ?1 AND id <= ?2 "
    "AND (state IN (1, 3, 4) AND human = 0 AND created_ms < ?3 "
    "OR state <> 0 AND created_ms < ?4)")
STATEMENT(WRITER, CITIZEN_WALK,
    "SELECT max(id) FROM "
    "(SELECT id FROM citizen WHERE id > ?1 ORDER BY id LIMIT ?2) piece")
STATEMENT(WRITER, CITIZEN_PURGE,
    "UPDATE citizen SET channel_user = NULL, conversation = '', state = '' "
    "WHERE id > ?1 AND id <= ?2 AND seen_ms < ?4 AND channel_user IS NOT NULL "
    "AND NOT EXISTS (SELECT 1 FROM outbox o "
    "WHERE o.citizen_id = citizen.id AND o.reply IS NOT NULL)")

/* clang-format on */

#include "sqlite_user_statements_table.h"
#include "sqlite_editions_statements_table.h"
#include "sqlite_reach_statements_table.h"
#include "sqlite_review_statements_table.h"
#include "sqlite_figures_statements_table.h"
#include "sqlite_talk_statements_table.h"
