/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Drafts: kept, handed to a second person, taken back.  Who saves says which
 * revision they had before them; when somebody else was faster, they get both
 * versions and what both began with, and choose. */
#include <stdlib.h>

#include "draft.h"
#include "faq_parts.h"

enum { TOPIC_MAX_BYTES = 64, TITLE_MAX_BYTES = 300 };

/* ---- answers ---- */

static json_t *
faults_json(const struct draft *draft)
{
	json_t *list = json_array();
	int failed = 0;

	for (size_t i = 0; i < draft->fault_count; i++) {
		const struct draft_fault *fault = &draft->faults[i];

		failed |= json_array_append_new(
		    list, json_pack("{s:o, s:s, s:o}", "field",
			      faq_json_text(text_of(fault->field)), "code",
			      fault->code, "error",
			      faq_json_text(text_of(fault->text))));
	}
	if (failed == 0)
		return list;
	json_decref(list);
	return NULL;
}

struct staff_answer
faq_draft_faults(const struct draft *draft)
{
	json_t *json = json_pack("{s:s, s:s, s:o, s:o}", "error",
	    "some fields must be mended first", "code", "draft_faults", "field",
	    faq_json_text(text_of(draft->faults[0].field)), "faults",
	    faults_json(draft));

	if (json == NULL)
		return staff_failed(ERR_NOMEM);
	return (struct staff_answer){ .status = 422, .json = json };
}

static json_t *
or_null(json_t *json)
{
	return json == NULL ? json_null() : json;
}

/* What the person began with, what stands there now, what they sent. */
static struct staff_answer
conflict(struct staff_request *request, uint64_t base, json_t *yours)
{
	struct faq_subject now;
	struct staff_answer answer;
	uint64_t theirs = 0;
	json_t *json;

	if (!faq_subject_read(request, true, &now, &answer))
		return answer;
	if (now.open != NULL)
		theirs = now.open->key.number;
	else if (now.published != NULL)
		theirs = now.published->key.number;
	json = json_pack("{s:s, s:s, s:o, s:o, s:O?}", "error",
	    "somebody else has changed this entry meanwhile", "code",
	    "conflict", "base", or_null(faq_subject_json(&now, base)), "theirs",
	    or_null(faq_subject_json(&now, theirs)), "yours", yours);
	faq_subject_fini(&now);
	if (json == NULL)
		return staff_failed(ERR_NOMEM);
	return (struct staff_answer){ .status = 409, .json = json };
}

/* ---- saving ---- */

struct saving {
	struct draft_save save;
	struct faq_subject subject;
	struct text_view why;
	json_t *entry; /* borrowed */
};

/* Zeros where the body says nothing: there was no draft, and the files. */
static bool
read_seen(struct staff_request *request, struct draft_save *save,
    struct staff_answer *refusal_out)
{
	struct {
		const char *name;
		uint64_t *out;
	} numbers[] = {
		{ "base", &save->base },
		{ "number", &save->seen.number },
		{ "version", &save->seen.version },
	};

	save->seen.entry = request->path[0];
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		if (staff_has(request, numbers[i].name) &&
		    !staff_number(request, numbers[i].name, 0, INT64_MAX,
			numbers[i].out, refusal_out))
			return false;
	}
	return true;
}

static const struct faq_entry *
first_of_topic(const struct faq *faq, struct text_view topic)
{
	for (size_t i = 0; i < faq->entry_count; i++) {
		if (text_equal(faq->entries[i].topic, topic))
			return &faq->entries[i];
	}
	return NULL;
}

/* A topic that there is, or a title for a new one. */
static bool
read_topic(struct staff_request *request, struct saving *saving,
    struct staff_answer *refusal_out)
{
	const struct faq *faq = saving->subject.knowledge->faq;
	struct draft_save *save = &saving->save;
	const struct faq_entry *first;

	if (!staff_text(
		request, "topic", TOPIC_MAX_BYTES, &save->topic, refusal_out))
		return false;
	first = first_of_topic(faq, save->topic);
	if (first != NULL)
		return arena_text(request->arena, first->topic_title,
			   &save->topic_title) == OK;
	if (!draft_is_topic(save->topic)) {
		*refusal_out = staff_error(400, "bad_field", "topic",
		    "a topic may hold only a-z, 0-9 and \"-\", and some names "
		    "are taken for other files");
		return false;
	}
	return staff_text(request, "topic_title", TITLE_MAX_BYTES,
	    &save->topic_title, refusal_out);
}

/* The entry of the body, whose id is that of the path. */
static bool
read_entry(struct staff_request *request, struct saving *saving,
    struct staff_answer *refusal_out)
{
	json_t *entry = json_object_get(request->body, "entry");
	json_t *id = json_object_get(entry, "id");

	if (!json_is_object(entry)) {
		*refusal_out = staff_error(
		    400, "bad_field", "entry", "the entry is missing");
		return false;
	}
	if (id == NULL && json_object_set_new(entry, "id",
			      staff_string(saving->save.seen.entry)) != 0) {
		*refusal_out = staff_failed(ERR_NOMEM);
		return false;
	}
	if (id != NULL &&
	    !text_is(saving->save.seen.entry,
		json_is_string(id) ? json_string_value(id) : "")) {
		*refusal_out = staff_error(400, "bad_field", "id",
		    "an id never changes: begin another entry");
		return false;
	}
	saving->entry = entry;
	return true;
}

