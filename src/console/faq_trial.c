/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "faq_trial.h"

#include <string.h>

#include "clock.h"
#include "compare.h"
#include "faq_findings.h"
#include "faq_json.h"
#include "golden.h"

/* One thread runs a trial from end to end; others only read how far it has
 * come.  Nothing in force is touched: what the trial builds is its own until
 * somebody publishes it. */

enum {
	QUESTIONS_ARENA_MAX_BYTES = 64 << 20,
	ASK_ARENA_MAX_BYTES = 2 * MATCH_ARENA_BYTES_MAX,
};

const char *
faq_trial_step_name(enum faq_trial_step step)
{
	static const char *const names[FAQ_TRIAL_STEPS] = {
		[FAQ_TRIAL_LOADING] = "loading",
		[FAQ_TRIAL_CHECKING] = "checking",
		[FAQ_TRIAL_GOLDEN] = "golden",
		[FAQ_TRIAL_REPLAY] = "replay",
		[FAQ_TRIAL_DONE] = "done",
	};

	return names[step];
}

static enum result
report(struct faq_trial *trial, const char *key, json_t *value)
{
	return json_object_set_new(trial->report, key, value) == 0 ? OK
								   : ERR_NOMEM;
}

static uint64_t
ms_since(uint64_t started_ns)
{
	return (clock_monotonic_ns() - started_ns) / 1000000;
}

/* ---- the candidate ---- */

/* What the loader refuses is a finding of the trial, not its failure. */
static enum result
refuse(struct faq_trial *trial, const struct complaint *why)
{
	char text[1024];

	complaint_print(why, text, sizeof(text));
	trial->passes = false;
	return report(trial, "refused", faq_json_text(text_of(text)));
}

static enum result
load(struct faq_trial *trial, struct faq_overlay *overlay_out)
{
	uint64_t started_ns = clock_monotonic_ns();
	struct complaint why = { .text = "" };
	struct editions editions;
	enum result result =
	    editions_read(trial->store, &trial->arena, &editions);

	if (result != OK)
		return result;
	trial->generation = editions.generation;
	result = editions_with(&editions, trial->revisions,
	    trial->revision_count, TEXT(""), &trial->arena, overlay_out);
	if (result == OK)
		result = knowledge_load_over(trial->dir, overlay_out,
		    trial->before->today, &trial->candidate, &why);
	if (result == ERR_INVALID)
		return refuse(trial, &why);
	if (result != OK)
		return result;
	result = report(
	    trial, "load_ms", json_integer((json_int_t)ms_since(started_ns)));
	return result == OK ? report(trial, "candidate",
				  json_string(trial->candidate->faq->version))
			    : result;
}

/* ---- the golden questions ---- */

struct golden_tally {
	struct arena arena;
	json_t *lost;
	size_t right;
	size_t gained;
};

static json_t *
thought_json(const struct match_result *match)
{
	if (match->candidate_count == 0)
		return json_null();
	return faq_json_text(match->candidates[0].entry->id);
}

static enum result
ask_golden(struct faq_trial *trial, const struct golden_line *line,
    struct golden_tally *tally)
{
	const struct faq_entry *old =
	    line->entry == NULL ? NULL
				: faq_find(trial->before->faq, line->entry->id);
	struct match_result before;
	struct match_result after;
	enum result result;
	bool was_right;
	bool is_right;

	arena_reset(&tally->arena);
	result = match_ask(
	    trial->before->index, line->question, &tally->arena, &before);
	if (result == OK)
		result = match_ask(trial->candidate->index, line->question,
		    &tally->arena, &after);
	if (result != OK)
		return result;
	was_right =
	    (line->entry == NULL || old != NULL) && golden_right(&before, old);
	is_right = golden_right(&after, line->entry);
	tally->right += is_right ? 1 : 0;
	tally->gained += is_right && !was_right ? 1 : 0;
	if (is_right || !was_right)
		return OK;
	return json_array_append_new(tally->lost,
		   json_pack("{s:o, s:o, s:o}", "question",
		       faq_json_text(line->question), "entry",
		       line->entry == NULL ? json_null()
					   : faq_json_text(line->entry->id),
		       "now", thought_json(&after))) == 0
		   ? OK
		   : ERR_NOMEM;
}

static enum result
ask_all_golden(struct faq_trial *trial, const struct golden *golden)
{
	struct golden_tally tally = { .lost = json_array() };
	enum result result = tally.lost == NULL ? ERR_NOMEM : OK;

	arena_init(&tally.arena, ASK_ARENA_MAX_BYTES);
	for (size_t i = 0; i < golden->count && result == OK; i++)
		result = ask_golden(trial, &golden->at[i], &tally);
	if (json_array_size(tally.lost) > 0)
		trial->passes = false;
	if (result == OK)
		result = report(trial, "golden",
		    json_pack("{s:I, s:I, s:I, s:O}", "questions",
			(json_int_t)golden->count, "right",
			(json_int_t)tally.right, "gained",
			(json_int_t)tally.gained, "lost", tally.lost));
	arena_fini(&tally.arena);
	json_decref(tally.lost);
	return result;
}

static enum result
try_golden(struct faq_trial *trial)
{
	struct complaint why = { .text = "" };
	struct golden golden;
	enum result result =
	    golden_read(trial->dir, trial->candidate->faq, &golden, &why);

	if (result == ERR_NOT_FOUND)
		return report(trial, "golden", json_null());
	if (result == ERR_INVALID)
		return refuse(trial, &why);
	if (result != OK)
		return result;
	result = ask_all_golden(trial, &golden);
	golden_fini(&golden);
	return result;
}

/* ---- the replay ---- */

