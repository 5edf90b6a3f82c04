/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "faq_filter.h"

#include "tokens.h"

enum { FOLDED_MAX_BYTES = 65536, SCRATCH_MAX_BYTES = 1 << 20 };

static enum result
fold(struct text_view text, struct arena *arena, struct buf *out)
{
	struct tokens tokens;
	enum result result = tokens_read(text, arena, &tokens);

	return result == OK ? tokens_join_folded(&tokens, out) : result;
}

enum result
faq_filter_start(struct faq_filter *filter, struct arena *arena)
{
	enum result result;
	struct buf folded;

	buf_init(&folded, FOLDED_MAX_BYTES);
	result = fold(filter->words, arena, &folded);
	if (result == OK)
		result = arena_text(arena, buf_view(&folded), &filter->folded);
	buf_fini(&folded);
	return result;
}

/* What cannot be folded for want of memory is not found. */
static bool
holds(struct text_view text, struct text_view folded)
{
	struct arena arena;
	struct buf words;
	bool found;

	arena_init(&arena, SCRATCH_MAX_BYTES);
	buf_init(&words, FOLDED_MAX_BYTES);
	found = fold(text, &arena, &words) == OK &&
		text_find(buf_view(&words), folded) != SIZE_MAX;
	buf_fini(&words);
	arena_fini(&arena);
	return found;
}

static bool
any_holds(const struct faq_entry *entry, struct text_view folded)
{
	if (holds(entry->question, folded) || holds(entry->answer, folded))
		return true;
	for (size_t i = 0; i < entry->asked_as.count; i++) {
		if (holds(entry->asked_as.at[i], folded))
			return true;
	}
	return false;
}

bool
faq_filter_fits(const struct faq_filter *filter, const struct faq_entry *entry)
{
	if (filter->topic.len > 0 && !text_equal(filter->topic, entry->topic))
		return false;
	if (filter->owner.len > 0 && !text_equal(filter->owner, entry->owner))
		return false;
	return filter->folded.len == 0 ||
	       text_find(entry->id, text_trim(filter->words)) != SIZE_MAX ||
	       any_holds(entry, filter->folded);
}

bool
faq_filter_stale(
    const struct faq_entry *entry, const char *today, const char *oldest)
{
	if (entry->status != ENTRY_PUBLISHED)
		return false;
	if (entry->valid_until.len > 0 &&
	    text_compare(entry->valid_until, text_of(today)) < 0)
		return true;
	return entry->kind == ENTRY_ANSWER &&
	       text_compare(entry->reviewed, text_of(oldest)) < 0;
}
