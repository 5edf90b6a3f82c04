/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_DELETION_H
#define HOIDAP_DELETION_H

#include "http.h"
#include "settings.h"

/* Meta's data-deletion callback of the Messenger app.  It names a person by an
 * id that only the app has: nothing is kept under it, and it does not lead to
 * the conversation.  So the answer is a page that says so, and how to erase
 * from the chat. */
struct deletion {
	const struct settings *settings;
	const struct log *log; /* may be NULL */
};

#define DELETION_PATH "/webhooks/messenger/deletion"
enum { DELETION_BODY_MAX_BYTES = 16384 };

/* POST, a form with `signed_request`: {"url", "confirmation_code"}.  CONTEXT is
 * a struct deletion. */
struct http_answer deletion_ask(void *context, struct http_request *request);
/* GET ?id=CODE: the page, for a code that we gave. */
struct http_answer deletion_status(void *context, struct http_request *request);

#endif
