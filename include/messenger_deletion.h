/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_MESSENGER_DELETION_H
#define HOIDAP_MESSENGER_DELETION_H

#include "arena.h"

/* messenger_signed_request(form_value, app_secret, arena, user_id_out):
 * Read the field `signed_request` of Meta's data-deletion callback, already
 * decoded from its form.  ERR_INVALID when it is not signed with APP_SECRET, or
 * says nothing that we understand.  The id is app-scoped: it is not the id
 * that the same person writes to the page with. */
enum result messenger_signed_request(struct text_view form_value,
    struct text_view app_secret, struct arena *arena,
    struct text_view *user_id_out) MUST_CHECK;

#endif
