/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_STORE_BACKEND_NOTICE_H
#define HOIDAP_STORE_BACKEND_NOTICE_H

#include "store_notice.h"

struct backend;

/* What include/store_notice.h asks of a database; what is to be kept has been
 * checked. */
struct backend_notice {
	/* ---- on the writer's thread only ---- */

	enum result (*add)(struct backend *backend, const struct notice *notice,
	    const struct audit_line *line, uint64_t *id_out);
	enum result (*end)(struct backend *backend, uint64_t id,
	    const struct audit_line *line);
	enum result (*off)(struct backend *backend,
	    const struct channel_off *off, const struct audit_line *line);
	enum result (*on)(struct backend *backend, struct text_view channel,
	    const struct audit_line *line);

	/* ---- on any thread ---- */

	enum result (*list)(struct backend *backend, uint64_t now_ms,
	    struct arena *arena, struct notices *out);
};

#endif
