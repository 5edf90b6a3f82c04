/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What does a change of one entry cost, and does it do what learning all anew
 * would?
 *
 *	match_renew ENTRIES
 *
 * The base lacks some entries, and of others most phrasings; they are put in
 * one at a time, each by match_index_renew().  In the end the last index and
 * one that learnt the whole base at once are asked the same questions: those
 * of everybody, and those about the entries that changed.  Prints figures as
 * lines of "NAME VALUE". */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "match/generated.h"
#include "match/hoidap.h"

enum {
	QUESTIONS = 2000,
	CHANGES = 10,
	ABOUT_EACH = 20, /* questions about each changed entry */
	PHRASINGS_BEFORE = 3,
};

static const char today[] = "2026-11-24";

static double
cpu_s(void)
{
	struct timespec used = { 0, 0 };

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
	return (double)used.tv_sec + (double)used.tv_nsec / 1e9;
}

static size_t
changed_entry(const struct generated *base, size_t change)
{
	return base->entry_count * (change + 1) / (CHANGES + 1);
}

/* BASE before change number DONE: of the entries to come, every other one is
 * not there yet, the others are thin. */
static struct faq *
faq_before(const struct generated *base, size_t done)
{
	struct faq *faq = faq_new();

	if (faq == NULL || hoidap_fill(faq, base) != OK) {
		faq_free(faq);
		return NULL;
	}
	for (size_t i = done; i < CHANGES; i++) {
		struct faq_entry *entry = &faq->entries[changed_entry(base, i)];

		if (i % 2 == 0)
			entry->status = ENTRY_DRAFT;
		else
			entry->asked_as.count = PHRASINGS_BEFORE - 1;
	}
	return faq;
}

struct score {
	size_t asked;
	size_t right;
};

static enum result
ask(const struct match_index *index, const struct faq *faq,
    const struct generated_question *question, struct score *score)
{
	struct arena arena;
	struct match_result match;
	enum result result;

	arena_init(&arena, MATCH_ARENA_BYTES_MAX);
	result = match_ask(index, question->text, &arena, &match);
	if (result == OK) {
		score->asked++;
		if (match.candidate_count > 0 &&
		    (size_t)(match.candidates[0].entry - faq->entries) ==
			question->entry)
			score->right++;
	}
	arena_fini(&arena);
	return result;
}

static enum result
ask_all(const char *name, const struct match_index *index,
    const struct faq *faq, struct generated *base)
{
	struct score all = { 0, 0 };
	struct score changed = { 0, 0 };
	enum result result = OK;

	for (size_t i = 0; result == OK && i < base->question_count; i++)
		result = ask(index, faq, &base->questions[i], &all);
	base->dice = 1;
	for (size_t i = 0; result == OK && i < (size_t)CHANGES * ABOUT_EACH;
	     i++) {
		struct generated_question question = {
			.entry = changed_entry(base, i / ABOUT_EACH)
		};
		struct generated_topic topic =
		    generated_topic(base, question.entry);
		char text[GENERATED_TEXT_SIZE];

		generated_phrase(base, &topic,
		    generated_roll(base, VOCABULARY_CORES), text, sizeof(text));
		question.text = text_of(text);
		result = ask(index, faq, &question, &changed);
	}
	if (result != OK)
		return result;
	printf("renew.%zu.%s_right %.4f\n", base->entry_count, name,
	    (double)all.right / (double)all.asked);
	printf("renew.%zu.%s_right_about_changed %.4f\n", base->entry_count,
	    name, (double)changed.right / (double)changed.asked);
	return OK;
}

/* Put in one entry after the other; *FAQ and *INDEX become the last. */
static enum result
change_all(
    const struct generated *base, struct faq **faq, struct match_index **index)
{
	double took = 0;

	for (size_t i = 1; i <= CHANGES; i++) {
		struct faq *next_faq = faq_before(base, i);
		struct match_index *next = NULL;
		double started = cpu_s();
		enum result result = next_faq == NULL
					 ? ERR_NOMEM
					 : match_index_renew(*index, next_faq,
					       today, &next, NULL);

		took += cpu_s() - started;
		if (result != OK) {
			faq_free(next_faq);
			return result;
		}
		match_index_free(*index);
		faq_free(*faq);
		*index = next;
		*faq = next_faq;
	}
	printf(
	    "renew.%zu.change_cpu_s %.4f\n", base->entry_count, took / CHANGES);
	return OK;
}

static enum result
measure(struct generated *base)
{
	struct faq *faq = faq_before(base, 0);
	struct faq *whole_faq = faq_before(base, CHANGES);
	struct match_index *index = NULL;
	struct match_index *whole = NULL;
	enum result result = faq == NULL || whole_faq == NULL ? ERR_NOMEM : OK;
	double started;

	if (result == OK)
		result = match_index_new(faq, today, &index, NULL);
	if (result == OK)
		result = change_all(base, &faq, &index);
	if (result == OK)
		result = ask_all("renewed", index, faq, base);
	started = cpu_s();
	if (result == OK)
		result = match_index_new(whole_faq, today, &whole, NULL);
	if (result == OK)
		printf("renew.%zu.learn_all_cpu_s %.4f\n", base->entry_count,
		    cpu_s() - started);
	if (result == OK)
		result = ask_all("anew", whole, whole_faq, base);
	match_index_free(index);
	match_index_free(whole);
	faq_free(faq);
	faq_free(whole_faq);
	return result;
}

int
main(int argc, char **argv)
{
	unsigned long entries = argc == 2 ? strtoul(argv[1], NULL, 10) : 0;
	struct generated base;
	enum result result;

	if (entries < CHANGES || entries > GENERATED_ENTRIES_MAX) {
		fprintf(stderr, "usage: match_renew ENTRIES\n");
		return 2;
	}
	(void)setvbuf(stdout, NULL, _IOLBF, 0);
	result = generated_init(&base, entries, QUESTIONS);
	if (result == OK)
		result = measure(&base);
	generated_fini(&base);
	if (result != OK)
		fprintf(stderr, "match_renew: %s\n", result_name(result));
	return result == OK ? 0 : 1;
}
