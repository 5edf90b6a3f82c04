/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* How fast is a match, and what does a base cost, at ENTRIES entries of ten
 * phrasings each?
 *
 *	match_scale ENTRIES hoidap|fts5|pcre2
 *	match_scale ENTRIES --write DIR
 *
 * The first asks one matcher and prints its figures as lines of "NAME VALUE";
 * one process each, so that no matcher's memory is another's.  The second
 * writes the same base and questions as LABEL<TAB>TEXT, for matchers that are
 * not C.  generated.h says what the base is like. */
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "clock.h"
#include "match/fts5.h"
#include "match/generated.h"
#include "match/hoidap.h"
#include "match/pcre2.h"

enum {
	QUESTIONS = 2000,
	WARM_UP = 5,
	ASK_MAX_MS = 5000, /* slow matchers are asked fewer questions */
	ASK_MIN = 50,
};

struct outcome {
	uint64_t took_ns[QUESTIONS];
	size_t asked;
	size_t right;
	uint64_t cpu_ns;
};

/* Resident memory in KiB, without what free() keeps. */
static unsigned long
resident_kib(void)
{
	char line[256];
	unsigned long kib = 0;
	FILE *file = fopen("/proc/self/status", "re");

	(void)malloc_trim(0);
	if (file == NULL)
		return 0;
	while (kib == 0 && fgets(line, sizeof(line), file) != NULL) {
		if (strncmp(line, "VmRSS:", 6) == 0)
			kib = strtoul(line + 6, NULL, 10);
	}
	(void)fclose(file);
	return kib;
}

static uint64_t
cpu_ns(void)
{
	struct timespec used = { 0, 0 };

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
	return (uint64_t)used.tv_sec * 1000000000 + (uint64_t)used.tv_nsec;
}

static enum result
ask(const struct matcher *matcher, void *state, const struct generated *base,
    struct outcome *outcome)
{
	uint64_t end_ms;
	uint64_t cpu;
	size_t entry;

	for (size_t i = 0; i < WARM_UP; i++) {
		if (matcher->ask(state, base->questions[i].text, &entry) != OK)
			return ERR_INVALID;
	}
	end_ms = clock_monotonic_ms() + ASK_MAX_MS;
	cpu = cpu_ns();
	for (size_t i = 0; i < base->question_count; i++) {
		const struct generated_question *question = &base->questions[i];
		uint64_t started = clock_monotonic_ns();
		enum result result =
		    matcher->ask(state, question->text, &entry);

		outcome->took_ns[i] = clock_monotonic_ns() - started;
		if (result != OK)
			return result;
		outcome->asked++;
		outcome->right += entry == question->entry ? 1 : 0;
		if (i + 1 >= ASK_MIN && clock_monotonic_ms() > end_ms)
			break;
	}
	outcome->cpu_ns = cpu_ns() - cpu;
	return OK;
}

static int
shorter(const void *a, const void *b)
{
	uint64_t left = *(const uint64_t *)a;
	uint64_t right = *(const uint64_t *)b;

	return left < right ? -1 : left > right;
}

static void
print_outcome(const char *prefix, struct outcome *outcome)
{
	size_t count = outcome->asked;
	size_t middle = count / 2;
	size_t almost_last = count * 99 / 100;

	qsort(outcome->took_ns, count, sizeof(outcome->took_ns[0]), shorter);
	printf("%s.cpu_us %.2f\n", prefix,
	    (double)outcome->cpu_ns / 1000 / (double)count);
	printf("%s.median_us %.2f\n", prefix,
	    (double)outcome->took_ns[middle] / 1000);
	printf("%s.p99_us %.2f\n", prefix,
	    (double)outcome->took_ns[almost_last] / 1000);
	printf("%s.asked %zu\n", prefix, count);
	printf("%s.first_right %.4f\n", prefix,
	    (double)outcome->right / (double)count);
}

static enum result
measure(const struct matcher *matcher, const struct generated *base)
{
	static struct outcome outcome;
	unsigned long before_kib = resident_kib();
	uint64_t cpu = cpu_ns();
	uint64_t started = clock_monotonic_ns();
	char prefix[64];
	void *state = NULL;
	enum result result = matcher->start(base, &state);

	if (result != OK)
		return result;
	(void)snprintf(
	    prefix, sizeof(prefix), "%s.%zu", matcher->name, base->entry_count);
	printf("%s.train_s %.4f\n", prefix,
	    (double)(clock_monotonic_ns() - started) / 1e9);
	printf("%s.train_cpu_s %.4f\n", prefix, (double)(cpu_ns() - cpu) / 1e9);
	printf("%s.resident_mib %.1f\n", prefix,
	    (double)(resident_kib() - before_kib) / 1024);
	result = ask(matcher, state, base, &outcome);
	if (result == OK)
		print_outcome(prefix, &outcome);
	matcher->end(state);
	return result;
}

static FILE *
create(const char *dir, const char *name)
{
	char path[4096];

	if (snprintf(path, sizeof(path), "%s/%s", dir, name) >=
	    (int)sizeof(path))
		return NULL;
	return fopen(path, "we");
}

static enum result
write_base(const struct generated *base, const char *dir)
{
	FILE *entries = create(dir, "base.tsv");
	FILE *questions = create(dir, "questions.tsv");
	bool written = entries != NULL && questions != NULL;

	for (size_t i = 0; written && i < base->entry_count; i++) {
		const struct generated_entry *entry = &base->entries[i];

		for (size_t j = 0; j < GENERATED_PHRASINGS; j++)
			fprintf(entries, "%.*s\t%.*s\n", TEXT_ARGS(entry->id),
			    TEXT_ARGS(entry->phrasings[j]));
	}
	for (size_t i = 0; written && i < base->question_count; i++) {
		const struct generated_question *question = &base->questions[i];

		fprintf(questions, "viec-%zu\t%.*s\n", question->entry,
		    TEXT_ARGS(question->text));
	}
	if (entries != NULL && fclose(entries) != 0)
		written = false;
	if (questions != NULL && fclose(questions) != 0)
		written = false;
	return written ? OK : ERR_IO;
}

static const struct matcher *
matcher_named(const char *name)
{
	static const struct matcher *const matchers[] = {
		&matcher_hoidap,
		&matcher_fts5,
		&matcher_patterns,
	};

	for (size_t i = 0; i < sizeof(matchers) / sizeof(matchers[0]); i++) {
		if (strcmp(matchers[i]->name, name) == 0)
			return matchers[i];
	}
	return NULL;
}

int
main(int argc, char **argv)
{
	unsigned long entries = argc > 2 ? strtoul(argv[1], NULL, 10) : 0;
	bool writing = argc == 4 && strcmp(argv[2], "--write") == 0;
	const struct matcher *matcher =
	    argc == 3 ? matcher_named(argv[2]) : NULL;
	struct generated base;
	enum result result;

	if (entries == 0 || entries > GENERATED_ENTRIES_MAX ||
	    (matcher == NULL && !writing)) {
		fprintf(stderr, "usage: match_scale ENTRIES "
				"hoidap|fts5|pcre2|--write DIR\n");
		return 2;
	}
	/* What was measured before it ran out of time is worth having. */
	(void)setvbuf(stdout, NULL, _IOLBF, 0);
	result = generated_init(&base, entries, QUESTIONS);
	if (result == OK)
		result = writing ? write_base(&base, argv[3])
				 : measure(matcher, &base);
	generated_fini(&base);
	if (result != OK)
		fprintf(stderr, "match_scale: %s\n", result_name(result));
	return result == OK ? 0 : 1;
}
