/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Conversations, for staff who look at them.  Included at the end of
 * sqlite_statements_table.h, behind sqlite_reach_statements_table.h. */

/* clang-format off */

#define TALK_COLUMNS \
    "SELECT " CONTACT_COLUMNS ", substr(c.channel_user, -4), c.state, " \
    "coalesce(q.text, ''), coalesce(q.decision, ''), coalesce(q.entry, ''), " \
    "c.seen_ms, coalesce(q.at_ms, 0) "
#define TALK_TABLES \
    CONTACT_TABLES "LEFT JOIN question q ON q.id = c.last_question "

STATEMENT(STAFF, TALKS,
    TALK_COLUMNS "FROM (SELECT id, seen_ms FROM citizen "
    "WHERE channel_user IS NOT NULL "
    "AND (seen_ms < ?1 OR seen_ms = ?1 AND id < ?2) "
    "ORDER BY seen_ms DESC, id DESC LIMIT ?3) s "
    "CROSS JOIN citizen c ON c.id = s.id " TALK_TABLES
    "WHERE ?4 = '' OR a.channel = ?4 ORDER BY s.seen_ms DESC, s.id DESC")
STATEMENT(STAFF, TALK,
    TALK_COLUMNS "FROM citizen c " TALK_TABLES
    "WHERE c.id = ?1 AND c.channel_user IS NOT NULL")
STATEMENT(STAFF, TALK_QUESTIONS,
    "WITH RECURSIVE chain (id, number) AS ("
    "SELECT last_question, 1 FROM citizen WHERE id = ?1 UNION ALL "
    "SELECT q.previous, number + 1 FROM chain "
    "JOIN question q ON q.id = chain.id WHERE number < ?2) "
    "SELECT q.id, at_ms, '', confidence, decision, entry, base, candidates, "
    "text, label, chosen, words FROM chain "
    "JOIN question q ON q.id = chain.id ORDER BY q.id DESC")
STATEMENT(STAFF, TALK_NEWEST,
    "SELECT id FROM outbox WHERE citizen_id = ?1 ORDER BY id DESC "
    "LIMIT 1 OFFSET ?2")
STATEMENT(STAFF, TALK_TROUBLE,
    "SELECT o.created_ms, o.state, o.reason FROM outbox o "
    "WHERE o.reason <> '' AND o.account_id = (SELECT a.id FROM account a "
    "WHERE a.channel = ?1 AND a.name = ?2) ORDER BY o.id DESC LIMIT 1")
STATEMENT(STAFF, TALK_CANNED, "SELECT value FROM meta WHERE name = ?1")
STATEMENT(WRITER, TALK_KEEP_CANNED,
    "INSERT INTO meta (name, value) SELECT 'canned_replies', ?2 "
    "WHERE ?1 = '' OR EXISTS "
    "(SELECT 1 FROM meta WHERE name = 'canned_replies') "
    "ON CONFLICT (name) DO UPDATE SET value = excluded.value "
    "WHERE meta.value = ?1")

/* clang-format on */
