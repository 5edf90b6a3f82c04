/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* `hoidap faq test`: are questions understood?
 *
 * Two examinations.  The base asks itself: each phrasing is put to a ranker
 * that has not learnt it, which shows whether the phrasings of an entry hold
 * together and keep apart from those of others.  And people ask: the golden
 * questions are none that the base has, and are put to the bot as it is.  Each
 * has a goal, and below one the exit status is 1, so that a change of the base
 * that makes it worse is noticed before it is published. */
#include <stdio.h>
#include <stdlib.h>

#include "commands.h"
#include "confusions.h"
#include "faq_commands.h"
#include "golden.h"
#include "json_parts.h"
#include "knowledge.h"
#include "options.h"

enum {
	GOAL_PHRASINGS_PCT = 80,
	GOAL_FIRST_PCT = 90,
	GOAL_AMONG_THREE_PCT = 97,
	OFFERED = 3, /* choices in a question back to the citizen */
	WORST_PAIRS = 10,
};

struct share {
	size_t right;
	size_t all;
};

struct miss {
	struct golden_line line;
	const struct faq_entry *thought_of; /* NULL: no entry at all */
};

struct examination {
	const struct knowledge *knowledge;
	struct share phrasings;
	struct confusions confusions;
	struct golden golden;
	bool has_golden;
	struct share first;
	struct share among_three;
	struct share refused;
	struct miss *missed;
	size_t missed_count;
};

/* ---- figures ---- */

static double
pct(struct share share)
{
	return share.all == 0 ? 100
			      : 100 * (double)share.right / (double)share.all;
}

static bool
reached(struct share share, int goal_pct)
{
	return share.right * 100 >= share.all * (size_t)goal_pct;
}

static bool
passed(const struct examination *examination)
{
	return reached(examination->phrasings, GOAL_PHRASINGS_PCT) &&
	       reached(examination->first, GOAL_FIRST_PCT) &&
	       reached(examination->among_three, GOAL_AMONG_THREE_PCT);
}

/* ---- the base asks itself ---- */

static enum result
try_phrasings(struct examination *examination)
{
	const struct match_index *index = examination->knowledge->index;
	size_t count;
	const struct match_trial *trials = match_trials(index, &count);

	for (size_t i = 0; i < count; i++) {
		if (trials[i].entry == NULL)
			continue;
		examination->phrasings.all++;
		examination->phrasings.right +=
		    trials[i].best == trials[i].entry ? 1 : 0;
	}
	return confusions_find(index, 0, &examination->confusions);
}

/* ---- people ask ---- */

static void
judge(struct examination *examination, size_t at,
    const struct match_result *match)
{
	const struct golden_line *line = &examination->golden.at[at];
	const struct faq_entry *entry = line->entry;
	size_t rank = golden_rank(match, entry);
	bool right = golden_right(match, entry);

	if (entry == NULL) {
		examination->refused.all++;
		examination->refused.right += right ? 1 : 0;
	} else {
		examination->first.all++;
		examination->first.right += right ? 1 : 0;
		examination->among_three.all++;
		examination->among_three.right +=
		    rank > 0 && rank <= OFFERED ? 1 : 0;
	}
	if (!right)
		examination->missed[examination->missed_count++] =
		    (struct miss){ *line, match->candidate_count == 0
					      ? NULL
					      : match->candidates[0].entry };
}

static enum result
ask(const struct knowledge *knowledge, struct text_view question,
    struct match_result *match_out)
{
	enum result result;
	struct arena arena;

	arena_init(&arena, MATCH_ARENA_BYTES_MAX);
	result = match_ask(knowledge->index, question, &arena, match_out);
	arena_fini(&arena);
	return result;
}

static enum result
try_golden(
    struct examination *examination, const char *dir, struct complaint *why)
{
	enum result result = golden_read(
	    dir, examination->knowledge->faq, &examination->golden, why);

	if (result == ERR_NOT_FOUND)
		return OK;
	examination->has_golden = result == OK;
	examination->missed =
	    calloc(examination->golden.count + 1, sizeof(struct miss));
	if (result == OK && examination->missed == NULL)
		result = ERR_NOMEM;
	for (size_t i = 0; result == OK && i < examination->golden.count; i++) {
		struct match_result match;

		result = ask(examination->knowledge,
		    examination->golden.at[i].question, &match);
		if (result == OK)
			judge(examination, i, &match);
	}
	return result;
}

/* ---- the report ---- */

static void
print_share(const char *what, struct share share, int goal_pct)
{
	printf("%-34s %5zu of %5zu  %5.1f %%", what, share.right, share.all,
	    pct(share));
	if (goal_pct > 0)
		printf("  goal %d %%: %s", goal_pct,
		    reached(share, goal_pct) ? "reached" : "missed");
	printf("\n");
}

static void
print_confusions(const struct confusions *confusions)
{
	if (confusions->count > 0)
		printf("\nMost often mixed up (phrasings that the bot gave to "
		       "another entry while it had not learnt them):\n");
	for (size_t i = 0; i < confusions->count && i < WORST_PAIRS; i++) {
		const struct confusion *one = &confusions->at[i];

		printf("  \"%.*s\" is taken for \"%.*s\": %zu of %zu "
		       "phrasings, such as \"%.*s\"\n",
		    TEXT_ARGS(one->entry->id), TEXT_ARGS(one->taken_for->id),
		    one->count, 1 + one->entry->asked_as.count,
		    TEXT_ARGS(one->surest->text));
	}
}

