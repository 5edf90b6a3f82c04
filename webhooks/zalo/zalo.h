/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef ZALO_ZALO_H
#define ZALO_ZALO_H

#include "channel.h"

/* The pieces of the Zalo row, one file each; include/channel.h says what they
 * do. */
enum genuineness zalo_verify(
    const struct webhook_request *request, const struct account *account);
enum result zalo_parse(struct text_view body, const struct account *account,
    struct arena *arena, struct message_list *out,
    struct complaint *why) MUST_CHECK;
enum result zalo_render(const struct reply *reply,
    const struct delivery_address *to, const struct render_context *context,
    struct arena *arena, struct api_call_list *out) MUST_CHECK;
void zalo_judge(const struct api_response *response, struct verdict *out);
struct reply_window zalo_window(
    const struct contact *contact, const struct window_terms *terms);
extern const struct token_protocol zalo_token;

/* A button of ours is sent as a hidden text, this prefix and its payload, and
 * a tap brings that text back.  A citizen can type it as well. */
#define ZALO_TAP_PREFIX "#hd "

#endif
