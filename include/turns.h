/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_TURNS_H
#define HOIDAP_TURNS_H

#include "dialog.h"
#include "http.h"
#include "store.h"

/* From events to committed turns: the one path that webhooks and the web chat
 * share.  Matching runs on the caller's thread, deciding inside the store's
 * transaction. */
struct turn_service {
	struct store *store;
	struct knowledge_slot *knowledge;
	struct metrics *metrics;      /* may be NULL */
	struct notice_board *notices; /* may be NULL */
	/* As in struct dialog_input. */
	uint64_t staff_silence_ms;
	uint64_t keep_days;
	uint64_t messages_per_minute;
	uint64_t repeat_ms;
	uint64_t burst_wait_ms;
};

struct turns_order {
	struct http_request *request; /* its arena holds everything */
	const struct channel *channel;
	const struct message_list *messages;
	/* Called once after the commit, on the store's thread; must end in
	 * http_finish(). */
	void (*done)(
	    void *context, struct http_request *request, enum result result);
	void *context;
};

/* Start ORDER.  Anything but OK: done() is not called (ERR_BUSY: too much
 * waits, ERR_NOMEM).  With no event that needs a turn, done() is called at
 * once. */
enum result turns_start(struct turn_service *service,
    const struct turns_order *order, uint64_t now_ms) MUST_CHECK;

#endif
