/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "tests/support/cmocka_all.h"

#include "tests/support/alloc_fault.h"
#include "tokens.h"
#include "utf8.h"

#include <string.h>

/* A message read, with both its keys joined. */
struct read {
	struct arena arena;
	struct tokens tokens;
	struct buf accented;
	struct buf folded;
};

static void
read_message(struct read *read, struct text_view text)
{
	arena_init(&read->arena, 4 << 20);
	buf_init(&read->accented, 1 << 20);
	buf_init(&read->folded, 1 << 20);
	assert_int_equal(tokens_read(text, &read->arena, &read->tokens), OK);
	assert_int_equal(
	    tokens_join_accented(&read->tokens, &read->accented), OK);
	assert_int_equal(tokens_join_folded(&read->tokens, &read->folded), OK);
}

static void
forget(struct read *read)
{
	arena_fini(&read->arena);
	buf_fini(&read->accented);
	buf_fini(&read->folded);
}

static void
assert_views_equal(struct text_view got, struct text_view want)
{
	if (!text_equal(got, want))
		fail_msg(
		    "got '%.*s', want '%.*s'", TEXT_ARGS(got), TEXT_ARGS(want));
}

static const struct {
	const char *typed;
	const char *accented;
	const char *folded;
} messages[] = {
	{ "ĐĂNG KÝ Tạm Trú", "đăng ký tạm trú", "dang ki tam tru" },
	/* decomposed, and Windows-1258's half of each */
	{ "ti\xE1\xBA\xBFng", "tiếng", "tieng" },
	{ "tie\xCC\x82\xCC\x81ng", "tiếng", "tieng" },
	{ "ti\xC3\xAA\xCC\x81ng", "tiếng", "tieng" },
	{ "vi\xC3\xAA\xCC\xA3t", "việt", "viet" },
	/* eth is what some keyboards give for đ */
	{ "\xC3\x90\xC4\x83ng \xC3\xB0\xE1\xBA\xA5t", "đăng đất", "dang dat" },
	{ "ｃăn cước", "căn cước", "can cuoc" },
	{ "mật\xC2\xA0khẩu", "mật khẩu", "mat khau" },
	{ "m\xE2\x80\x8B\xE1\xBA\xADt kh\xC2\xAD\xE1\xBA\xA9u", "mật khẩu",
	    "mat khau" },
	{ "\xEF\xBB\xBFphí", "phí", "phi" },
	/* tone marks in either place */
	{ "hoà khoẻ thuỷ", "hòa khỏe thủy", "hoa khoe thuy" },
	{ "quý hoàn thuyền", "quý hoàn thuyền", "qui hoan thuyen" },
	/* i and y */
	{ "kỹ lý mỹ quý ký hy tỷ sỹ", "kỹ lý mỹ quý ký hy tỷ sỹ",
	    "ki li mi qui ki hi ti si" },
	{ "huy thuy tay ây y", "huy thuy tay ây y", "huy thuy tay ay y" },
	/* drawn out */
	{ "điiii quáaaa", "đi quá", "di qua" },
	{ "mấtt xoong", "mất xoong", "mat xoong" },
	/* codes, numbers and glued numbers stay whole */
	{ "CT01, DC02; mức2 A1", "ct01 dc02 mức 2 a1", "ct01 dc02 muc 2 a1" },
	{ "150.000đ hay 1.500.000", "150000đ hay 1500000",
	    "150000d hay 1500000" },
	{ "sao...em?!", "sao em", "sao em" },
	{ "vào https://DichVuCong.gov.vn/p/home?x=1 nhé",
	    "vào dichvucong.gov.vn nhé", "vao dichvucong.gov.vn nhe" },
	{ "www.gov.vn", "gov.vn", "gov.vn" },
	{ "dichvucong.gov.vn.", "dichvucong.gov.vn", "dichvucong.gov.vn" },
	{ "xin chào 😀👍🏽 ạ", "xin chào ạ", "xin chao a" },
	{ "", "", "" },
	{ " \t\n.,;!?", "", "" },
};

enum { MESSAGE_COUNT = sizeof(messages) / sizeof(messages[0]) };

