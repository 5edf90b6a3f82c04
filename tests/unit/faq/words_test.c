/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "fixture.h"

static void
the_lexicon_and_the_off_topic_messages_are_read(void **state)
{
	const struct load_file files[] = {
		{ "x/lexicon.json",
		    TEXT("{\"words\": [{\"written\": \"đk\", \"means\": "
			 "[\"đăng ký\", \"điều kiện\"]}]}") },
		{ "x/off-topic.json", TEXT("{\"messages\": [\"hôm nay mưa "
					   "không\", \"hát đi\"]}") },
	};
	struct complaint why;
	struct faq *faq;

	(void)state;
	assert_int_equal(load_files(files, COUNT_OF(files), &faq, &why), OK);
	assert_int_equal(faq->lexicon_count, 1);
	assert_text(faq->lexicon[0].written, "đk");
	assert_int_equal(faq->lexicon[0].means.count, 2);
	assert_text(faq->lexicon[0].means.at[1], "điều kiện");
	assert_int_equal(faq->off_topic.count, 2);
	assert_text(faq->off_topic.at[0], "hôm nay mưa không");
	faq_free(faq);
}

static void
bad_words_are_refused_with_their_line_and_a_remedy(void **state)
{
	static const struct {
		const char *path;
		const char *text;
		const char *want;
	} cases[] = {
		{ "faq/lexicon.json", "{}",
		    "faq/lexicon.json:1: \"words\" is missing: add it" },
		{ "faq/lexicon.json", "{\"words\": [\n\"đk\"]}",
		    "faq/lexicon.json:2: word 1: \"words\" item 1 must be an "
		    "object in { }" },
		{ "faq/lexicon.json",
		    "{\"words\": [\n{\"written\": \"đk\", \"means\": []}]}",
		    "faq/lexicon.json:2: word 1: \"means\" is empty: add a "
		    "meaning or take the word out" },
		{ "faq/lexicon.json",
		    "{\"words\": [\n{\"written\": \"đk\",\n\"mean\": []}]}",
		    "faq/lexicon.json:3: word 1: unknown key \"mean\"; did "
		    "you mean \"means\"?" },
		{ "faq/off-topic.json", "{\"messages\": [\"a\",\n \"\"]}",
		    "faq/off-topic.json:2: \"messages\" item 2 is empty: fill "
		    "it in or take it out" },
		{ "faq/off-topic.json", "{\"words\": []}",
		    "faq/off-topic.json:1: unknown key \"words\": take it "
		    "out" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		fixture_refused(cases[i].path, cases[i].text, cases[i].want);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    the_lexicon_and_the_off_topic_messages_are_read),
		cmocka_unit_test(
		    bad_words_are_refused_with_their_line_and_a_remedy),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
