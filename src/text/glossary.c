/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The glossary: written forms, found by the folded key of their first word.
 *
 * A chained table that grows by doubling; a chain holds the lines whose first
 * words share a slot, in the order they were added.  The longest written form
 * that stands in the message wins, so "k nhận" does not hide "k". */
#include "glossary.h"
#include "hash.h"

#include <stdlib.h>

enum { FIRST_SLOTS = 256, GLOSSARY_BYTES_MAX = 16 << 20 };

struct link {
	struct glossary_line line;
	struct link *next;
};

struct glossary {
	struct arena arena;
	struct link **slots;
	size_t slot_count; /* a power of two */
	size_t line_count;
};

struct glossary *
glossary_new(void)
{
	struct glossary *glossary = calloc(1, sizeof(*glossary));

	if (glossary == NULL)
		return NULL;
	arena_init(&glossary->arena, GLOSSARY_BYTES_MAX);
	glossary->slot_count = FIRST_SLOTS;
	glossary->slots = calloc(FIRST_SLOTS, sizeof(struct link *));
	if (glossary->slots == NULL) {
		glossary_free(glossary);
		return NULL;
	}
	return glossary;
}

void
glossary_free(struct glossary *glossary)
{
	if (glossary == NULL)
		return;
	arena_fini(&glossary->arena);
	free(glossary->slots);
	free(glossary);
}

static struct link **
slot_of(struct link **slots, size_t slot_count, const struct token *first)
{
	return &slots[hash64(first->folded, 0) & (slot_count - 1)];
}

/* Behind the others of its slot. */
static void
append(struct link **slots, size_t slot_count, struct link *link)
{
	struct link **end =
	    slot_of(slots, slot_count, &link->line.written.at[0]);

	while (*end != NULL)
		end = &(*end)->next;
	link->next = NULL;
	*end = link;
}

static enum result
grow(struct glossary *glossary)
{
	size_t slot_count = glossary->slot_count * 2;
	struct link **slots;

	if (glossary->line_count < glossary->slot_count)
		return OK;
	slots = calloc(slot_count, sizeof(struct link *));
	if (slots == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < glossary->slot_count; i++) {
		struct link *next;

		for (struct link *link = glossary->slots[i]; link != NULL;
		     link = next) {
			next = link->next;
			append(slots, slot_count, link);
		}
	}
	free(glossary->slots);
	glossary->slots = slots;
	glossary->slot_count = slot_count;
	return OK;
}

/* The words of TEXT, which outlive it. */
static enum result
read_words(struct arena *arena, struct text_view text, struct tokens *out)
{
	struct text_view copy;
	enum result result = arena_text(arena, text, &copy);

	if (result == OK)
		result = tokens_read(copy, arena, out);
	if (result == OK && out->count == 0)
		result = ERR_INVALID;
	return result;
}

enum result
glossary_add(struct glossary *glossary, struct text_view written,
    const struct text_view *means, size_t mean_count)
{
	struct link *link = arena_alloc(&glossary->arena, 1, sizeof(*link));
	enum result result;

	if (link == NULL)
		return ERR_NOMEM;
	link->line.mean_count = mean_count;
	link->line.means = arena_alloc(
	    &glossary->arena, mean_count + 1, sizeof(*link->line.means));
	if (link->line.means == NULL)
		return ERR_NOMEM;
	result = read_words(&glossary->arena, written, &link->line.written);
	for (size_t i = 0; result == OK && i < mean_count; i++)
		result = read_words(
		    &glossary->arena, means[i], &link->line.means[i]);
	if (result == OK)
		result = grow(glossary);
	if (result != OK)
		return result;
	append(glossary->slots, glossary->slot_count, link);
	glossary->line_count++;
	return OK;
}

static bool
stands_at(const struct tokens *written, const struct tokens *tokens, size_t at)
{
	if (written->count > tokens->count - at)
		return false;
	for (size_t i = 0; i < written->count; i++) {
		const struct token *typed = &tokens->at[at + i];
		const struct token *wanted = &written->at[i];

		if (!text_equal(typed->folded, wanted->folded))
			return false;
		if (typed->marked &&
		    !text_equal(typed->accented, wanted->accented))
			return false;
	}
	return true;
}

const struct glossary_line *
glossary_find(
    const struct glossary *glossary, const struct tokens *tokens, size_t at)
{
	const struct glossary_line *best = NULL;

	for (const struct link *link = *slot_of(
		 glossary->slots, glossary->slot_count, &tokens->at[at]);
	     link != NULL; link = link->next) {
		const struct glossary_line *line = &link->line;

		if ((best == NULL ||
			line->written.count > best->written.count) &&
		    stands_at(&line->written, tokens, at))
			best = line;
	}
	return best;
}
