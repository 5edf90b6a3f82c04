/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef SIMULATOR_POSTER_H
#define SIMULATOR_POSTER_H

#include "text.h"

/* Posts webhooks: one thread that drives all of them at once, so that a slow
 * answer to one does not hold up another. */
struct sim_poster;

/* How one attempt went. */
struct sim_posted {
	unsigned attempt;      /* from 1 */
	long status;	       /* 0: no answer came */
	struct text_view body; /* of the answer */
	uint64_t took_ms;
	bool last; /* no further attempt follows */
};

/* All is copied when it is added. */
struct sim_post {
	const char *url;
	const char *signature; /* a whole header line; "": none */
	bool form;	       /* the body is a form, not JSON */
	struct text_view body;
	unsigned retries;   /* more attempts while the answer is not 200 */
	bool tells_attempt; /* with a header num_retry, as Zalo does */
	/* After each attempt, on the poster's thread. */
	void (*done)(void *context, const struct sim_posted *posted);
	void *context;
};

enum result sim_poster_start(struct sim_poster **poster_out) MUST_CHECK;
/* From any thread.  ERR_NOMEM, ERR_IO for an URL that curl does not take; DONE
 * is not called then. */
enum result sim_poster_add(
    struct sim_poster *poster, const struct sim_post *post) MUST_CHECK;
/* From now on every post ends at once, without an answer. */
void sim_poster_close(struct sim_poster *poster);
/* Takes NULL. */
void sim_poster_stop(struct sim_poster *poster);

#endif
