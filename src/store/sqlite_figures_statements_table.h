/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Figures over a period, and grades.  Included at the end of
 * sqlite_statements_table.h. */

/* clang-format off */

/* From the index alone, but for the account. */
STATEMENT(STAFF, FIGURES,
    "SELECT q.at_ms, q.decision, q.label, q.entry, q.chosen, c.account_id "
    "FROM question q INDEXED BY question_figures "
    "JOIN citizen c ON c.id = q.citizen_id "
    "WHERE q.at_ms >= ?1 AND q.at_ms < ?2")
STATEMENT(STAFF, FIGURES_ACCOUNTS, "SELECT id, channel FROM account")
STATEMENT(STAFF, FIGURES_WAITS,
    "SELECT max(t.at_ms - q.at_ms, 0) FROM told t "
    "JOIN question q ON q.id = t.question_id "
    "WHERE t.at_ms >= ?1 AND t.at_ms < ?2 ORDER BY 1 LIMIT ?3")
STATEMENT(STAFF, FIGURES_GROUPS,
    "SELECT g.id, n.questions, coalesce(r.text, '') FROM "
    "(SELECT group_id, count(*) AS questions FROM question "
    "INDEXED BY question_group_at "
    "WHERE group_id > 0 AND at_ms >= ?1 AND at_ms < ?2 GROUP BY group_id) n "
    "JOIN review_group g ON g.id = n.group_id "
    "LEFT JOIN question r ON r.id = g.representative "
    "WHERE g.state = 0 ORDER BY n.questions DESC, g.id LIMIT ?3")
STATEMENT(STAFF, FIGURES_WAITING,
    "SELECT q.id FROM question q INDEXED BY question_group_at "
    "JOIN review_group g ON g.id = q.group_id "
    "WHERE q.group_id > 0 AND q.at_ms >= ?1 AND q.at_ms < ?2 AND g.state = 0 "
    "ORDER BY q.at_ms DESC LIMIT ?3")

STATEMENT(WRITER, GRADE_SET,
    "INSERT INTO grade (question_id, grade, login, at_ms) "
    "SELECT id, ?2, ?3, ?4 FROM question WHERE id = ?1 "
    "AND decision = 'answer' "
    "ON CONFLICT (question_id) DO UPDATE SET grade = excluded.grade, "
    "login = excluded.login, at_ms = excluded.at_ms")
STATEMENT(WRITER, GRADE_DROP, "DELETE FROM grade WHERE question_id = ?1")
STATEMENT(STAFF, GRADE_POPULATION,
    "SELECT id FROM question INDEXED BY question_figures "
    "WHERE at_ms >= ?1 AND at_ms < ?2 AND decision = 'answer' LIMIT ?3")
STATEMENT(STAFF, GRADE_ANSWER,
    "SELECT q.id, q.at_ms, q.group_id, coalesce(g.grade, 0), q.confidence, "
    "a.channel, q.text, q.entry, q.label, coalesce(g.login, '') "
    "FROM question q JOIN citizen c ON c.id = q.citizen_id "
    "JOIN account a ON a.id = c.account_id "
    "LEFT JOIN grade g ON g.question_id = q.id "
    "WHERE q.id = ?1 AND (q.text <> '' OR g.grade IS NOT NULL)")
STATEMENT(STAFF, GRADE_COUNTS,
    "SELECT coalesce(g.grade, 0), count(*) "
    "FROM question q INDEXED BY question_figures "
    "LEFT JOIN grade g ON g.question_id = q.id "
    "WHERE q.at_ms >= ?1 AND q.at_ms < ?2 AND q.decision = 'answer' "
    "GROUP BY 1")

/* clang-format on */
