/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_STORE_SQLITE_REACH_H
#define HOIDAP_STORE_SQLITE_REACH_H

#include "backend_reach.h"
#include "sqlite.h"

/* Whom staff write to (sqlite_reach.c), and what became of the replies
 * (sqlite_reply.c). */

extern const struct backend_reach sqlite_reach_functions;

/* The citizen at the beginning of a row. */
struct sqlite_contact {
	uint64_t citizen;
	struct text_view channel;
	struct text_view account;
	bool forgotten;
	struct contact contact;
};

enum { SQLITE_CONTACT_COLUMNS = 10 };

/* Texts in ARENA. */
enum result sqlite_reach_read_contact(sqlite3_stmt *row, struct arena *arena,
    struct sqlite_contact *out) MUST_CHECK;

enum result sqlite_reply_list(struct backend *backend,
    const struct reply_filter *filter, struct arena *arena,
    struct reply_row **rows_out, size_t *count_out);
enum result sqlite_reply_retry(struct backend *backend, uint64_t delivery,
    const struct authorship *authorship, const struct audit_line *line);
enum result sqlite_reply_discard(
    struct backend *backend, uint64_t delivery, const struct audit_line *line);

#endif
