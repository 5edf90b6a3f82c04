/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_MATCH_INDEX_H
#define HOIDAP_MATCH_INDEX_H

#include "calibration.h"
#include "evidence.h"
#include "match.h"
#include "phrasebook.h"

struct background;

/* Class I is entries[I]; the class after the last is "out of
 * scope".  The background entries are a tier of their own. */
struct match_index {
	const struct faq *faq;
	const struct faq_entry **entries;
	uint16_t entry_count;
	struct glossary *glossary;
	struct vocabulary *vocabulary;
	struct evidence *evidence;
	struct phrasebook *phrasebook;
	struct weights *weights;
	struct background *background; /* NULL: none */
	struct calibration calibration;
	struct match_thresholds thresholds;
	struct match_trial *trials;
	size_t trial_count;
	size_t renewed_count; /* entries changed since all was learnt */
};

#endif
