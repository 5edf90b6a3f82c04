/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* From a draft to what citizens are answered.  A check builds the candidate
 * and says what it would change; publishing takes that very candidate, so
 * nothing is published that was not looked at.  The store commits first, then
 * the index is swapped: should the process end in between, the next start
 * loads what was committed.  Messages in between are answered by the base that
 * they began with; none waits. */
#include <stdlib.h>

#include "clock.h"
#include "faq_checks.h"
#include "faq_parts.h"

enum { QUESTIONS_STANDARD = 5000, QUESTIONS_MAX = 20000 };

/* ---- a check ---- */

static bool
is_wanted(const json_t *ids, struct text_view entry)
{
	for (size_t i = 0; i < json_array_size(ids); i++) {
		const json_t *id = json_array_get(ids, i);

		if (json_is_string(id) && text_is(entry, json_string_value(id)))
			return true;
	}
	return false;
}

/* The open revisions of the entries that the body names; without a list, all
 * that are in review. */
static bool
choose(struct staff_request *request, struct faq_trial *trial,
    struct staff_answer *refusal_out)
{
	const json_t *ids = json_object_get(request->body, "entries");
	struct revision *open;
	size_t count;
	enum result result =
	    store_drafts(request->console->store, &trial->arena, &open, &count);

	if (result != OK) {
		*refusal_out = staff_failed(result);
		return false;
	}
	trial->revisions = open;
	for (size_t i = 0; i < count; i++) {
		bool wanted = json_is_array(ids)
				  ? is_wanted(ids, open[i].key.entry)
				  : open[i].state == REVISION_REVIEW;

		if (wanted)
			open[trial->revision_count++] = open[i];
	}
	if (trial->revision_count == 0 ||
	    (json_is_array(ids) &&
		trial->revision_count != json_array_size(ids))) {
		*refusal_out = staff_error(409, "nothing_to_check", "entries",
		    "these entries have no draft");
		return false;
	}
	if (trial->revision_count > FAQ_TRIAL_ENTRIES_MAX) {
		*refusal_out = staff_error(413, "too_large", "entries",
		    "publish fewer entries at once");
		return false;
	}
	return true;
}

static bool
plan(struct staff_request *request, struct faq_trial *trial,
    struct staff_answer *refusal_out)
{
	const struct console *console = request->console;
	uint64_t questions = QUESTIONS_STANDARD;

	arena_init(&trial->arena, EDITIONS_ARENA_MAX_BYTES);
	trial->before = knowledge_slot_get(console->knowledge);
	trial->dir = console->settings->faq_dir;
	trial->store = console->store;
	trial->now_ms = request->now_ms;
	if (staff_has(request, "questions") &&
	    !staff_number(request, "questions", 0, QUESTIONS_MAX, &questions,
		refusal_out))
		return false;
	trial->questions_max = questions;
	return choose(request, trial, refusal_out);
}

struct staff_answer
faq_publish_check(struct staff_request *request)
{
	struct faq_trial *trial = calloc(1, sizeof(*trial));
	struct staff_answer answer;
	enum result result;
	uint64_t id;

	if (trial == NULL)
		return staff_failed(ERR_NOMEM);
	if (!plan(request, trial, &answer)) {
		faq_trial_fini(trial);
		free(trial);
		return answer;
	}
	result = faq_checks_start(request->console->checks, trial, &id);
	if (result == ERR_BUSY)
		return staff_error(409, "check_running", NULL,
		    "another check is running; wait for it");
	if (result != OK)
		return staff_failed(result);
	answer = staff_ok(json_pack("{s:I}", "check", (json_int_t)id));
	answer.status = answer.status == 200 ? 202 : answer.status;
	return answer;
}

/* ---- how it went ---- */

static json_t *
entries_json(const struct faq_trial *trial)
{
	json_t *list = json_array();
	int failed = 0;

	for (size_t i = 0; i < trial->revision_count; i++) {
		const struct revision *one = &trial->revisions[i];
		json_t *json = faq_json_revision(one, false);

		failed |= json_object_set_new(
		    json, "id", faq_json_text(one->key.entry));
		failed |= json_array_append_new(list, json);
	}
	if (failed == 0)
		return list;
	json_decref(list);
	return NULL;
}

