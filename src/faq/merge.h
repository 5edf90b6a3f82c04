/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_FAQ_MERGE_H
#define HOIDAP_FAQ_MERGE_H

#include "files.h"
#include "overlay.h"

/* What the files said before the overlay was written into them. */
struct merged {
	struct faq_covered *covered; /* one for each revision */
	size_t covered_count;
	bool *changed; /* one for each file */
};

/* Write OVERLAY into FILES, in memory; the others stay as they are.  A file
 * that is no JSON is left for the loader to refuse.  What MERGED_OUT points to
 * lives in the arena of FILES.  ERR_NOMEM; ERR_INVALID with WHY for a revision
 * that is no entry. */
enum result merge_files(struct files *files, const struct faq_overlay *overlay,
    struct merged *merged_out, struct complaint *why) MUST_CHECK;

/* Is NAME.json something else than a topic? */
bool merge_reserves(struct text_view name);

#endif
