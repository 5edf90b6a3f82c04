/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_MATCH_BACKGROUND_H
#define HOIDAP_MATCH_BACKGROUND_H

#include "question.h"

/* The generated entries of a base: asked only when no curated entry answers. */
struct background;

/* From the live background entries of FAQ; INDEX must be complete otherwise:
 * it is asked questions.  *BACKGROUND_OUT is NULL when there are none.
 * ERR_NOMEM, ERR_TOO_LARGE. */
enum result background_new(const struct match_index *index,
    const struct faq *faq, const char *today,
    struct background **background_out) MUST_CHECK;
void background_free(struct background *background);

/* RESULT is what the curated entries say to QUESTION, of which one of them
 * covers the share COVERED.  Where they do not answer, the background may
 * answer, or stand behind what is offered.  An answer of theirs stands, unless
 * the question is an entry's whole name that they hardly cover.  Only
 * ERR_NOMEM. */
enum result background_join(const struct background *background,
    const struct question *question, double covered, struct arena *arena,
    struct match_result *result) MUST_CHECK;

/* ---- for background_rehearsal.c ---- */

enum { BACKGROUND_CANDIDATES = 3 };

struct background_candidate {
	uint16_t class;
	double likeness;
	double fact[FACT_COUNT];
};

struct background_candidates {
	struct background_candidate at[BACKGROUND_CANDIDATES];
	size_t count; /* most alike first */
};

/* A question so like a name is that name. */
bool background_is_name(double likeness);

/* CURATED is the confidence of the best curated entry.  Only ERR_NOMEM. */
enum result background_find(const struct background *background,
    const struct question *question, double curated, struct arena *arena,
    struct background_candidates *out) MUST_CHECK;

struct background {
	const struct faq_entry **entries; /* class I is ENTRIES[I] */
	uint16_t entry_count;
	struct vocabulary *vocabulary;
	struct phrasebook *phrasebook;
	struct calibration calibration;
	struct match_thresholds thresholds;
};

#endif
