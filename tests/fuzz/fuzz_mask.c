/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Masked text is valid UTF-8 and holds no long number any more. */
#include <assert.h>

#include "mask.h"
#include "utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t
longest_number(struct text_view text)
{
	size_t longest = 0;
	size_t run = 0;

	for (size_t i = 0; i < text.len; i++) {
		run = text.at[i] >= '0' && text.at[i] <= '9' ? run + 1 : 0;
		longest = run > longest ? run : longest;
	}
	return longest;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct text_view text = { (const char *)data, size };
	struct buf out;
	unsigned kinds = 0;

	if (!utf8_valid(text))
		return 0;
	buf_init(&out, 16 << 20);
	if (mask_personal(text, &out, &kinds) == OK) {
		assert(utf8_valid(buf_view(&out)));
		assert(longest_number(buf_view(&out)) < 9);
		assert(kinds != 0 || text_equal(text, buf_view(&out)));
	}
	buf_fini(&out);
	return 0;
}
