/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_CONSOLE_BUBBLES_H
#define HOIDAP_CONSOLE_BUBBLES_H

#include <jansson.h>

#include "reply.h"
#include "settings.h"

/* REPLY as citizens see it on each channel, through the channel's own render:
 * {"messenger": [{"text", "buttons": [{"title", "url"?}]}], "zalo": ...,
 * "webchat": ...}.  A channel that cannot send it has {"refused": why} instead
 * of a list.  Yours. */
enum result bubbles_render(const struct reply *reply,
    const struct settings *settings, uint64_t now_ms, struct arena *arena,
    json_t **bubbles_out) MUST_CHECK;

#endif
