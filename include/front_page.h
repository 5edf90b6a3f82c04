/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_FRONT_PAGE_H
#define HOIDAP_FRONT_PAGE_H

#include "http.h"

/* GET /: leads to the chat page, and proves to Zalo that the domain is ours
 * (a meta tag with the code of the console, on the site root). */
struct front_page {
	const char *zalo_verification; /* letters, digits, - and _; "": none */
};

struct http_answer front_page_answer(
    void *context, struct http_request *request);

/* GET /zalo_verifierCODE.html: the same proof as a file. */
#define FRONT_PAGE_VERIFIER "/zalo_verifier"
struct http_answer front_page_verifier(
    void *context, struct http_request *request);

#endif
