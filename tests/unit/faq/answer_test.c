/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "fixture.h"

#include "tests/support/alloc_fault.h"

static const char today[] = "2026-11-24";

/* "text", then "[title] url" or "[title] payload", a line each. */
static void
print_reply(const struct reply *reply, struct buf *out)
{
	assert_int_equal(buf_add(out, reply->text), OK);
	for (size_t i = 0; i < reply->button_count; i++) {
		const struct button *button = &reply->buttons[i];

		assert_int_equal(
		    buf_printf(out, "\n[%.*s] %.*s%.*s",
			TEXT_ARGS(button->title), TEXT_ARGS(button->url),
			TEXT_ARGS(button->payload)),
		    OK);
	}
}

/* The first entry of TOPIC is answered on DAY with exactly WANT. */
static void
answers(const char *topic, const char *day, const char *want)
{
	struct faq *faq = fixture_base(topic);
	struct arena arena;
	struct reply reply;
	struct buf got;

	buf_init(&got, 1 << 16);
	arena_init(&arena, 1 << 16);
	assert_int_equal(
	    faq_answer(faq, &faq->entries[0], day, &arena, &reply), OK);
	faq_free(faq); /* the reply has its own copies */
	print_reply(&reply, &got);
	assert_text(buf_view(&got), want);
	buf_fini(&got);
	arena_fini(&arena);
}

#define SOURCES                                                                \
	", \"sources\": [{\"title\": \"Nghị định 1\"}, {\"title\": "      \
	"\"Luật 2\"}, {\"title\": \"C\"}], \"reviewed\": \"2026-03-09\""

