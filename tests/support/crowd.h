/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_TEST_CROWD_H
#define HOIDAP_TEST_CROWD_H

#include "crowd_model.h"
#include "service.h"

/* Many citizens on three channels at once, each with a script made from a
 * seed, against a real server.  What must come of it is known before it
 * begins: crowd_model.h has lived through every script, one citizen at a
 * time. */

enum {
	CROWD_ROUNDS_MAX = 16,
	CROWD_EVENTS_MAX = 64,
	CROWD_TOKEN_SIZE = 33,
	CROWD_MESSAGE_ID_SIZE = 96,
};

enum crowd_act {
	CROWD_SAY,
	CROWD_TAP,
	CROWD_ATTACH,
	CROWD_FOLLOW,
	CROWD_STAFF, /* a person answers in the platform's own tool */
	CROWD_TAKE,  /* another app takes the thread */
	CROWD_PASS,  /* and gives it back */
	CROWD_DESK_TAKE,
	CROWD_DESK_SAY,
	CROWD_DESK_GIVE_BACK,
	CROWD_AGAIN, /* the platform delivers an earlier event once more */
	CROWD_ACTS,
};

struct crowd_event {
	enum crowd_act act;
	unsigned round;
	struct text_view text;	  /* words, a button's title, an attachment */
	struct text_view payload; /* CROWD_TAP */
	size_t again;		  /* CROWD_AGAIN: which event */
	char message_id[CROWD_MESSAGE_ID_SIZE]; /* once it has happened */
};

struct crowd_citizen {
	const struct channel *channel;
	char id[CROWD_ID_SIZE];	      /* as the store knows them */
	char token[CROWD_TOKEN_SIZE]; /* of the page's session */
	struct crowd_event events[CROWD_EVENTS_MAX];
	size_t event_count;
	struct crowd_model model;
	/* While it runs; the thread that moves this citizen only. */
	size_t next;	/* event */
	uint64_t after; /* the last message that the page has seen */
	json_t *heard;	/* what came, in order, as crowd_model_told() */
};

struct crowd {
	/* Set before crowd_make(). */
	uint64_t seed;
	size_t count;
	unsigned rounds;
	const char *faq_dir;

	struct crowd_world world;
	struct crowd_citizen *citizens;
	uint64_t at_ms[CROWD_ROUNDS_MAX + 1]; /* when each round is */
	bool restarts[CROWD_ROUNDS_MAX + 1];  /* in its middle */
	/* What the outbox has come to at the end of each round, and, past the
	 * last one, when nothing waits any more. */
	size_t waiting[CROWD_ROUNDS_MAX + 1];
	size_t sent[CROWD_ROUNDS_MAX + 1]; /* messages, in all */
	size_t recorded;		   /* by the simulator so far */
	struct service service;
};

/* Write the scripts, and let the model live through them. */
void crowd_make(struct crowd *crowd);
void crowd_free(struct crowd *crowd);

/* Play them all, in a server of its own; crowd_close() when all has been
 * looked at.  Fails the test when the server is not there for somebody. */
void crowd_play(struct crowd *crowd);
void crowd_close(struct crowd *crowd);

/* One line for each event, to stderr. */
void crowd_print(const struct crowd *crowd, const struct crowd_citizen *who);

#endif
