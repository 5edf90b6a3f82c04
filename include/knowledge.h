/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_KNOWLEDGE_H
#define HOIDAP_KNOWLEDGE_H

#include "clock.h"
#include "faq.h"
#include "match.h"

/* One generation of what the bot knows: a base and its index, immutable.
 * Publishing loads a new one beside it and swaps; whoever holds the old one
 * finishes with it. */
struct knowledge {
	struct faq *faq;
	struct match_index *index;
	char today[DATE_SIZE]; /* the day whose entries are live */
};

/* Load the base in DIR as of day TODAY. */
enum result knowledge_load(const char *dir, const char *today,
    struct knowledge **knowledge_out, struct complaint *why) MUST_CHECK;
/* The same with OVERLAY (overlay.h) written over the files; NULL: none. */
enum result knowledge_load_over(const char *dir,
    const struct faq_overlay *overlay, const char *today,
    struct knowledge **knowledge_out, struct complaint *why) MUST_CHECK;

/* Count one more holder; drop ends it.  The last drop frees.  Both take NULL. */
const struct knowledge *knowledge_hold(const struct knowledge *knowledge);
void knowledge_drop(const struct knowledge *knowledge);

/* The generation in force, for any thread. */
struct knowledge_slot;

/* Takes FIRST over.  NULL when out of memory: FIRST is then dropped. */
struct knowledge_slot *knowledge_slot_new(struct knowledge *first);
void knowledge_slot_free(struct knowledge_slot *slot);
/* Held for the caller, who must drop it. */
const struct knowledge *knowledge_slot_get(struct knowledge_slot *slot);
/* Takes NEXT over and drops the one before. */
void knowledge_slot_set(struct knowledge_slot *slot, struct knowledge *next);
/* Who loads a base and sets it does so between these two: else one that was
 * read earlier could be set later.  Readers never wait. */
void knowledge_slot_begin(struct knowledge_slot *slot);
void knowledge_slot_end(struct knowledge_slot *slot);

#endif
