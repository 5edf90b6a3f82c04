/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_BENCH_PCRE2_H
#define HOIDAP_BENCH_PCRE2_H

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "match.h"
#include "matcher.h"

/* A bot of patterns: one an entry, compiled for this processor; the first that
 * the folded question satisfies is the answer.  It is given better patterns
 * than curators write: the generator knows the words. */
struct patterns_state {
	pcre2_code **codes;
	size_t count;
	pcre2_match_data *data;
	struct arena arena;
	struct buf text;
};

static inline void
patterns_end(void *state)
{
	struct patterns_state *patterns = state;

	for (size_t i = 0; patterns->codes != NULL && i < patterns->count; i++)
		pcre2_code_free(patterns->codes[i]);
	free(patterns->codes);
	pcre2_match_data_free(patterns->data);
	arena_fini(&patterns->arena);
	buf_fini(&patterns->text);
	free(patterns);
}

static inline enum result
patterns_add(
    struct patterns_state *patterns, size_t number, struct text_view pattern)
{
	int error;
	size_t offset;
	pcre2_code *code = pcre2_compile((PCRE2_SPTR)pattern.at, pattern.len,
	    PCRE2_ANCHORED, &error, &offset, NULL);

	if (code == NULL)
		return ERR_INVALID;
	patterns->codes[number] = code;
	return pcre2_jit_compile(code, PCRE2_JIT_COMPLETE) == 0 ? OK
								: ERR_NOMEM;
}

static inline enum result
patterns_start(const struct generated *base, void **state_out)
{
	struct patterns_state *patterns = calloc(1, sizeof(*patterns));
	enum result result = OK;

	if (patterns == NULL)
		return ERR_NOMEM;
	arena_init(&patterns->arena, MATCH_ARENA_BYTES_MAX);
	buf_init(&patterns->text, TOKENS_BYTES_MAX);
	patterns->count = base->entry_count;
	patterns->codes = calloc(patterns->count, sizeof(pcre2_code *));
	patterns->data = pcre2_match_data_create(1, NULL);
	if (patterns->codes == NULL || patterns->data == NULL)
		result = ERR_NOMEM;
	for (size_t i = 0; result == OK && i < patterns->count; i++)
		result = patterns_add(patterns, i, base->entries[i].pattern);
	if (result != OK) {
		patterns_end(patterns);
		return result;
	}
	*state_out = patterns;
	return OK;
}

static inline enum result
patterns_ask(void *state, struct text_view question, size_t *entry_out)
{
	struct patterns_state *patterns = state;
	enum result result;

	arena_reset(&patterns->arena);
	result = generated_fold(question, &patterns->arena, &patterns->text);
	if (result != OK)
		return result;
	*entry_out = SIZE_MAX;
	for (size_t i = 0; i < patterns->count; i++) {
		int found = pcre2_jit_match(patterns->codes[i],
		    (PCRE2_SPTR)patterns->text.at, patterns->text.len, 0, 0,
		    patterns->data, NULL);

		if (found < 0)
			continue;
		*entry_out = i;
		break;
	}
	return OK;
}

static const struct matcher matcher_patterns = {
	.name = "pcre2",
	.start = patterns_start,
	.ask = patterns_ask,
	.end = patterns_end,
};

#endif
