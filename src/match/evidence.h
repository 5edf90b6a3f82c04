/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_MATCH_EVIDENCE_H
#define HOIDAP_MATCH_EVIDENCE_H

#include "faq.h"
#include "reading.h"

/* What curators said outright: keywords and patterns of the entries. */
struct evidence;

enum { EVIDENCE_HITS_MAX = 64 };

struct evidence_hit {
	uint16_t class;
	bool pattern;		 /* else a keyword */
	uint16_t words;		 /* of the keyword, all phrases together */
	struct text_view phrase; /* the pattern's source, or the keyword's
				    first phrase */
};

struct evidence_hits {
	struct evidence_hit at[EVIDENCE_HITS_MAX];
	size_t count;
};

/* Class I is ENTRIES[I], which must outlive the evidence.  ERR_INVALID with
 * WHY for a pattern that PCRE2 refuses. */
enum result evidence_new(const struct faq_entry *const *entries, size_t count,
    const struct glossary *glossary, struct evidence **evidence_out,
    struct complaint *why) MUST_CHECK;
void evidence_free(struct evidence *evidence);

/* What stands in a message, read two ways.  A keyword stands where all its
 * phrases do, as whole words; a word typed with accents must have the same
 * ones.  Past EVIDENCE_HITS_MAX, hits are left out.  Only ERR_NOMEM. */
enum result evidence_find(const struct evidence *evidence,
    const struct tokens *tokens, const struct reading *reading,
    struct arena *arena, struct evidence_hits *out) MUST_CHECK;

#endif
