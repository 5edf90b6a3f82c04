/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_STORE_SQLITE_REVIEW_H
#define HOIDAP_STORE_SQLITE_REVIEW_H

#include "backend_review.h"
#include "sqlite.h"

/* Groups of open questions: sorting (sqlite_review.c), reading
 * (sqlite_review_list.c), what staff do (sqlite_review_change.c) and undo
 * (sqlite_review_undo.c). */

extern const struct backend_review sqlite_review_functions;

/* Rows of a statement of the staff's connection, at most MAX, into an array
 * of SIZE each in ARENA. */
struct sqlite_review_rows {
	sqlite3_stmt *statement;
	size_t max;
	size_t size;
	enum result (*read)(sqlite3_stmt *row, struct arena *arena, void *out);
};

/* Under the staff's mutex, after the statement was STARTED; ends it. */
enum result sqlite_review_read(const struct sqlite_review_rows *rows,
    enum result started, struct arena *arena, void **out,
    size_t *count_out) MUST_CHECK;

/* The one row of STATEMENT, which was STARTED and is ended: its numbers from
 * column 0 on.  ERR_NOT_FOUND. */
enum result sqlite_review_numbers(sqlite3_stmt *statement, enum result started,
    uint64_t *out, size_t count) MUST_CHECK;

/* A new group whose first question is QUESTION; it does not enter yet. */
enum result sqlite_review_found(struct sqlite *sqlite, uint64_t question,
    uint64_t at_ms, uint64_t *group_out) MUST_CHECK;

/* sqlite_review_list.c */
enum result sqlite_review_list(struct backend *backend,
    const struct review_filter *filter, struct arena *arena,
    struct review_page *out);
enum result sqlite_review_group(struct backend *backend, uint64_t group,
    uint64_t now_ms, uint64_t recent_ms, struct arena *arena,
    struct review_group *out);
enum result sqlite_review_questions(struct backend *backend, uint64_t group,
    uint64_t before, size_t limit, struct arena *arena,
    struct question_row **rows_out, size_t *count_out);
enum result sqlite_review_dismissed(struct backend *backend, size_t max,
    struct arena *arena, struct text_view **texts_out, size_t *count_out);
enum result sqlite_review_views(struct backend *backend, uint64_t user,
    struct arena *arena, struct review_view **views_out, size_t *count_out);

/* sqlite_review_change.c */
enum result sqlite_review_change(struct backend *backend,
    const struct review_change *change, const struct audit_line *line);
enum result sqlite_review_merge(struct backend *backend,
    const struct review_merge *merge, const struct audit_line *line);
enum result sqlite_review_move(struct backend *backend,
    const struct review_move *move, const struct audit_line *line,
    uint64_t *into_out);
enum result sqlite_review_keep_view(struct backend *backend, uint64_t user,
    const struct review_view *view, const struct audit_line *line);
/* Counts, and the representative, after questions came or went. */
enum result sqlite_review_recount(
    struct sqlite *sqlite, uint64_t group) MUST_CHECK;

/* sqlite_review_undo.c: what was last done to GROUP.  An action begins by
 * forgetting the one before. */
enum result sqlite_review_act(
    struct sqlite *sqlite, uint64_t group, uint64_t *action_out) MUST_CHECK;
enum result sqlite_review_forget(
    struct sqlite *sqlite, uint64_t group) MUST_CHECK;
enum result sqlite_review_undo(struct backend *backend, uint64_t group,
    uint64_t version, const struct audit_line *line);

#endif
