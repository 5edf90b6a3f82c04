/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_MATCH_FEATURE_H
#define HOIDAP_MATCH_FEATURE_H

#include "reading.h"

/* In the order in which feature_read() gives them. */
enum feature_kind {
	FEATURE_WORD, /* folded */
	FEATURE_PAIR, /* folded, two neighbours */
	FEATURE_GRAM, /* folded, 2 to 5 bytes of "_word_" */
	FEATURE_MARKED_WORD,
	FEATURE_MARKED_PAIR,
};

struct feature {
	uint64_t key;
	float weight;	/* half for branches */
	uint16_t token; /* the message's token it starts in */
	uint16_t kind;
};

struct features {
	struct feature *at;
	size_t count;
};

/* The key of a folded word by itself, and that of an accented one. */
uint64_t feature_word_key(struct text_view folded);
uint64_t feature_accented_key(struct text_view accented);
/* Was this key made from a run of letters? */
bool feature_is_gram(uint64_t key);

/* What the ranker looks at, in ARENA.  Accented features only where the
 * citizen types accents.  Only ERR_NOMEM. */
enum result feature_read(const struct reading *reading, struct arena *arena,
    struct features *out) MUST_CHECK;

#endif
