/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_FAQ_NEAR_H
#define HOIDAP_FAQ_NEAR_H

#include "text.h"

/* "Did you mean": the one of many names that is most like a misspelt one. */
struct near {
	struct text_view wanted;
	struct text_view best; /* borrowed from near_try() */
	size_t distance;       /* from here on a name is too different */
};

struct near near_start(struct text_view wanted);
void near_try(struct near *near, struct text_view name);

enum { NEAR_HINT_SIZE = 96 };
/* `; did you mean "BEST"?`, or nothing when no name is near enough. */
void near_hint(const struct near *near, char out[NEAR_HINT_SIZE]);

#endif
