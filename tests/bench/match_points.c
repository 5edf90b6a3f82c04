/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What a base answers at the point where at most one answer in ten is wrong:
 *
 *	match_points FAQ_DIR IN_SCOPE.tsv OUT_OF_SCOPE.tsv
 *
 * Both files count the same, whatever their lengths.  The lines
 * are dealt into ten folds; the point is chosen on nine and the tenth is
 * reported, ten times, so no reported question had a say.  Prints "NAME VALUE" lines, with the time
 * that training and one match take on the base.
 *
 * An answer to an out-of-scope message is wrong whatever it says; a plain one
 * states facts, where smalltalk, a referral and a hand-over do not. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "match.h"
#include "utf8.h"

enum { CASES_MAX = 20000, LINE_SIZE = 65536, OFFERED = 3, FOLDS = 10 };

static const double wrong_max = 0.10;

struct point_case {
	double confidence;
	double took_us;
	bool in_scope;
	bool near;     /* out of scope, but shares vocabulary */
	bool first;    /* the right entry is first */
	bool offered;  /* it is among the first three */
	bool askable;  /* confident enough for an answer or a question back */
	bool plain;    /* the first entry states facts */
	unsigned fold; /* the one it belongs to */
};

struct points {
	struct faq *faq;
	struct match_index *index;
	struct arena arena;
	struct point_case *cases;
	size_t count;
};

/* Weighted, where a share is taken over in-scope and out-of-scope together. */
struct tally {
	double answered;
	double answered_wrong;
	size_t in_scope;
	size_t right;
	size_t right_or_offered;
	size_t near;
	size_t near_plain;
	size_t far;
	size_t far_plain;
};

static double
share(double part, double whole)
{
	return whole > 0 ? part / whole : 0;
}

static void
judge(struct point_case *one, const struct match_result *match,
    struct text_view label)
{
	one->askable = match->decision != MATCH_UNANSWERED;
	if (match->candidate_count == 0)
		return;
	one->confidence = match->candidates[0].confidence;
	one->plain = match->candidates[0].entry->kind == ENTRY_ANSWER;
	for (size_t i = 0; i < match->candidate_count && i < OFFERED; i++) {
		if (!text_equal(match->candidates[i].entry->id, label))
			continue;
		one->offered = true;
		one->first = i == 0;
	}
}

static enum result
add_case(struct points *points, struct text_view line)
{
	struct point_case *one = &points->cases[points->count];
	struct match_result match;
	struct text_view label;
	struct text_view text;
	uint64_t started;
	enum result result;

	if (points->count == CASES_MAX)
		return ERR_TOO_LARGE;
	if (!utf8_valid(line) || !text_split(&line, '\t', &label) ||
	    !text_split(&line, '\t', &text))
		return ERR_INVALID;
	arena_reset(&points->arena);
	started = clock_monotonic_ns();
	result = match_ask(points->index, text, &points->arena, &match);
	if (result != OK)
		return result;
	one->took_us = (double)(clock_monotonic_ns() - started) / 1000;
	one->fold = (unsigned)(points->count % FOLDS);
	one->in_scope = !text_is(label, "none");
	one->near = text_starts(line, TEXT("near"));
	judge(one, &match, label);
	points->count++;
	return OK;
}

static enum result
ask_file(struct points *points, const char *file)
{
	static char line[LINE_SIZE];
	FILE *stream = fopen(file, "re");
	enum result result = OK;

	if (stream == NULL)
		return ERR_IO;
	while (result == OK && fgets(line, sizeof(line), stream) != NULL)
		result = add_case(points, text_trim(text_of(line)));
	(void)fclose(stream);
	return result;
}

static int
more_confident(const void *a, const void *b)
{
	const struct point_case *left = a;
	const struct point_case *right = b;

	if (left->confidence != right->confidence)
		return left->confidence > right->confidence ? -1 : 1;
	return left->first - right->first;
}

static int
quicker(const void *a, const void *b)
{
	const struct point_case *left = a;
	const struct point_case *right = b;

	return left->took_us < right->took_us ? -1
					      : left->took_us > right->took_us;
}

/* What one out-of-scope message counts, an in-scope one counting 1. */
static double
none_weight(const struct points *points)
{
	size_t in_scope = 0;

	for (size_t i = 0; i < points->count; i++)
		in_scope += points->cases[i].in_scope ? 1 : 0;
	return share((double)in_scope, (double)(points->count - in_scope));
}

/* The lowest confidence down to which few enough answers outside FOLD are
 * wrong; the cases are in falling confidence. */
