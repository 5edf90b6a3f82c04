/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Curators' patterns, compiled once by PCRE2 with JIT.
 *
 * A pattern is written by staff and meets text from strangers, so each attempt
 * has a match and a depth limit: a pattern that explodes is a pattern that
 * does not match.  Patterns see normalised words with one space between them,
 * once with accents and once without. */
#define PCRE2_CODE_UNIT_WIDTH 8

#include "patterns.h"

#include <pcre2.h>
#include <stdlib.h>

enum {
	MATCH_LIMIT = 20000,
	DEPTH_LIMIT = 200,
	HEAP_LIMIT_KIB = 256,
	SUBJECT_BYTES_MAX = 4 * TOKENS_BYTES_MAX,
};

struct pattern {
	pcre2_code *code;
	struct text_view source;
	uint16_t class;
};

struct patterns {
	struct pattern *at;
	size_t count;
	pcre2_match_context *limits;
};

void
patterns_free(struct patterns *patterns)
{
	if (patterns == NULL)
		return;
	for (size_t i = 0; i < patterns->count; i++)
		pcre2_code_free(patterns->at[i].code);
	pcre2_match_context_free(patterns->limits);
	free(patterns->at);
	free(patterns);
}

static enum result
compile(struct pattern *pattern, const struct faq_entry *entry,
    struct complaint *why)
{
	int error;
	size_t offset;
	char message[128] = "";

	pattern->code =
	    pcre2_compile((PCRE2_SPTR)pattern->source.at, pattern->source.len,
		PCRE2_UTF | PCRE2_UCP | PCRE2_CASELESS, &error, &offset, NULL);
	if (pattern->code == NULL) {
		(void)pcre2_get_error_message(
		    error, (PCRE2_UCHAR *)message, sizeof(message));
		complain(why, entry->file, entry->line,
		    "entry '%.*s': pattern '%.*s' is wrong at %zu: %s",
		    TEXT_ARGS(entry->id), TEXT_ARGS(pattern->source), offset,
		    message);
		return error == PCRE2_ERROR_NOMEMORY ? ERR_NOMEM : ERR_INVALID;
	}
	/* Without JIT the interpreter does the same, slower. */
	(void)pcre2_jit_compile(pattern->code, PCRE2_JIT_COMPLETE);
	return OK;
}

static enum result
compile_all(struct patterns *patterns, const struct faq_entry *const *entries,
    size_t count, struct complaint *why)
{
	for (size_t i = 0; i < count; i++) {
		for (size_t k = 0; k < entries[i]->patterns.count; k++) {
			struct pattern *pattern =
			    &patterns->at[patterns->count];
			enum result result;

			pattern->source = entries[i]->patterns.at[k];
			pattern->class = (uint16_t)i;
			result = compile(pattern, entries[i], why);
			if (result != OK)
				return result;
			patterns->count++;
		}
	}
	return OK;
}

enum result
patterns_new(const struct faq_entry *const *entries, size_t count,
    struct patterns **patterns_out, struct complaint *why)
{
	enum result result = ERR_NOMEM;
	struct patterns *patterns = calloc(1, sizeof(*patterns));
	size_t total = 0;

	for (size_t i = 0; i < count; i++)
		total += entries[i]->patterns.count;
	if (patterns == NULL)
		goto out;
	patterns->at = calloc(total + 1, sizeof(*patterns->at));
	patterns->limits = pcre2_match_context_create(NULL);
	if (patterns->at == NULL || patterns->limits == NULL)
		goto out;
	(void)pcre2_set_match_limit(patterns->limits, MATCH_LIMIT);
	(void)pcre2_set_depth_limit(patterns->limits, DEPTH_LIMIT);
	(void)pcre2_set_heap_limit(patterns->limits, HEAP_LIMIT_KIB);
	result = compile_all(patterns, entries, count, why);
	if (result != OK)
		goto out;
	*patterns_out = patterns;
	patterns = NULL; /* handed over */
out:
	patterns_free(patterns);
	return result;
}

static bool
matches(const struct pattern *pattern, struct text_view subject,
    pcre2_match_data *data, pcre2_match_context *limits)
{
	return pcre2_match(pattern->code, (PCRE2_SPTR)subject.at, subject.len,
		   0, PCRE2_NO_UTF_CHECK, data, limits) >= 0;
}

enum result
patterns_find(const struct patterns *patterns, const struct tokens *tokens,
    patterns_report *report, void *context)
{
	struct buf accented;
	struct buf folded;
	pcre2_match_data *data = NULL;
	enum result result = OK;

	buf_init(&accented, SUBJECT_BYTES_MAX);
	buf_init(&folded, SUBJECT_BYTES_MAX);
	if (patterns->count == 0)
		goto out;
	result = tokens_join_accented(tokens, &accented);
	if (result == OK)
		result = tokens_join_folded(tokens, &folded);
	data = pcre2_match_data_create(1, NULL);
	if (result == OK && data == NULL)
		result = ERR_NOMEM;
	if (result != OK || accented.len == 0)
		goto out;
	for (size_t i = 0; i < patterns->count; i++) {
		const struct pattern *pattern = &patterns->at[i];

		if (matches(
			pattern, buf_view(&accented), data, patterns->limits) ||
		    matches(pattern, buf_view(&folded), data, patterns->limits))
			report(context, pattern->class, pattern->source);
	}
out:
	pcre2_match_data_free(data);
	buf_fini(&accented);
	buf_fini(&folded);
	return result;
}
