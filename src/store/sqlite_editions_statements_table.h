/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Revisions of FAQ entries; see sqlite_statements_table.h. */

/* clang-format off */

#define REVISION_COLUMNS                                                       \
	"r.entry, r.number, r.version, r.state, r.base, r.topic, "             \
	"r.topic_title, r.json, r.file_hash, r.author, r.author_login, "       \
	"r.written_ms, r.why, r.decider, r.decider_login, r.decided_ms, "      \
	"r.decided_why "

STATEMENT(WRITER, REVISION_OPEN,
    "SELECT number, version FROM revision "
    "WHERE entry = ?1 AND state IN (0, 1)")
STATEMENT(WRITER, REVISION_NEWEST,
    "SELECT coalesce(max(number), 0), "
    "coalesce(max(CASE WHEN state = 2 THEN number END), 0) "
    "FROM revision WHERE entry = ?1")
STATEMENT(WRITER, REVISION_ADD,
    "INSERT INTO revision (entry, number, version, state, base, topic, "
    "topic_title, json, file_hash, author, author_login, written_ms, why) "
    "VALUES (?1, ?2, 1, 0, ?3, ?4, ?5, ?6, '', ?7, ?8, ?9, ?10)")
STATEMENT(WRITER, REVISION_REWRITE,
    "UPDATE revision SET version = version + 1, state = 0, topic = ?3, "
    "topic_title = ?4, json = ?5, author = ?6, author_login = ?7, "
    "written_ms = ?8, why = ?9 WHERE entry = ?1 AND number = ?2")
/* ?4: bits of the states that it may be in. */
STATEMENT(WRITER, REVISION_MOVE,
    "UPDATE revision SET version = version + 1, state = ?5, decider = ?6, "
    "decider_login = ?7, decided_ms = ?8, decided_why = ?9 "
    "WHERE entry = ?1 AND number = ?2 AND version = ?3 "
    "AND ((?4 >> state) & 1) = 1")
STATEMENT(WRITER, REVISION_PUBLISH,
    "UPDATE revision SET version = version + 1, state = 2, file_hash = ?4, "
    "decider = ?5, decider_login = ?6, decided_ms = ?7, decided_why = ?8 "
    "WHERE entry = ?1 AND number = ?2 AND version = ?3 AND state IN (0, 1)")
STATEMENT(WRITER, REVISION_TAKE_BACK,
    "UPDATE revision SET version = version + 1, state = 4, decider = ?3, "
    "decider_login = ?4, decided_ms = ?5, decided_why = ?6 "
    "WHERE entry = ?1 AND number > ?2 AND state = 2")
STATEMENT(WRITER, REVISION_RESTORE,
    "UPDATE revision SET version = version + 1, state = 2, decider = ?3, "
    "decider_login = ?4, decided_ms = ?5, decided_why = ?6 "
    "WHERE entry = ?1 AND number = ?2 AND state IN (2, 4)")
STATEMENT(WRITER, EDITION_FIND,
    "SELECT CAST(value AS INTEGER) FROM meta WHERE name = 'edition'")
STATEMENT(WRITER, EDITION_SET,
    "UPDATE meta SET value = CAST(?1 AS TEXT) WHERE name = 'edition'")

STATEMENT(STAFF, EDITION,
    "SELECT CAST(value AS INTEGER) FROM meta WHERE name = 'edition'")
STATEMENT(STAFF, REVISIONS_PUBLISHED,
    "SELECT " REVISION_COLUMNS "FROM revision r WHERE r.state = 2 "
    "AND r.number = (SELECT max(p.number) FROM revision p "
    "WHERE p.entry = r.entry AND p.state = 2) ORDER BY r.entry")
STATEMENT(STAFF, REVISIONS_OPEN,
    "SELECT " REVISION_COLUMNS "FROM revision r WHERE r.state IN (0, 1) "
    "ORDER BY r.entry")
STATEMENT(STAFF, REVISIONS_OF,
    "SELECT " REVISION_COLUMNS "FROM revision r WHERE r.entry = ?1 "
    "ORDER BY r.number DESC")
/* Of an unanswered question the entry is the nearest one, not an answer. */
STATEMENT(STAFF, ENTRY_USES,
    "SELECT CASE WHEN chosen <> '' THEN chosen ELSE entry END AS used, "
    "count(*), max(at_ms) FROM question WHERE chosen <> '' "
    "OR (entry <> '' AND decision NOT IN ('unanswered', 'clarify')) "
    "GROUP BY used ORDER BY used")

#undef REVISION_COLUMNS

/* clang-format on */
