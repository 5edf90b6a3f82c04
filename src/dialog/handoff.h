/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_DIALOG_HANDOFF_H
#define HOIDAP_DIALOG_HANDOFF_H

#include "exchange.h"

/* From the bot to a person, and back. */

/* The citizen asks for a person, in words that are logged already or with a
 * tap, which is logged here.  ENTRY says how to reach one; NULL: the base has
 * no such entry. */
enum result handoff_start(
    struct exchange *exchange, const struct faq_entry *entry) MUST_CHECK;

/* The first live entry that asks for a person, or NULL. */
const struct faq_entry *handoff_entry(const struct knowledge *knowledge);

/* While a person answers: keep the message for staff and say nothing, unless
 * the citizen calls the bot back.  ERR_NOT_FOUND when no person answers. */
enum result handoff_keep_silent(struct exchange *exchange) MUST_CHECK;

/* Is a person answering? */
bool handoff_silent(const struct exchange *exchange);

#endif