static json_t *
view_json(uint64_t id, const struct faq_checks_view *view)
{
	json_t *json = json_pack("{s:I, s:s, s:I, s:I}", "check",
	    (json_int_t)id, "step", faq_trial_step_name(view->step), "done",
	    (json_int_t)view->done, "total", (json_int_t)view->total);
	int failed = 0;

	if (view->trial == NULL || json == NULL)
		return json;
	if (view->result != OK)
		failed |= json_object_set_new(
		    json, "failed", json_string(result_name(view->result)));
	else
		failed |= json_object_set_new(
		    json, "report", json_deep_copy(view->trial->report));
	failed |=
	    json_object_set_new(json, "entries", entries_json(view->trial));
	if (failed == 0)
		return json;
	json_decref(json);
	return NULL;
}

struct staff_answer
faq_publish_progress(struct staff_request *request)
{
	struct faq_checks *checks = request->console->checks;
	struct faq_checks_view view;
	struct staff_answer answer;
	uint64_t id;

	if (!staff_path_number(request, 0, &id, &answer))
		return answer;
	if (!faq_checks_look(checks, id, &view))
		return staff_failed(ERR_NOT_FOUND);
	answer = staff_ok(view_json(id, &view));
	faq_checks_release(checks);
	return answer;
}

/* ---- publishing ---- */

struct publishing {
	struct staff_request *request;
	uint64_t id;
	const struct faq_trial *trial;
	struct text_view why;
	struct text_view override; /* why it is published all the same */
};

/* Four eyes: nobody publishes what they wrote, nor what nobody submitted. */
static bool
second_person(
    const struct publishing *publishing, struct staff_answer *refusal_out)
{
	const struct staff_request *request = publishing->request;
	const struct faq_trial *trial = publishing->trial;

	if (request->console->settings->review_by_second == 0)
		return true;
	for (size_t i = 0; i < trial->revision_count; i++) {
		const struct revision *one = &trial->revisions[i];

		if (one->state != REVISION_REVIEW) {
			*refusal_out = staff_error(409, "not_in_review", NULL,
			    "a draft is submitted for review first");
			return false;
		}
		if (one->written.user == request->user->id) {
			*refusal_out = staff_error(403, "same_person", NULL,
			    "a second person publishes what you wrote");
			return false;
		}
	}
	return true;
}

static bool
refuse(struct staff_answer *refusal_out, const char *code, const char *message)
{
	*refusal_out = staff_error(409, code, NULL, message);
	return false;
}

static bool
passes_gate(
    const struct publishing *publishing, struct staff_answer *refusal_out)
{
	const struct faq_trial *trial = publishing->trial;

	if (!json_is_null(json_object_get(trial->report, "refused")) &&
	    trial->candidate == NULL)
		return refuse(refusal_out, "refused",
		    "this base cannot be loaded; see the check's report");
	if (trial->candidate == NULL)
		return refuse(refusal_out, "stale_check",
		    "this check has been published; check again");
	if (!trial->passes && publishing->override.len == 0)
		return refuse(refusal_out, "gate",
		    "the check found errors or lost golden questions; mend "
		    "them, or say in \"override\" why to publish all the same");
	return true;
}

/* Is what was compared with still in force? */
static bool
is_fresh(const struct publishing *publishing)
{
	const struct faq_trial *trial = publishing->trial;
	const struct knowledge *now =
	    knowledge_slot_get(publishing->request->console->knowledge);
	char today[DATE_SIZE];
	bool fresh;

	date_of_ms(publishing->request->now_ms, today);
	fresh =
	    text_is(text_of(now->faq->version), trial->before->faq->version) &&
	    text_is(text_of(today), trial->candidate->today);
	knowledge_drop(now);
	return fresh;
}

static struct text_view
hash_of(const struct faq_trial *trial, struct text_view entry)
{
	const struct faq *faq = trial->candidate->faq;

	for (size_t i = 0; i < faq->covered_count; i++) {
		if (text_equal(faq->covered[i].entry, entry))
			return text_of(faq->covered[i].file_hash);
	}
	return TEXT("");
}

static enum result
tell(const struct publishing *publishing, const struct revision *revision,
    struct audit_line *line_out)
{
	struct staff_request *request = publishing->request;
	const struct faq_entry *before =
	    faq_find(publishing->trial->before->faq, revision->key.entry);
	bool forced = publishing->override.len > 0;
	struct audit_line line = staff_line(request,
	    forced ? "entry.publish_anyway" : "entry.publish",
	    faq_audit_subject(request, revision->key.entry));
	enum result result = OK;

