/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_GLOSSARY_H
#define HOIDAP_GLOSSARY_H

#include "tokens.h"

/* What citizens write and what it may mean: abbreviations, teencode, dialect,
 * brand names.  Nothing is ever rewritten: meanings are readings that stand
 * beside what was typed.  Immutable once filled; then any number of threads
 * may search it. */
struct glossary;

struct glossary_line {
	struct tokens written;
	struct tokens *means;
	size_t mean_count;
};

/* NULL when out of memory. */
struct glossary *glossary_new(void);
void glossary_free(struct glossary *glossary);

/* Add a line.  The texts are copied.  ERR_INVALID when WRITTEN or a meaning
 * holds no word; ERR_NOMEM. */
enum result glossary_add(struct glossary *glossary, struct text_view written,
    const struct text_view *means, size_t mean_count) MUST_CHECK;

/* The line whose WRITTEN is the longest that stands at TOKENS[AT], or NULL.
 * A word typed with marks must have the same marks; a word typed without any
 * finds a written form with marks, too. */
const struct glossary_line *glossary_find(
    const struct glossary *glossary, const struct tokens *tokens, size_t at);

#endif
