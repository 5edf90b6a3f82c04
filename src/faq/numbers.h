/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_FAQ_NUMBERS_H
#define HOIDAP_FAQ_NUMBERS_H

#include "text.h"

/* Gives each key a number, counted from 0 in the order of first sight.
 * Starts as { 0 }.  Keys are hashes: two texts with one hash are one. */
struct numbers {
	uint64_t *keys; /* by number */
	uint32_t *slots;
	size_t count;
	size_t slot_count; /* a power of two, or 0 */
};

enum { NUMBERS_MAX = 1 << 28 };
#define NUMBERS_NONE UINT32_MAX

void numbers_fini(struct numbers *numbers);

/* The number of KEY, a new one where it has none.  ERR_NOMEM,
 * ERR_TOO_LARGE. */
enum result numbers_give(
    struct numbers *numbers, uint64_t key, uint32_t *number_out) MUST_CHECK;
/* The number of KEY or NUMBERS_NONE. */
uint32_t numbers_find(const struct numbers *numbers, uint64_t key);

#endif
