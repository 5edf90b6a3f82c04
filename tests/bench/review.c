/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* How long it takes to find the group of a new question among GROUPS (10000)
 * open ones, in processor time:
 *     build/release/tests/bench/review [GROUPS]
 * and to sort and list what is open in a store (as synthetic_store makes one,
 * of which a copy is best used):
 *     build/release/tests/bench/review FILE */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "clock.h"
#include "review.h"
#include "secret.h"
#include "src/console/sorter.h"
#include "store_review.h"
#include "tests/support/synthetic_log.c"

enum { ASKED = 5000, LOG_MAX = 2000000 };

static const uint64_t year_end_ms = 1795000000000;

/* Of this thread: the machine may have other work. */
static uint64_t
processor_ns(void)
{
	struct timespec used;

	(void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
	return (uint64_t)used.tv_sec * 1000000000 + (uint64_t)used.tv_nsec;
}

static int
compare_times(const void *a, const void *b)
{
	const uint64_t *left = a;
	const uint64_t *right = b;

	return (*left > *right) - (*left < *right);
}

/* Three groups of each thing that is asked, until there are enough. */
static enum result
fill(struct review *review, struct synthetic_log *log, size_t groups)
{
	struct synthetic_question made;
	enum result result = OK;
	uint64_t id = 0;

	while (result == OK && review_groups(review) < groups &&
	       synthetic_log_next(log, &made)) {
		struct review_question question = { ++id, made.question.text,
			made.question.candidates };

		result = review_add(
		    review, 1 + 3 * (uint64_t)made.about + id % 3, &question);
	}
	printf("%zu groups from %llu questions\n", review_groups(review),
	    (unsigned long long)id);
	return result;
}

static enum result
measure(struct review *review, struct synthetic_log *log)
{
	static uint64_t times[ASKED];
	struct synthetic_question made;
	size_t found = 0;

	for (size_t i = 0; i < ASKED && synthetic_log_next(log, &made); i++) {
		const struct review_question question = { UINT64_MAX,
			made.question.text, made.question.candidates };
		struct review_match match;
		uint64_t start = processor_ns();
		enum result result = review_find(review, &question, &match);

		times[i] = processor_ns() - start;
		if (result != OK && result != ERR_NOT_FOUND)
			return result;
		found += result == OK ? 1 : 0;
	}
	qsort(times, ASKED, sizeof(times[0]), compare_times);
	printf("find: median %.3f ms, 99%% %.3f ms, worst %.3f ms; %zu of %d "
	       "found a group\n",
	    (double)times[ASKED / 2] / 1e6,
	    (double)times[ASKED * 99 / 100] / 1e6,
	    (double)times[ASKED - 1] / 1e6, found, ASKED);
	return OK;
}

/* ---- a store ---- */

static enum result
sort_store(struct store *store, struct knowledge_slot *knowledge)
{
	const struct sorting_options options = { .store = store,
		.knowledge = knowledge };
	struct sorter *sorter = sorter_new(&options);
	uint64_t start = clock_monotonic_ns();
	bool more = true;
	enum result result = sorter == NULL ? ERR_NOMEM : OK;

	while (result == OK && more)
		result = sorter_piece(sorter, &more);
	printf(
	    "sorted in %.2f s\n", (double)(clock_monotonic_ns() - start) / 1e9);
	sorter_free(sorter);
	return result;
}

static enum result
list_store(struct store *store)
{
	const struct {
		const char *what;
		struct review_filter filter;
	} cases[] = {
		{ "by count", { .limit = 50 } },
		{ "by growth", { .limit = 50, .order = REVIEW_BY_GROWTH } },
		{ "by last seen", { .limit = 50, .order = REVIEW_BY_LAST } },
		{ "searched",
		    { .limit = 50, .words = { TEXT("so"), TEXT("do") } } },
		{ "page 5", { .limit = 50, .offset = 200 } },
		{ "of Zalo", { .limit = 50, .channel = TEXT(" zalo ") } },
	};
	enum result result = OK;

	for (size_t i = 0; result == OK && i < sizeof(cases) / sizeof(cases[0]);
	     i++) {
		struct review_filter filter = cases[i].filter;
		struct review_page page;
		struct arena arena;
		uint64_t start = clock_monotonic_ns();
		uint64_t used = processor_ns();

		filter.now_ms = clock_now_ms();
		filter.recent_ms = (uint64_t)7 * 24 * 3600 * 1000;
		arena_init(&arena, 16 << 20);
		result = store_review_list(store, &filter, &arena, &page);
		if (result == OK)
			printf("list %-12s %6.2f ms (%.2f ms of processor), "
			       "%zu of %llu groups\n",
			    cases[i].what,
			    (double)(clock_monotonic_ns() - start) / 1e6,
			    (double)(processor_ns() - used) / 1e6, page.count,
			    (unsigned long long)page.total);
		arena_fini(&arena);
	}
	return result;
}

static int
measure_store(const char *path)
{
	char url[4096];
	const struct store_options options = { .url = url,
		.turns_waiting_max = 1000 };
	struct knowledge *knowledge = NULL;
	struct knowledge_slot *slot = NULL;
	struct store *store = NULL;
	struct complaint why = { .text = "out of memory" };
	enum result result = secret_init();

	(void)snprintf(url, sizeof(url), "sqlite:%s", path);
	if (result == OK)
		result = knowledge_load("faq", "2026-11-24", &knowledge, &why);
	if (result == OK) {
		slot = knowledge_slot_new(knowledge);
		result = store_open(&options, &store, &why);
	}
	if (result == OK)
		result = sort_store(store, slot);
	if (result == OK)
		result = list_store(store);
	if (result != OK)
		fprintf(stderr, "%s: %s\n", path, why.text);
	store_close(store);
	knowledge_slot_free(slot);
	return result == OK ? 0 : 1;
}

static int
measure_index(size_t groups)
{
	const struct synthetic_options made = { 1, LOG_MAX, year_end_ms };
	const struct review_options options = { .groups_max = SIZE_MAX };
	struct synthetic_log *log = synthetic_log_new(&made);
	struct review *review = review_new(&options);
	enum result result = ERR_NOMEM;

	if (log != NULL && review != NULL)
		result = fill(review, log, groups);
	if (result == OK)
		result = measure(review, log);
	review_free(review);
	synthetic_log_free(log);
	return result == OK ? 0 : 1;
}

int
main(int argc, char **argv)
{
	uint64_t groups = 10000;

	if (argc > 1 &&
	    text_number(text_of(argv[1]), 1, 1000000, &groups) != OK)
		return measure_store(argv[1]);
	return measure_index((size_t)groups);
}
