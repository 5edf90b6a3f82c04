/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store_notice.h"

#include <string.h>

#include "tests/support/store_fixture.h"

/* In a static initialiser TEXT() is no constant. */
#define VIEW(literal)                                                          \
	{                                                                      \
		(literal), sizeof(literal) - 1                                 \
	}

static const struct audit_line line = { .at_ms = 5000,
	.user = 7,
	.login = VIEW("lan"),
	.action = VIEW("notice.add"),
	.subject = VIEW("notice") };

static const struct notice notice = { .from_ms = 1000,
	.until_ms = 9000,
	.topics = VIEW("cong nop-ho-so"),
	.text = VIEW("Cổng đang bảo trì.") };

static const struct channel_off off = { .channel = VIEW("zalo"),
	.text = VIEW("Trợ lý tạm nghỉ."),
	.reason = VIEW("trả lời sai lệ phí") };

static size_t
audit_lines(struct store_fixture *fixture)
{
	const struct audit_filter filter = { .limit = 100 };
	struct audit_line *lines = NULL;
	size_t count = 0;

	assert_int_equal(store_audit(fixture->store, &filter, &fixture->arena,
			     &lines, &count),
	    OK);
	return count;
}

static struct notices
listed(struct store_fixture *fixture, uint64_t now_ms)
{
	struct notices notices;

	assert_int_equal(
	    store_notices(fixture->store, now_ms, &fixture->arena, &notices),
	    OK);
	return notices;
}

static void
a_notice_is_kept_until_its_time_is_over(void **state)
{
	struct store_fixture *fixture = *state;
	struct notices notices;
	uint64_t id = 0;

	assert_int_equal(
	    store_notice_add(fixture->store, &notice, &line, &id), OK);
	store_fixture_reopen(fixture);
	notices = listed(fixture, 8999);
	assert_int_equal(notices.count, 1);
	assert_int_equal(notices.at[0].id, id);
	assert_int_equal(notices.at[0].from_ms, 1000);
	assert_int_equal(notices.at[0].until_ms, 9000);
	assert_true(text_equal(notices.at[0].topics, notice.topics));
	assert_true(text_equal(notices.at[0].text, notice.text));
	assert_int_equal(listed(fixture, 9000).count, 0);
	assert_int_equal(audit_lines(fixture), 1);
}

static void
a_notice_can_be_ended_before_its_time(void **state)
{
	struct store_fixture *fixture = *state;
	uint64_t id = 0;

	assert_int_equal(
	    store_notice_add(fixture->store, &notice, &line, &id), OK);
	assert_int_equal(store_notice_end(fixture->store, id, &line), OK);
	assert_int_equal(listed(fixture, 5000).count, 0);
	assert_int_equal(
	    store_notice_end(fixture->store, id, &line), ERR_NOT_FOUND);
	assert_int_equal(audit_lines(fixture), 2);
}

static void
a_notice_that_says_nothing_is_refused(void **state)
{
	static char long_text[NOTICE_TEXT_MAX_BYTES + 1];
	struct store_fixture *fixture = *state;
	struct notice bad = notice;
	uint64_t id;

	bad.text = TEXT(" \n");
	assert_int_equal(
	    store_notice_add(fixture->store, &bad, &line, &id), ERR_INVALID);
	bad = notice;
	bad.until_ms = bad.from_ms;
	assert_int_equal(
	    store_notice_add(fixture->store, &bad, &line, &id), ERR_INVALID);
	memset(long_text, 'a', sizeof(long_text));
	bad = notice;
	bad.text = (struct text_view){ long_text, sizeof(long_text) };
	assert_int_equal(
	    store_notice_add(fixture->store, &bad, &line, &id), ERR_TOO_LARGE);
	assert_int_equal(audit_lines(fixture), 0);
}

static void
a_channel_is_switched_off_and_on(void **state)
{
	struct store_fixture *fixture = *state;
	struct channel_off again = off;
	struct notices notices;

	assert_int_equal(store_channel_off(fixture->store, &off, &line), OK);
	again.reason = TEXT("vẫn sai");
	assert_int_equal(store_channel_off(fixture->store, &again, &line), OK);
	notices = listed(fixture, 1);
	assert_int_equal(notices.off_count, 1);
	assert_true(text_is(notices.off[0].channel, "zalo"));
	assert_true(text_is(notices.off[0].reason, "vẫn sai"));
	assert_int_equal(notices.off[0].since_ms, 5000);
	assert_int_equal(
	    store_channel_on(fixture->store, TEXT("zalo"), &line), OK);
	assert_int_equal(listed(fixture, 1).off_count, 0);
	assert_int_equal(store_channel_on(fixture->store, TEXT("zalo"), &line),
	    ERR_NOT_FOUND);
	assert_int_equal(audit_lines(fixture), 3);
}

static void
a_switch_needs_a_channel_a_text_and_a_reason(void **state)
{
	struct store_fixture *fixture = *state;
	struct channel_off bad[3] = { off, off, off };

	bad[0].channel = TEXT("viber");
	bad[1].text = TEXT("");
	bad[2].reason = TEXT("");
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(
		    store_channel_off(fixture->store, &bad[i], &line),
		    ERR_INVALID);
	assert_int_equal(audit_lines(fixture), 0);
}

static void
the_board_gets_what_the_store_has(void **state)
{
	struct store_fixture *fixture = *state;
	struct notice_board *board = notice_board_new();
	const struct notices *notices;
	uint64_t id;

	assert_non_null(board);
	assert_int_equal(
	    store_notice_add(fixture->store, &notice, &line, &id), OK);
	assert_int_equal(store_channel_off(fixture->store, &off, &line), OK);
	assert_int_equal(store_notices_post(fixture->store, 2000, board), OK);
	notices = notice_board_get(board);
	assert_int_equal(notices->count, 1);
	assert_true(text_equal(notices_off(notices, "zalo")->text, off.text));
	assert_null(notices_off(notices, "messenger"));
	notices_drop(notices);
	notice_board_free(board);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_notice_is_kept_until_its_time_is_over),
		cmocka_unit_test(a_notice_can_be_ended_before_its_time),
		cmocka_unit_test(a_notice_that_says_nothing_is_refused),
		cmocka_unit_test(a_channel_is_switched_off_and_on),
		cmocka_unit_test(a_switch_needs_a_channel_a_text_and_a_reason),
		cmocka_unit_test(the_board_gets_what_the_store_has),
	};

	return store_fixture_run(
	    NULL, "notices", tests, sizeof(tests) / sizeof(tests[0]));
}
