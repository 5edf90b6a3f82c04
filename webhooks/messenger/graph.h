/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef MESSENGER_GRAPH_H
#define MESSENGER_GRAPH_H

#include "channel.h"

#include <jansson.h>

/* Calls of the Graph API other than sending. */

/* METHOD as in struct api_call; PATH and QUERY ("fields=id", may be empty)
 * behind the API's base.  The body is empty.  ERR_NOMEM, ERR_TOO_LARGE. */
struct messenger_graph_target {
	const char *method;
	const char *node; /* "me", or an id of the settings */
	const char *edge; /* "/messenger_profile", or "" */
	const char *query;
};
enum result messenger_graph_call(const struct account *account,
    const struct messenger_graph_target *target, struct arena *arena,
    struct api_call *out) MUST_CHECK;

/* JSON, which is taken and may be NULL (out of memory), as one line.
 * ERR_NOMEM. */
enum result messenger_graph_write(
    json_t *json, struct arena *arena, struct text_view *out) MUST_CHECK;

/* The object of a success, yours to json_decref().  Otherwise the errors of
 * messenger_page_check(). */
enum result messenger_graph_read(const struct api_response *response,
    json_t **root_out, struct complaint *why) MUST_CHECK;

#endif
