/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* `hoidap faq stats`: when does the bot answer, and what would another
 * threshold change?  The figures are those of the cross-validation that chose
 * the threshold: the base's own phrasings, each put to a ranker that has not
 * learnt it, and questions that no entry answers. */
#include <stdio.h>

#include "commands.h"
#include "faq_commands.h"
#include "knowledge.h"
#include "options.h"

static const double confidences[] = { 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9,
	0.95, 0.98 };

enum { CONFIDENCES = sizeof(confidences) / sizeof(confidences[0]) };

/* ---- the report ---- */

static void
print_point(const struct match_index *index, double confidence, bool in_force)
{
	struct match_point point = match_point_at(index, confidence);

	printf("      %5.3f      %5.1f %%      %5.1f %%%s\n", confidence,
	    100 * point.answered, 100 * point.wrong,
	    in_force ? "   in force" : "");
}

static void
print_plain(const struct match_index *index)
{
	struct match_thresholds thresholds;
	bool shown = false;

	match_thresholds(index, &thresholds);
	printf("answers at confidence %.3f or more, offers choices at %.3f or "
	       "more\nexpected share of wrong answers, by cross-validation: "
	       "%.1f %%\n\n",
	    thresholds.answer, thresholds.clarify,
	    100 * thresholds.expected_wrong);
	printf("answer from    answered     wrong among the answers\n");
	for (size_t i = 0; i < CONFIDENCES; i++) {
		if (!shown && thresholds.answer <= confidences[i]) {
			print_point(index, thresholds.answer, true);
			shown = true;
		}
		print_point(index, confidences[i], false);
	}
	if (!shown)
		print_point(index, thresholds.answer, true);
}

static json_t *
point_json(const struct match_index *index, double confidence)
{
	struct match_point point = match_point_at(index, confidence);

	return json_pack("{s:f, s:f, s:f}", "confidence", confidence,
	    "answered", point.answered, "wrong", point.wrong);
}

static enum result
print_json(const struct match_index *index)
{
	struct match_thresholds thresholds;
	json_t *curve = json_array();

	match_thresholds(index, &thresholds);
	for (size_t i = 0; i < CONFIDENCES; i++)
		(void)json_array_append_new(
		    curve, point_json(index, confidences[i]));
	return faq_print_json(json_pack("{s:f, s:f, s:f, s:o, s:o}", "answer",
	    thresholds.answer, "clarify", thresholds.clarify, "expected_wrong",
	    thresholds.expected_wrong, "in_force",
	    point_json(index, thresholds.answer), "curve", curve));
}

int
cli_faq_stats(int argc, char **argv)
{
	struct complaint why = { .text = "" };
	struct knowledge *knowledge;
	struct faq_options options;
	enum result result;

	if (!faq_options_read(argc, argv, &options))
		return EXIT_USAGE;
	result = knowledge_load(options.dir, options.today, &knowledge, &why);
	if (result != OK)
		return options_fail("faq stats", result, &why);
	if (options.json)
		result = print_json(knowledge->index);
	else
		print_plain(knowledge->index);
	knowledge_drop(knowledge);
	return result == OK ? EXIT_DONE
			    : options_fail("faq stats", result, &why);
}