static bool
judge(struct saving *saving, struct staff_answer *refusal_out)
{
	struct draft *draft = NULL;
	enum result result = draft_read(
	    saving->subject.knowledge->faq, saving->save.json, &draft);
	bool good = result == OK && draft->fault_count == 0;

	if (result != OK)
		*refusal_out = staff_failed(result);
	else if (!good)
		*refusal_out = faq_draft_faults(draft);
	draft_free(draft);
	return good;
}

static struct staff_answer
keep(struct staff_request *request, struct saving *saving)
{
	struct audit_line line = staff_line(request, "entry.draft",
	    faq_audit_subject(request, saving->save.seen.entry));
	struct revision_key key;
	enum result result;

	line.why = saving->why;
	line.after = saving->save.json;
	if (saving->subject.open != NULL)
		line.before = saving->subject.open->json;
	result = store_draft_save(
	    request->console->store, &saving->save, &line, &key);
	if (result == ERR_NOT_FOUND)
		return conflict(request, saving->save.base, saving->entry);
	if (result != OK)
		return staff_failed(result);
	return staff_ok(
	    json_pack("{s:I, s:I, s:s}", "number", (json_int_t)key.number,
		"version", (json_int_t)key.version, "state", "draft"));
}

static struct staff_answer
judge_and_keep(struct staff_request *request, struct saving *saving)
{
	struct staff_answer answer;

	if (staff_json(
		request, json_incref(saving->entry), &saving->save.json) != OK)
		return staff_failed(ERR_NOMEM);
	if (!judge(saving, &answer))
		return answer;
	return keep(request, saving);
}

struct staff_answer
faq_draft_save(struct staff_request *request)
{
	struct saving saving = { .entry = NULL };
	struct staff_answer answer = { .status = 500 };

	if (!read_seen(request, &saving.save, &answer) ||
	    !faq_why(request, false, &saving.why, &answer) ||
	    !read_entry(request, &saving, &answer) ||
	    !faq_subject_read(request, true, &saving.subject, &answer))
		return answer;
	if (read_topic(request, &saving, &answer))
		answer = judge_and_keep(request, &saving);
	faq_subject_fini(&saving.subject);
	return answer;
}

/* ---- an entry that is not to be given any more ---- */

static struct staff_answer
retire(struct staff_request *request, struct saving *saving)
{
	const struct faq_entry *entry = saving->subject.entry;
	json_t *json = faq_json_entry(entry);
	struct staff_answer answer;

	if (json_object_set_new(json, "status", json_string("retired")) != 0 ||
	    arena_text(request->arena, entry->topic, &saving->save.topic) !=
		OK ||
	    arena_text(request->arena, entry->topic_title,
		&saving->save.topic_title) != OK) {
		json_decref(json);
		return staff_failed(ERR_NOMEM);
	}
	saving->entry = json;
	answer = judge_and_keep(request, saving);
	json_decref(json);
	return answer;
}

struct staff_answer
faq_draft_retire(struct staff_request *request)
{
	struct saving saving = { .entry = NULL };
	struct staff_answer answer = { .status = 500 };

	if (!read_seen(request, &saving.save, &answer) ||
	    !faq_why(request, true, &saving.why, &answer) ||
	    !faq_subject_read(request, false, &saving.subject, &answer))
		return answer;
	answer = saving.subject.entry == NULL ? staff_failed(ERR_NOT_FOUND)
					      : retire(request, &saving);
	faq_subject_fini(&saving.subject);
	return answer;
}

/* ---- from hand to hand ---- */

struct step {
	enum revision_state to;
	const char *action;
	bool must_say_why;
};

static struct staff_answer
take_step(struct staff_request *request, const struct step *step)
{
	struct revision_key key = { .entry = request->path[0] };
	struct audit_line line = staff_line(request, step->action,
	    faq_audit_subject(request, request->path[0]));
	struct staff_answer answer;
	enum result result;

	if (!staff_number(
		request, "number", 1, INT64_MAX, &key.number, &answer) ||
	    !staff_number(
		request, "version", 1, INT64_MAX, &key.version, &answer) ||
	    !faq_why(request, step->must_say_why, &line.why, &answer))
		return answer;
	result =
	    store_revision_move(request->console->store, &key, step->to, &line);
	if (result == ERR_NOT_FOUND)
		return conflict(request, key.number, NULL);
	if (result != OK)
		return staff_failed(result);
	return staff_ok(json_pack("{s:I, s:I, s:s}", "number",
	    (json_int_t)key.number, "version", (json_int_t)(key.version + 1),
	    "state", store_revision_state_name(step->to)));
}

struct staff_answer
faq_draft_submit(struct staff_request *request)
{
	static const struct step step = { REVISION_REVIEW, "entry.submit",
		false };

	return take_step(request, &step);
}

struct staff_answer
faq_draft_take_back(struct staff_request *request)
{
	static const struct step step = { REVISION_DRAFT, "entry.take_back",
		false };

	return take_step(request, &step);
}

struct staff_answer
faq_draft_withdraw(struct staff_request *request)
{
	static const struct step step = { REVISION_WITHDRAWN, "entry.withdraw",
		false };

	return take_step(request, &step);
}

struct staff_answer
faq_draft_reject(struct staff_request *request)
{
	static const struct step step = { REVISION_REJECTED, "entry.reject",
		true };

	return take_step(request, &step);
}
