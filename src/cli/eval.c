/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* `hoidap eval`: how good are the answers, on labelled questions?  It asks the
 * same match_ask() as production does. */
#include <getopt.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "commands.h"
#include "figures.h"
#include "json_parts.h"
#include "labelled.h"
#include "match.h"
#include "options.h"

struct eval_options {
	const char *faq;
	const char *train;
	const char *questions;
	const char *tune;
	bool predictions;
};

struct evaluation {
	struct labelled train;
	struct labelled questions;
	struct labelled tune;
	struct faq *faq;
	struct match_index *index;
	struct arena arena;
	struct complaint why;
};

static enum result
load_base(struct evaluation *evaluation, const struct eval_options *options)
{
	char today[DATE_SIZE];
	enum result result;

	date_of_ms(clock_now_ms(), today);
	if (options->train == NULL) {
		result =
		    faq_load(options->faq, &evaluation->faq, &evaluation->why);
	} else {
		result = labelled_read(
		    options->train, &evaluation->train, &evaluation->why);
		if (result == OK)
			result =
			    labelled_base(&evaluation->train, &evaluation->faq);
	}
	if (result == OK)
		result = match_index_new(evaluation->faq, today,
		    &evaluation->index, &evaluation->why);
	return result;
}

static enum result
ask(struct evaluation *evaluation, const struct labelled_line *line,
    struct match_result *match_out)
{
	arena_reset(&evaluation->arena);
	return match_ask(
	    evaluation->index, line->text, &evaluation->arena, match_out);
}

/* All cases of LABELLED; *CASES_OUT is yours. */
static enum result
ask_all(struct evaluation *evaluation, const struct labelled *labelled,
    struct figures_case **cases_out)
{
	struct figures_case *cases =
	    calloc(labelled->count + 1, sizeof(*cases));
	enum result result = cases == NULL ? ERR_NOMEM : OK;

	for (size_t i = 0; result == OK && i < labelled->count; i++) {
		struct match_result match;

		result = ask(evaluation, &labelled->lines[i], &match);
		if (result == OK)
			cases[i] = figures_case_of(&labelled->lines[i], &match);
	}
	if (result != OK) {
		free(cases);
		return result;
	}
	*cases_out = cases;
	return OK;
}

static enum result
tune(struct evaluation *evaluation, const char *file)
{
	struct figures_case *cases = NULL;
	struct match_thresholds thresholds;
	enum result result =
	    labelled_read(file, &evaluation->tune, &evaluation->why);

	if (result == OK)
		result = ask_all(evaluation, &evaluation->tune, &cases);
	if (result != OK)
		return result;
	match_thresholds(evaluation->index, &thresholds);
	thresholds.answer = figures_tune(cases, evaluation->tune.count);
	if (thresholds.clarify > thresholds.answer)
		thresholds.clarify = thresholds.answer;
	match_set_thresholds(evaluation->index, &thresholds);
	free(cases);
	return OK;
}

static const char *
decision_word(const struct match_result *match)
{
	static const char *const by_kind[] = {
		[ENTRY_ANSWER] = "answer",
		[ENTRY_SMALLTALK] = "smalltalk",
		[ENTRY_REFER] = "refer",
		[ENTRY_HANDOFF] = "handoff",
	};

	if (match->decision == MATCH_ANSWER)
		return by_kind[match->candidates[0].entry->kind];
	return match->decision == MATCH_CLARIFY ? "clarify" : "unanswered";
}

static enum result
print_prediction(const struct evaluation *evaluation,
    const struct labelled_line *line, const struct match_result *match)
{
	bool answered = match->decision == MATCH_ANSWER;
	double confidence =
	    match->candidate_count == 0 ? 0 : match->candidates[0].confidence;
	json_t *object = json_pack("{s:o, s:s, s:o?, s:f, s:o, s:s, s:o}",
	    "text", json_parts_view(line->text), "decision",
	    decision_word(match), "id",
	    answered ? json_parts_view(match->candidates[0].entry->id) : NULL,
	    "confidence", confidence, "candidates",
	    json_parts_candidates(match), "kb", evaluation->faq->version,
	    "label", json_parts_view(line->label));
	int failed;

	if (object == NULL)
		return ERR_NOMEM;
	if (!answered)
		(void)json_object_set_new(object, "id", json_null());
	failed =
	    json_dumpf(object, stdout, JSON_COMPACT | JSON_REAL_PRECISION(6));
	json_decref(object);
	return failed != 0 || fputc('\n', stdout) == EOF ? ERR_IO : OK;
}

