/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef SIMULATOR_API_H
#define SIMULATOR_API_H

#include "act.h"
#include "room.h"

/* An API of a platform, as it treats one request. */

struct sim_served {
	unsigned status;
	json_t *answer;		       /* NULL: out of memory */
	bool accepted;		       /* the platform has done it */
	const struct account *account; /* set when ACCEPTED */
	char message_id[SIM_ID_SIZE];  /* "": none */
};

struct sim_api {
	const char *channel;
	const char *name; /* as scripts say it: "send", "token" */
	/* The body as an object; NULL: unreadable, which SERVE must bear. */
	json_t *(*read)(const struct http_request *request);
	/* The row for the record, with "api", "text", "buttons" and "citizen"
	 * where there is one; BODY may be NULL. */
	json_t *(*describe)(const json_t *body);
	/* With the mutex held.  *OUT comes zeroed. */
	void (*serve)(struct simulator *simulator,
	    const struct http_request *request, const json_t *body,
	    struct sim_served *out);
	/* The platform's answer to a scripted {"code", "subcode"?}. */
	void (*refuse)(const json_t *error, struct sim_served *out);
};

/* One file each; sim_api_begin() looks them up by their id. */
extern const struct sim_api sim_messenger_send;
extern const struct sim_api sim_messenger_page;
extern const struct sim_api sim_zalo_send;
extern const struct sim_api sim_zalo_oa;
extern const struct sim_api sim_zalo_token;

/* The API of these names; SIM_APIS: none. */
enum sim_api_id sim_api_named(const char *channel, const char *name);

/* Serve REQUEST as the API does, or as its script says. */
void sim_api_begin(struct simulator *simulator, enum sim_api_id id,
    struct http_request *request);

/* For the APIs: a member's string, "" when it is none. */
const char *sim_api_text(const json_t *object, const char *key);
/* Does the request's content type begin with TYPE? */
bool sim_api_content_is(
    const struct http_request *request, struct text_view type);
/* The body as a JSON object, NULL when it is none. */
json_t *sim_api_json(const struct http_request *request);

#endif
