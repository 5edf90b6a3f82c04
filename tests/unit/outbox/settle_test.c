/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "src/outbox/settle.h"

#include <string.h>

#include "tests/support/cmocka_all.h"

enum { NOW_MS = 1000000 };

static const struct settle_terms terms = {
	.policy = { .attempts_max = 8,
	    .backoff_ms = 2000,
	    .backoff_max_ms = 600000 },
	.now_ms = NOW_MS,
	.dice = 0, /* the shortest wait: half of the back-off */
};

struct settle_case {
	const char *name;
	enum verdict_kind kind;
	unsigned after_ms;
	unsigned attempts; /* before this try */
	bool plain;
	enum delivery_state want;
	unsigned want_wait_ms;
	unsigned want_attempts;
	bool want_plain;
};

static const struct settle_case cases[] = {
	{ "delivered", VERDICT_DELIVERED, 0, 0, false, DELIVERY_DELIVERED, 0, 1,
	    false },
	{ "refused", VERDICT_REFUSED, 0, 2, true, DELIVERY_PARKED, 0, 3, true },
	{ "first retry", VERDICT_RETRY, 0, 0, false, DELIVERY_QUEUED, 1000, 1,
	    false },
	{ "second retry", VERDICT_RETRY, 0, 1, false, DELIVERY_QUEUED, 2000, 2,
	    false },
	{ "retry when the platform says", VERDICT_RETRY, 3600000, 0, false,
	    DELIVERY_QUEUED, 3600000, 1, false },
	{ "last retry", VERDICT_RETRY, 0, 7, false, DELIVERY_PARKED, 0, 8,
	    false },
	{ "unclear waits for the echo", VERDICT_UNCLEAR, 0, 0, false,
	    DELIVERY_QUEUED, 32000, 6, false },
	{ "unclear a second time", VERDICT_UNCLEAR, 0, 6, false,
	    DELIVERY_QUEUED, 64000, 7, false },
	{ "unclear a third time", VERDICT_UNCLEAR, 0, 7, false, DELIVERY_PARKED,
	    0, 8, false },
	{ "unclear after retries", VERDICT_UNCLEAR, 0, 4, false,
	    DELIVERY_QUEUED, 32000, 6, false },
	{ "buttons refused", VERDICT_PLAIN, 0, 0, false, DELIVERY_QUEUED, 0, 1,
	    true },
	{ "plain refused, too", VERDICT_PLAIN, 0, 1, true, DELIVERY_PARKED, 0,
	    2, true },
	{ "token refused", VERDICT_REAUTH, 0, 0, false, DELIVERY_QUEUED, 0, 1,
	    false },
	{ "token refused twice", VERDICT_REAUTH, 0, 1, false, DELIVERY_QUEUED,
	    0, 2, false },
	{ "token refused thrice", VERDICT_REAUTH, 0, 2, false, DELIVERY_QUEUED,
	    4000, 3, false },
	{ "token refused for ever", VERDICT_REAUTH, 0, 7, false,
	    DELIVERY_PARKED, 0, 8, false },
	{ "paused", VERDICT_PAUSE, 5000, 7, false, DELIVERY_QUEUED, 5000, 7,
	    false },
	{ "paused, not said how long", VERDICT_PAUSE, 0, 0, false,
	    DELIVERY_QUEUED, 60000, 0, false },
	{ "stopped", VERDICT_STOPPED, 0, 7, false, DELIVERY_QUEUED, 300000, 7,
	    false },
};

static void
every_verdict_has_its_settlement(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct settle_case *c = &cases[i];
		struct delivery delivery = { .id = 41,
			.attempts = c->attempts,
			.parts_done = 3,
			.plain = c->plain };
		struct verdict verdict = { .kind = c->kind,
			.after_ms = c->after_ms };
		struct settlement got =
		    settle_after(&verdict, &delivery, &terms);

		if (got.state != c->want || got.attempts != c->want_attempts ||
		    got.plain != c->want_plain ||
		    got.due_ms != NOW_MS + c->want_wait_ms)
			fail_msg("%s: state %d, attempts %u, wait %d", c->name,
			    (int)got.state, got.attempts,
			    (int)(got.due_ms - NOW_MS));
		assert_int_equal(got.delivery, 41);
		assert_int_equal(got.now_ms, NOW_MS);
		assert_int_equal(got.parts_done, 3);
	}
}

