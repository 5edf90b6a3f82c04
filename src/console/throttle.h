/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_CONSOLE_THROTTLE_H
#define HOIDAP_CONSOLE_THROTTLE_H

#include "text.h"

/* How often somebody may try to sign in: by login and address together, by
 * address and by login.  In memory, of a fixed size: a flood of tries writes
 * nothing to the disk, and a restart forgives. */
struct throttle;

struct throttle *throttle_new(void); /* NULL when out of memory */
void throttle_free(struct throttle *throttle);

struct throttle_try {
	struct text_view login;
	struct text_view address;
	uint64_t now_ms;
};

/* Count one try: 0, or the seconds until one may be made again (it is then not
 * counted).  Any thread. */
unsigned throttle_count(
    struct throttle *throttle, const struct throttle_try *tried);
/* It was the right password: the tries with this login are forgotten, and this
 * one of the address. */
void throttle_forgive(
    struct throttle *throttle, const struct throttle_try *tried);

#endif
