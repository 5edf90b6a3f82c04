/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Fill a store with a made-up year of questions (tests/support/synthetic_log.h)
 * that ends now, for tests in the browser and for measuring:
 *     build/release/tests/bench/synthetic_store FILE [COUNT [SEED]]
 * The server sorts them into groups when it starts. */
#include <stdio.h>
#include <stdlib.h>

#include "clock.h"
#include "secret.h"
#include "tests/support/synthetic_log.c"

int
main(int argc, char **argv)
{
	uint64_t count = 50000;
	uint64_t seed = 1;
	char url[4096];
	struct store_options options = { .url = url,
		.turns_waiting_max = 10000 };
	struct synthetic_options made;
	struct store *store;
	struct complaint why = { .text = "" };
	enum result result;

	if (argc < 2 || argc > 4 ||
	    (argc > 2 &&
		text_number(text_of(argv[2]), 1, 10000000, &count) != OK) ||
	    (argc > 3 &&
		text_number(text_of(argv[3]), 0, UINT64_MAX, &seed) != OK)) {
		fprintf(stderr, "usage: synthetic_store FILE [COUNT [SEED]]\n");
		return 2;
	}
	(void)snprintf(url, sizeof(url), "sqlite:%s", argv[1]);
	if (secret_init() != OK || store_open(&options, &store, &why) != OK) {
		fprintf(stderr, "%s: %s\n", argv[1], why.text);
		return 1;
	}
	made =
	    (struct synthetic_options){ seed, (size_t)count, clock_now_ms() };
	result = synthetic_log_fill(store, &made);
	store_close(store);
	printf("%llu questions: %s\n", (unsigned long long)count,
	    result_name(result));
	return result == OK ? 0 : 1;
}
