/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "src/console/sorter.h"

#include <stdio.h>

#include "store_review.h"
#include "tests/support/store_fixture.h"
#include "tests/support/synthetic_log.h"

/* The sorter on a store: everything that is open ends in a group, also after
 * it was stopped in the middle, and what people edit is respected. */

static const uint64_t day_ms = 24ull * 3600 * 1000;

struct bench {
	struct store_fixture *fixture;
	struct knowledge_slot *knowledge;
	struct sorter *sorter;
};

static void
start(struct bench *bench)
{
	const struct sorting_options options = { .store = bench->fixture->store,
		.knowledge = bench->knowledge };

	sorter_free(bench->sorter);
	bench->sorter = sorter_new(&options);
	assert_non_null(bench->sorter);
}

static struct bench
open_bench(void **state)
{
	struct bench bench = { .fixture = *state };
	struct knowledge *knowledge;
	struct complaint why;

	if (knowledge_load(
		"tests/scenario/faq", "2026-11-24", &knowledge, &why) != OK)
		fail_msg("%s", why.text);
	bench.knowledge = knowledge_slot_new(knowledge);
	assert_non_null(bench.knowledge);
	start(&bench);
	return bench;
}

static void
close_bench(struct bench *bench)
{
	sorter_free(bench->sorter);
	knowledge_slot_free(bench->knowledge);
}

static void
sort_all(struct bench *bench)
{
	bool more = true;

	while (more)
		assert_int_equal(sorter_piece(bench->sorter, &more), OK);
}

static void
ask(struct bench *bench, const char *citizen, const char *text)
{
	const struct question question = { .text = text_of(text),
		.decision = TEXT("unanswered"),
		.candidates = TEXT("ho-chieu 0.20") };
	struct said said = { .citizen = citizen,
		.now_ms = day_ms,
		.outcome = { .question = &question } };

	assert_int_equal(store_fixture_say(bench->fixture, &said, 1), OK);
}

static struct review_page
list(struct bench *bench, const char *word)
{
	const struct review_filter filter = { .words = { text_of(word) },
		.limit = 200 };
	struct review_page page = { .total = 99 };

	assert_int_equal(store_review_list(bench->fixture->store, &filter,
			     &bench->fixture->arena, &page),
	    OK);
	return page;
}

static void
questions_come_into_groups_that_have_a_name(void **state)
{
	struct bench bench = open_bench(state);
	struct review_page page;

	ask(&bench, "an", "làm hộ chiếu ở đâu");
	ask(&bench, "binh", "lam ho chieu o dau vay a");
	ask(&bench, "chi", "đèn đường trước nhà bị hư");
	sort_all(&bench);
	page = list(&bench, "");
	assert_int_equal(page.total, 2);
	assert_int_equal(page.groups[0].questions, 2);
	assert_true(text_is(page.groups[0].text, "làm hộ chiếu ở đâu"));
	assert_true(text_is(page.groups[0].nearest, "ho-chieu"));
	assert_int_equal(list(&bench, "den duong").total, 1);
	close_bench(&bench);
}

static void
a_sorter_that_starts_again_goes_on(void **state)
{
	struct bench bench = open_bench(state);

	ask(&bench, "an", "làm hộ chiếu ở đâu");
	sort_all(&bench);
	store_fixture_reopen(bench.fixture);
	start(&bench);
	ask(&bench, "binh", "lam ho chieu o dau");
	sort_all(&bench);
	assert_int_equal(list(&bench, "").total, 1);
	assert_int_equal(list(&bench, "").groups[0].questions, 2);
	close_bench(&bench);
}

static void
what_staff_did_is_respected(void **state)
{
	struct bench bench = open_bench(state);
	const struct audit_line line = { .action = TEXT("test") };
	struct review_change change = { .version = 1, .action = REVIEW_ANSWER };

	ask(&bench, "an", "làm hộ chiếu ở đâu");
	sort_all(&bench);
	change.group = list(&bench, "").groups[0].id;
	assert_int_equal(
	    store_review_change(bench.fixture->store, &change, &line), OK);
	ask(&bench, "binh", "lam ho chieu o dau");
	sort_all(&bench);
	/* Answered, and asked again: that is news. */
	assert_int_equal(list(&bench, "").total, 1);
	assert_int_not_equal(list(&bench, "").groups[0].id, change.group);
	close_bench(&bench);
}

