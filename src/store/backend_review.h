/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_STORE_BACKEND_REVIEW_H
#define HOIDAP_STORE_BACKEND_REVIEW_H

#include "store_review.h"

struct backend;

/* What include/store_review.h asks of a database. */
struct backend_review {
	/* ---- on the writer's thread only ---- */

	enum result (*place)(struct backend *backend,
	    struct review_placement *placements, size_t count);
	enum result (*name)(struct backend *backend,
	    const struct review_name *names, size_t count);
	enum result (*change)(struct backend *backend,
	    const struct review_change *change, const struct audit_line *line);
	enum result (*merge)(struct backend *backend,
	    const struct review_merge *merge, const struct audit_line *line);
	enum result (*move)(struct backend *backend,
	    const struct review_move *move, const struct audit_line *line,
	    uint64_t *into_out);
	enum result (*undo)(struct backend *backend, uint64_t group,
	    uint64_t version, const struct audit_line *line);
	enum result (*keep_view)(struct backend *backend, uint64_t user,
	    const struct review_view *view, const struct audit_line *line);

	/* ---- on any thread ---- */

	enum result (*pending)(struct backend *backend, size_t max,
	    struct arena *arena, struct review_item **items_out,
	    size_t *count_out);
	enum result (*edits)(struct backend *backend, uint64_t after,
	    size_t max, struct arena *arena, struct review_edit **edits_out,
	    size_t *count_out);
	enum result (*items)(struct backend *backend, uint64_t group,
	    size_t max, struct arena *arena, struct review_item **items_out,
	    size_t *count_out);
	enum result (*list)(struct backend *backend,
	    const struct review_filter *filter, struct arena *arena,
	    struct review_page *out);
	enum result (*group)(struct backend *backend, uint64_t group,
	    uint64_t now_ms, uint64_t recent_ms, struct arena *arena,
	    struct review_group *out);
	enum result (*questions)(struct backend *backend, uint64_t group,
	    uint64_t before, size_t limit, struct arena *arena,
	    struct question_row **rows_out, size_t *count_out);
	enum result (*dismissed)(struct backend *backend, size_t max,
	    struct arena *arena, struct text_view **texts_out,
	    size_t *count_out);
	enum result (*views)(struct backend *backend, uint64_t user,
	    struct arena *arena, struct review_view **views_out,
	    size_t *count_out);
};

#endif