static double
choose(const struct points *points, unsigned fold)
{
	double none = none_weight(points);
	double answered = 0;
	double wrong = 0;
	double chosen = 1;

	for (size_t i = 0; i < points->count; i++) {
		const struct point_case *one = &points->cases[i];
		double weight = one->in_scope ? 1 : none;

		if (one->fold == fold)
			continue;
		answered += weight;
		wrong += one->first ? 0 : weight;
		if (wrong <= wrong_max * answered)
			chosen = one->confidence;
	}
	return chosen;
}

static void
count_none(struct tally *tally, const struct point_case *one, bool answered)
{
	bool plain = answered && one->plain;

	tally->near += one->near ? 1 : 0;
	tally->far += one->near ? 0 : 1;
	tally->near_plain += plain && one->near ? 1 : 0;
	tally->far_plain += plain && !one->near ? 1 : 0;
}

static void
count_fold(const struct points *points, unsigned fold, double threshold,
    struct tally *tally)
{
	double none = none_weight(points);

	for (size_t i = 0; i < points->count; i++) {
		const struct point_case *one = &points->cases[i];
		bool answered = one->confidence >= threshold;
		double weight = one->in_scope ? 1 : none;

		if (one->fold != fold)
			continue;
		tally->answered += answered ? weight : 0;
		tally->answered_wrong += answered && !one->first ? weight : 0;
		if (!one->in_scope) {
			count_none(tally, one, answered);
			continue;
		}
		tally->in_scope++;
		tally->right += answered && one->first ? 1 : 0;
		tally->right_or_offered +=
		    answered ? one->first : (one->askable && one->offered);
	}
}

static void
print(struct points *points, double train_s)
{
	struct tally tally = { 0 };
	size_t count = points->count;

	qsort(points->cases, count, sizeof(points->cases[0]), more_confident);
	for (unsigned fold = 0; fold < FOLDS; fold++)
		count_fold(points, fold, choose(points, fold), &tally);
	printf(
	    "point.wrong %.4f\n", share(tally.answered_wrong, tally.answered));
	printf("point.right %.4f\n",
	    share((double)tally.right, (double)tally.in_scope));
	printf("point.right_or_offered %.4f\n",
	    share((double)tally.right_or_offered, (double)tally.in_scope));
	printf("point.near_plain %.4f\n",
	    share((double)tally.near_plain, (double)tally.near));
	printf("point.far_plain %.4f\n",
	    share((double)tally.far_plain, (double)tally.far));
	qsort(points->cases, count, sizeof(points->cases[0]), quicker);
	printf("faq.train_s %.3f\n", train_s);
	printf("faq.median_us %.2f\n", points->cases[count / 2].took_us);
	printf("faq.p99_us %.2f\n", points->cases[count * 99 / 100].took_us);
}

static enum result
measure(struct points *points, char **files, struct complaint *why)
{
	char today[DATE_SIZE];
	uint64_t started;
	double train_s;
	enum result result = faq_load(files[0], &points->faq, why);

	date_of_ms(clock_now_ms(), today);
	started = clock_monotonic_ns();
	if (result == OK)
		result =
		    match_index_new(points->faq, today, &points->index, why);
	train_s = (double)(clock_monotonic_ns() - started) / 1e9;
	for (size_t i = 1; result == OK && i <= 2; i++) {
		result = ask_file(points, files[i]);
		if (result != OK)
			complain(why, files[i], 0, "line %zu or after: %s",
			    points->count + 1, result_name(result));
	}
	if (result == OK && points->count == 0)
		result = ERR_NOT_FOUND;
	if (result == OK)
		print(points, train_s);
	return result;
}

int
main(int argc, char **argv)
{
	struct points points = { .faq = NULL };
	struct complaint why = { .line = 0 };
	char text[1024];
	enum result result = ERR_NOMEM;

	if (argc != 4) {
		fprintf(stderr, "usage: match_points FAQ_DIR IN_SCOPE.tsv "
				"OUT_OF_SCOPE.tsv\n");
		return 2;
	}
	arena_init(&points.arena, MATCH_ARENA_BYTES_MAX);
	points.cases = calloc(CASES_MAX, sizeof(points.cases[0]));
	if (points.cases != NULL)
		result = measure(&points, argv + 1, &why);
	match_index_free(points.index);
	faq_free(points.faq);
	arena_fini(&points.arena);
	free(points.cases);
	if (result != OK) {
		complaint_print(&why, text, sizeof(text));
		fprintf(stderr, "match_points: %s: %s\n", result_name(result),
		    text);
	}
	return result == OK ? 0 : 1;
}
