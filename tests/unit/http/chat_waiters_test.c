/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* With looks that are made up; chat_test.c waits for real replies. */
#include "src/http/chat_waiters.h"

#include "clock.h"
#include "tests/support/cmocka_all.h"

#include <semaphore.h>
#include <stdatomic.h>
#include <stdlib.h>

enum { MAX = 8, LONG_MS = 60000 };

/* One page. */
struct page {
	struct chat_waiter waiter; /* first */
	_Atomic int says;	   /* enum result of its looks */
	_Atomic unsigned looks;
	sem_t woken;
	enum result result;
	bool found;
};

static enum result
look(void *context, struct arena *scratch, struct text_view *found_out)
{
	struct page *page = context;
	enum result says = (enum result)atomic_load(&page->says);

	atomic_fetch_add(&page->looks, 1);
	if (says != OK)
		return says;
	return arena_text(scratch, TEXT("found"), found_out);
}

static void
wake(void *context, struct http_request *request, enum result result,
    struct text_view found)
{
	struct page *page = context;

	(void)request;
	page->result = result;
	page->found = text_is(found, "found");
	assert_int_equal(sem_post(&page->woken), 0);
}

static void
page_init(struct page *page, const char *citizen, uint64_t for_ms)
{
	*page = (struct page){ .waiter = { .citizen = text_of(citizen),
				   .until_ms = clock_monotonic_ms() + for_ms,
				   .look = look,
				   .wake = wake,
				   .context = page } };
	atomic_store(&page->says, ERR_NOT_FOUND);
	assert_int_equal(sem_init(&page->woken, 0, 0), 0);
}

/* Wait until it is woken; with what? */
static enum result
page_end(struct page *page)
{
	while (sem_wait(&page->woken) != 0)
		continue;
	(void)sem_destroy(&page->woken);
	return page->result;
}

static bool
is_waiting(struct page *page)
{
	int count;

	assert_int_equal(sem_getvalue(&page->woken, &count), 0);
	return count == 0;
}

static int
set_up(void **state)
{
	struct chat_waiters *waiters;

	assert_int_equal(chat_waiters_start(MAX, NULL, &waiters), OK);
	*state = waiters;
	return 0;
}

static int
tear_down(void **state)
{
	chat_waiters_stop(*state);
	return 0;
}

static void
who_is_found_something_is_woken_with_it_and_others_sleep_on(void **state)
{
	struct chat_waiters *waiters = *state;
	struct page page;
	struct page other;

	page_init(&page, "a", LONG_MS);
	page_init(&other, "b", LONG_MS);
	assert_true(chat_waiters_add(waiters, &page.waiter));
	assert_true(chat_waiters_add(waiters, &other.waiter));
	while (atomic_load(&page.looks) == 0)
		continue;
	atomic_store(&page.says, OK);
	chat_waiters_look(waiters);
	assert_int_equal(page_end(&page), OK);
	assert_true(page.found);
	assert_true(is_waiting(&other));
	chat_waiters_close(waiters);
	assert_int_equal(page_end(&other), ERR_NOT_FOUND);
}

/* A reply may become due without a commit. */
static void
what_nobody_tells_of_is_found_as_well(void **state)
{
	struct chat_waiters *waiters = *state;
	struct page page;

	page_init(&page, "a", LONG_MS);
	assert_true(chat_waiters_add(waiters, &page.waiter));
	while (atomic_load(&page.looks) == 0)
		continue;
	atomic_store(&page.says, OK);
	assert_int_equal(page_end(&page), OK);
}

static void
a_store_that_fails_is_told_of(void **state)
{
	struct page page;

	page_init(&page, "a", LONG_MS);
	atomic_store(&page.says, ERR_IO);
	assert_true(chat_waiters_add(*state, &page.waiter));
	assert_int_equal(page_end(&page), ERR_IO);
}

static void
when_the_time_is_up_nothing_was_found(void **state)
{
	struct page page;

	page_init(&page, "a", 0);
	assert_true(chat_waiters_add(*state, &page.waiter));
	assert_int_equal(page_end(&page), ERR_NOT_FOUND);
}

/* The cost has a bound, however much is committed. */
static void
many_commits_are_taken_together(void **state)
{
	struct chat_waiters *waiters = *state;
	uint64_t from_ms = clock_monotonic_ms();
	uint64_t took_ms;
	struct page page;

	page_init(&page, "a", LONG_MS);
	assert_true(chat_waiters_add(waiters, &page.waiter));
	for (size_t i = 0; i < 100000; i++)
		chat_waiters_look(waiters);
	while (atomic_load(&page.looks) < 3)
		chat_waiters_look(waiters);
	took_ms = clock_monotonic_ms() - from_ms;
	assert_true(atomic_load(&page.looks) <= took_ms / 50 + 1);
	chat_waiters_close(waiters);
	(void)page_end(&page);
}

static void
past_the_bound_and_after_the_end_nobody_is_taken(void **state)
{
	static const char *const citizens[] = { "a", "b", "c", "d", "e", "f",
		"g", "h", "i" };
	struct chat_waiters *waiters = *state;
	struct page pages[MAX + 1];

	for (size_t i = 0; i <= MAX; i++) {
		page_init(&pages[i], citizens[i], LONG_MS);
		assert_int_equal(
		    chat_waiters_add(waiters, &pages[i].waiter), i < MAX);
	}
	chat_waiters_close(waiters);
	for (size_t i = 0; i < MAX; i++)
		assert_int_equal(page_end(&pages[i]), ERR_NOT_FOUND);
	assert_false(chat_waiters_add(waiters, &pages[MAX].waiter));
	assert_int_equal(atomic_load(&pages[MAX].looks), 0);
}

#define WAITED(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WAITED(
		    who_is_found_something_is_woken_with_it_and_others_sleep_on),
		WAITED(what_nobody_tells_of_is_found_as_well),
		WAITED(a_store_that_fails_is_told_of),
		WAITED(when_the_time_is_up_nothing_was_found),
		WAITED(many_commits_are_taken_together),
		WAITED(past_the_bound_and_after_the_end_nobody_is_taken),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
