/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_STATIC_FILES_H
#define HOIDAP_STATIC_FILES_H

#include "http.h"

/* The citizens' pages, embedded in the binary: /chat and what belongs to it.
 * The table is in src/http/static_files.c; every path of it needs a row in
 * STATIC_ROUTES.  CONTEXT is a struct static_files. */
struct static_files {
	/* Origins of the sites that may frame /chat, with spaces between. */
	const char *frame_origins;
};

struct http_answer static_files_answer(
    void *context, struct http_request *request);

#define STATIC_ROUTE(files, path, help)                                        \
	{                                                                      \
		"GET", (path), 0, static_files_answer, NULL, (files), (help)   \
	}
/* Its rows of a table of routes. */
#define STATIC_ROUTES(files)                                                   \
	STATIC_ROUTE((files), "/chat", "the citizen's page"),                  \
	    STATIC_ROUTE((files), "/chat.css", "its style"),                   \
	    STATIC_ROUTE((files), "/chat.js", "its script"),                   \
	    STATIC_ROUTE(                                                      \
		(files), "/widget.js", "puts the page on the agency's site")

#endif
