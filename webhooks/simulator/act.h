/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef SIMULATOR_ACT_H
#define SIMULATOR_ACT_H

#include "channel.h"
#include "sign.h"

#include <jansson.h>

/* Something a person does on a platform, and the webhook it makes. */

enum sim_act_kind {
	SIM_SAY,
	SIM_TAP,
	SIM_ATTACH,
	SIM_FOLLOW,
	SIM_LEAVE,
	SIM_REACT,    /* to a message of ours */
	SIM_WITHDRAW, /* asks the platform to have their data erased */
	SIM_STAFF, /* a person of the agency answers in the platform's tool */
	/* Who controls the thread: another app, such as the page's inbox, takes
	 * it from us, passes it to us, or asks us for it. */
	SIM_TAKE,
	SIM_PASS,
	SIM_REQUEST,
	SIM_ECHO, /* the platform tells of a message that the API took */
};

/* Strings that do not apply are "". */
struct sim_act {
	enum sim_act_kind kind;
	const struct account *account;
	const char *citizen;
	const char *conversation; /* Zalo: an anonymous visitor's */
	const char *text;	  /* for a tap the title of the button */
	const char *payload;
	const char *attachment; /* "image", "sticker", ... */
	const char *message_id;
	bool quick_reply;   /* the tapped button was one */
	bool standby;	    /* another app controls the thread: we only watch */
	const json_t *sent; /* SIM_ECHO: the message as the API took it */
	uint64_t now_ms;
};

enum { SIM_ID_SIZE = 96 };

/* How a platform tells of it: one row each. */
struct sim_platform {
	const char *name; /* the channel's */
	const char *signature_header;
	bool tells_retries;
	/* A fresh message id. */
	void (*make_id)(char out[SIM_ID_SIZE]);
	/* The event; NULL when there is none for such an act, or no memory. */
	json_t *(*event)(const struct sim_act *act);
	/* Its bytes on the wire, yours to free(); NULL when out of memory. */
	char *(*write)(const json_t *event);
	void (*sign)(const struct account *account, struct text_view body,
	    char out[SIM_SIGNATURE_SIZE]);
};

extern const struct sim_platform sim_messenger_phone;
extern const struct sim_platform sim_zalo_phone;

/* NULL for a channel that is not simulated. */
const struct sim_platform *sim_act_platform(const char *channel);
/* "say", "tap", ... */
const char *sim_act_name(enum sim_act_kind kind);
/* Is ATTACHMENT one that a phone can send? */
bool sim_act_attaches(const char *attachment);

#endif
