/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_TEXT_H
#define HOIDAP_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "result.h"

/* Borrowed bytes, not NUL-terminated.  AT may be NULL only when LEN is 0. */
struct text_view {
	const char *at;
	size_t len;
};

/* A view of a string literal. */
#define TEXT(literal) ((struct text_view){ (literal), sizeof(literal) - 1 })
/* For printf's "%.*s". */
#define TEXT_ARGS(view) (int)(view).len, ((view).at ? (view).at : "")

/* A view of a NUL-terminated string; NULL gives the empty view. */
struct text_view text_of(const char *string);
/* From FROM up to, not including, TO; both are cut to the view's length. */
struct text_view text_slice(struct text_view text, size_t from, size_t to);
/* Without ASCII white space at both ends. */
struct text_view text_trim(struct text_view text);

bool text_equal(struct text_view a, struct text_view b);
bool text_is(struct text_view text, const char *string);
bool text_starts(struct text_view text, struct text_view prefix);
/* memcmp order, shorter first: for qsort. */
int text_compare(struct text_view a, struct text_view b);
/* Offset of the first NEEDLE in TEXT, or SIZE_MAX. */
size_t text_find(struct text_view text, struct text_view needle);
/* The next piece of *REST up to SEPARATOR, which is taken off with it.
 * False when *REST is used up (its AT is then NULL). */
bool text_split(
    struct text_view *rest, char separator, struct text_view *piece_out);

/* A NUL-terminated heap copy, yours; NULL when out of memory. */
char *text_dup(struct text_view text);
/* Copy into a fixed array with its NUL; ERR_TOO_LARGE instead of a cut. */
enum result text_copy(char *out, size_t size, struct text_view text) MUST_CHECK;
/* A whole decimal number within [MIN, MAX], digits only. */
enum result text_number(struct text_view text, uint64_t min, uint64_t max,
    uint64_t *out) MUST_CHECK;

#endif
