/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_STORE_BACKEND_REACH_H
#define HOIDAP_STORE_BACKEND_REACH_H

#include "store_reach.h"

struct backend;

/* What include/store_reach.h asks of a database. */
struct backend_reach {
	/* ---- on the writer's thread only ---- */

	enum result (*reply)(struct backend *backend,
	    const struct reach_order *order, const struct audit_line *line,
	    struct arena *arena, struct reach_counts *done_out);
	enum result (*steer)(struct backend *backend,
	    const struct steering *steering, const struct audit_line *line,
	    uint64_t *delivery_out);
	enum result (*retry)(struct backend *backend, uint64_t delivery,
	    const struct authorship *authorship, const struct audit_line *line);
	enum result (*discard)(struct backend *backend, uint64_t delivery,
	    const struct audit_line *line);

	/* ---- on any thread ---- */

	enum result (*askers)(struct backend *backend,
	    const uint64_t *questions, size_t count, struct arena *arena,
	    struct asker **askers_out, size_t *count_out);
	enum result (*replies)(struct backend *backend,
	    const struct reply_filter *filter, struct arena *arena,
	    struct reply_row **rows_out, size_t *count_out);
};

#endif