static struct text_view
name_of(const struct faq_entry *entry)
{
	return entry == NULL ? TEXT("no entry") : entry->id;
}

static void
print_missed(const struct examination *examination, const char *dir)
{
	if (examination->missed_count > 0)
		printf("\nGolden questions that went wrong:\n");
	for (size_t i = 0; i < examination->missed_count; i++) {
		const struct miss *miss = &examination->missed[i];
		struct text_view right = name_of(miss->line.entry);
		struct text_view thought_of = name_of(miss->thought_of);

		printf("  %s/golden.tsv:%u: \"%.*s\" belongs to %.*s, the bot "
		       "thinks of %.*s\n",
		    dir, miss->line.line, TEXT_ARGS(miss->line.question),
		    TEXT_ARGS(right), TEXT_ARGS(thought_of));
	}
}

static void
print_plain(const struct examination *examination, const char *dir)
{
	print_share("phrasings understood unlearnt", examination->phrasings,
	    GOAL_PHRASINGS_PCT);
	if (examination->has_golden) {
		print_share("golden questions, right one first",
		    examination->first, GOAL_FIRST_PCT);
		print_share("golden questions, among three",
		    examination->among_three, GOAL_AMONG_THREE_PCT);
		print_share(
		    "golden \"none\", not answered", examination->refused, 0);
	} else {
		printf("%s/golden.tsv is not there, so only the base's own "
		       "phrasings were tried; write lines of QUESTION<TAB>ID, "
		       "or \"none\" for ID, in the words of citizens\n",
		    dir);
	}
	print_confusions(&examination->confusions);
	print_missed(examination, dir);
}

static json_t *
share_json(struct share share, int goal_pct)
{
	json_t *object = json_pack("{s:i, s:i, s:f}", "right", (int)share.right,
	    "all", (int)share.all, "pct", pct(share));

	if (goal_pct > 0)
		(void)json_object_set_new(
		    object, "goal_pct", json_integer(goal_pct));
	return object;
}

static json_t *
confusions_json(const struct confusions *confusions)
{
	json_t *list = json_array();

	for (size_t i = 0; i < confusions->count && i < WORST_PAIRS; i++) {
		const struct confusion *one = &confusions->at[i];

		(void)json_array_append_new(
		    list, json_pack("{s:o, s:o, s:i, s:i, s:o}", "entry",
			      json_parts_view(one->entry->id), "taken_for",
			      json_parts_view(one->taken_for->id), "count",
			      (int)one->count, "phrasings",
			      (int)(1 + one->entry->asked_as.count), "example",
			      json_parts_view(one->surest->text)));
	}
	return list;
}

static json_t *
miss_json(const struct miss *miss)
{
	const struct faq_entry *entry = miss->line.entry;

	return json_pack("{s:i, s:o, s:o, s:o}", "line", (int)miss->line.line,
	    "question", json_parts_view(miss->line.question), "entry",
	    json_parts_view(entry == NULL ? TEXT("none") : entry->id),
	    "thought_of",
	    miss->thought_of == NULL ? json_null()
				     : json_parts_view(miss->thought_of->id));
}

static json_t *
golden_json(const struct examination *examination)
{
	json_t *missed = json_array();

	if (!examination->has_golden) {
		json_decref(missed);
		return json_null();
	}
	for (size_t i = 0; i < examination->missed_count; i++)
		(void)json_array_append_new(
		    missed, miss_json(&examination->missed[i]));
	return json_pack("{s:o, s:o, s:o, s:o}", "first",
	    share_json(examination->first, GOAL_FIRST_PCT), "among_three",
	    share_json(examination->among_three, GOAL_AMONG_THREE_PCT),
	    "none_refused", share_json(examination->refused, 0), "missed",
	    missed);
}

static enum result
print_json(const struct examination *examination)
{
	return faq_print_json(json_pack("{s:b, s:o, s:o, s:o}", "passed",
	    passed(examination), "phrasings",
	    share_json(examination->phrasings, GOAL_PHRASINGS_PCT), "golden",
	    golden_json(examination), "confusions",
	    confusions_json(&examination->confusions)));
}

static enum result
examine(struct examination *examination, const struct faq_options *options,
    struct complaint *why)
{
	enum result result = try_phrasings(examination);

	if (result == OK)
		result = try_golden(examination, options->dir, why);
	if (result != OK)
		return result;
	if (options->json)
		return print_json(examination);
	print_plain(examination, options->dir);
	return OK;
}

int
cli_faq_test(int argc, char **argv)
{
	struct examination examination = { .knowledge = NULL };
	struct complaint why = { .text = "" };
	struct knowledge *knowledge;
	struct faq_options options;
	enum result result;
	bool good;

	if (!faq_options_read(argc, argv, &options))
		return EXIT_USAGE;
	result = knowledge_load(options.dir, options.today, &knowledge, &why);
	if (result != OK)
		return options_fail("faq test", result, &why);
	examination.knowledge = knowledge;
	result = examine(&examination, &options, &why);
	good = passed(&examination);
	confusions_fini(&examination.confusions);
	golden_fini(&examination.golden);
	free(examination.missed);
	knowledge_drop(knowledge);
	if (result != OK)
		return options_fail("faq test", result, &why);
	return good ? EXIT_DONE : EXIT_FAILED;
}
