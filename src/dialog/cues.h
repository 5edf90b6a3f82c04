/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_DIALOG_CUES_H
#define HOIDAP_DIALOG_CUES_H

#include "dialog.h"

/* Read TEXT as words that steer the conversation.  What they mean depends on
 * what was said before, so one text may be several cues.  ERR_NOMEM. */
enum result cues_read(
    struct text_view text, struct arena *arena, struct cues *out) MUST_CHECK;
/* The same, of a text that has been read already as WORDS. */
enum result cues_of(struct text_view text, const struct tokens *words,
    struct arena *arena, struct cues *out) MUST_CHECK;

/* Is TITLE, read in the same way, what the citizen typed?  ERR_NOMEM. */
enum result cues_say(const struct cues *cues, struct text_view title,
    struct arena *arena, bool *out) MUST_CHECK;

#endif
