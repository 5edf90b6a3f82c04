/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_TEST_PHONE_H
#define HOIDAP_TEST_PHONE_H

#include "service.h"

/* A citizen's phone on one channel: what they do, and what they see. */
struct phone {
	struct service *service;
	const char *channel; /* "messenger" or "zalo" */
	const char *citizen;
	size_t seen;	     /* rows of the record that were looked at */
	char message_id[96]; /* of what was done last */
};

/* Each returns the HTTP status with which the server answered the webhook; 0:
 * none. */
long phone_say(struct phone *phone, const char *text);
long phone_tap(struct phone *phone, const char *title, const char *payload);
long phone_attach(struct phone *phone, const char *kind);
long phone_follow(struct phone *phone);
/* A person of the agency answers this citizen in the platform's own tool. */
long phone_staff(struct phone *phone, const char *text);
/* The platform delivers the message with this id once more. */
long phone_again(struct phone *phone, const char *message_id);

/* The next message that the platform has taken for this citizen, as the
 * simulator's row; waits for it. */
const json_t *phone_next(struct phone *phone);
/* Its text. */
const char *phone_hear(struct phone *phone);
/* Say TEXT, which must be accepted, and hear the next message. */
const char *phone_ask(struct phone *phone, const char *text);
/* How many messages the platform has taken for this citizen in all. */
size_t phone_count(struct phone *phone);

/* The next message's text must hold PART. */
void phone_hears(struct phone *phone, const char *part);

/* The button of ROW with TITLE, as the simulator shows it. */
const json_t *phone_button(const json_t *row, const char *title);

#endif
