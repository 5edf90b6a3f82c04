/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The figures of an evaluation, each with its own denominator:
 *
 * in_scope_accuracy	in-scope questions answered with their own entry
 * out_of_scope_recall	`none` questions not answered (a question back to the
 *			citizen is no answer)
 * accuracy		both together, over all questions
 * answers_given	decisions to answer; answers_wrong of them were wrong
 * clarified		questions back; clarified_right of the in-scope ones had
 *			the right entry among the three offered
 * top1, top3		in-scope questions whose entry was ranked first, or among
 *			the first three, whatever was decided
 * risk_coverage_area	share of wrong answers, averaged over all thresholds
 * calibration_error	gap between confidence and outcome, ten bins, weighted
 */
#include "figures.h"

#include <math.h>
#include <stdlib.h>

enum { OFFERED = 3, BINS = 10 };

struct tally {
	size_t questions;
	size_t in_scope;
	size_t answered_right;
	size_t refused; /* none, and not answered */
	size_t answers_given;
	size_t clarified;
	size_t clarified_in_scope;
	size_t clarified_right;
	size_t top1;
	size_t top3;
	size_t bin_count[BINS];
	double bin_confidence[BINS];
	double bin_right[BINS];
	double risk; /* summed over coverages */
	size_t covered_right;
};

struct figures_case
figures_case_of(
    const struct labelled_line *line, const struct match_result *match)
{
	struct figures_case one = { .line = line, .decision = match->decision };

	if (match->candidate_count > 0)
		one.confidence = match->candidates[0].confidence;
	for (size_t i = 0; line->in_scope && i < match->candidate_count; i++) {
		if (text_equal(match->candidates[i].entry->id, line->label)) {
			one.rank = i + 1;
			break;
		}
	}
	return one;
}

static int
more_confident(const void *a, const void *b)
{
	const struct figures_case *left = a;
	const struct figures_case *right = b;

	if (left->confidence != right->confidence)
		return left->confidence > right->confidence ? -1 : 1;
	return left->line < right->line ? -1 : left->line > right->line;
}

static void
count_decision(struct tally *tally, const struct figures_case *one)
{
	bool in_scope = one->line->in_scope;

	switch (one->decision) {
	case MATCH_ANSWER:
		tally->answers_given++;
		tally->answered_right += one->rank == 1 ? 1 : 0;
		break;
	case MATCH_CLARIFY:
		tally->clarified++;
		tally->clarified_in_scope += in_scope ? 1 : 0;
		tally->clarified_right +=
		    one->rank >= 1 && one->rank <= OFFERED ? 1 : 0;
		break;
	case MATCH_UNANSWERED:
		break;
	}
	if (!in_scope && one->decision != MATCH_ANSWER)
		tally->refused++;
}

/* In falling confidence: the risk after each case is the risk at its
 * coverage. */
static void
count_case(struct tally *tally, const struct figures_case *one)
{
	size_t bin = (size_t)(one->confidence * BINS);

	if (bin >= BINS)
		bin = BINS - 1;
	tally->questions++;
	tally->in_scope += one->line->in_scope ? 1 : 0;
	tally->top1 += one->rank == 1 ? 1 : 0;
	tally->top3 += one->rank >= 1 && one->rank <= OFFERED ? 1 : 0;
	tally->bin_count[bin]++;
	tally->bin_confidence[bin] += one->confidence;
	tally->bin_right[bin] += one->rank == 1 ? 1 : 0;
	tally->covered_right += one->rank == 1 ? 1 : 0;
	tally->risk +=
	    1 - (double)tally->covered_right / (double)tally->questions;
	count_decision(tally, one);
}

static double
share(size_t part, size_t whole)
{
	return whole == 0 ? 0 : (double)part / (double)whole;
}

static double
calibration_error(const struct tally *tally)
{
	double error = 0;

	for (size_t i = 0; i < BINS; i++)
		error += fabs(tally->bin_confidence[i] - tally->bin_right[i]);
	return tally->questions == 0 ? 0 : error / (double)tally->questions;
}