static void
a_message_becomes_whole_words_under_two_keys(void **state)
{
	(void)state;
	for (size_t i = 0; i < MESSAGE_COUNT; i++) {
		struct read read;

		read_message(&read, text_of(messages[i].typed));
		assert_views_equal(
		    buf_view(&read.accented), text_of(messages[i].accented));
		assert_views_equal(
		    buf_view(&read.folded), text_of(messages[i].folded));
		forget(&read);
	}
}

static void
reading_what_was_read_changes_nothing(void **state)
{
	(void)state;
	for (size_t i = 0; i < MESSAGE_COUNT; i++) {
		struct read once;
		struct read twice;

		read_message(&once, text_of(messages[i].typed));
		read_message(&twice, buf_view(&once.accented));
		assert_views_equal(
		    buf_view(&twice.accented), buf_view(&once.accented));
		forget(&once);
		forget(&twice);
	}
}

static void
a_token_knows_where_it_stood(void **state)
{
	static const char typed[] = "Quên MẬT KHẨU, mức2 rồi!";
	static const char *const places[] = { "Quên", "MẬT", "KHẨU", "mức2",
		"mức2", "rồi" };
	struct read read;

	(void)state;
	read_message(&read, TEXT(typed));
	assert_int_equal(read.tokens.count, sizeof(places) / sizeof(places[0]));
	for (size_t i = 0; i < read.tokens.count; i++)
		assert_views_equal(read.tokens.at[i].typed, text_of(places[i]));
	forget(&read);
}

static void
kinds_of_tokens_are_told_apart(void **state)
{
	static const struct {
		const char *typed;
		enum token_kind kind;
		bool marked;
	} cases[] = {
		{ "chữ", TOKEN_WORD, true },
		{ "chu", TOKEN_WORD, false },
		{ "đi", TOKEN_WORD, true },
		{ "2025", TOKEN_NUMBER, false },
		{ "ct07", TOKEN_CODE, false },
		{ "500k", TOKEN_CODE, false },
		{ "vnpt.vn", TOKEN_URL, false },
		{ "🙏🙏", TOKEN_EMOJI, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct read read;

		read_message(&read, text_of(cases[i].typed));
		assert_int_equal(read.tokens.count, 1);
		assert_int_equal(read.tokens.at[0].kind, cases[i].kind);
		assert_int_equal(read.tokens.at[0].marked, cases[i].marked);
		assert_int_equal(read.tokens.marked, cases[i].marked);
		forget(&read);
	}
}

static void
what_is_past_the_bound_is_not_read(void **state)
{
	static char text[3 * TOKENS_BYTES_MAX];
	struct read read;

	(void)state;
	for (size_t i = 0; i + 2 < sizeof(text); i += 2)
		memcpy(text + i, "\xC4\x91", 2); /* đ, across the bound */
	read_message(&read, (struct text_view){ text, sizeof(text) - 2 });
	assert_true(read.tokens.count <= TOKENS_MAX);
	assert_true(utf8_valid(buf_view(&read.accented)));
	forget(&read);

	memset(text, ' ', sizeof(text));
	for (size_t i = 0; i < sizeof(text); i += 2)
		text[i] = 'a';
	read_message(&read, (struct text_view){ text, sizeof(text) });
	assert_int_equal(read.tokens.count, TOKENS_MAX);
	forget(&read);
}

static void
every_failed_allocation_is_reported(void **state)
{
	bool reached_the_end = false;

	(void)state;
	for (unsigned nth = 0; !reached_the_end; nth++) {
		struct arena arena;
		struct tokens tokens;
		enum result result;

		arena_init(&arena, 1 << 20);
		alloc_fault_arm(nth);
		result = tokens_read(
		    TEXT("Đăng ký tạm trú ở https://gov.vn"), &arena, &tokens);
		reached_the_end = !alloc_fault_fired();
		alloc_fault_disarm();
		assert_int_equal(result, reached_the_end ? OK : ERR_NOMEM);
		arena_fini(&arena);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_message_becomes_whole_words_under_two_keys),
		cmocka_unit_test(reading_what_was_read_changes_nothing),
		cmocka_unit_test(a_token_knows_where_it_stood),
		cmocka_unit_test(kinds_of_tokens_are_told_apart),
		cmocka_unit_test(what_is_past_the_bound_is_not_read),
		cmocka_unit_test(every_failed_allocation_is_reported),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