struct replay {
	struct faq_trial *trial;
	struct arena arena;
	json_t *changes;
	size_t asked;
	size_t changed;
	size_t counts[FAQ_CHANGES_COUNT];
};

static json_t *
outcome_json(const struct faq_outcome *outcome)
{
	json_t *ids = json_array();

	for (size_t i = 0; i < outcome->id_count; i++)
		(void)json_array_append_new(
		    ids, faq_json_text(outcome->ids[i]));
	return json_pack("{s:s, s:o, s:o}", "decision",
	    decision_name(outcome->decision), "entries", ids, "text",
	    faq_json_text(outcome->reply.text));
}

static enum result
tell_change(struct replay *replay, struct text_view question,
    enum faq_change change, const struct faq_outcome *before,
    const struct faq_outcome *after)
{
	if (json_array_size(replay->changes) >= FAQ_TRIAL_CHANGES_TOLD_MAX)
		return OK;
	return json_array_append_new(replay->changes,
		   json_pack("{s:o, s:s, s:o, s:o}", "text",
		       faq_json_text(question), "change", compare_name(change),
		       "before", outcome_json(before), "after",
		       outcome_json(after))) == 0
		   ? OK
		   : ERR_NOMEM;
}

static enum result
ask_again(struct replay *replay, struct text_view question)
{
	struct faq_trial *trial = replay->trial;
	struct faq_outcome before;
	struct faq_outcome after;
	enum faq_change change;
	enum result result;

	arena_reset(&replay->arena);
	result = compare_ask(
	    trial->before, question, trial->now_ms, &replay->arena, &before);
	if (result == OK)
		result = compare_ask(trial->candidate, question, trial->now_ms,
		    &replay->arena, &after);
	if (result != OK)
		return result;
	change = compare_outcomes(&before, &after);
	replay->asked++;
	replay->counts[change]++;
	if (change == FAQ_CHANGE_NONE)
		return OK;
	replay->changed++;
	return tell_change(replay, question, change, &before, &after);
}

/* The log, newest first; texts that are erased say nothing. */
static enum result
ask_rows(struct replay *replay, const struct question_row *rows, size_t count)
{
	enum result result = OK;

	atomic_store(&replay->trial->total, count);
	for (size_t i = 0; i < count && result == OK; i++) {
		if (rows[i].question.text.len > 0)
			result = ask_again(replay, rows[i].question.text);
		atomic_store(&replay->trial->done, i + 1);
	}
	return result;
}

static enum result
report_replay(struct replay *replay, uint64_t started_ns)
{
	json_t *counts = json_object();

	for (size_t i = FAQ_CHANGE_NONE + 1; i < FAQ_CHANGES_COUNT; i++) {
		if (replay->counts[i] > 0)
			(void)json_object_set_new(counts,
			    compare_name((enum faq_change)i),
			    json_integer((json_int_t)replay->counts[i]));
	}
	return report(replay->trial, "replay",
	    json_pack("{s:I, s:I, s:I, s:o, s:O}", "questions",
		(json_int_t)replay->asked, "changed",
		(json_int_t)replay->changed, "ms",
		(json_int_t)ms_since(started_ns), "counts", counts, "changes",
		replay->changes));
}

static enum result
replay_questions(struct faq_trial *trial)
{
	const struct question_filter filter = { .limit = trial->questions_max };
	struct replay replay = { .trial = trial, .changes = json_array() };
	uint64_t started_ns = clock_monotonic_ns();
	struct question_row *rows;
	struct arena arena;
	enum result result;
	size_t count;

	arena_init(&arena, QUESTIONS_ARENA_MAX_BYTES);
	arena_init(&replay.arena, ASK_ARENA_MAX_BYTES);
	result = store_questions(trial->store, &filter, &arena, &rows, &count);
	if (result == OK)
		result = ask_rows(&replay, rows, count);
	if (result == OK)
		result = report_replay(&replay, started_ns);
	arena_fini(&replay.arena);
	arena_fini(&arena);
	json_decref(replay.changes);
	return result;
}

/* ---- the whole ---- */

static enum result
look_over(struct faq_trial *trial, const struct faq_overlay *overlay)
{
	const struct faq_findings_scope scope = { .dir = trial->dir,
		.overlay = overlay,
		.candidate = trial->candidate,
		.revisions = trial->revisions,
		.count = trial->revision_count };
	size_t errors = 0;
	json_t *list = NULL;
	enum result result = faq_findings_list(&scope, &list, &errors);

	if (result != OK)
		return result;
	if (errors > 0)
		trial->passes = false;
	return report(trial, "findings", list);
}

enum result
faq_trial_run(struct faq_trial *trial)
{
	struct faq_overlay overlay;
	enum result result;

	trial->passes = true;
	trial->report = json_pack(
	    "{s:s, s:n}", "base", trial->before->faq->version, "refused");
	if (trial->report == NULL)
		return ERR_NOMEM;
	result = load(trial, &overlay);
	if (result == OK && trial->candidate != NULL) {
		atomic_store(&trial->step, FAQ_TRIAL_CHECKING);
		result = look_over(trial, &overlay);
	}
	if (result == OK && trial->candidate != NULL) {
		atomic_store(&trial->step, FAQ_TRIAL_GOLDEN);
		result = try_golden(trial);
	}
	if (result == OK && trial->candidate != NULL) {
		atomic_store(&trial->step, FAQ_TRIAL_REPLAY);
		result = replay_questions(trial);
	}
	if (result == OK)
		result = report(trial, "passes", json_boolean(trial->passes));
	return result;
}

void
faq_trial_fini(struct faq_trial *trial)
{
	knowledge_drop(trial->before);
	knowledge_drop(trial->candidate);
	json_decref(trial->report);
	arena_fini(&trial->arena);
}
