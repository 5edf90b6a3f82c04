/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_CONSOLE_FAQ_TRIAL_H
#define HOIDAP_CONSOLE_FAQ_TRIAL_H

#include <jansson.h>
#include <stdatomic.h>

#include "editions.h"

/* What publishing revisions would change, found out before: the candidate
 * base is loaded and trained beside the one in force, looked over, examined
 * with the golden questions, and asked what citizens have asked lately.  What
 * passes is what is published: the candidate itself. */

enum { FAQ_TRIAL_ENTRIES_MAX = 200, FAQ_TRIAL_CHANGES_TOLD_MAX = 500 };

enum faq_trial_step {
	FAQ_TRIAL_LOADING,
	FAQ_TRIAL_CHECKING,
	FAQ_TRIAL_GOLDEN,
	FAQ_TRIAL_REPLAY,
	FAQ_TRIAL_DONE,
	FAQ_TRIAL_STEPS,
};

/* "loading", "checking", ... */
const char *faq_trial_step_name(enum faq_trial_step step);

struct faq_trial {
	/* Given by the caller. */
	const char *dir;
	struct store *store;
	const struct knowledge *before; /* held */
	size_t questions_max;		/* of the replay */
	uint64_t now_ms;
	struct arena arena; /* of what is below */
	struct revision *revisions;
	size_t revision_count;

	/* How far it has come; for any thread. */
	_Atomic int step;
	_Atomic size_t done; /* questions of the replay */
	_Atomic size_t total;

	/* Once it is done. */
	struct knowledge *candidate; /* NULL: the loader refused it */
	uint64_t generation;
	json_t *report;
	bool passes;
};

/* Everything.  ERR_NOMEM, ERR_IO. */
enum result faq_trial_run(struct faq_trial *trial) MUST_CHECK;
void faq_trial_fini(struct faq_trial *trial);

#endif
