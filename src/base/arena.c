/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "arena.h"

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

struct arena_block {
	struct arena_block *older;
	size_t used;
	size_t size;
	alignas(max_align_t) char bytes[];
};

enum { BLOCK_BYTES = 4096 };

void
arena_init(struct arena *arena, size_t max_bytes)
{
	*arena = (struct arena){ .max_bytes = max_bytes };
}

void
arena_fini(struct arena *arena)
{
	while (arena->newest != NULL) {
		struct arena_block *block = arena->newest;

		arena->newest = block->older;
		free(block);
	}
	arena->used_bytes = 0;
}

void
arena_reset(struct arena *arena)
{
	while (arena->newest != NULL && arena->newest->older != NULL) {
		struct arena_block *block = arena->newest;

		arena->newest = block->older;
		free(block);
	}
	if (arena->newest != NULL)
		arena->newest->used = 0;
	arena->used_bytes = 0;
}

static struct arena_block *
add_block(struct arena *arena, size_t wanted)
{
	size_t size = wanted > BLOCK_BYTES ? wanted : BLOCK_BYTES;
	struct arena_block *block = malloc(sizeof(*block) + size);

	if (block == NULL)
		return NULL;
	block->older = arena->newest;
	block->used = 0;
	block->size = size;
	arena->newest = block;
	return block;
}

void *
arena_alloc(struct arena *arena, size_t count, size_t size)
{
	struct arena_block *block = arena->newest;
	size_t wanted;
	void *piece;

	if (__builtin_mul_overflow(count, size, &wanted) ||
	    wanted > SIZE_MAX - alignof(max_align_t))
		return NULL;
	wanted =
	    (wanted + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
	if (wanted > arena->max_bytes - arena->used_bytes)
		return NULL;
	if (block == NULL || block->size - block->used < wanted)
		block = add_block(arena, wanted);
	if (block == NULL)
		return NULL;
	piece = block->bytes + block->used;
	block->used += wanted;
	arena->used_bytes += wanted;
	memset(piece, 0, wanted);
	return piece;
}

char *
arena_string(struct arena *arena, struct text_view text)
{
	char *copy = arena_alloc(arena, text.len + 1, 1);

	if (copy != NULL && text.len > 0)
		memcpy(copy, text.at, text.len);
	return copy;
}

enum result
arena_text(struct arena *arena, struct text_view text, struct text_view *out)
{
	char *copy = arena_string(arena, text);

	if (copy == NULL)
		return ERR_NOMEM;
	*out = (struct text_view){ copy, text.len };
	return OK;
}
