/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_CONSOLE_CONVERSATION_JSON_H
#define HOIDAP_CONSOLE_CONVERSATION_JSON_H

#include "api.h"
#include "store_talk.h"

/* Conversations and replies as the API shows them.  What is returned is
 * yours; NULL when out of memory. */

/* {"reach", "until_ms", "why"} of CONTACT on CHANNEL now. */
json_t *conversation_json_window(const struct staff_request *request,
    struct text_view channel, const struct contact *contact);
/* One row of the list. */
json_t *conversation_json(
    struct staff_request *request, const struct talk_row *row);
json_t *conversation_json_reply(
    struct staff_request *request, const struct reply_row *row);
json_t *conversation_json_question(const struct question_row *row);
/* What staff did there: who wrote, took it, gave it back. */
json_t *conversation_json_act(const struct audit_line *line);

#endif
