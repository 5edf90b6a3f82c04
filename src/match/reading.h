/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_MATCH_READING_H
#define HOIDAP_MATCH_READING_H

#include "glossary.h"
#include "vocabulary.h"

/* One word as the ranker sees it. */
struct word {
	struct text_view accented;
	struct text_view folded;
	uint64_t accented_key; /* hashes of the two, taken once */
	uint64_t folded_key;
	uint16_t token; /* of the message, for explanations */
	bool marked;
};

/* Words that may stand for the reading's words FROM to TO. */
struct branch {
	const struct word *words;
	size_t count;
	size_t from;
	size_t to;
};

/* A message as it is probably meant, with what it may mean besides. */
struct reading {
	struct word *words;
	size_t count;
	struct branch *branches;
	size_t branch_count;
	bool marked; /* the citizen types accents */
};

/* A glossary line with one meaning is read so, and the typed words become a
 * branch; with several meanings the typed words stand, and each meaning is a
 * branch.  A word that KNOWN (which may be NULL) does not hold is read as
 * Telex left-overs where it can be.  Words borrow from TOKENS and GLOSSARY,
 * the rest lives in ARENA.  Only ERR_NOMEM. */
enum result reading_of(const struct tokens *tokens,
    const struct glossary *glossary, const struct vocabulary *known,
    struct arena *arena, struct reading *out) MUST_CHECK;

#endif
