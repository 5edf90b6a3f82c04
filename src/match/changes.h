/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_MATCH_CHANGES_H
#define HOIDAP_MATCH_CHANGES_H

#include "index.h"

/* What differs between the bases of two indexes. */
struct changes {
	/* By class of the older one, the out-of-scope class included: the
	 * class of the same id, and that of the same phrasings.  UINT16_MAX:
	 * none. */
	uint16_t *class_map;
	uint16_t *same_map;
	uint16_t *changed; /* new and changed classes, rising */
	size_t changed_count;
	size_t total;  /* with the removed ones, and all since the older
			  index or one before it was learnt whole */
	bool in_order; /* what is in both comes in the same order */
};

/* Would both read any message the same way, and know the same off-topic
 * messages? */
bool changes_same_readers(
    const struct match_index *index, const struct match_index *previous);

/* CHANGES needs changes_fini(), also after a failure.  ERR_NOMEM. */
enum result changes_find(const struct match_index *index,
    const struct match_index *previous, struct changes *changes) MUST_CHECK;
void changes_fini(struct changes *changes);

/* Give INDEX those trials of PREVIOUS whose entries have not changed.
 * ERR_NOMEM. */
enum result changes_carry_trials(const struct changes *changes,
    const struct match_index *previous, struct match_index *index) MUST_CHECK;

#endif