static json_t *
tally_json(const struct tally *tally)
{
	size_t none = tally->questions - tally->in_scope;
	size_t wrong = tally->answers_given - tally->answered_right;
	double risk =
	    tally->questions == 0 ? 0 : tally->risk / (double)tally->questions;

	return json_pack("{s:I s:I s:I s:f s:f s:f s:I s:I s:f s:I s:I s:I "
			 "s:f s:f s:f s:f s:f}",
	    "questions", (json_int_t)tally->questions, "in_scope",
	    (json_int_t)tally->in_scope, "out_of_scope", (json_int_t)none,
	    "in_scope_accuracy", share(tally->answered_right, tally->in_scope),
	    "out_of_scope_recall", share(tally->refused, none), "accuracy",
	    share(tally->answered_right + tally->refused, tally->questions),
	    "answers_given", (json_int_t)tally->answers_given, "answers_wrong",
	    (json_int_t)wrong, "answers_wrong_share",
	    share(wrong, tally->answers_given), "clarified",
	    (json_int_t)tally->clarified, "clarified_in_scope",
	    (json_int_t)tally->clarified_in_scope, "clarified_right",
	    (json_int_t)tally->clarified_right, "answered_or_offered",
	    share(tally->answered_right + tally->clarified_right,
		tally->in_scope),
	    "top1", share(tally->top1, tally->in_scope), "top3",
	    share(tally->top3, tally->in_scope), "risk_coverage_area", risk,
	    "calibration_error", calibration_error(tally));
}

static json_t *
report_style(const struct figures_case *cases, size_t count,
    const struct text_view *style)
{
	struct tally tally = { 0 };

	for (size_t i = 0; i < count; i++) {
		if (style == NULL || text_equal(cases[i].line->style, *style))
			count_case(&tally, &cases[i]);
	}
	return tally_json(&tally);
}

/* Every style once, at its first case. */
static enum result
report_styles(const struct figures_case *cases, size_t count, json_t *out)
{
	for (size_t i = 0; i < count; i++) {
		const struct text_view *style = &cases[i].line->style;
		char key[64];

		if (style->len == 0 ||
		    text_copy(key, sizeof(key), *style) != OK ||
		    json_object_get(out, key) != NULL)
			continue;
		if (json_object_set_new(
			out, key, report_style(cases, count, style)) != 0)
			return ERR_NOMEM;
	}
	return OK;
}

json_t *
figures_report(struct figures_case *cases, size_t count)
{
	json_t *report;
	json_t *styles = json_object();

	qsort(cases, count, sizeof(*cases), more_confident);
	report = report_style(cases, count, NULL);
	if (report == NULL || styles == NULL ||
	    report_styles(cases, count, styles) != OK) {
		json_decref(styles);
		json_decref(report);
		return NULL;
	}
	if (json_object_set_new(report, "styles", styles) != 0) {
		json_decref(report);
		return NULL;
	}
	return report;
}

static double
none_weight(const struct figures_case *cases, size_t count)
{
	static const double none_share_min = 0.05;
	size_t none = 0;
	double least;

	for (size_t i = 0; i < count; i++)
		none += cases[i].line->in_scope ? 0 : 1;
	if (none == 0)
		return 1;
	least = none_share_min / (1 - none_share_min) * (double)(count - none) /
		(double)none;
	return least > 1 ? least : 1;
}

/* What answering one more case brings. */
static double
gain(const struct figures_case *one, double none)
{
	if (!one->line->in_scope)
		return -none;
	return one->rank == 1 ? 1 : 0;
}

/* Is answering the first cases up to I about as good as can be? */
static bool
about_best(double gained, double best, size_t count)
{
	static const double slack = 0.005; /* of all cases */

	return gained >= best - slack * (double)count;
}

/* Few labelled lines make a jagged curve with a lucky peak: so the middle of
 * all thresholds that are about as good as the best is taken. */
double
figures_tune(struct figures_case *cases, size_t count)
{
	double none = none_weight(cases, count);
	double gained = 0;
	double best = 0;
	size_t good = 0;
	size_t middle = 0;

	qsort(cases, count, sizeof(*cases), more_confident);
	for (size_t i = 0; i < count; i++) {
		gained += gain(&cases[i], none);
		best = fmax(best, gained);
	}
	for (size_t round = 0; round < 2; round++) {
		middle = good / 2;
		good = 0;
		gained = 0;
		for (size_t i = 0; i < count; i++) {
			gained += gain(&cases[i], none);
			if (!about_best(gained, best, count))
				continue;
			if (round == 1 && good == middle)
				return cases[i].confidence;
			good++;
		}
	}
	return 1;
}
