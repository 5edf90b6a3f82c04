/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Accounts of staff, their sessions and the audit log; see
 * sqlite_statements_table.h. */

/* clang-format off */

#define USER_COLUMNS                                                           \
	"u.id, u.login, u.name, u.roles, u.disabled, u.hash, u.totp, "         \
	"u.totp_step, u.created_ms, u.seen_ms "

STATEMENT(WRITER, USER_ADD,
    "INSERT INTO staff_user (login, name, roles, disabled, hash, totp, "
    "totp_step, created_ms, seen_ms) VALUES (?1, ?2, ?3, ?4, ?5, '', 0, ?6, 0) "
    "ON CONFLICT DO NOTHING")
STATEMENT(WRITER, USER_CHANGE,
    "UPDATE staff_user SET name = ?2, roles = ?3, disabled = ?4 WHERE id = ?1")
STATEMENT(WRITER, USER_PASSWORD,
    "UPDATE staff_user SET hash = ?2 WHERE id = ?1")
STATEMENT(WRITER, USER_TOTP,
    "UPDATE staff_user SET totp = ?2, totp_step = ?3 WHERE id = ?1")
STATEMENT(WRITER, USER_TOTP_STEP,
    "UPDATE staff_user SET totp_step = ?2 WHERE id = ?1 AND totp_step < ?2")
STATEMENT(WRITER, USER_SEEN,
    "UPDATE staff_user SET seen_ms = ?2 WHERE id = ?1")
/* ?1: the bit of an admin. */
STATEMENT(WRITER, USER_ADMINS,
    "SELECT count(*) FROM staff_user WHERE roles & ?1 AND NOT disabled")
STATEMENT(STAFF, USER_FIND,
    "SELECT " USER_COLUMNS "FROM staff_user u WHERE u.login = ?1")
STATEMENT(STAFF, USER_GET,
    "SELECT " USER_COLUMNS "FROM staff_user u WHERE u.id = ?1")
STATEMENT(STAFF, USERS,
    "SELECT " USER_COLUMNS "FROM staff_user u ORDER BY u.login LIMIT ?1")

STATEMENT(WRITER, SESSION_ADD,
    "INSERT INTO staff_session (token_hash, user_id, created_ms, seen_ms) "
    "VALUES (?1, ?2, ?3, ?3)")
STATEMENT(WRITER, SESSION_FORGET,
    "DELETE FROM staff_session WHERE created_ms <= ?1 OR seen_ms <= ?2")
STATEMENT(WRITER, SESSION_TOUCH,
    "UPDATE staff_session SET seen_ms = max(seen_ms, ?2) WHERE token_hash = ?1")
STATEMENT(WRITER, SESSION_END,
    "DELETE FROM staff_session WHERE token_hash = ?1")
STATEMENT(WRITER, SESSION_END_ALL,
    "DELETE FROM staff_session WHERE user_id = ?1 AND token_hash <> ?2")
STATEMENT(STAFF, SESSION_FIND,
    "SELECT " USER_COLUMNS ", s.seen_ms FROM staff_session s "
    "JOIN staff_user u ON u.id = s.user_id WHERE s.token_hash = ?1 "
    "AND s.created_ms > ?2 AND s.seen_ms > ?3 AND NOT u.disabled")

STATEMENT(WRITER, AUDIT_ADD,
    "INSERT INTO audit (at_ms, user_id, login, action, subject, before, "
    "after, why) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")
/* Beginnings are compared bytewise, so that no character of theirs is a
 * wildcard. */
STATEMENT(STAFF, AUDIT_LIST,
    "SELECT id, at_ms, user_id, login, action, subject, before, after, why "
    "FROM audit WHERE id < ?1 AND at_ms >= ?2 AND at_ms < ?3 "
    "AND (?4 = '' OR login = ?4) "
    "AND (?5 = '' OR substr(action, 1, length(?5)) = ?5) "
    "AND (?6 = '' OR substr(subject, 1, length(?6)) = ?6) "
    "ORDER BY id DESC LIMIT ?7")

#undef USER_COLUMNS

/* clang-format on */