static enum result
print_predictions(struct evaluation *evaluation)
{
	for (size_t i = 0; i < evaluation->questions.count; i++) {
		const struct labelled_line *line =
		    &evaluation->questions.lines[i];
		struct match_result match;
		enum result result = ask(evaluation, line, &match);

		if (result == OK)
			result = print_prediction(evaluation, line, &match);
		if (result != OK)
			return result;
	}
	return OK;
}

static enum result
print_figures(struct evaluation *evaluation)
{
	struct figures_case *cases = NULL;
	struct match_thresholds thresholds;
	json_t *report = NULL;
	enum result result =
	    ask_all(evaluation, &evaluation->questions, &cases);

	if (result != OK)
		return result;
	match_thresholds(evaluation->index, &thresholds);
	report = figures_report(cases, evaluation->questions.count);
	free(cases);
	if (report == NULL ||
	    json_object_set_new(report, "thresholds",
		json_pack("{s:f, s:f, s:f}", "answer", thresholds.answer,
		    "clarify", thresholds.clarify, "expected_wrong",
		    thresholds.expected_wrong)) != 0)
		result = ERR_NOMEM;
	else if (json_dumpf(report, stdout,
		     JSON_INDENT(2) | JSON_REAL_PRECISION(6)) != 0 ||
		 fputc('\n', stdout) == EOF)
		result = ERR_IO;
	json_decref(report);
	return result;
}

static int
run(const struct eval_options *options)
{
	struct evaluation evaluation = { .index = NULL };
	enum result result;

	arena_init(&evaluation.arena, MATCH_ARENA_BYTES_MAX);
	result = labelled_read(
	    options->questions, &evaluation.questions, &evaluation.why);
	if (result == OK)
		result = load_base(&evaluation, options);
	if (result == OK && options->tune != NULL)
		result = tune(&evaluation, options->tune);
	if (result == OK)
		result = options->predictions ? print_predictions(&evaluation)
					      : print_figures(&evaluation);
	match_index_free(evaluation.index);
	faq_free(evaluation.faq);
	labelled_fini(&evaluation.train);
	labelled_fini(&evaluation.questions);
	labelled_fini(&evaluation.tune);
	arena_fini(&evaluation.arena);
	return result == OK ? EXIT_DONE
			    : options_fail("eval", result, &evaluation.why);
}

int
cli_eval(int argc, char **argv)
{
	static const struct option known[] = {
		{ "faq", required_argument, NULL, 'f' },
		{ "train", required_argument, NULL, 't' },
		{ "questions", required_argument, NULL, 'q' },
		{ "tune", required_argument, NULL, 'u' },
		{ "predictions", no_argument, NULL, 'p' },
		{ 0 },
	};
	struct eval_options options = { 0 };
	int option;

	while ((option = getopt_long(argc, argv, "", known, NULL)) != -1) {
		switch (option) {
		case 'f':
			options.faq = optarg;
			break;
		case 't':
			options.train = optarg;
			break;
		case 'q':
			options.questions = optarg;
			break;
		case 'u':
			options.tune = optarg;
			break;
		case 'p':
			options.predictions = true;
			break;
		default:
			return EXIT_USAGE;
		}
	}
	if (optind < argc)
		return options_unexpected("eval", argv[optind]);
	if (options.questions == NULL ||
	    (options.faq == NULL) == (options.train == NULL)) {
		fprintf(stderr,
		    "hoidap eval: give --faq DIR or --train FILE, and "
		    "--questions FILE\n");
		return EXIT_USAGE;
	}
	return run(&options);
}
