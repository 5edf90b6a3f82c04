/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_TEST_TEMPORARY_STORE_H
#define HOIDAP_TEST_TEMPORARY_STORE_H

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "store.h"
#include "tests/support/cmocka_all.h"

/* A real store in a folder of its own. */
struct temporary_store {
	char folder[64];
	char url[96];
	struct store *store;
};

/* Open, or open again after temporary_store_close(). */
static inline void
temporary_store_open(struct temporary_store *temporary,
    void (*outbox_changed)(void *context), void *context)
{
	struct complaint why = { .text = "" };
	struct store_options options = { .turns_waiting_max = 1000,
		.outbox_changed = outbox_changed,
		.context = context };

	if (temporary->folder[0] == '\0') {
		(void)snprintf(temporary->folder, sizeof(temporary->folder),
		    "/tmp/hoidap-outbox-XXXXXX");
		assert_non_null(mkdtemp(temporary->folder));
		(void)snprintf(temporary->url, sizeof(temporary->url),
		    "sqlite:%s/store.db", temporary->folder);
	}
	options.url = temporary->url;
	if (store_open(&options, &temporary->store, &why) != OK)
		fail_msg("%s", why.text);
}

static inline void
temporary_store_close(struct temporary_store *temporary)
{
	store_close(temporary->store);
	temporary->store = NULL;
}

static inline int
temporary_store_unlink(
    const char *path, const struct stat *status, int kind, struct FTW *where)
{
	(void)status;
	(void)kind;
	(void)where;
	return remove(path);
}

static inline void
temporary_store_remove(struct temporary_store *temporary)
{
	temporary_store_close(temporary);
	(void)nftw(
	    temporary->folder, temporary_store_unlink, 8, FTW_DEPTH | FTW_PHYS);
}

#endif
