/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "near.h"

#include <stdio.h>

/* Longer names are not compared: every name of a FAQ base is shorter. */
enum { NAME_MAX_BYTES = 64 };

/* Levenshtein's distance in bytes; one row of the table at a time. */
static size_t
edit_distance(struct text_view a, struct text_view b)
{
	size_t row[NAME_MAX_BYTES + 1];

	for (size_t j = 0; j <= b.len; j++)
		row[j] = j;
	for (size_t i = 1; i <= a.len; i++) {
		size_t diagonal = row[0];

		row[0] = i;
		for (size_t j = 1; j <= b.len; j++) {
			size_t best = diagonal + (a.at[i - 1] != b.at[j - 1]);

			if (row[j] + 1 < best)
				best = row[j] + 1;
			if (row[j - 1] + 1 < best)
				best = row[j - 1] + 1;
			diagonal = row[j];
			row[j] = best;
		}
	}
	return row[b.len];
}

/* One slip, and one more for every four bytes, is still the same name. */
struct near
near_start(struct text_view wanted)
{
	return (
	    struct near){ .wanted = wanted, .distance = 2 + wanted.len / 4 };
}

void
near_try(struct near *near, struct text_view name)
{
	size_t distance;

	if (near->wanted.len > NAME_MAX_BYTES || name.len > NAME_MAX_BYTES)
		return;
	distance = edit_distance(near->wanted, name);
	if (distance >= near->distance)
		return;
	near->best = name;
	near->distance = distance;
}

void
near_hint(const struct near *near, char out[NEAR_HINT_SIZE])
{
	out[0] = '\0';
	if (near->best.len > 0)
		(void)snprintf(out, NEAR_HINT_SIZE, "; did you mean \"%.*s\"?",
		    TEXT_ARGS(near->best));
}
