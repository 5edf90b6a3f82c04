/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "reply.h"

#include "tests/support/alloc_fault.h"
#include "tests/support/cmocka_all.h"

#include <string.h>

static struct reply
sample_reply(void)
{
	return (struct reply){
		.text = TEXT("Phí là 50.000 đồng.\nAnh/chị cần gì thêm?"),
		.buttons = { { .title = TEXT("Cổng: mở"),
				 .url = TEXT("https://a.vn/?x=1:2") },
		    { .title = TEXT("Gặp cán bộ"),
			.payload = TEXT("person") } },
		.button_count = 2,
	};
}

static void
assert_same_text(struct text_view got, struct text_view want)
{
	assert_int_equal(got.len, want.len);
	assert_memory_equal(got.at, want.at, want.len);
}

static void
a_packed_reply_unpacks_to_the_same(void **state)
{
	const struct reply sample = sample_reply();
	struct arena arena;
	struct buf packed;
	struct reply got;

	(void)state;
	arena_init(&arena, 65536);
	buf_init(&packed, 65536);
	assert_int_equal(reply_pack(&sample, &packed), OK);
	assert_int_equal(reply_unpack(buf_view(&packed), &arena, &got), OK);
	assert_same_text(got.text, sample.text);
	assert_int_equal(got.button_count, sample.button_count);
	for (size_t i = 0; i < got.button_count; i++) {
		assert_same_text(got.buttons[i].title, sample.buttons[i].title);
		assert_same_text(got.buttons[i].url, sample.buttons[i].url);
		assert_same_text(
		    got.buttons[i].payload, sample.buttons[i].payload);
	}
	buf_fini(&packed);
	arena_fini(&arena);
}

static void
the_packed_form_is_the_one_that_stores_hold(void **state)
{
	const struct reply reply = {
		.text = TEXT("xin ơi"),
		.buttons = { { .title = TEXT("A"), .payload = TEXT("p") } },
		.button_count = 1,
	};
	struct buf packed;

	(void)state;
	buf_init(&packed, 256);
	assert_int_equal(reply_pack(&reply, &packed), OK);
	assert_string_equal(packed.at, "r1:1:7:xin ơi1:A0:1:p");
	buf_fini(&packed);
}

static void
what_pack_did_not_write_is_refused(void **state)
{
	static const char *const cases[] = {
		"", "r1:", "r1:0:", "r1:0:2:x", /* shorter than it says */
		"r1:0:1:xy",			/* something behind */
		"r2:0:1:x",			/* another form */
		"r1:00:1:x",			/* leading zero */
		"r1:0:+1:x",			/* sign */
		"r1:11:1:x",			/* too many buttons */
		"r1:1:1:x1:a",			/* a button without its url */
		"r1:0:16385:x",			/* over the ceiling */
		"r1:0:99999999:x",		/* far over the ceiling */
		"r1:0:1:\xFF",			/* not UTF-8 */
		"{\"text\":\"x\"}",		/* somebody's JSON */
	};
	struct arena arena;
	struct reply got;

	(void)state;
	arena_init(&arena, 65536);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		if (reply_unpack(text_of(cases[i]), &arena, &got) !=
		    ERR_INVALID)
			fail_msg("accepted: %s", cases[i]);
	arena_fini(&arena);
}

static void
a_failed_pack_leaves_the_buffer_as_it_was(void **state)
{
	const struct reply sample = sample_reply();
	struct buf packed;

	(void)state;
	buf_init(&packed, 30);
	assert_int_equal(buf_add(&packed, TEXT("before")), OK);
	assert_int_equal(reply_pack(&sample, &packed), ERR_TOO_LARGE);
	assert_string_equal(packed.at, "before");
	buf_fini(&packed);
}

static void
every_allocation_may_fail_once(void **state)
{
	const struct reply sample = sample_reply();
	bool reached_the_end = false;

	(void)state;
	for (unsigned nth = 0; !reached_the_end; nth++) {
		struct arena arena;
		struct buf packed;
		struct reply got;
		enum result result;

		arena_init(&arena, 65536);
		buf_init(&packed, 65536);
		alloc_fault_arm(nth);
		result = reply_pack(&sample, &packed);
		if (result == OK)
			result = reply_unpack(buf_view(&packed), &arena, &got);
		alloc_fault_disarm();
		reached_the_end = !alloc_fault_fired();
		assert_int_equal(result, reached_the_end ? OK : ERR_NOMEM);
		buf_fini(&packed);
		arena_fini(&arena);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_packed_reply_unpacks_to_the_same),
		cmocka_unit_test(the_packed_form_is_the_one_that_stores_hold),
		cmocka_unit_test(what_pack_did_not_write_is_refused),
		cmocka_unit_test(a_failed_pack_leaves_the_buffer_as_it_was),
		cmocka_unit_test(every_allocation_may_fail_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
