/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_MATCH_PATTERNS_H
#define HOIDAP_MATCH_PATTERNS_H

#include "faq.h"
#include "tokens.h"

/* The compiled patterns of all entries. */
struct patterns;

/* Class I is ENTRIES[I], which must outlive the patterns.  ERR_INVALID with
 * WHY for a pattern that PCRE2 refuses. */
enum result patterns_new(const struct faq_entry *const *entries, size_t count,
    struct patterns **patterns_out, struct complaint *why) MUST_CHECK;
void patterns_free(struct patterns *patterns);

/* Called for each pattern that matches. */
typedef void patterns_report(
    void *context, uint16_t class, struct text_view source);

/* Try every pattern on the words of a message, with and without accents.  A
 * pattern that runs into its match limit does not match.  Only ERR_NOMEM. */
enum result patterns_find(const struct patterns *patterns,
    const struct tokens *tokens, patterns_report *report,
    void *context) MUST_CHECK;

#endif
