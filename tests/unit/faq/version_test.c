/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "fixture.h"

#include <string.h>

static void
version(const char *topic, char out[17])
{
	struct faq *faq = fixture_base(topic);

	memcpy(out, faq->version, 17);
	faq_free(faq);
}

static void
layout_and_defaults_do_not_change_the_version(void **state)
{
	static const char *const same[] = {
		TOPIC(ENTRY("a") "}"),
		TOPIC("\n\n   " ENTRY("a") "  }\n"),
		TOPIC("{\"answer\": \" Đáp. \", \"question\": \"Hỏi gì?\", "
		      "\"id\": \"a\", \"kind\": \"answer\"}"),
		"\xEF\xBB\xBF" TOPIC(ENTRY("a") ", \"asked_as\": []}"),
	};
	char first[17];

	(void)state;
	version(same[0], first);
	assert_int_equal(strlen(first), 16);
	assert_int_equal(strspn(first, "0123456789abcdef"), 16);
	for (size_t i = 1; i < COUNT_OF(same); i++) {
		char got[17];

		version(same[i], got);
		assert_string_equal(got, first);
	}
}

static void
every_change_of_content_changes_the_version(void **state)
{
	static const char *const topics[] = {
		TOPIC(""),
		TOPIC(ENTRY("a") "}"),
		TOPIC(ENTRY("b") "}"),
		TOPIC(ENTRY("a") "}," ENTRY("b") "}"),
		TOPIC(ENTRY("b") "}," ENTRY("a") "}"),
		TOPIC(ENTRY("a") ", \"kind\": \"refer\"}"),
		TOPIC(ENTRY("a") ", \"status\": \"draft\"}"),
		TOPIC(ENTRY("a") ", \"tier\": \"background\"}"),
		TOPIC(ENTRY("a") ", \"asked_as\": [\"x\"]}"),
		TOPIC(ENTRY("a") ", \"not_asked_as\": [\"x\"]}"),
		TOPIC(ENTRY("a") ", \"asked_as\": [\"x\", \"y\"]}"),
		TOPIC(ENTRY("a") ", \"asked_as\": [\"xy\"]}"),
		TOPIC(ENTRY("a") ", \"keywords\": [\"x\", \"y\"]}"),
		TOPIC(ENTRY("a") ", \"keywords\": [\"x\", \"z\"]}"),
		TOPIC(ENTRY("a") ", \"keywords\": [[\"x\", \"y\"]]}"),
		TOPIC(ENTRY("a") ", \"patterns\": [\"x\"]}"),
		TOPIC(ENTRY("a") ", \"related\": [\"a\"]}"),
		TOPIC(ENTRY("a") ", \"buttons\": [{\"title\": \"x\", "
				 "\"entry\": \"a\"}]}"),
		TOPIC(ENTRY("a") ", \"buttons\": [{\"title\": \"x\", "
				 "\"url\": \"https://a\"}]}"),
		TOPIC(ENTRY("a") ", \"sources\": [{\"title\": \"x\"}]}"),
		TOPIC(ENTRY("a") ", \"owner\": \"x\"}"),
		TOPIC(ENTRY("a") ", \"reviewed\": \"2026-01-01\"}"),
		TOPIC(ENTRY("a") ", \"valid_from\": \"2026-01-01\"}"),
		TOPIC(ENTRY("a") ", \"valid_until\": \"2026-01-01\"}"),
	};
	static char versions[COUNT_OF(topics)][17];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(topics); i++) {
		version(topics[i], versions[i]);
		for (size_t j = 0; j < i; j++)
			assert_string_not_equal(versions[i], versions[j]);
	}
}

static void
variables_and_words_are_part_of_the_version(void **state)
{
	const struct load_file files[] = {
		{ "schema.json", TEXT("") },
		{ "locality.json", TEXT("{\"locality\": \"X\", \"variables\": "
					"{\"a\": {\"value\": \"1\"}}}") },
		{ "locality.json", TEXT("{\"locality\": \"X\", \"variables\": "
					"{\"a\": {\"value\": \"2\"}}}") },
		{ "lexicon.json", TEXT("{\"words\": [{\"written\": \"a\", "
				       "\"means\": [\"b\"]}]}") },
		{ "off-topic.json", TEXT("{\"messages\": [\"a\"]}") },
		{ "hours.json", TEXT("{\"week\": {}}") },
		{ "hours.json",
		    TEXT("{\"week\": {\"monday\": [\"07:30-11:30\"]}}") },
		{ "hours.json", TEXT("{\"week\": {}, \"holidays\": "
				     "[{\"from\": \"2027-01-01\", \"name\": "
				     "\"x\"}]}") },
		{ "profile.json", TEXT("{\"greeting\": \"a\"}") },
		{ "profile.json", TEXT("{\"greeting\": \"a\", \"menu\": "
				       "[{\"title\": \"x\", \"url\": "
				       "\"https://x\"}]}") },
	};
	char versions[COUNT_OF(files)][17];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(files); i++) {
		struct faq *faq;

		assert_int_equal(load_files(&files[i], 1, &faq, NULL), OK);
		memcpy(versions[i], faq->version, 17);
		faq_free(faq);
		for (size_t j = 0; j < i; j++)
			assert_string_not_equal(versions[i], versions[j]);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(layout_and_defaults_do_not_change_the_version),
		cmocka_unit_test(every_change_of_content_changes_the_version),
		cmocka_unit_test(variables_and_words_are_part_of_the_version),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
