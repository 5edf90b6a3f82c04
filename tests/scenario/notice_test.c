/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* `hoidap notice` and `hoidap switch`: what an operator does before the server
 * starts again. */
#include "tests/support/cmocka_all.h"

#include <string.h>

#include "tests/support/operator.h"
#include "tests/support/phone.h"

/* Arguments with spaces in them, NULL-ended. */
static void
run(const struct service *service, const char *const *arguments, int status,
    const char *says)
{
	struct operator operator;
	struct process_output output;

	operator_prepare(&operator, service, NULL, "help");
	output = process_run_with(arguments, operator.variables, "");
	operator_check(&output, status, says);
}

#define RUN(service, status, says, ...)                                        \
	run((service), (const char *const[]){ __VA_ARGS__, NULL }, (status),   \
	    (says))

static void
a_notice_stands_before_answers_until_it_is_removed(void **state)
{
	struct service *service = *state;
	struct phone phone = { service, "messenger", "71", 0, "" };

	service_stop(service);
	RUN(service, 0, "1\n", "notice", "add", "--hours", "4",
	    "Hôm nay Cổng đang bảo trì.");
	RUN(service, 0, "1\t4 h\t\tHôm nay Cổng đang bảo trì.\n", "notice",
	    "list");
	service_start(service);
	assert_non_null(strstr(phone_ask(&phone, "chữ ký số là gì"),
	    "Hôm nay Cổng đang bảo trì."));
	service_stop(service);
	RUN(service, 0, "", "notice", "remove", "1");
	RUN(service, 1, "there is no notice \"1\" in force", "notice", "remove",
	    "1");
	service_start(service);
	assert_null(
	    strstr(phone_ask(&phone, "chữ ký số là gì vậy"), "đang bảo trì"));
}

static void
a_channel_that_is_off_says_its_text(void **state)
{
	struct service *service = *state;
	struct phone phone = { service, "zalo", "8001", 0, "" };

	service_stop(service);
	RUN(service, 0, "", "switch", "zalo", "off", "--reason", "đang sửa",
	    "--text", "Trợ lý tạm nghỉ.");
	RUN(service, 0, "messenger\ton\nzalo\toff\tđang sửa\nwebchat\ton\n",
	    "switch");
	service_start(service);
	assert_non_null(
	    strstr(phone_ask(&phone, "chữ ký số là gì"), "Trợ lý tạm nghỉ."));
	service_stop(service);
	RUN(service, 0, "", "switch", "zalo", "on");
	RUN(service, 1, "zalo is on", "switch", "zalo", "on");
	service_start(service);
	assert_non_null(strstr(phone_ask(&phone, "chữ ký số là gì vậy"),
	    "Chữ ký số là cách ký tên"));
}

static void
wrong_orders_are_refused(void **state)
{
	struct service *service = *state;

	RUN(service, 1, "", "notice", "list"); /* the server runs */
	service_stop(service);
	RUN(service, 1, "empty", "notice", "add", "--hours", "1", " ");
	RUN(service, 1, "no UTF-8", "notice", "add", "--hours", "1", "\xff");
	RUN(service, 1, "there is no notice \"x\"", "notice", "remove", "x");
	RUN(service, 1, "the reason or the text", "switch", "zalo", "off",
	    "--reason", " ", "--text", "x");
	RUN(service, 2, "usage", "notice");
	RUN(service, 2, "usage", "notice", "add", "không có giờ");
	RUN(service, 2, "usage", "notice", "list", "--hours", "1");
	RUN(service, 2, "usage", "switch", "zalo");
	RUN(service, 2, "usage", "switch", "fax", "on");
	RUN(service, 2, "usage", "switch", "zalo", "off");
	RUN(service, 2, "usage", "switch", "zalo", "on", "--reason", "x");
}

#define TEST(test)                                                             \
	cmocka_unit_test_setup_teardown(test, service_setup, service_teardown)

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(a_notice_stands_before_answers_until_it_is_removed),
		TEST(a_channel_that_is_off_says_its_text),
		TEST(wrong_orders_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
