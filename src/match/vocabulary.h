/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_MATCH_VOCABULARY_H
#define HOIDAP_MATCH_VOCABULARY_H

#include "text.h"

#define VOCABULARY_UNKNOWN UINT32_MAX

/* The features that a base knows, each with a number and a weight that says
 * how rare it is.  Filled once, then immutable. */
struct vocabulary;

/* NULL when out of memory. */
struct vocabulary *vocabulary_new(void);
void vocabulary_free(struct vocabulary *vocabulary);

/* Count KEY as occurring in example number EXAMPLE (given in rising order). */
enum result vocabulary_count(
    struct vocabulary *vocabulary, uint64_t key, uint32_t example) MUST_CHECK;
/* Is KEY, which occurs in so many examples, worth keeping? */
typedef bool vocabulary_keeps(uint64_t key, uint32_t examples);
/* The counting is over: number and weigh the keys that KEEPS keeps. */
enum result vocabulary_close(struct vocabulary *vocabulary, uint32_t examples,
    vocabulary_keeps *keeps) MUST_CHECK;

/* A copy to be extended.  Only after the close.  ERR_NOMEM. */
enum result vocabulary_copy(const struct vocabulary *from,
    struct vocabulary **vocabulary_out) MUST_CHECK;
/* Add the keys of ADDED that VOCABULARY lacks, behind its own and as rare as
 * what occurs once; what it has keeps its number and its rarity.  Both after
 * the close.  ERR_NOMEM, ERR_TOO_LARGE. */
enum result vocabulary_extend(
    struct vocabulary *vocabulary, const struct vocabulary *added) MUST_CHECK;

/* Number of a key, or VOCABULARY_UNKNOWN.  Only after the close. */
uint32_t vocabulary_find(const struct vocabulary *vocabulary, uint64_t key);
/* Parts of the examples that can be held out: bit F of WITHOUT says that the
 * feature also occurs outside part F.  Only after the close, while building. */
void vocabulary_note(
    struct vocabulary *vocabulary, uint32_t number, uint32_t without);
/* Would the feature be known if part HELD_OUT did not exist?  Nothing is held
 * out when it is UINT16_MAX. */
bool vocabulary_holds(
    const struct vocabulary *vocabulary, uint32_t number, uint16_t held_out);

/* log(examples / examples with it) + 1; an unknown one is as rare as can be. */
float vocabulary_rarity(const struct vocabulary *vocabulary, uint32_t number);
uint32_t vocabulary_size(const struct vocabulary *vocabulary);

#endif
