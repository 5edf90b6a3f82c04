/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "fit.h"

#include "utf8.h"

#include "tests/support/alloc_fault.h"
#include "tests/support/cmocka_all.h"

#include <string.h>

enum { ARENA_BYTES = 1 << 20 };

static const struct fit_limits roomy = {
	.unit = FIT_UTF16_UNITS,
	.text = 2000,
	.text_with_buttons = 640,
	.buttons = 3,
	.title = 20,
};

struct split_case {
	const char *text;
	size_t limit;
	enum fit_unit unit;
	const char *parts[4]; /* ends with NULL */
};

static const struct split_case split_cases[] = {
	{ "vừa đủ", 6, FIT_UTF16_UNITS, { "vừa đủ" } },
	{ "Đoạn một.\n\nĐoạn hai. Thêm.", 20, FIT_UTF16_UNITS,
	    { "Đoạn một.", "Đoạn hai. Thêm." } },
	{ "Câu thứ nhất. Câu thứ hai", 20, FIT_UTF16_UNITS,
	    { "Câu thứ nhất.", "Câu thứ hai" } },
	{ "Đến TP. Hồ Chí Minh nhé", 14, FIT_UTF16_UNITS,
	    { "Đến TP. Hồ Chí", "Minh nhé" } },
	{ "một hai ba\nbốn năm sáu", 14, FIT_UTF16_UNITS,
	    { "một hai ba", "bốn năm sáu" } },
	{ "một hai ba bốn", 10, FIT_UTF16_UNITS, { "một hai ba", "bốn" } },
	{ "một  hai", 5, FIT_UTF16_UNITS, { "một", "hai" } },
	{ "abcdefgh", 4, FIT_UTF16_UNITS, { "abcd", "efgh" } },
	/* An emoji is two UTF-16 units and one code point. */
	{ "abc😀d", 4, FIT_UTF16_UNITS, { "abc", "😀d" } },
	{ "abc😀d", 4, FIT_CODE_POINTS, { "abc😀", "d" } },
	/* A letter stays with its combining marks, a family with itself. */
	{ "abce\xCC\x82\xCC\x81g", 5, FIT_UTF16_UNITS,
	    { "abc", "e\xCC\x82\xCC\x81g" } },
	{ "ab👨‍👩‍👧", 8, FIT_UTF16_UNITS,
	    { "ab", "👨‍👩‍👧" } },
	/* A cluster longer than a message is cut all the same. */
	{ "e\xCC\x81\xCC\x81\xCC\x81\xCC\x81", 3, FIT_UTF16_UNITS,
	    { "e\xCC\x81\xCC\x81", "\xCC\x81\xCC\x81" } },
	{ "một hai\r\n\r\nba bốn", 12, FIT_UTF16_UNITS,
	    { "một hai", "ba bốn" } },
};

static void
text_is_split_at_the_best_place(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(split_cases) / sizeof(split_cases[0]);
	     i++) {
		const struct split_case *c = &split_cases[i];
		struct fit_limits limits = { .unit = c->unit,
			.text = c->limit };
		struct reply reply = { .text = text_of(c->text) };
		struct fitted fitted;
		struct arena arena;

		arena_init(&arena, ARENA_BYTES);
		assert_int_equal(
		    fit_reply(&reply, &limits, &arena, &fitted), OK);
		for (size_t j = 0; j < fitted.part_count; j++)
			if (c->parts[j] == NULL ||
			    !text_is(fitted.parts[j], c->parts[j]))
				fail_msg("%s: part %zu is \"%.*s\"", c->text, j,
				    TEXT_ARGS(fitted.parts[j]));
		assert_null(c->parts[fitted.part_count]);
		arena_fini(&arena);
	}
}

static struct button
link_button(const char *title, const char *url)
{
	return (struct button){ .title = text_of(title), .url = text_of(url) };
}

static struct button
tap_button(const char *title, const char *payload)
{
	return (struct button){ .title = text_of(title),
		.payload = text_of(payload) };
}

static void
buttons_past_the_limit_become_numbered_lines(void **state)
{
	struct reply reply = {
		.text = TEXT("Chọn một mục:"),
		.buttons = { tap_button("Một", "entry:a"),
		    tap_button("Hai", "entry:b"), tap_button("Ba", "entry:c"),
		    link_button("Cổng", "https://a.vn"),
		    tap_button("Gặp cán bộ", "person") },
		.button_count = 5,
	};
	struct fitted fitted;
	struct arena arena;

	(void)state;
	arena_init(&arena, ARENA_BYTES);
	assert_int_equal(fit_reply(&reply, &roomy, &arena, &fitted), OK);
	assert_int_equal(fitted.part_count, 1);
	assert_int_equal(fitted.button_count, 3);
	assert_true(text_is(fitted.buttons[2].payload, "entry:c"));
	assert_true(text_is(fitted.parts[0], "Chọn một mục:\n\n"
					     "4. Cổng: https://a.vn\n"
					     "5. Gặp cán bộ"));
	arena_fini(&arena);
}