	line.why = forced ? publishing->override : publishing->why;
	line.after = revision->json;
	if (before != NULL)
		result =
		    staff_json(request, faq_json_entry(before), &line.before);
	if (result == OK)
		*line_out = line;
	return result;
}

static enum result
commit(const struct publishing *publishing)
{
	const struct faq_trial *trial = publishing->trial;
	struct staff_request *request = publishing->request;
	size_t count = trial->revision_count;
	struct publication *publications =
	    arena_alloc(request->arena, count, sizeof(*publications));
	struct audit_line *lines =
	    arena_alloc(request->arena, count, sizeof(*lines));
	enum result result =
	    publications == NULL || lines == NULL ? ERR_NOMEM : OK;

	for (size_t i = 0; i < count && result == OK; i++) {
		publications[i].key = trial->revisions[i].key;
		publications[i].file_hash =
		    hash_of(trial, trial->revisions[i].key.entry);
		result = tell(publishing, &trial->revisions[i], &lines[i]);
	}
	if (result != OK)
		return result;
	return store_publish(request->console->store, publications, count,
	    trial->generation, lines);
}

static json_t *
published_json(
    const struct publishing *publishing, const char *version, uint64_t swap_us)
{
	return json_pack("{s:s, s:I, s:I}", "version", version, "published",
	    (json_int_t)publishing->trial->revision_count, "swap_us",
	    (json_int_t)swap_us);
}

static struct staff_answer
swap(const struct publishing *publishing)
{
	const struct console *console = publishing->request->console;
	struct knowledge *next =
	    faq_checks_take(console->checks, publishing->id);
	const struct knowledge *held = knowledge_hold(next);
	uint64_t started_ns = clock_monotonic_ns();
	struct staff_answer answer;
	uint64_t swap_us;

	knowledge_slot_set(console->knowledge, next);
	swap_us = (clock_monotonic_ns() - started_ns) / 1000;
	LOG(console->log, LOG_INFO, "faq_published",
	    LOG_TEXT("version", held->faq->version),
	    LOG_NUMBER("entries", publishing->trial->revision_count),
	    LOG_NUMBER("swap_us", swap_us));
	answer =
	    staff_ok(published_json(publishing, held->faq->version, swap_us));
	knowledge_drop(held);
	return answer;
}

/* Between knowledge_slot_begin() and knowledge_slot_end(). */
static struct staff_answer
commit_and_swap(const struct publishing *publishing)
{
	enum result result =
	    is_fresh(publishing) ? commit(publishing) : ERR_NOT_FOUND;

	if (result == ERR_NOT_FOUND)
		return staff_error(409, "stale_check", NULL,
		    "something changed since this check; check again");
	return result == OK ? swap(publishing) : staff_failed(result);
}

static struct staff_answer
publish(const struct publishing *publishing)
{
	struct knowledge_slot *slot = publishing->request->console->knowledge;
	struct staff_answer answer;

	if (!second_person(publishing, &answer) ||
	    !passes_gate(publishing, &answer))
		return answer;
	knowledge_slot_begin(slot);
	answer = commit_and_swap(publishing);
	knowledge_slot_end(slot);
	return answer;
}

struct staff_answer
faq_publish_go(struct staff_request *request)
{
	struct publishing publishing = { .request = request };
	struct faq_checks *checks = request->console->checks;
	struct faq_checks_view view;
	struct staff_answer answer;

	if (!staff_path_number(request, 0, &publishing.id, &answer) ||
	    !faq_why(request, false, &publishing.why, &answer))
		return answer;
	if (staff_has(request, "override") &&
	    !staff_text(request, "override", FAQ_WHY_MAX_BYTES,
		&publishing.override, &answer))
		return answer;
	publishing.override = text_trim(publishing.override);
	if (!faq_checks_look(checks, publishing.id, &view))
		return staff_failed(ERR_NOT_FOUND);
	publishing.trial = view.trial;
	if (view.trial == NULL)
		answer = staff_error(
		    409, "check_running", NULL, "the check is not done yet");
	else if (view.result != OK)
		answer = staff_failed(view.result);
	else
		answer = publish(&publishing);
	faq_checks_release(checks);
	return answer;
}
