/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_CONSOLE_FAQ_JSON_H
#define HOIDAP_CONSOLE_FAQ_JSON_H

#include <jansson.h>

#include "match.h"
#include "reply.h"
#include "store_editions.h"

/* How the staff API says what the FAQ is made of.  All are yours; NULL when
 * out of memory, which json_pack() passes on. */

/* A text that may have been cut inside a character: without that one. */
json_t *faq_json_text(struct text_view text);
/* As in a topic file. */
json_t *faq_json_entry(const struct faq_entry *entry);
/* What the store or an overlay holds: JSON already. */
json_t *faq_json_parse(struct text_view json);
/* {"number", "version", "state", "base", "author", ...}; WITH_ENTRY: and what
 * it says, as "entry" and "topic". */
json_t *faq_json_revision(const struct revision *revision, bool with_entry);
/* {"text", "buttons": [{"title", "url" or "payload"}]} */
json_t *faq_json_reply(const struct reply *reply);
/* [{"id", "question", "confidence", "score"}] */
json_t *faq_json_candidates(const struct match_result *match);

#endif
