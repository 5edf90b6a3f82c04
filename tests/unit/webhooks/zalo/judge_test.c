/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "tests/support/cmocka_all.h"

#include "channels.h"

#include <stdio.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct verdict
judge(long status, const char *body)
{
	const struct api_response response = { .status = status,
		.body = text_of(body) };
	struct verdict verdict;

	channel_zalo.judge(&response, &verdict);
	return verdict;
}

static void
a_success_is_delivered_with_its_id(void **state)
{
	struct verdict verdict = judge(200,
	    "{\"data\":{\"message_id\":\"63ecf43f0df7dba892e6\",\"quota\":"
	    "{\"quota_type\":\"reply\",\"remain\":\"8\"}},\"error\":0,"
	    "\"message\":\"Success\"}");

	(void)state;
	assert_int_equal(verdict.kind, VERDICT_DELIVERED);
	assert_string_equal(verdict.message_id, "63ecf43f0df7dba892e6");
	assert_int_equal(verdict.code, 0);
	/* The id is not promised. */
	verdict = judge(201, "{\"error\":\"0\"}");
	assert_int_equal(verdict.kind, VERDICT_DELIVERED);
	assert_string_equal(verdict.message_id, "");
}

static void
an_id_that_is_too_long_is_left_out(void **state)
{
	char body[512];
	struct verdict verdict;

	(void)state;
	(void)snprintf(body, sizeof(body),
	    "{\"error\":0,\"data\":{\"message_id\":\"%0256d\"}}", 0);
	verdict = judge(200, body);
	assert_int_equal(verdict.kind, VERDICT_DELIVERED);
	assert_string_equal(verdict.message_id, "");
}

static void
each_error_has_its_verdict(void **state)
{
	static const struct {
		int code;
		enum verdict_kind kind;
		unsigned after_ms;
	} cases[] = {
		{ -32, VERDICT_PAUSE, 60000 },
		{ -100, VERDICT_REFUSED, 0 },
		{ -124, VERDICT_REAUTH, 0 },
		{ -200, VERDICT_RETRY, 5000 },
		{ -201, VERDICT_PLAIN, 0 },
		{ -204, VERDICT_STOPPED, 0 },
		{ -205, VERDICT_STOPPED, 0 },
		{ -209, VERDICT_STOPPED, 0 },
		{ -210, VERDICT_PLAIN, 0 },
		{ -211, VERDICT_REFUSED, 0 },
		{ -212, VERDICT_STOPPED, 0 },
		{ -213, VERDICT_REFUSED, 0 },
		{ -214, VERDICT_REFUSED, 0 },
		{ -216, VERDICT_REAUTH, 0 },
		{ -217, VERDICT_REFUSED, 0 },
		{ -218, VERDICT_REFUSED, 0 },
		{ -219, VERDICT_STOPPED, 0 },
		{ -220, VERDICT_REAUTH, 0 },
		{ -221, VERDICT_STOPPED, 0 },
		{ -223, VERDICT_STOPPED, 0 },
		{ -224, VERDICT_STOPPED, 0 },
		{ -227, VERDICT_REFUSED, 0 },
		{ -230, VERDICT_REFUSED, 0 },
		{ -232, VERDICT_REFUSED, 0 },
		{ -233, VERDICT_PLAIN, 0 },
		{ -234, VERDICT_RETRY, 3600000 },
		{ -235, VERDICT_STOPPED, 0 },
		{ -237, VERDICT_REFUSED, 0 },
		{ -240, VERDICT_REFUSED, 0 },
		{ -242, VERDICT_STOPPED, 0 },
		{ -244, VERDICT_REFUSED, 0 },
		{ -248, VERDICT_REFUSED, 0 },
		{ -249, VERDICT_REFUSED, 0 },
		{ -320, VERDICT_REFUSED, 0 },
		{ -321, VERDICT_REFUSED, 0 },
		{ -403, VERDICT_REFUSED, 0 },
		{ -99999, VERDICT_REFUSED, 0 },
		{ 12, VERDICT_REFUSED, 0 },
	};

	(void)state;
	for (size_t i = 0; i < 2 * COUNT(cases); i++) {
		const int code = cases[i / 2].code;
		char body[64];
		struct verdict verdict;

		if (i % 2 == 0)
			(void)snprintf(body, sizeof(body),
			    "{\"error\":%d,\"message\":\"m\"}", code);
		else
			(void)snprintf(
			    body, sizeof(body), "{\"error\":\"%d\"}", code);
		verdict = judge(200, body);
		assert_int_equal(verdict.kind, cases[i / 2].kind);
		assert_int_equal(verdict.after_ms, cases[i / 2].after_ms);
		assert_int_equal(verdict.code, code);
		assert_true(strlen(verdict.reason) > 0);
	}
}