static void
an_answer_of_facts_names_two_sources_and_its_review(void **state)
{
	static const struct {
		const char *topic;
		const char *want;
	} cases[] = {
		{ TOPIC(ENTRY("a") SOURCES "}"),
		    "Đáp.\n\nNguồn: Nghị định 1; Luật 2. Cập nhật: "
		    "09/03/2026." },
		{ TOPIC(ENTRY("a") ", \"sources\": [{\"title\": \"A\"}]}"),
		    "Đáp.\n\nNguồn: A." },
		{ TOPIC(ENTRY("a") ", \"reviewed\": \"2026-03-09\"}"), "Đáp." },
		{ TOPIC(ENTRY("a") ", \"kind\": \"smalltalk\"" SOURCES "}"),
		    "Đáp." },
		{ TOPIC(ENTRY("a") ", \"kind\": \"refer\"" SOURCES "}"),
		    "Đáp." },
		{ TOPIC(ENTRY("a") ", \"kind\": \"handoff\"" SOURCES "}"),
		    "Đáp." },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		answers(cases[i].topic, today, cases[i].want);
}

static void
variables_are_filled_in_as_of_the_day(void **state)
{
	static const char topic[] =
	    TOPIC("{\"id\": \"a\", \"question\": \"?\", \"answer\": \"Gọi "
		  "{{hotline}} hoặc {{office|đến phường}}.\", \"buttons\": "
		  "[{\"title\": \"Cổng\", \"url\": \"{{portal_url}}/x\"}]}");

	(void)state;
	answers(topic, today,
	    "Gọi 1022 hoặc đến phường.\n[Cổng] https://cong.vn/x");
	answers(topic, "2027-02-23",
	    "Gọi tổng đài hoặc đến phường.\n[Cổng] https://cong.vn/x");
}

static void
a_button_that_leads_nowhere_today_is_left_out(void **state)
{
	static const char topic[] = TOPIC(
	    ENTRY("a") ", \"buttons\": ["
		       "{\"title\": \"Không\", \"url\": \"{{office}}\"},"
		       "{\"title\": \"Cũ\", \"entry\": \"old\"},"
		       "{\"title\": \"Mới\", \"entry\": \"new\"}]}," ENTRY(
			   "old") ", \"valid_until\": "
				  "\"2026-11-23\"}," ENTRY("new") "}");

	(void)state;
	answers(topic, today, "Đáp.\n[Mới] entry:new");
	answers(topic, "2026-11-23", "Đáp.\n[Cũ] entry:old\n[Mới] entry:new");
}

/* Sixty code points, and sixty-one. */
#define SIXTY "ờờờờờờờờờờờờờờờờờờờờờờờờờờờờờờờờờờờờờờờờờờờờờờờờờờờờờờờờờờờờ"

static void
related_entries_fill_the_free_places(void **state)
{
	static const char others[] =
	    ENTRY("draft") ", \"status\": \"draft\"}," ENTRY(
		"b") "},"
		     "{\"id\": \"long\", \"question\": \"" SIXTY
		     "?\", \"answer\": "
		     "\"Đ\"}, {\"id\": \"c\", \"question\": \"" SIXTY
		     "\", \"answer\": "
		     "\"Đ\"}," ENTRY("d") "}," ENTRY("e") "}";
	static const struct {
		const char *entry;
		const char *want;
	} cases[] = {
		{ ", \"related\": [\"draft\", \"a\", \"long\", \"b\", \"b\", "
		  "\"c\", \"d\", \"e\"]",
		    "Đáp.\n[Hỏi gì?] entry:b\n[" SIXTY "] entry:c\n"
		    "[Hỏi gì?] entry:d" },
		{ ", \"buttons\": [{\"title\": \"Cổng\", \"url\": "
		  "\"https://a.vn\"}, {\"title\": \"Bê\", \"entry\": \"b\"}], "
		  "\"related\": [\"b\", \"d\", \"e\"]",
		    "Đáp.\n[Cổng] https://a.vn\n[Bê] entry:b\n[Hỏi gì?] "
		    "entry:d" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct buf topic;

		buf_init(&topic, 1 << 16);
		assert_int_equal(
		    buf_printf(&topic,
			"{\"topic\": \"t\", \"title\": \"T\", \"entries\": "
			"[" ENTRY("a") "%s}, %s]}",
			cases[i].entry, others),
		    OK);
		answers(topic.at, today, cases[i].want);
		buf_fini(&topic);
	}
}

static void
a_broken_variable_of_a_base_filled_by_hand_is_no_answer(void **state)
{
	static const char *const broken[] = { "{{x}}", "{{x|y}}", "{{", "}}" };
	struct faq *faq = faq_new();

	(void)state;
	for (size_t i = 0; i < COUNT_OF(broken); i++) {
		struct faq_entry entry = { .answer = text_of(broken[i]) };
		struct reply reply = { .button_count = 7 };
		struct arena arena;

		arena_init(&arena, 1 << 16);
		assert_int_equal(faq_answer(faq, &entry, today, &arena, &reply),
		    ERR_INVALID);
		assert_int_equal(reply.button_count, 7);
		arena_fini(&arena);
	}
	faq_free(faq);
}

static void
each_failing_allocation_is_reported(void **state)
{
	struct faq *faq = fixture_base(TOPIC(ENTRY("a") SOURCES
	    ", \"buttons\": [{\"title\": \"A\", \"url\": "
	    "\"{{portal_url}}\"}, {\"title\": \"B\", \"entry\": \"b\"}], "
	    "\"related\": [\"c\"]}," ENTRY("b") "}," ENTRY("c") "}"));
	bool reached_the_end = false;

	(void)state;
	for (unsigned nth = 0; !reached_the_end; nth++) {
		struct reply reply = { .button_count = 7 };
		struct arena arena;
		enum result result;

		arena_init(&arena, 1 << 16);
		alloc_fault_arm(nth);
		result =
		    faq_answer(faq, &faq->entries[0], today, &arena, &reply);
		alloc_fault_disarm();
		reached_the_end = !alloc_fault_fired();
		assert_int_equal(result, reached_the_end ? OK : ERR_NOMEM);
		assert_int_equal(reply.button_count, reached_the_end ? 3 : 7);
		arena_fini(&arena);
	}
	faq_free(faq);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    an_answer_of_facts_names_two_sources_and_its_review),
		cmocka_unit_test(variables_are_filled_in_as_of_the_day),
		cmocka_unit_test(a_button_that_leads_nowhere_today_is_left_out),
		cmocka_unit_test(related_entries_fill_the_free_places),
		cmocka_unit_test(
		    a_broken_variable_of_a_base_filled_by_hand_is_no_answer),
		cmocka_unit_test(each_failing_allocation_is_reported),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
