/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_TEST_CROWD_MODEL_H
#define HOIDAP_TEST_CROWD_MODEL_H

#include <jansson.h>

#include "channel.h"
#include "dialog.h"
#include "secret.h"
#include "store.h"
#include "takeover.h"

/* What a conversation comes to when nothing happens at the same time: one
 * citizen alone, one event after the other, through the pure dialog.  The
 * store, the outbox and the platforms are a few lines here, without threads,
 * files or sockets. */

enum {
	CROWD_ID_SIZE = SECRET_HEX_SIZE,
	CROWD_REPLIES_MAX = 80,
	CROWD_QUESTIONS_MAX = 64,
};

/* What is the same for all.  Not for several threads at once. */
struct crowd_world {
	struct knowledge *knowledge;
	struct arena scratch; /* of one event */
};

struct crowd_reply {
	struct text_view packed;
	uint64_t due_ms;
	size_t question; /* index, SIZE_MAX: none */
	size_t
	    messages; /* that the platform gets for it; 0: the page fetches */
	bool human;
};

struct crowd_model {
	struct crowd_world *world;
	const struct channel *channel;
	const char *citizen;
	struct arena kept;
	struct text_view state;
	struct crowd_reply replies[CROWD_REPLIES_MAX];
	size_t reply_count;
	struct question questions[CROWD_QUESTIONS_MAX];
	size_t question_count;
	bool known; /* has spoken since the beginning, or the last erasure */
};

/* The settings that the model lives by, as variables; NULL-ended. */
extern const char *const crowd_model_variables[];

void crowd_model_init(struct crowd_model *model, struct crowd_world *world,
    const struct channel *channel, const char *citizen);
void crowd_model_fini(struct crowd_model *model);

/* An event of the platform comes. */
void crowd_model_event(
    struct crowd_model *model, struct message message, uint64_t now_ms);
/* Staff act at their desk. */
void crowd_model_desk(struct crowd_model *model, enum takeover_act act,
    struct text_view words, uint64_t now_ms);

/* How many replies have not gone out at NOW_MS. */
size_t crowd_model_waiting(const struct crowd_model *model, uint64_t now_ms);
/* How many messages the platform has taken by then. */
size_t crowd_model_sent(const struct crowd_model *model, uint64_t now_ms);
/* The state at NOW_MS, in the world's scratch. */
struct text_view crowd_model_state(
    const struct crowd_model *model, struct text_view state, uint64_t now_ms);
/* Everything that the citizen was told, as strings of sorted JSON: the bodies
 * of the platform's API calls, or the page's messages.  Yours. */
json_t *crowd_model_told(const struct crowd_model *model);
/* BODY of a call, or a message of the page, as such a string; BODY is
 * changed. */
json_t *crowd_model_plain(json_t *body);

/* Where staff write; silent as long as the model assumes. */
enum { CROWD_SILENT_MS = 1800000 };

#endif
