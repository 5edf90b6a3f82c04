/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_MESSENGER_PROFILE_H
#define HOIDAP_MESSENGER_PROFILE_H

#include "channel.h"

/* What a page shows before anybody has written: the Messenger Profile API.
 * Pure, like the channel. */

struct messenger_item {
	struct text_view title;
	struct text_view payload; /* comes back as a tap; or */
	struct text_view url;	  /* opens */
};

struct messenger_profile {
	struct text_view greeting;
	const struct messenger_item *ice_breakers; /* payloads only */
	size_t ice_breaker_count;
	const struct messenger_item *menu;
	size_t menu_count;
};

/* Greeting, titles and payloads within Messenger's limits?  ERR_INVALID with
 * WHY. */
enum result messenger_profile_check(
    const struct messenger_profile *profile, struct complaint *why) MUST_CHECK;

/* JSON for people to read; empty: not there. */
struct messenger_change {
	const char *property;
	struct text_view before;
	struct text_view after; /* empty: is to be removed */
};

enum { MESSENGER_PROPERTIES = 4 };

struct messenger_changes {
	struct messenger_change at[MESSENGER_PROPERTIES];
	size_t count;
};

/* What must change so that the page, whose profile CURRENT is the answer to
 * MESSENGER_ASK_PROFILE, shows PROFILE; nothing where it does.  Errors as
 * messenger_page_check(). */
enum result messenger_profile_compare(const struct messenger_profile *profile,
    const struct api_response *current, struct arena *arena,
    struct messenger_changes *out, struct complaint *why) MUST_CHECK;

/* The calls that make CHANGES: one that sets, one that removes; *COUNT_OUT is
 * 0 to 2.  ERR_NOMEM, ERR_TOO_LARGE. */
enum { MESSENGER_PROFILE_CALLS = 2 };
enum result messenger_profile_apply(const struct account *account,
    const struct messenger_changes *changes, struct arena *arena,
    struct api_call out[MESSENGER_PROFILE_CALLS], size_t *count_out) MUST_CHECK;

#endif
