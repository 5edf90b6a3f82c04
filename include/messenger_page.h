/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_MESSENGER_PAGE_H
#define HOIDAP_MESSENGER_PAGE_H

#include "channel.h"

/* What the operator's commands ask Meta about a page: pure, like the channel.
 * Complaints say what is wrong and what to do, for somebody who runs a server;
 * they quote no token. */

enum messenger_ask {
	MESSENGER_ASK_PAGE, /* whose token is it? */
	MESSENGER_ASK_APP,  /* of which app? */
	MESSENGER_ASK_SUBSCRIPTIONS,
	MESSENGER_ASK_PROFILE,
};

/* ERR_NOMEM, or ERR_TOO_LARGE for settings that make no address. */
enum result messenger_page_ask(const struct account *account,
    enum messenger_ask ask, struct arena *arena,
    struct api_call *out) MUST_CHECK;

/* Is RESPONSE a success?  ERR_INVALID with WHY when Meta refused for good,
 * ERR_IO with WHY when the same may pass later. */
enum result messenger_page_check(
    const struct api_response *response, struct complaint *why) MUST_CHECK;

/* The id and the name of a page or an app.  Errors as above; a success without
 * an id is ERR_INVALID. */
struct messenger_node {
	struct text_view id;
	struct text_view name; /* may be empty */
};
enum result messenger_page_read(const struct api_response *response,
    struct arena *arena, struct messenger_node *out,
    struct complaint *why) MUST_CHECK;

/* Which fields of its webhook the page sends to the app.  Lists are split by
 * commas. */
struct messenger_fields {
	bool subscribed;	  /* the app at all */
	struct text_view missing; /* of those that hoidap reads; may be empty */
	struct text_view all;	  /* those there are, and the missing ones */
};
/* APP_ID empty: not known, the first app counts.  Errors as above. */
enum result messenger_page_fields(const struct api_response *response,
    struct text_view app_id, struct arena *arena, struct messenger_fields *out,
    struct complaint *why) MUST_CHECK;

/* Have the page send FIELDS. */
enum result messenger_page_subscribe(const struct account *account,
    struct text_view fields, struct arena *arena,
    struct api_call *out) MUST_CHECK;

#endif
