/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "tests/support/cmocka_all.h"

#include "match.h"
#include "tests/support/alloc_fault.h"

#include <stdio.h>
#include <string.h>

#define TODAY "2026-11-24"

/* A base large enough that a change of one entry is not worth learning all:
 * ENTRIES things with names of two syllables, asked for in three ways. */
enum { ENTRIES = 520, PHRASINGS = 3, CHANGED = 200 };

static const char *const onsets[] = { "b", "c", "d", "g", "h", "k", "l", "m",
	"n", "s", "t", "v", "x", "th", "tr", "ch", "nh", "ph", "kh", "ng" };
static const char *const rimes[] = { "a", "ai", "an", "ang", "ao", "em", "en",
	"eo", "in", "it", "om", "on", "ong", "um", "un", "ung", "oi", "oan",
	"ap", "uy", "iu", "at", "am", "ot", "ut", "ac" };
static const char *const frames[PHRASINGS] = { "làm %s ở đâu",
	"phí làm %s bao nhiêu", "thủ tục %s thế nào" };

enum {
	ONSETS = sizeof(onsets) / sizeof(onsets[0]),
	RIMES = sizeof(rimes) / sizeof(rimes[0]),
};

static struct text_view
keep(struct faq *faq, const char *text)
{
	struct text_view kept;

	assert_int_equal(arena_text(&faq->arena, text_of(text), &kept), OK);
	return kept;
}

static void
name_thing(size_t number, char *out, size_t size)
{
	size_t second = number * 7 + 3;

	(void)snprintf(out, size, "%s%s %s%s", onsets[number % ONSETS],
	    rimes[number / ONSETS % RIMES], onsets[second % ONSETS],
	    rimes[second / 3 % RIMES]);
}

static void
fill_entry(struct faq *faq, struct faq_entry *entry, size_t number)
{
	char thing[64];
	char text[256];

	name_thing(number, thing, sizeof(thing));
	(void)snprintf(text, sizeof(text), "viec-%zu", number);
	*entry = (struct faq_entry){ .id = keep(faq, text), .file = "" };
	(void)snprintf(text, sizeof(text), "việc %s", thing);
	entry->question = keep(faq, text);
	entry->asked_as.count = PHRASINGS;
	entry->asked_as.at =
	    arena_alloc(&faq->arena, PHRASINGS, sizeof(*entry->asked_as.at));
	assert_non_null(entry->asked_as.at);
	for (size_t i = 0; i < PHRASINGS; i++) {
		const char *hole = strstr(frames[i], "%s");

		(void)snprintf(text, sizeof(text), "%.*s%s%s",
		    (int)(hole - frames[i]), frames[i], thing, hole + 2);
		entry->asked_as.at[i] = keep(faq, text);
	}
}

static struct faq *
large_base(void)
{
	struct faq *faq = faq_new();

	assert_non_null(faq);
	faq->entries = arena_alloc(&faq->arena, ENTRIES, sizeof(*faq->entries));
	assert_non_null(faq->entries);
	faq->entry_count = ENTRIES;
	for (size_t i = 0; i < ENTRIES; i++)
		fill_entry(faq, &faq->entries[i], i);
	return faq;
}

/* The index of a large base, learnt once for all tests. */
struct fixture {
	struct faq *faq;
	struct match_index *index;
};

static int
set_up(void **state)
{
	static struct fixture fixture;

	fixture.faq = large_base();
	*state = &fixture;
	return match_index_new(fixture.faq, TODAY, &fixture.index, NULL) == OK
		   ? 0
		   : -1;
}

static int
tear_down(void **state)
{
	struct fixture *fixture = *state;

	match_index_free(fixture->index);
	faq_free(fixture->faq);
	return 0;
}

static struct match_index *
renew(const struct fixture *fixture, const struct faq *faq)
{
	struct match_index *index = NULL;

	assert_int_equal(
	    match_index_renew(fixture->index, faq, TODAY, &index, NULL), OK);
	return index;
}

static struct match_result
ask(const struct match_index *index, const char *question)
{
	struct arena arena;
	struct match_result result;

	arena_init(&arena, MATCH_ARENA_BYTES_MAX);
	assert_int_equal(
	    match_ask(index, text_of(question), &arena, &result), OK);
	arena_fini(&arena);
	return result;
}

static void
assert_first(const struct match_index *index, const char *question,
    const struct faq_entry *entry)
{
	struct match_result result = ask(index, question);

	assert_int_not_equal(result.candidate_count, 0);
	assert_string_equal(result.candidates[0].entry->id.at, entry->id.at);
	assert_ptr_equal(result.candidates[0].entry, entry);
}

/* Thresholds are chosen anew only when all is learnt. */
static bool
is_learnt_anew(const struct fixture *fixture, const struct match_index *index)
{
	size_t before;
	size_t after;
	const struct match_trial *old = match_trials(fixture->index, &before);
	const struct match_trial *new = match_trials(index, &after);
	bool same = after <= before && after > 0;

	for (size_t i = 0, k = 0; same && i < after; i++, k++) {
		while (k < before && !text_equal(old[k].text, new[i].text))
			k++;
		same = k < before && old[k].confidence == new[i].confidence;
	}
	return !same;
}

static void
a_new_phrasing_is_found_after_a_renewal(void **state)
{
	const struct fixture *fixture = *state;
	struct faq *faq = large_base();
	struct faq_entry *entry = &faq->entries[CHANGED];
	struct match_index *index;

	entry->asked_as.at[1] = TEXT("cái quyển sổ màu tím bà ngoại giữ");
	entry->asked_as.at[2] = TEXT("sổ tím của bà ngoại");
	index = renew(fixture, faq);
	assert_false(is_learnt_anew(fixture, index));
	assert_first(index, "so tim ba ngoai", entry);
	assert_first(
	    index, faq->entries[7].asked_as.at[0].at, &faq->entries[7]);
	match_index_free(index);
	faq_free(faq);
}

