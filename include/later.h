/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_LATER_H
#define HOIDAP_LATER_H

#include "reply.h"

/* The answer to a question that was asked days ago: it says to which. */
struct later {
	struct text_view question; /* as logged; empty once erased */
	uint64_t asked_ms;
	const struct reply *answer;
};

/* Packed, in ARENA.  Pure.  ERR_NOMEM, ERR_TOO_LARGE. */
enum result later_compose(const struct later *later, struct arena *arena,
    struct text_view *packed_out) MUST_CHECK;

#endif
