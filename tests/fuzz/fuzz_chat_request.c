/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "src/http/chat_request.h"

#include <assert.h>

#include "chat.h"
#include "utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Whatever a stranger posts: either a complaint, or exactly one of text and
 * payload, within its bounds. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct text_view body = { (const char *)data, size };
	struct chat_request asked;
	struct complaint why = { .text = "" };
	struct arena arena;
	enum result result;

	arena_init(&arena, 1 << 20);
	result = chat_request_read(body, &arena, &asked, &why);
	if (result == OK) {
		assert((asked.text.len > 0) != (asked.payload.len > 0));
		assert(utf8_valid(asked.text) && utf8_valid(asked.payload));
		assert(utf8_length(asked.text) <= CHAT_TEXT_MAX);
	} else if (result == ERR_INVALID) {
		assert(why.text[0] != '\0');
	}
	arena_fini(&arena);
	return 0;
}
