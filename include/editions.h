/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_EDITIONS_H
#define HOIDAP_EDITIONS_H

#include "knowledge.h"
#include "overlay.h"
#include "store_editions.h"

/* The base in force: the files of the FAQ folder with what staff published in
 * the console over them. */

/* An arena with this ceiling holds any edition. */
enum { EDITIONS_ARENA_MAX_BYTES = 256 << 20 };

struct editions {
	struct faq_overlay overlay;
	struct revision *published; /* one for each of overlay.revisions */
	size_t count;
	uint64_t generation; /* as of store_published() */
};

/* What is published now; it lives in ARENA. */
enum result editions_read(struct store *store, struct arena *arena,
    struct editions *editions_out) MUST_CHECK;

/* The overlay as it would be with REVISIONS in force, and without any of
 * WITHOUT (an entry's id, or empty). */
enum result editions_with(const struct editions *editions,
    const struct revision *revisions, size_t count, struct text_view without,
    struct arena *arena, struct faq_overlay *overlay_out) MUST_CHECK;

/* Load the base in force; as knowledge_load(). */
enum result editions_load(struct store *store, const char *dir,
    const char *today, struct knowledge **knowledge_out,
    struct complaint *why) MUST_CHECK;

/* Add the phrasing TEXT to the draft of entry ID, which is begun from the
 * entry in BASE if there is none.  OK also when it has that phrasing already:
 * then nothing has changed, and *KEY_OUT has the number 0 if there is no draft.
 * ERR_NOT_FOUND without such an entry; ERR_INVALID when the draft is full;
 * ERR_BUSY when somebody else kept changing it. */
enum result editions_add_phrasing(struct store *store, const struct faq *base,
    struct text_view id, struct text_view text, const struct audit_line *line,
    struct revision_key *key_out) MUST_CHECK;

#endif