static void
a_long_title_is_cut_at_a_word(void **state)
{
	static const struct {
		const char *title, *want;
	} cases[] = {
		{ "Đúng hai mươi chữ ạ.", "Đúng hai mươi chữ ạ." },
		{ "Đăng ký chữ ký số cá nhân", "Đăng ký chữ ký số…" },
		{ "abcdefghijklmnopqrstuvwxyz", "abcdefghijklmnopqrs…" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct reply reply = {
			.text = TEXT("x"),
			.buttons = { tap_button(cases[i].title, "p") },
			.button_count = 1,
		};
		struct fitted fitted;
		struct arena arena;

		arena_init(&arena, ARENA_BYTES);
		assert_int_equal(
		    fit_reply(&reply, &roomy, &arena, &fitted), OK);
		if (!text_is(fitted.buttons[0].title, cases[i].want))
			fail_msg("%s became %.*s", cases[i].title,
			    TEXT_ARGS(fitted.buttons[0].title));
		arena_fini(&arena);
	}
}

/* "Câu số 1 là câu. " and so on: about UNITS characters. */
static void
fill(struct buf *text, size_t units)
{
	for (unsigned i = 1;
	     text->len == 0 || utf16_length(buf_view(text)) + 20 < units; i++)
		assert_int_equal(buf_printf(text, "Câu số %u là câu. ", i), OK);
}

static void
the_last_part_leaves_room_for_buttons(void **state)
{
	static const size_t lengths[] = { 600, 700, 1300, 1990, 2300, 9000 };

	(void)state;
	for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
		struct buf text;
		struct fitted fitted;
		struct arena arena;
		struct reply reply = {
			.buttons = { link_button("Cổng", "https://a.vn") },
			.button_count = 1,
		};

		buf_init(&text, 65536);
		arena_init(&arena, ARENA_BYTES);
		fill(&text, lengths[i]);
		reply.text = buf_view(&text);
		assert_int_equal(
		    fit_reply(&reply, &roomy, &arena, &fitted), OK);
		for (size_t j = 0; j < fitted.part_count; j++) {
			struct text_view part = fitted.parts[j];
			bool last = j + 1 == fitted.part_count;

			assert_true(part.len > 0);
			assert_true(utf16_length(part) <= (last ? 640 : 2000));
			assert_int_equal(part.at[part.len - 1], '.');
		}
		buf_fini(&text);
		arena_fini(&arena);
	}
}

static void
nothing_to_say_and_too_much_to_say_are_refused(void **state)
{
	static const struct fit_limits narrow = { .text = 10 };
	struct reply reply = { .text = TEXT(" \n ") };
	struct fitted fitted;
	struct arena arena;

	(void)state;
	arena_init(&arena, ARENA_BYTES);
	assert_int_equal(
	    fit_reply(&reply, &roomy, &arena, &fitted), ERR_INVALID);
	reply.text = text_of(
	    "Một câu dài hơn mười bốn phần, mỗi phần mười chữ: một hai ba bốn "
	    "năm sáu bảy tám chín mười mười một mười hai mười ba mười bốn "
	    "mười lăm mười sáu mười bảy mười tám mười chín hai mươi.");
	assert_int_equal(
	    fit_reply(&reply, &narrow, &arena, &fitted), ERR_TOO_LARGE);
	arena_fini(&arena);
}

static void
every_allocation_may_fail_once(void **state)
{
	const struct reply reply = {
		.text = TEXT("Chọn:"),
		.buttons = { tap_button("Đăng ký chữ ký số cá nhân", "a"),
		    tap_button("Hai", "b"), tap_button("Ba", "c"),
		    tap_button("Bốn", "d") },
		.button_count = 4,
	};
	bool reached_the_end = false;

	(void)state;
	for (unsigned nth = 0; !reached_the_end; nth++) {
		struct fitted fitted;
		struct arena arena;
		enum result result;

		arena_init(&arena, ARENA_BYTES);
		alloc_fault_arm(nth);
		result = fit_reply(&reply, &roomy, &arena, &fitted);
		alloc_fault_disarm();
		reached_the_end = !alloc_fault_fired();
		assert_int_equal(result, reached_the_end ? OK : ERR_NOMEM);
		arena_fini(&arena);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_is_split_at_the_best_place),
		cmocka_unit_test(buttons_past_the_limit_become_numbered_lines),
		cmocka_unit_test(a_long_title_is_cut_at_a_word),
		cmocka_unit_test(the_last_part_leaves_room_for_buttons),
		cmocka_unit_test(
		    nothing_to_say_and_too_much_to_say_are_refused),
		cmocka_unit_test(every_allocation_may_fail_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
