/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_STORE_BACKEND_EDITIONS_H
#define HOIDAP_STORE_BACKEND_EDITIONS_H

#include "store_editions.h"

struct backend;

/* What include/store_editions.h asks of a database. */
struct backend_editions {
	/* ---- on the writer's thread only ---- */

	enum result (*save)(struct backend *backend,
	    const struct draft_save *save, const struct audit_line *line,
	    struct revision_key *key_out);
	/* FROM: bits of the states that may become TO. */
	enum result (*move)(struct backend *backend,
	    const struct revision_key *key, unsigned from,
	    enum revision_state to, const struct audit_line *line);
	enum result (*publish)(struct backend *backend,
	    const struct publication *publication,
	    const struct audit_line *line);
	enum result (*rollback)(struct backend *backend,
	    const struct rollback *rollback, const struct audit_line *line);
	/* What is in force has changed; ERR_NOT_FOUND unless it was as of
	 * GENERATION.  UINT64_MAX: whatever it was. */
	enum result (*advance)(struct backend *backend, uint64_t generation);

	/* ---- on any thread ---- */

	enum result (*published)(struct backend *backend, struct arena *arena,
	    struct revision **revisions_out, size_t *count_out,
	    uint64_t *generation_out);
	enum result (*drafts)(struct backend *backend, struct arena *arena,
	    struct revision **revisions_out, size_t *count_out);
	enum result (*revisions)(struct backend *backend,
	    struct text_view entry, struct arena *arena,
	    struct revision **revisions_out, size_t *count_out);
	enum result (*uses)(struct backend *backend, struct arena *arena,
	    struct entry_use **uses_out, size_t *count_out);
};

#endif
