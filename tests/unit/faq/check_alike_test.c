/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "check_fixture.h"

/* Entries that make "cho", "hỏi" and "ạ" common, and "thẻ" not. */
#define OTHERS                                                                 \
	",\n" ASKED("o1", "Cho hỏi giờ làm việc ạ") "},\n" ASKED(              \
	    "o2", "Cho hỏi địa chỉ phường ạ") "},\n" ASKED("o3",               \
	    "Cho hỏi ký số từ xa ạ") "},\n" ASKED("o4",                        \
	    "Cho hỏi nộp thuế ạ") "}"

static void
phrasings_that_differ_in_words_that_say_little_are_found(void **state)
{
	static const struct check_case cases[] = {
		{ TOPIC(ASKED(
		      "x", "Trình báo thẻ căn cước thất lạc?") "},\n" ASKED("y",
		      "Cho hỏi trình báo thẻ căn cước thất lạc") "}" OTHERS),
		    "3 y: \"Cho hỏi trình báo thẻ căn cước thất lạc\" is much "
		    "like \"Trình báo thẻ căn cước thất lạc?\" of \"x\" "
		    "(@/a.json:2)\n" },
		/* The words in another order are the same words. */
		{ TOPIC(ASKED("x", "Báo mất thẻ?") "},\n" ASKED(
		      "y", "Mất thẻ báo") "}" OTHERS),
		    "3 y: \"Mất thẻ báo\" is much like \"Báo mất thẻ?\" of "
		    "\"x\" (@/a.json:2)\n" },
		/* The words that tell entries apart are rare. */
		{ TOPIC(ASKED("x", "Cho hỏi đăng ký tạm trú ạ") "},\n" ASKED(
		      "y", "Cho hỏi đăng ký thường trú ạ") "}" OTHERS),
		    "" },
		/* Word for word is another finding. */
		{ TOPIC(ASKED("x", "Báo mất thẻ căn cước?") "},\n" ASKED(
		      "y", "bao mat the can cuoc") "}" OTHERS),
		    "" },
		/* Within an entry it is no trouble. */
		{ TOPIC(ASKED(
		      "x", "Báo mất thẻ căn cước?") ", \"asked_as\": "
						    "[\"cho hỏi báo mất thẻ "
						    "căn cước\"]}" OTHERS),
		    "" },
	};

	(void)state;
	CHECK(FINDING_ASKED_ALIKE, cases);
}

/* Ten words that entries 0 and 1, 2 and 3, ... have in common, and a rarer one
 * of its own. */
static void
add_phrasing(struct buf *out, unsigned entry)
{
	for (unsigned i = 0; i < 10; i++)
		assert_int_equal(buf_printf(out, "c%ux%u ", entry / 2, i), OK);
	assert_int_equal(buf_printf(out, "r%u", entry), OK);
}

static void
no_pair_that_is_alike_is_missed_among_many(void **state)
{
	enum { ENTRIES = 60 };
	struct buf topic;
	struct buf want;

	(void)state;
	buf_init(&topic, 1 << 20);
	buf_init(&want, 1 << 20);
	assert_int_equal(buf_add(&topic, TEXT("{\"topic\": \"t\", \"title\": "
					      "\"T\", \"entries\": [")),
	    OK);
	for (unsigned i = 0; i < ENTRIES; i++) {
		assert_int_equal(buf_printf(&topic,
				     "%s\n{\"id\": \"e%02u\", \"answer\": "
				     "\"Đ\", \"question\": \"",
				     i == 0 ? "" : ",", i),
		    OK);
		add_phrasing(&topic, i);
		assert_int_equal(buf_add(&topic, TEXT("\"}")), OK);
	}
	assert_int_equal(buf_add(&topic, TEXT("]}")), OK);
	for (unsigned i = 1; i < ENTRIES; i += 2) {
		assert_int_equal(
		    buf_printf(&want, "%u e%02u: \"", i + 2, i), OK);
		add_phrasing(&want, i);
		assert_int_equal(
		    buf_add(&want, TEXT("\" is much like \"")), OK);
		add_phrasing(&want, i - 1);
		assert_int_equal(
		    buf_printf(
			&want, "\" of \"e%02u\" (@/a.json:%u)\n", i - 1, i + 1),
		    OK);
	}
	check_found(FINDING_ASKED_ALIKE, topic.at, want.at);
	buf_fini(&topic);
	buf_fini(&want);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    phrasings_that_differ_in_words_that_say_little_are_found),
		cmocka_unit_test(no_pair_that_is_alike_is_missed_among_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
