/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Clock, log and secrets: the small pieces at the edges of the program. */
#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "log.h"
#include "secret.h"
#include "tests/support/cmocka_all.h"

static void
the_day_changes_at_midnight_in_vietnam(void **state)
{
	char date[DATE_SIZE];

	(void)state;
	date_of_ms(1764003599000, date); /* 2025-11-24 16:59:59 UTC */
	assert_string_equal(date, "2025-11-24");
	date_of_ms(1764003600000, date); /* one second later */
	assert_string_equal(date, "2025-11-25");
}

static void
only_real_days_are_dates(void **state)
{
	static const struct {
		const char *text;
		bool want;
	} cases[] = {
		{ "2026-11-24", true },
		{ "2024-02-29", true },
		{ "2026-02-29", false },
		{ "2100-02-29", false },
		{ "2026-04-31", false },
		{ "2026-13-01", false },
		{ "2026-1-1", false },
		{ "24-11-2026", false },
		{ "", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(
		    date_valid(text_of(cases[i].text)), cases[i].want);
}

/* What LOG() wrote, as a string to free. */
static char *
logged(enum log_level limit, enum log_level level, const char *value)
{
	char *text = NULL;
	size_t size = 0;
	struct log log = { limit, open_memstream(&text, &size) };

	LOG(&log, level, "test", LOG_TEXT("value", value), LOG_NUMBER("n", -5));
	(void)fclose(log.out);
	return text;
}

static void
a_log_line_cannot_be_forged(void **state)
{
	char *line =
	    logged(LOG_INFO, LOG_INFO, "x\nlevel=error event=fake \"q\" \\");

	(void)state;
	assert_non_null(strstr(line,
	    "value=\"x\\x0alevel=error event=fake \\\"q\\\" \\\\\" n=-5\n"));
	assert_ptr_equal(strchr(line, '\n'), line + strlen(line) - 1);
	free(line);
}

static void
plain_values_stand_without_quotes(void **state)
{
	char *line = logged(LOG_INFO, LOG_WARN, "zalo");

	(void)state;
	assert_non_null(strstr(line, " level=warn event=test value=zalo n=-5"));
	free(line);
}

static void
what_is_below_the_level_is_not_written(void **state)
{
	char *line = logged(LOG_WARN, LOG_INFO, "zalo");

	(void)state;
	assert_string_equal(line, "");
	free(line);
}

static void
signatures_equal_published_vectors(void **state)
{
	char hex[SECRET_HEX_SIZE];
	const struct text_view parts[] = { TEXT("ab"), TEXT("c") };

	(void)state;
	secret_hmac_sha256_hex(TEXT("sesame"), TEXT("hello world"), hex);
	assert_string_equal(hex,
	    "f39034b29165ec6a5104d9aef27266484ab26c8caa7bca8bcb2dd02e8be61b17");
	secret_sha256_hex(parts, 2, hex);
	assert_string_equal(hex,
	    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static void
an_unset_secret_lets_nobody_in(void **state)
{
	(void)state;
	assert_false(secret_equal(TEXT(""), TEXT("")));
	assert_false(secret_equal(TEXT("x"), TEXT("")));
	assert_false(secret_equal(TEXT("abc"), TEXT("abd")));
	assert_false(secret_equal(TEXT("ab"), TEXT("abc")));
	assert_true(secret_equal(TEXT("abc"), TEXT("abc")));
}

static void
random_hex_differs_every_time(void **state)
{
	char a[33];
	char b[33];

	(void)state;
	secret_random_hex(16, a);
	secret_random_hex(16, b);
	assert_int_equal(strlen(a), 32);
	assert_string_not_equal(a, b);
}

static void
a_complaint_says_where_and_is_never_cut_silently(void **state)
{
	struct complaint why;
	char text[1024];
	char long_word[700];

	(void)state;
	complain(&why, "faq/support.json", 42, "answer is %s", "empty");
	complaint_print(&why, text, sizeof(text));
	assert_string_equal(text, "faq/support.json:42: answer is empty");
	memset(long_word, 'x', sizeof(long_word));
	long_word[sizeof(long_word) - 1] = '\0';
	complain(&why, NULL, 0, "%s", long_word);
	complaint_print(&why, text, sizeof(text));
	assert_string_equal(text + strlen(text) - 4, "x...");
}

static int
start(void **state)
{
	(void)state;
	return secret_init() == OK ? 0 : -1;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_day_changes_at_midnight_in_vietnam),
		cmocka_unit_test(only_real_days_are_dates),
		cmocka_unit_test(a_log_line_cannot_be_forged),
		cmocka_unit_test(plain_values_stand_without_quotes),
		cmocka_unit_test(what_is_below_the_level_is_not_written),
		cmocka_unit_test(signatures_equal_published_vectors),
		cmocka_unit_test(an_unset_secret_lets_nobody_in),
		cmocka_unit_test(random_hex_differs_every_time),
		cmocka_unit_test(
		    a_complaint_says_where_and_is_never_cut_silently),
	};

	return cmocka_run_group_tests(tests, start, NULL);
}
