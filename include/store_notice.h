/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_STORE_NOTICE_H
#define HOIDAP_STORE_NOTICE_H

#include "notices.h"
#include "store_staff.h"

/* Notices and the off switch of each channel.  Changes are durable when a
 * function returns, together with their audit line; they are heeded once
 * store_notices_post() has put them on the board. */

enum { NOTICE_TEXT_MAX_BYTES = 2000, NOTICE_TOPICS_MAX_BYTES = 1000 };

/* NOTICE.id is given.  ERR_INVALID for a notice without text or that ends
 * before it begins, ERR_TOO_LARGE. */
enum result store_notice_add(struct store *store, const struct notice *notice,
    const struct audit_line *line, uint64_t *id_out) MUST_CHECK;
/* From LINE.at_ms on.  ERR_NOT_FOUND: it has ended, or never was. */
enum result store_notice_end(
    struct store *store, uint64_t id, const struct audit_line *line) MUST_CHECK;

/* OFF.since_ms is LINE.at_ms.  A channel that is off gets the new text and
 * reason.  ERR_INVALID without text, without reason or for a channel that does
 * not exist; ERR_TOO_LARGE. */
enum result store_channel_off(struct store *store,
    const struct channel_off *off, const struct audit_line *line) MUST_CHECK;
/* ERR_NOT_FOUND: it is on. */
enum result store_channel_on(struct store *store, struct text_view channel,
    const struct audit_line *line) MUST_CHECK;

/* Those that have not ended by NOW_MS, and the channels that are off; texts in
 * ARENA. */
enum result store_notices(struct store *store, uint64_t now_ms,
    struct arena *arena, struct notices *out) MUST_CHECK;
/* Read them and put them on BOARD: at the start and after every change. */
enum result store_notices_post(struct store *store, uint64_t now_ms,
    struct notice_board *board) MUST_CHECK;

#endif
