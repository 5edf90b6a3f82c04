/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "hash.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

uint64_t
hash64(struct text_view text, uint64_t seed)
{
	return XXH3_64bits_withSeed(
	    text.at == NULL ? "" : text.at, text.len, seed);
}
