/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "tests/support/cmocka_all.h"

#include "channels.h"

static void
a_check_request_that_cannot_be_verified_is_answered_200(void **state)
{
	(void)state;
	assert_int_equal(channel_zalo.forged_status, 200);
	assert_int_equal(channel_zalo.unsigned_status, 200);
}

static void
any_get_is_answered_with_an_empty_body(void **state)
{
	struct text_view answer = { NULL, 77 };

	(void)state;
	assert_int_equal(channel_zalo.handshake(NULL, NULL, &answer), OK);
	assert_int_equal(answer.len, 0);
}

static void
the_row_says_what_the_caller_must_know(void **state)
{
	(void)state;
	assert_string_equal(channel_zalo.name, "zalo");
	assert_string_equal(
	    channel_zalo.signature_header, "X-ZEvent-Signature");
	assert_int_equal(channel_zalo.body_max_bytes, 1024 * 1024);
	assert_true(channel_zalo.pushes);
	assert_non_null(channel_zalo.token);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    a_check_request_that_cannot_be_verified_is_answered_200),
		cmocka_unit_test(any_get_is_answered_with_an_empty_body),
		cmocka_unit_test(the_row_says_what_the_caller_must_know),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
