/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_MATCH_PHRASEBOOK_H
#define HOIDAP_MATCH_PHRASEBOOK_H

#include "ranker.h"

/* The words of every phrasing, class by class: how near is a question to
 * something that was written down, and how much of it do they cover? */
struct phrasebook;

struct nearness {
	double best;	 /* cosine with the nearest phrasing, words and pairs */
	double covered;	 /* share of the question's words that occur in any
			   phrasing of the class, by rarity */
	const bool *met; /* does the class hold word or pair I of the vector?
			    In the probe, until the next comparison */
};

enum { PHRASEBOOK_FOUND_MAX = 8 };

struct phrasebook_found {
	uint16_t class[PHRASEBOOK_FOUND_MAX];
	size_t count;
};

/* Of the examples of LESSON, which come class by class; those of no class and
 * of the last one, "out of scope", are left out.  ERR_NOMEM, ERR_TOO_LARGE. */
enum result phrasebook_new(
    const struct lesson *lesson, struct phrasebook **book_out) MUST_CHECK;
/* The phrasings of FROM and those of LESSON, whose features and classes are
 * all that there are: those of class C become those of CLASS_MAP[C], which
 * rises, or are left out where that is UINT16_MAX.  A class has phrasings from
 * one of the two.  ERR_NOMEM, ERR_TOO_LARGE. */
enum result phrasebook_renew(const struct phrasebook *from,
    const uint16_t *class_map, const struct lesson *lesson,
    struct phrasebook **book_out) MUST_CHECK;
void phrasebook_free(struct phrasebook *book);

/* A question made ready to be compared with several classes. */
struct probe;

/* In ARENA; VECTOR must outlive it.  NULL when out of memory. */
struct probe *probe_new(const struct phrasebook *book,
    const struct vector *vector, struct arena *arena);

/* How near the question is to CLASS, leaving out the phrasings of fold
 * HELD_OUT (UINT16_MAX: none).  PROBE is scratch: one thread at a time. */
struct nearness phrasebook_compare(const struct phrasebook *book,
    const struct probe *probe, uint16_t class, uint16_t held_out);

/* The classes with the phrasings that are most like the question, best first:
 * at most MOST (of
 * PHRASEBOOK_FOUND_MAX).  Common words are looked at last, and not
 * at all once the rarer ones have cost enough.  In ARENA.  Only ERR_NOMEM. */
enum result phrasebook_search(const struct phrasebook *book,
    const struct probe *probe, struct arena *arena, size_t most,
    struct phrasebook_found *out) MUST_CHECK;

#endif