static void
what_was_erased_is_like_nothing(void **state)
{
	struct bench bench = open_bench(state);
	size_t erased;

	ask(&bench, "an", "làm hộ chiếu ở đâu");
	ask(&bench, "binh", "hộ chiếu làm chỗ nào vậy");
	sort_all(&bench);
	assert_int_equal(list(&bench, "").total, 1);
	assert_int_equal(
	    store_erase(bench.fixture->store, "messenger", TEXT("an"), &erased),
	    OK);
	sort_all(&bench);
	assert_true(text_is(list(&bench, "lam cho nao").groups[0].text,
	    "hộ chiếu làm chỗ nào vậy"));
	assert_int_equal(store_erase(bench.fixture->store, "messenger",
			     TEXT("binh"), &erased),
	    OK);
	sort_all(&bench);
	ask(&bench, "chi", "làm hộ chiếu ở đâu");
	sort_all(&bench);
	assert_int_equal(list(&bench, "").total, 2);
	close_bench(&bench);
}

enum { QUESTIONS = 800, TURNS_ARENA_BYTES = 16 << 20 };

/* The group of every question, by its id. */
static void
read_groups(struct bench *bench, uint64_t *groups)
{
	struct review_page page = list(bench, "");

	assert_true(page.total < 200);
	for (size_t i = 0; i < page.count; i++) {
		struct question_row *rows;
		struct arena arena;
		size_t count = 0;

		arena_init(&arena, TURNS_ARENA_BYTES);
		assert_int_equal(
		    store_review_questions(bench->fixture->store,
			page.groups[i].id, 0, QUESTIONS, &arena, &rows, &count),
		    OK);
		for (size_t j = 0; j < count; j++)
			groups[rows[j].id] = page.groups[i].id;
		arena_fini(&arena);
	}
}

static size_t
count_pending(struct bench *bench)
{
	struct review_item *items;
	struct arena arena;
	size_t count = 0;

	arena_init(&arena, TURNS_ARENA_BYTES);
	assert_int_equal(store_review_pending(bench->fixture->store, QUESTIONS,
			     &arena, &items, &count),
	    OK);
	arena_fini(&arena);
	return count;
}

static void
fill(struct bench *bench)
{
	const struct synthetic_options made = { 3, QUESTIONS, 1795000000000 };

	assert_int_equal(synthetic_log_fill(bench->fixture->store, &made), OK);
	assert_true(count_pending(bench) > 200);
}

static void
open_another_file(struct bench *bench, char *url, size_t size)
{
	char path[TEMP_DIR_PATH_SIZE];

	store_fixture_close(bench->fixture);
	temp_dir_file(&bench->fixture->dir, "other.db", path);
	(void)snprintf(url, size, "sqlite:%s", path);
	bench->fixture->options.url = url;
	store_fixture_open(bench->fixture);
}

/* A sorter that dies after each piece leaves the groups of one that never
 * does. */
static void
stops_in_the_middle_change_nothing(void **state)
{
	static uint64_t whole[QUESTIONS + 1];
	static uint64_t pieces[QUESTIONS + 1];
	struct bench bench = open_bench(state);
	char url[TEMP_DIR_PATH_SIZE + 16];
	size_t rest;

	fill(&bench);
	sort_all(&bench);
	read_groups(&bench, whole);
	open_another_file(&bench, url, sizeof(url));
	fill(&bench);
	while ((rest = count_pending(&bench)) > 0) {
		bool more;

		start(&bench);
		/* The first pieces of a new one only load what there is. */
		while (count_pending(&bench) == rest)
			assert_int_equal(sorter_piece(bench.sorter, &more), OK);
	}
	start(&bench);
	sort_all(&bench);
	read_groups(&bench, pieces);
	for (size_t i = 0; i <= QUESTIONS; i++)
		assert_int_equal(pieces[i], whole[i]);
	close_bench(&bench);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(questions_come_into_groups_that_have_a_name),
		cmocka_unit_test(a_sorter_that_starts_again_goes_on),
		cmocka_unit_test(what_staff_did_is_respected),
		cmocka_unit_test(what_was_erased_is_like_nothing),
		cmocka_unit_test(stops_in_the_middle_change_nothing),
	};

	return store_fixture_run(
	    NULL, "sorter", tests, sizeof(tests) / sizeof(tests[0]));
}
