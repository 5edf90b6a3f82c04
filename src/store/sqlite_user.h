/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_STORE_SQLITE_USER_H
#define HOIDAP_STORE_SQLITE_USER_H

#include "backend_staff.h"
#include "sqlite.h"

/* Accounts of staff, their sessions (sqlite_session.c) and the audit log
 * (sqlite_audit.c). */

extern const struct backend_staff sqlite_user_functions;

/* The columns of an account, from the first of ROW on. */
enum result sqlite_user_read(sqlite3_stmt *row, struct arena *arena,
    struct staff_account *out) MUST_CHECK;
enum { SQLITE_USER_COLUMNS = 10 };

enum result sqlite_session_add(struct backend *backend,
    struct text_view token_hash, uint64_t user,
    const struct session_limits *limits, const struct audit_line *line);
enum result sqlite_session_touch(
    struct backend *backend, struct text_view token_hash, uint64_t now_ms);
enum result sqlite_session_end(struct backend *backend,
    struct text_view token_hash, const struct audit_line *line);
enum result sqlite_session_end_all(
    struct backend *backend, uint64_t user, const struct audit_line *line);
/* All of USER but the one with the token hash KEEP; no audit line. */
enum result sqlite_session_drop(
    struct sqlite *sqlite, uint64_t user, struct text_view keep) MUST_CHECK;
enum result sqlite_session_find(struct backend *backend,
    struct text_view token_hash, const struct session_limits *limits,
    struct arena *arena, struct staff_account *out, uint64_t *seen_ms_out);

enum result sqlite_audit_append(
    struct backend *backend, const struct audit_line *line);
enum result sqlite_audit_list(struct backend *backend,
    const struct audit_filter *filter, struct arena *arena,
    struct audit_line **lines_out, size_t *count_out);

#endif