static void
an_unclear_end_is_repeated_twice_at_most_and_never_soon(void **state)
{
	(void)state;
	for (unsigned max = 1; max <= 10; max++) {
		struct settle_terms short_waits = { .policy = { max, 10, 1000 },
			.now_ms = NOW_MS };
		struct verdict verdict = { .kind = VERDICT_UNCLEAR };
		struct delivery delivery = { .id = 1 };
		unsigned repeats = 0;

		for (;; repeats++) {
			struct settlement got =
			    settle_after(&verdict, &delivery, &short_waits);

			if (got.state == DELIVERY_PARKED)
				break;
			assert_true(got.due_ms >= NOW_MS + 20000);
			delivery.attempts = got.attempts;
		}
		assert_int_equal(repeats, max > 3 ? 2 : max - 1);
	}
}

static void
an_account_that_cannot_send_never_uses_up_a_reply(void **state)
{
	static const enum verdict_kind kinds[] = { VERDICT_PAUSE,
		VERDICT_STOPPED };

	(void)state;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		struct verdict verdict = { .kind = kinds[i] };
		struct delivery delivery = { .id = 1 };

		for (unsigned n = 0; n < 100; n++) {
			struct settlement got =
			    settle_after(&verdict, &delivery, &terms);

			assert_int_equal(got.state, DELIVERY_QUEUED);
			assert_true(got.due_ms > NOW_MS);
			delivery.attempts = got.attempts;
		}
	}
}

static void
a_verdict_closes_its_account_only_when_it_says_so(void **state)
{
	static const struct {
		enum verdict_kind kind;
		uint64_t after_ms;
		uint64_t want_ms;
	} closing[] = {
		{ VERDICT_DELIVERED, 0, 0 },
		{ VERDICT_DELIVERED, 7000, NOW_MS + 7000 },
		{ VERDICT_RETRY, 7000, 0 },
		{ VERDICT_UNCLEAR, 7000, 0 },
		{ VERDICT_REFUSED, 0, 0 },
		{ VERDICT_PLAIN, 0, 0 },
		{ VERDICT_REAUTH, 0, 0 },
		{ VERDICT_PAUSE, 7000, NOW_MS + 7000 },
		{ VERDICT_PAUSE, 0, NOW_MS + 60000 },
		{ VERDICT_STOPPED, 7000, NOW_MS + 300000 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(closing) / sizeof(closing[0]); i++) {
		struct verdict verdict = { .kind = closing[i].kind,
			.after_ms = closing[i].after_ms };

		assert_int_equal(
		    settle_closes_until(&verdict, NOW_MS), closing[i].want_ms);
	}
}

static void
the_reason_tells_the_code_first(void **state)
{
	static const struct {
		int64_t code;
		int64_t subcode;
		const char *want;
	} reasons[] = {
		{ 0, 0, "no" },
		{ -213, 0, "-213: no" },
		{ 100, 2018001, "100/2018001: no" },
	};
	struct delivery delivery = { .id = 1 };
	struct verdict verdict = { .kind = VERDICT_REFUSED, .reason = "no" };
	struct settlement got;

	(void)state;
	for (size_t i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++) {
		verdict.code = reasons[i].code;
		verdict.subcode = reasons[i].subcode;
		got = settle_after(&verdict, &delivery, &terms);
		assert_string_equal(got.reason, reasons[i].want);
	}
	memset(verdict.reason, 'x', sizeof(verdict.reason) - 1);
	got = settle_after(&verdict, &delivery, &terms);
	assert_int_equal(strlen(got.reason), sizeof(got.reason) - 1);
	assert_memory_equal(got.reason, "100/2018001: xxx", 16);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_verdict_has_its_settlement),
		cmocka_unit_test(
		    an_unclear_end_is_repeated_twice_at_most_and_never_soon),
		cmocka_unit_test(
		    an_account_that_cannot_send_never_uses_up_a_reply),
		cmocka_unit_test(
		    a_verdict_closes_its_account_only_when_it_says_so),
		cmocka_unit_test(the_reason_tells_the_code_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
