/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_DIALOG_ANSWER_H
#define HOIDAP_DIALOG_ANSWER_H

#include "exchange.h"

/* Answering from the base, and what citizens say of an answer. */

enum { MISSES_BEFORE_PERSON = 2 };

/* The entry with ID, if citizens may see it today; else NULL. */
const struct faq_entry *answer_live(
    const struct knowledge *knowledge, struct text_view id);

/* ENTRY's answer as a reply; no decision yet. */
enum result answer_fill(const struct exchange *exchange,
    const struct faq_entry *entry, struct reply *out) MUST_CHECK;
/* ENTRY is what was answered, whatever the reply says of it. */
void answer_note(struct exchange *exchange, const struct faq_entry *entry);
enum result answer_entry(
    struct exchange *exchange, const struct faq_entry *entry) MUST_CHECK;
enum result answer_welcome(struct exchange *exchange) MUST_CHECK;
/* No entry: say so, and offer a person. */
void answer_unknown(struct exchange *exchange);

/* "Không hiểu", "sai rồi" right after an answer.  ERR_NOT_FOUND otherwise. */
enum result answer_heard(struct exchange *exchange) MUST_CHECK;

#endif
