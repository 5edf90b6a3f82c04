/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_CONSOLE_FAQ_CHECKS_H
#define HOIDAP_CONSOLE_FAQ_CHECKS_H

#include "faq_trial.h"

/* The trials of this process: one at a time runs, on a thread of its own, and
 * the last few are kept with what they found. */
struct faq_checks;

enum { FAQ_CHECKS_KEPT_MAX = 4 };

struct faq_checks *faq_checks_new(void);
/* Waits for the one that runs.  Takes NULL. */
void faq_checks_free(struct faq_checks *checks);

/* Start TRIAL, whose given members are set and which is taken over (from
 * calloc; faq_trial_fini() and free()), also on failure.  ERR_BUSY while
 * another one runs, *ID_OUT is then its id. */
enum result faq_checks_start(struct faq_checks *checks, struct faq_trial *trial,
    uint64_t *id_out) MUST_CHECK;

struct faq_checks_view {
	enum faq_trial_step step; /* FAQ_TRIAL_DONE: the rest counts */
	size_t done;
	size_t total;
	enum result result; /* of the trial itself */
	/* Held until faq_checks_release(); NULL before it is done. */
	const struct faq_trial *trial;
};

/* How far check ID is.  False: it was never started, or is forgotten.  No
 * other is started or forgotten before faq_checks_release(). */
bool faq_checks_look(
    struct faq_checks *checks, uint64_t id, struct faq_checks_view *out);
void faq_checks_release(struct faq_checks *checks);

/* What FAQ_CHECKS_LOOK shows has been published: its candidate is handed
 * over. */
struct knowledge *faq_checks_take(struct faq_checks *checks, uint64_t id);

#endif
