/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Any valid UTF-8 reads into valid UTF-8, within the bounds, and reading the
 * outcome again changes nothing. */
#include <assert.h>

#include "tokens.h"
#include "utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_tokens(struct text_view text, const struct tokens *tokens)
{
	assert(tokens->count <= TOKENS_MAX);
	for (size_t i = 0; i < tokens->count; i++) {
		const struct token *token = &tokens->at[i];

		assert(utf8_valid(token->accented));
		assert(utf8_valid(token->folded));
		assert(utf8_valid(token->skeleton));
		assert(utf8_valid(token->typed));
		assert(token->typed.at >= text.at);
		assert(
		    token->typed.at + token->typed.len <= text.at + text.len);
		assert(token->kind == TOKEN_EMOJI || token->accented.len > 0);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct text_view text = { (const char *)data, size };
	struct arena arena;
	struct tokens tokens;
	struct buf once;
	struct buf twice;

	if (!utf8_valid(text))
		return 0;
	arena_init(&arena, 64 << 20);
	buf_init(&once, 16 << 20);
	buf_init(&twice, 16 << 20);
	if (tokens_read(text, &arena, &tokens) == OK &&
	    tokens_join_accented(&tokens, &once) == OK) {
		check_tokens(text, &tokens);
		/* Unfolding may bring the outcome past the bounds. */
		if (once.len <= TOKENS_BYTES_MAX &&
		    tokens_read(buf_view(&once), &arena, &tokens) == OK &&
		    tokens.count < TOKENS_MAX &&
		    tokens_join_accented(&tokens, &twice) == OK)
			assert(text_equal(buf_view(&once), buf_view(&twice)));
	}
	buf_fini(&once);
	buf_fini(&twice);
	arena_fini(&arena);
	return 0;
}
