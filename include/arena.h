/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_ARENA_H
#define HOIDAP_ARENA_H

#include "text.h"

/* Memory that is given back all at once: the many small pieces of one
 * message, one reply, one loaded file.  One thread at a time. */
struct arena {
	struct arena_block *newest;
	size_t used_bytes; /* all blocks together */
	size_t max_bytes;
};

/* Takes no memory yet.  MAX_BYTES is the ceiling of all pieces together. */
void arena_init(struct arena *arena, size_t max_bytes);
void arena_fini(struct arena *arena);
/* Give every piece back, keep one block for reuse. */
void arena_reset(struct arena *arena);

/* Zeroed, aligned for any type, valid until reset or fini.  NULL when out of
 * memory, past the ceiling, or COUNT * SIZE overflows. */
void *arena_alloc(struct arena *arena, size_t count, size_t size);

/* A copy with a NUL behind it.  ERR_NOMEM. */
enum result arena_text(struct arena *arena, struct text_view text,
    struct text_view *out) MUST_CHECK;
/* The same as a C string; NULL when out of memory. */
char *arena_string(struct arena *arena, struct text_view text);

#endif
