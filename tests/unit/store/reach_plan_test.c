/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "src/store/reach_plan.h"

#include "tests/support/cmocka_all.h"

static const uint64_t day_ms = 24ull * 3600 * 1000;
static const uint64_t now_ms = 1800000000000;

static struct asker
asker(uint64_t question, uint64_t citizen, const char *channel, uint64_t days)
{
	return (struct asker){ .question = question,
		.citizen = citizen,
		.channel = text_of(channel),
		.contact = { .heard_ms = now_ms - days * day_ms,
		    .renewed_ms = now_ms - days * day_ms } };
}

static void
every_question_is_counted_once(void **state)
{
	const struct window_terms terms = { .now_ms = now_ms };
	struct asker askers[] = {
		asker(1, 1, "messenger", 0),   /* a reply, free */
		asker(2, 2, "messenger", 3),   /* a reply, of a person */
		asker(3, 1, "messenger", 0),   /* beside the first */
		asker(3, 1, "messenger", 0),   /* named twice */
		asker(4, 4, "zalo", 3),	       /* billed */
		asker(5, 5, "zalo", 9),	       /* too late */
		asker(6, 5, "zalo", 9),	       /* the same */
		asker(7, 7, "webchat", 90),    /* free, without an end */
		asker(8, 8, "messenger", 0),   /* has had one */
		asker(9, 8, "messenger", 0),   /* asked again since */
		asker(10, 10, "messenger", 0), /* forgotten */
	};
	size_t count = sizeof(askers) / sizeof(askers[0]);
	struct reach_counts counts;

	(void)state;
	askers[8].told = 77;
	askers[10].forgotten = true;
	reach_count(askers, count, &terms, true, &counts);
	assert_int_equal(counts.replies[REACH_FREE], 3);
	assert_int_equal(counts.replies[REACH_HUMAN], 1);
	assert_int_equal(counts.replies[REACH_BILLABLE], 1);
	assert_int_equal(counts.beside, 1);
	assert_int_equal(counts.told, 2);
	assert_int_equal(counts.refused[REACH_NONE], 3);
	assert_int_equal(counts.until_ms, now_ms + day_ms);
	reach_count(askers, count, &terms, false, &counts);
	assert_int_equal(counts.replies[REACH_BILLABLE], 0);
	assert_int_equal(counts.refused[REACH_BILLABLE], 1);
}

static void
the_reply_beside_is_that_of_the_first_question(void **state)
{
	const struct window_terms terms = { .now_ms = now_ms };
	const struct asker askers[] = { asker(1, 1, "zalo", 0),
		asker(2, 2, "zalo", 0), asker(3, 1, "zalo", 0),
		asker(4, 1, "zalo", 0) };

	(void)state;
	for (size_t i = 2; i < 4; i++) {
		struct plan plan = reach_plan(askers, i, &terms, false);

		assert_int_equal(plan.fate, PLAN_BESIDE);
		assert_int_equal(plan.with, 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_question_is_counted_once),
		cmocka_unit_test(
		    the_reply_beside_is_that_of_the_first_question),
	};

	return cmocka_run_group_tests_name(
	    "who gets a reply", tests, NULL, NULL);
}
