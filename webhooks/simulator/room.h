/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef SIMULATOR_ROOM_H
#define SIMULATOR_ROOM_H

#include "simulator.h"

#include "chain.h"
#include "people.h"
#include "poster.h"
#include "record.h"
#include "script.h"
#include "sent.h"
#include "sleepers.h"

#include <pthread.h>

/* The simulator as its handlers see it. */

enum sim_api_id {
	SIM_API_MESSENGER_SEND,
	SIM_API_MESSENGER_PAGE,
	SIM_API_ZALO_SEND,
	SIM_API_ZALO_TOKEN,
	SIM_API_ZALO_OA,
	SIM_APIS,
};

enum { SIM_URL_SIZE = 512, SIM_CITIZEN_MAX_BYTES = 128 };

struct sim_settings {
	bool echoes;	/* tell of messages that the APIs took */
	bool proof;	/* demand appsecret_proof, where there is a secret */
	bool strangers; /* let the APIs write to people never met */
	bool windows;	/* and to those who have been silent for long */
	bool manages;	/* Messenger: tokens have pages_manage_metadata */
	unsigned free_replies; /* Zalo: not billed in 48 hours; 0: all */
	unsigned quota;	       /* Zalo: replies left that are billed */
	unsigned retries;      /* of a webhook that was not answered 200 */
};

struct simulator {
	const struct account *accounts;
	size_t account_count;
	const struct log *log;
	struct http_route *routes;
	struct http_server *server;
	struct sim_poster *poster;
	struct sim_sleepers *sleepers;

	/* What follows belongs to whoever holds MUTEX.  It may be held while
	 * something is given to the poster or the sleepers, never the other
	 * way round. */
	pthread_mutex_t mutex;
	char target[SIM_URL_SIZE]; /* "": not set yet */
	struct sim_settings settings;
	struct sim_settings at_start; /* what a reset goes back to */
	struct sim_record record;
	struct sim_sent sent;
	struct sim_people people;
	struct sim_script scripts[SIM_APIS];
	struct sim_chain *chains; /* one for each account */
	json_t *pages; /* what each page is set up to: {"ID": {"profile",
			  "fields"}} */
};

/* The account with ID, or the channel's first where ID is ""; NULL: none. */
const struct account *sim_room_account(
    const struct simulator *simulator, const char *channel, const char *id);
/* Write ROW down, with the time, and wake those who wait for it.  Takes ROW,
 * which may be NULL.  With the mutex held; without memory the row is lost, and
 * logged. */
void sim_room_note(struct simulator *simulator, json_t *row);

/* The answer with JSON as its body.  Takes JSON; NULL: out of memory. */
struct http_answer sim_room_answer(
    struct http_request *request, unsigned status, json_t *json);

#endif
