/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_STORE_BACKEND_TALK_H
#define HOIDAP_STORE_BACKEND_TALK_H

#include "store_talk.h"

struct backend;

/* What include/store_talk.h asks of a database. */
struct backend_talk {
	/* ---- on the writer's thread only ---- */

	enum result (*keep_canned)(struct backend *backend,
	    struct text_view before, struct text_view next,
	    const struct audit_line *line);

	/* ---- on any thread ---- */

	enum result (*list)(struct backend *backend,
	    const struct talk_filter *filter, struct arena *arena,
	    struct talk_row **rows_out, size_t *count_out);
	enum result (*one)(struct backend *backend, uint64_t citizen,
	    struct arena *arena, struct talk_row *out);
	enum result (*questions)(struct backend *backend, uint64_t citizen,
	    size_t limit, struct arena *arena, struct question_row **rows_out,
	    size_t *count_out);
	enum result (*newest)(struct backend *backend, uint64_t citizen,
	    size_t limit, uint64_t *after_id_out);
	enum result (*trouble)(struct backend *backend, const char *channel,
	    const char *account, struct arena *arena, struct talk_trouble *out);
	enum result (*canned)(struct backend *backend, struct arena *arena,
	    struct text_view *out);
};

#endif
