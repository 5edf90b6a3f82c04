/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "tests/support/cmocka_all.h"

#include "mask.h"
#include "tests/support/alloc_fault.h"
#include "utf8.h"

#include <string.h>

static void
assert_masked(const char *typed, const char *want, unsigned want_kinds)
{
	struct buf out;
	unsigned kinds = 12345;

	buf_init(&out, 1 << 20);
	assert_int_equal(mask_personal(text_of(typed), &out, &kinds), OK);
	if (!text_is(buf_view(&out), want) || kinds != want_kinds)
		fail_msg("'%s' gives '%.*s' (%u), want '%s' (%u)", typed,
		    TEXT_ARGS(buf_view(&out)), kinds, want, want_kinds);
	buf_fini(&out);
}

static void
personal_numbers_are_replaced(void **state)
{
	static const struct {
		const char *typed;
		const char *want;
		unsigned kinds;
	} cases[] = {
		{ "cccd 079099001234 của em", "cccd [số căn cước] của em",
		    MASKED_IDENTITY },
		{ "số 079 099 001 234 nha", "số [số căn cước] nha",
		    MASKED_IDENTITY },
		{ "cmnd 273123456", "cmnd [số căn cước]", MASKED_IDENTITY },
		{ "cmnd 273 123 456", "cmnd [số căn cước]", MASKED_IDENTITY },
		{ "sđt0909123456ạ", "sđt[số điện thoại]ạ", MASKED_PHONE },
		{ "0909.123.456 hoặc 0909 123 456",
		    "[số điện thoại] hoặc [số điện thoại]", MASKED_PHONE },
		{ "gọi +84 909 123 456", "gọi [số điện thoại]", MASKED_PHONE },
		{ "gọi 84909123456", "gọi [số điện thoại]", MASKED_PHONE },
		{ "bàn 02543852222", "bàn [số điện thoại]", MASKED_PHONE },
		{ "mst 0312345678-001 và 3501234567",
		    "mst [mã số thuế] và [mã số thuế]", MASKED_TAX },
		{ "mail nguyen.van-a@gmail.com nhé", "mail [email] nhé",
		    MASKED_EMAIL },
		{ "H29.12-251104-0012 tra giúp", "[mã hồ sơ] tra giúp",
		    MASKED_DOSSIER },
		{ "000.00.15.H29-251104-0001", "[mã hồ sơ]", MASKED_DOSSIER },
		{ "otp của em là 123456", "otp của em là [mã bí mật]",
		    MASKED_SECRET },
		{ "OTP: 4821 còn mật khẩu là Abc@123 nhé",
		    "OTP: [mã bí mật] còn mật khẩu là [mã bí mật] nhé",
		    MASKED_SECRET },
		{ "stk 12345678 vcb", "stk [số thẻ hoặc tài khoản] vcb",
		    MASKED_CARD },
		{ "vào 19036512345678", "vào [số thẻ hoặc tài khoản]",
		    MASKED_CARD },
		{ "thẻ 4111 1111 1111 1111 hết hạn",
		    "thẻ [số thẻ hoặc tài khoản] hết hạn", MASKED_CARD },
		{ "1234567890123456789012345", "[số thẻ hoặc tài khoản]",
		    MASKED_CARD },
		{ "cccd ０７９０９９００１２３４ của em",
		    "cccd [số căn cước] của em", MASKED_IDENTITY },
		{ "mức ２, gọi 09０9 123 ４56", "mức 2, gọi [số điện thoại]",
		    MASKED_PHONE },
		{ "cccd 079099001234, đt 0909123456",
		    "cccd [số căn cước], đt [số điện thoại]",
		    MASKED_IDENTITY | MASKED_PHONE },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_masked(cases[i].typed, cases[i].want, cases[i].kinds);
}

static void
what_is_no_personal_number_stays(void **state)
{
	static const char *const cases[] = {
		"",
		"lệ phí 1.500.000 đồng, 150.000đ, 100.000.000",
		"năm 2025, nghị định 118/2025/NĐ-CP, mẫu CT01, mức 2",
		"ngày 20/10/1990 và 01-01-1990",
		"gọi 19001234 không được, 1022, 18001096",
		"mật khẩu là gì vậy",
		"quên mật khẩu vneid 2 lần",
		"mã pin 6 số",
		"từ 1/7/2025 lúc 7h30, phòng 12.05",
		"a@b không phải thư",
		"😀 1️⃣ ①",
		"mức ２ và ＡＢ",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_masked(cases[i], cases[i], 0);
}

static void
a_long_run_costs_no_more_than_its_length(void **state)
{
	static char text[1 << 18];
	struct buf out;
	unsigned kinds;

	(void)state;
	for (size_t i = 0; i + 1 < sizeof(text); i++)
		text[i] = i % 2 == 0 ? 'a' : '.';
	buf_init(&out, sizeof(text) * 2);
	assert_int_equal(mask_personal(text_of(text), &out, &kinds), OK);
	assert_int_equal(out.len, strlen(text));
	buf_fini(&out);
}

static void
every_failed_allocation_is_reported(void **state)
{
	bool reached_the_end = false;

	(void)state;
	for (unsigned nth = 0; !reached_the_end; nth++) {
		struct buf out;
		unsigned kinds = 7;
		enum result result;

		buf_init(&out, 1 << 20);
		alloc_fault_arm(nth);
		result =
		    mask_personal(TEXT("cccd 07909900123４"), &out, &kinds);
		reached_the_end = !alloc_fault_fired();
		alloc_fault_disarm();
		assert_int_equal(result, reached_the_end ? OK : ERR_NOMEM);
		assert_int_equal(kinds, reached_the_end ? MASKED_IDENTITY : 7);
		buf_fini(&out);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(personal_numbers_are_replaced),
		cmocka_unit_test(what_is_no_personal_number_stays),
		cmocka_unit_test(a_long_run_costs_no_more_than_its_length),
		cmocka_unit_test(every_failed_allocation_is_reported),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
