/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_STATIC_FILES_H
#define HOIDAP_STATIC_FILES_H

#include "http.h"

/* The citizens' pages, embedded in the binary: /chat and what belongs to it.
 * The table is in src/http/static_files.c; every path of it needs a row in
 * STATIC_ROUTES.  CONTEXT is not used. */
struct http_answer static_files_answer(
    void *context, struct http_request *request);

#define STATIC_ROUTE(path, help)                                               \
	{                                                                      \
		"GET", (path), 0, static_files_answer, NULL, NULL, (help)      \
	}
/* Its rows of a table of routes. */
#define STATIC_ROUTES                                                          \
	STATIC_ROUTE("/chat", "the citizen's page"),                           \
	    STATIC_ROUTE("/chat.css", "its style"),                            \
	    STATIC_ROUTE("/chat.js", "its script"),                            \
	    STATIC_ROUTE("/widget.js", "puts the page on the agency's site")

#endif
