/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_BENCH_HOIDAP_H
#define HOIDAP_BENCH_HOIDAP_H

#include "match.h"
#include "matcher.h"

/* match_index_new() and match_ask(), as in production. */
struct hoidap_state {
	struct faq *faq;
	struct match_index *index;
	struct arena arena;
};

static inline enum result
hoidap_fill(struct faq *faq, const struct generated *base)
{
	faq->entries =
	    arena_alloc(&faq->arena, base->entry_count, sizeof(*faq->entries));
	if (faq->entries == NULL)
		return ERR_NOMEM;
	faq->entry_count = base->entry_count;
	for (size_t i = 0; i < base->entry_count; i++) {
		struct generated_entry *from = &base->entries[i];

		faq->entries[i] = (struct faq_entry){
			.id = from->id,
			.question = from->phrasings[0],
			.asked_as = { from->phrasings + 1,
			    GENERATED_PHRASINGS - 1 },
			.file = "",
		};
	}
	return faq_seal(faq);
}

static inline void
hoidap_end(void *state)
{
	struct hoidap_state *hoidap = state;

	if (hoidap == NULL)
		return;
	match_index_free(hoidap->index);
	faq_free(hoidap->faq);
	arena_fini(&hoidap->arena);
	free(hoidap);
}

static inline enum result
hoidap_start(const struct generated *base, void **state_out)
{
	struct hoidap_state *hoidap = calloc(1, sizeof(*hoidap));
	enum result result = ERR_NOMEM;

	if (hoidap == NULL)
		return ERR_NOMEM;
	arena_init(&hoidap->arena, MATCH_ARENA_BYTES_MAX);
	hoidap->faq = faq_new();
	if (hoidap->faq != NULL)
		result = hoidap_fill(hoidap->faq, base);
	if (result == OK)
		result = match_index_new(
		    hoidap->faq, "2026-11-24", &hoidap->index, NULL);
	if (result != OK) {
		hoidap_end(hoidap);
		return result;
	}
	*state_out = hoidap;
	return OK;
}

static inline enum result
hoidap_ask(void *state, struct text_view question, size_t *entry_out)
{
	struct hoidap_state *hoidap = state;
	struct match_result match;
	enum result result;

	arena_reset(&hoidap->arena);
	result = match_ask(hoidap->index, question, &hoidap->arena, &match);
	if (result != OK)
		return result;
	*entry_out =
	    match.candidate_count == 0
		? SIZE_MAX
		: (size_t)(match.candidates[0].entry - hoidap->faq->entries);
	return OK;
}

static const struct matcher matcher_hoidap = {
	.name = "hoidap",
	.start = hoidap_start,
	.ask = hoidap_ask,
	.end = hoidap_end,
};

#endif
