/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef MESSENGER_EVENT_H
#define MESSENGER_EVENT_H

#include "channel.h"
#include "field.h"

/* One item of a `messaging` or `standby` list.  OUT->account, the page, is
 * already set.  Never fails: what cannot be understood becomes EVENT_IGNORED
 * with a word that says why. */
void messenger_event_read(struct messenger_reader *reader, const json_t *item,
    const struct account *account, bool standby, struct message *out);

/* Make OUT an EVENT_IGNORED: WORD is counted.  ITEM is what its dedup id comes
 * from. */
void messenger_event_ignore(struct messenger_reader *reader, const json_t *item,
    const char *word, struct message *out);

#endif
