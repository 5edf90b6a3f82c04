/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_CLI_PAGE_STATE_H
#define HOIDAP_CLI_PAGE_STATE_H

#include "messenger_page.h"
#include "messenger_profile.h"
#include "platform.h"

/* A page as Meta has it, beside what the settings and the FAQ base want.  All
 * errors come with WHY. */

/* The node that the token stands for: the page itself, if it is a page's. */
enum result page_state_node(struct platform *platform, enum messenger_ask ask,
    struct messenger_node *out, struct complaint *why) MUST_CHECK;

/* Which fields the page sends to the token's app. */
enum result page_state_fields(struct platform *platform,
    struct messenger_fields *out, struct complaint *why) MUST_CHECK;

/* What differs from profile.json.  ERR_NOT_FOUND when the base has none. */
enum result page_state_changes(struct platform *platform,
    struct messenger_changes *out, struct complaint *why) MUST_CHECK;

#endif
