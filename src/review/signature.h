/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_REVIEW_SIGNATURE_H
#define HOIDAP_REVIEW_SIGNATURE_H

#include "lexicon.h"

/* What of a question counts when it is compared: a set of terms. */
enum term_kind {
	TERM_WORD,
	TERM_FILLER, /* courtesy and grammar */
	TERM_NEED,   /* where, when, how much, ... however it was said */
	TERM_PAIR,   /* two neighbours, fillers left out */
	TERM_KINDS,
};

struct signature {
	uint64_t *terms; /* sorted, each once */
	size_t count;	 /* never 0: what holds no word is like its equals */
	bool marked;	 /* typed with accents */
};

/* Words past this many are not read: a long story says at its beginning, or
 * nowhere, what it is about. */
enum {
	SIGNATURE_WORDS_MAX = 96,
	SIGNATURE_TERMS_MAX = 2 * SIGNATURE_WORDS_MAX,
};

struct signature_tools {
	const struct lexicon *lexicon;
	const struct glossary *glossary; /* may be NULL */
};

/* Terms live in ARENA.  ERR_NOMEM. */
enum result signature_read(const struct signature_tools *tools,
    struct text_view text, struct arena *arena,
    struct signature *out) MUST_CHECK;

enum term_kind signature_kind(uint64_t term);

/* TEXT, in ARENA, without the tags that stand for masked numbers
 * ("[số căn cước]"), which would make strangers look alike. */
enum result signature_untagged(struct text_view text, struct arena *arena,
    struct text_view *out) MUST_CHECK;

#endif
