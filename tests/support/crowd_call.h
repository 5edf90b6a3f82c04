/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_TEST_CROWD_CALL_H
#define HOIDAP_TEST_CROWD_CALL_H

#include <jansson.h>

#include "text.h"

struct crowd_call {
	const char *method;
	const char *path;
	const char *session; /* of the page; NULL: none */
	struct text_view body;
};

/* One request to PORT of this machine, from any thread.  The status of the
 * answer; 0: there was none, as while the server starts again.  *SAID_OUT is
 * its JSON, yours; NULL when it is none. */
unsigned crowd_call(
    unsigned short port, const struct crowd_call *call, json_t **said_out);

#endif
