/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "check_fixture.h"

#define ANSWER(text)                                                           \
	"{\"id\": \"x\", \"question\": \"Q?\",\n\"answer\": \"" text "\""
#define SOURCE(url)                                                            \
	",\n\"sources\": [{\"title\": \"S\", \"dated\": \"2025-01-01\"},\n"    \
	"{\"title\": \"T\", \"url\": \"" url "\"}]}"

static void
a_figure_needs_a_source(void **state)
{
	static const struct check_case cases[] = {
		{ TOPIC(ANSWER("Lệ phí 20.000 đồng.") "}"),
		    "3 x: the answer states \"20.000 đồng\" and names no "
		    "source\n" },
		{ TOPIC(ANSWER("Phí 50000đ, xong ngay.") "}"),
		    "3 x: the answer states \"50000đ\" and names no source\n" },
		{ TOPIC(ANSWER("Giảm 50% phí.") "}"),
		    "3 x: the answer states \"50%\" and names no source\n" },
		{ TOPIC(ANSWER("Trong 3 ngày làm việc.") "}"),
		    "3 x: the answer states \"3 ngày\" and names no source\n" },
		{ TOPIC(ANSWER("1. Chờ 24 giờ") "}"),
		    "3 x: the answer states \"24 giờ\" and names no "
		    "source\n" },
		{ TOPIC(ANSWER("Phí 5 nghìn”.") "}"),
		    "3 x: the answer states \"5 nghìn\" and names no "
		    "source\n" },
		{ TOPIC(ANSWER("Lệ phí 20.000 đồng.") SOURCE("https://a.vn")),
		    "" },
		/* Steps, names, days and numbers that are no figures. */
		{ TOPIC(ANSWER("1. Đăng nhập mức 2. 2. Ngày 1/7, phường 4, "
			       "tờ CT01, gọi 1022, 3 đoạn, 2 ngàym.") "}"),
		    "" },
		/* Who states no facts is not asked for them. */
		{ TOPIC(ANSWER("Chờ 5 phút.") ", \"kind\": \"handoff\"}"), "" },
	};

	(void)state;
	CHECK(FINDING_UNSOURCED_FIGURE, cases);
}

static void
an_address_must_be_https(void **state)
{
	static const struct check_case cases[] = {
		{ TOPIC(ANSWER("Vào http://a.vn xem.") "}"),
		    "3 x: the answer has an address that is not https://\n" },
		{ TOPIC(ANSWER("Đáp.") SOURCE("http://a.vn/b")),
		    "5 x: the source has the address \"http://a.vn/b\"\n" },
		{ TOPIC(ANSWER("Vào https://a.vn.") SOURCE("https://a.vn")),
		    "" },
	};

	(void)state;
	CHECK(FINDING_INSECURE_URL, cases);
}

/* TIMES the letter "ă", one character and two bytes. */
static void
check_long(enum finding_kind kind, size_t times, const char *want)
{
	struct buf topic;

	buf_init(&topic, 65536);
	assert_int_equal(
	    buf_add(&topic, TEXT("{\"topic\": \"t\", \"title\": \"T\", "
				 "\"entries\": [\n{\"id\": \"x\", "
				 "\"question\": \"Q?\", \"sources\": "
				 "[{\"title\": \"S\"}],\n\"answer\": \"")),
	    OK);
	for (size_t i = 0; i < times; i++)
		assert_int_equal(buf_add(&topic, TEXT("ă")), OK);
	assert_int_equal(buf_add(&topic, TEXT("\"}]}")), OK);
	check_found(kind, topic.at, want);
	buf_fini(&topic);
}

static void
a_long_answer_is_found_and_one_too_long_for_a_message(void **state)
{
	(void)state;
	check_long(FINDING_LONG_ANSWER, 700, "");
	check_long(FINDING_LONG_ANSWER, 701,
	    "3 x: the answer has 701 characters, more than 700\n");
	/* "\n\nNguồn: S." has 11. */
	check_long(FINDING_LONG_REPLY, 1989, "");
	check_long(FINDING_LONG_REPLY, 1990,
	    "3 x: with its sources it has 2001 characters, and a message holds "
	    "2000\n");
	check_long(FINDING_LONG_ANSWER, 1990, "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_figure_needs_a_source),
		cmocka_unit_test(an_address_must_be_https),
		cmocka_unit_test(
		    a_long_answer_is_found_and_one_too_long_for_a_message),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
