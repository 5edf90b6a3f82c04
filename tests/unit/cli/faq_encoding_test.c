/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "tests/support/cmocka_all.h"

#include <string.h>

#include "src/cli/faq_encoding.h"
#include "src/cli/faq_file.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))
#define BYTES(literal)                                                         \
	{                                                                      \
		(literal), sizeof(literal) - 1                                 \
	}

/* "Thủ tục đăng ký tạm trú ở phường" as each encoding has it. */
static const struct sample {
	struct text_view bytes;
	const char *looks_like;
	const char *remedy;
} samples[] = {
	{ BYTES("\xFF\xFE"
		"T\0h\0\xE7\x1E \0"),
	    "UTF-16", "CSV UTF-8" },
	{ BYTES("\xFE\xFF\0T\0h\x1E\xE7\0 "), "UTF-16", "CSV UTF-8" },
	{ BYTES("T\0h\0i\0 \0t\0u\0c\0"), "UTF-16", "CSV UTF-8" },
	{ BYTES("Th\xF1 t\xF4\x63 \xAE\xA8ng k\xFD t\xB9m tr\xF3 \xEB "
		"ph\xADng c\xB8 nh\xA9n"),
	    "TCVN3", "UniKey" },
	{ BYTES("Thu\xFB tu\xEF\x63 \xF1\x61\xEAng ky\xF9 ta\xEFm tru\xF9 "
		"\xF4\xFB ph\xF6\xF4\xF8ng"),
	    "VNI", "UniKey" },
	{ BYTES("Thu\xD2 tu\xF2\x63 \xF0\xE3ng ky\xEC ta\xF2m tru\xEC \xF5\xD2 "
		"ph\xFD\xF5\xCCng"),
	    "Windows-1258", "CSV UTF-8" },
	/* Old fonts in a file that Excel has saved as UTF-8. */
	{ BYTES("Thñ tôc ®¨ng ký t¹m tró ë ph­êng, giÊy tê c¸ nh©n"), "TCVN3",
	    "UniKey" },
	{ BYTES("Thuû tuïc ñaêng kyù taïm truù ôû phöôøng, giaáy tôø"), "VNI",
	    "UniKey" },
	{ BYTES("M?;C?u h?i\nx;Th? t?c t?m tr?\n"), "dấu hỏi", "tệp gốc" },
	{ BYTES("\xFF\xFE\xFD"), "UTF-16", "" },
	{ BYTES("abc \x80\x81 d"), "không phải UTF-8", "CSV UTF-8" },
};

static void
an_encoding_that_is_not_utf8_is_named_and_told_how_to_mend(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(samples); i++) {
		const struct sample *sample = &samples[i];
		struct complaint why = { .text = "" };

		if (faq_encoding_check(sample->bytes, "a.csv", &why) !=
			ERR_INVALID ||
		    strstr(why.text, sample->looks_like) == NULL ||
		    strstr(why.text, sample->remedy) == NULL)
			fail_msg("sample %zu: %s", i, why.text);
		assert_string_equal(why.file, "a.csv");
	}
}

static void
vietnamese_in_utf8_is_accepted(void **state)
{
	static const char *const texts[] = {
		"",
		"Thủ tục đăng ký tạm trú ở phường",
		"Toà nhà hoá đơn thuý oà khoá, quý, tuỳ, huỷ, thuỷ",
		"dang ky tam tru o dau? lam sao? bao lau?",
		"https://a.vn/x?a=1 https://a.vn/y?b=2 https://a.vn/z?c=3 đ",
		"Nhiệt độ 37°C, khoản 2 § 3, “trích” « dẫn » café naïve",
		"Ăn, ân, ê, ô, ơ, ư, ñ",
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		struct complaint why = { .text = "" };

		if (faq_encoding_check(text_of(texts[i]), "a", &why) != OK)
			fail_msg("%s: %s", texts[i], why.text);
	}
}

static void
the_shipped_base_is_accepted(void **state)
{
	static const char *const files[] = { "faq/procedures.json",
		"faq/support.json", "faq/lexicon.json" };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(files); i++) {
		struct buf bytes;

		buf_init(&bytes, (size_t)8 << 20);
		assert_int_equal(faq_file_read(files[i], &bytes, NULL), OK);
		assert_int_equal(
		    faq_encoding_check(buf_view(&bytes), files[i], NULL), OK);
		buf_fini(&bytes);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    an_encoding_that_is_not_utf8_is_named_and_told_how_to_mend),
		cmocka_unit_test(vietnamese_in_utf8_is_accepted),
		cmocka_unit_test(the_shipped_base_is_accepted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
