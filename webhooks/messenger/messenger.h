/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef MESSENGER_MESSENGER_H
#define MESSENGER_MESSENGER_H

#include "channel.h"

/* The functions of the Messenger row; include/channel.h says what each one
 * does. */

/* Starts the metadata that render sets on every message and that comes back in
 * its echo; the delivery id follows. */
#define MESSENGER_METADATA_PREFIX "hoidap:"

enum result messenger_parse(struct text_view body,
    const struct account *account, struct arena *arena,
    struct message_list *out, struct complaint *why) MUST_CHECK;

enum result messenger_render(const struct reply *reply,
    const struct delivery_address *to, const struct render_context *context,
    struct arena *arena, struct api_call_list *out) MUST_CHECK;

void messenger_judge(const struct api_response *response, struct verdict *out);

struct reply_window messenger_window(
    const struct contact *contact, const struct window_terms *terms);

#endif