static void
a_new_entry_is_found_and_others_keep_their_questions(void **state)
{
	const struct fixture *fixture = *state;
	struct faq *before = large_base();
	struct faq *faq = large_base();
	struct match_index *old = NULL;
	struct match_index *index = NULL;

	before->entries[CHANGED].status = ENTRY_DRAFT;
	assert_int_equal(
	    match_index_renew(fixture->index, before, TODAY, &old, NULL), OK);
	assert_int_equal(match_index_renew(old, faq, TODAY, &index, NULL), OK);
	assert_false(is_learnt_anew(fixture, old));
	for (size_t i = 0; i < ENTRIES; i += 20)
		assert_first(
		    index, faq->entries[i].asked_as.at[1].at, &faq->entries[i]);
	match_index_free(old);
	match_index_free(index);
	faq_free(before);
	faq_free(faq);
}

static void
a_removed_entry_is_not_found(void **state)
{
	const struct fixture *fixture = *state;
	struct faq *faq = large_base();
	struct match_index *index;
	struct match_result result;

	faq->entries[CHANGED].status = ENTRY_RETIRED;
	index = renew(fixture, faq);
	result = ask(index, faq->entries[CHANGED].question.at);
	for (size_t i = 0; i < result.candidate_count; i++)
		assert_ptr_not_equal(
		    result.candidates[i].entry, &faq->entries[CHANGED]);
	assert_first(index, faq->entries[CHANGED + 1].asked_as.at[0].at,
	    &faq->entries[CHANGED + 1]);
	match_index_free(index);
	faq_free(faq);
}

static void
the_same_change_gives_the_same_answers(void **state)
{
	const struct fixture *fixture = *state;
	struct faq *faq = large_base();
	struct match_index *one;
	struct match_index *two;

	faq->entries[CHANGED].asked_as.at[0] = TEXT("sổ tím của bà ngoại");
	one = renew(fixture, faq);
	two = renew(fixture, faq);
	for (size_t i = 0; i < ENTRIES; i += 50) {
		struct match_result first =
		    ask(one, faq->entries[i].question.at);
		struct match_result second =
		    ask(two, faq->entries[i].question.at);

		assert_ptr_equal(
		    first.candidates[0].entry, second.candidates[0].entry);
		assert_memory_equal(&first.candidates[0].score,
		    &second.candidates[0].score, sizeof(double));
	}
	match_index_free(one);
	match_index_free(two);
	faq_free(faq);
}

static void
an_unchanged_base_answers_as_before(void **state)
{
	const struct fixture *fixture = *state;
	struct faq *faq = large_base();
	struct match_index *index = renew(fixture, faq);
	struct match_thresholds before;
	struct match_thresholds after;

	match_thresholds(fixture->index, &before);
	match_thresholds(index, &after);
	assert_memory_equal(&before, &after, sizeof(before));
	for (size_t i = 0; i < ENTRIES; i += 20) {
		struct match_result old =
		    ask(fixture->index, fixture->faq->entries[i].question.at);
		struct match_result new =
		    ask(index, faq->entries[i].question.at);

		assert_int_equal(old.decision, new.decision);
		assert_memory_equal(&old.candidates[0].confidence,
		    &new.candidates[0].confidence, sizeof(double));
	}
	match_index_free(index);
	faq_free(faq);
}

static void
much_changed_is_learnt_anew(void **state)
{
	const struct fixture *fixture = *state;
	struct faq *many = large_base();
	struct faq *other_words = large_base();
	struct faq *reordered = large_base();
	struct faq_entry moved = reordered->entries[0];
	struct faq *const bases[] = { many, other_words, reordered };

	for (size_t i = 0; i < ENTRIES; i += 10)
		many->entries[i].asked_as.count = 1;
	other_words->off_topic.count = 1;
	other_words->off_topic.at = &other_words->entries[0].asked_as.at[0];
	reordered->entries[0] = reordered->entries[1];
	reordered->entries[1] = moved;
	for (size_t i = 0; i < sizeof(bases) / sizeof(bases[0]); i++) {
		struct match_index *index = renew(fixture, bases[i]);

		assert_true(is_learnt_anew(fixture, index));
		match_index_free(index);
		faq_free(bases[i]);
	}
}

static void
every_failed_allocation_is_reported(void **state)
{
	const struct fixture *fixture = *state;
	struct faq *faq = large_base();
	bool reached_the_end = false;

	faq->entries[CHANGED].asked_as.count = 1;
	for (unsigned nth = 0; !reached_the_end; nth++) {
		struct match_index *index = NULL;
		enum result result;

		alloc_fault_arm(nth);
		result =
		    match_index_renew(fixture->index, faq, TODAY, &index, NULL);
		reached_the_end = !alloc_fault_fired();
		alloc_fault_disarm();
		assert_int_equal(result, reached_the_end ? OK : ERR_NOMEM);
		match_index_free(index);
	}
	faq_free(faq);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_new_phrasing_is_found_after_a_renewal),
		cmocka_unit_test(
		    a_new_entry_is_found_and_others_keep_their_questions),
		cmocka_unit_test(a_removed_entry_is_not_found),
		cmocka_unit_test(the_same_change_gives_the_same_answers),
		cmocka_unit_test(an_unchanged_base_answers_as_before),
		cmocka_unit_test(much_changed_is_learnt_anew),
		cmocka_unit_test(every_failed_allocation_is_reported),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
