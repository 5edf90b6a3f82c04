/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_TEST_STAFF_H
#define HOIDAP_TEST_STAFF_H

#include <jansson.h>

#include "tests/support/service.h"

/* Somebody at the staff API of a service that runs in the test program. */

#define STAFF_PASSWORD "bốn từ dễ nhớ"

enum { STAFF_COOKIE_SIZE = 160, STAFF_CSRF_SIZE = 65 };

struct staff {
	struct service *service;
	uint64_t id;
	char cookie[STAFF_COOKIE_SIZE]; /* "name=value"; "": none */
	char csrf[STAFF_CSRF_SIZE];	/* "": none */
};

struct staff_said {
	unsigned status;
	json_t *json; /* yours, see staff_said_end() */
	char *head;   /* all of the answer */
};

/* An account with the password above. */
uint64_t staff_add(struct service *service, const char *login, unsigned roles);
/* A session made in the store, without a password: quick. */
struct staff staff_enter(struct service *service, uint64_t user);

/* One request with cookie and CSRF token; BODY may be NULL: none.  PATH is
 * below /api/v1. */
struct staff_said staff_call(const struct staff *staff, const char *method,
    const char *path, const char *body);
/* The same, which must answer STATUS; the JSON is yours. */
json_t *staff_expect(const struct staff *staff, const char *method,
    const char *path, const char *body, unsigned status);
/* It must answer STATUS with CODE. */
void staff_refused(const struct staff *staff, const char *method,
    const char *path, const char *body, unsigned status, const char *code);
void staff_said_end(struct staff_said *said);

/* POST /session as a browser does; keeps cookie and token when it is a 200. */
struct staff_said staff_sign_in(struct staff *staff, const char *login,
    const char *password, const char *totp);

#endif