static void
an_answer_without_a_number_is_judged_by_its_status(void **state)
{
	static const struct {
		long status;
		const char *body;
		enum verdict_kind kind;
		unsigned after_ms;
	} cases[] = {
		{ 200, "<html>sign in to the hotel's network</html>",
		    VERDICT_UNCLEAR, 0 },
		{ 200, "", VERDICT_UNCLEAR, 0 },
		{ 200, "{\"error\":null}", VERDICT_UNCLEAR, 0 },
		{ 200, "{\"error\":{\"code\":190}}", VERDICT_UNCLEAR, 0 },
		{ 200, "[0]", VERDICT_UNCLEAR, 0 },
		{ 302, "", VERDICT_REFUSED, 0 },
		{ 400, "", VERDICT_REFUSED, 0 },
		{ 400, "{\"error\":0}", VERDICT_REFUSED, 0 },
		{ 401, "", VERDICT_REAUTH, 0 },
		{ 404, "You are accessing an empty or invalid API",
		    VERDICT_STOPPED, 0 },
		{ 408, "", VERDICT_UNCLEAR, 0 },
		{ 429, "", VERDICT_PAUSE, 60000 },
		{ 500, "{\"error\":0}", VERDICT_UNCLEAR, 0 },
		{ 502, "bad gateway", VERDICT_UNCLEAR, 0 },
		{ 504, "", VERDICT_UNCLEAR, 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct verdict verdict = judge(cases[i].status, cases[i].body);

		assert_int_equal(verdict.kind, cases[i].kind);
		assert_int_equal(verdict.after_ms, cases[i].after_ms);
	}
}

static void
a_number_counts_more_than_the_status(void **state)
{
	(void)state;
	assert_int_equal(judge(401, "{\"error\":-204}").kind, VERDICT_STOPPED);
	assert_int_equal(judge(500, "{\"error\":-32}").kind, VERDICT_PAUSE);
}

static void
no_answer_is_unclear_only_when_the_request_may_have_arrived(void **state)
{
	struct api_response response = { .status = 0, .sent = true };
	struct verdict verdict;

	(void)state;
	channel_zalo.judge(&response, &verdict);
	assert_int_equal(verdict.kind, VERDICT_UNCLEAR);
	response.sent = false;
	channel_zalo.judge(&response, &verdict);
	assert_int_equal(verdict.kind, VERDICT_RETRY);
}

static void
no_reason_repeats_what_the_platform_wrote(void **state)
{
	struct verdict verdict =
	    judge(200, "{\"error\":-7,\"message\":\"token=SECRET invalid\"}");

	(void)state;
	assert_null(strstr(verdict.reason, "SECRET"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_success_is_delivered_with_its_id),
		cmocka_unit_test(an_id_that_is_too_long_is_left_out),
		cmocka_unit_test(each_error_has_its_verdict),
		cmocka_unit_test(
		    an_answer_without_a_number_is_judged_by_its_status),
		cmocka_unit_test(a_number_counts_more_than_the_status),
		cmocka_unit_test(
		    no_answer_is_unclear_only_when_the_request_may_have_arrived),
		cmocka_unit_test(no_reason_repeats_what_the_platform_wrote),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
