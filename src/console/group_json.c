/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "group_json.h"

enum { NEAREST_MAX = 3 };

static const char *const state_names[REVIEW_STATES] = { "open", "answered",
	"dismissed", "merged" };

enum result
group_words_take(struct staff_request *request, struct group_words *out)
{
	struct group_words words = { .knowledge = NULL };
	enum result result = store_users(request->console->store,
	    request->arena, &words.colleagues, &words.colleague_count);

	if (result != OK)
		return result;
	words.knowledge = knowledge_slot_get(request->console->knowledge);
	*out = words;
	return OK;
}

void
group_words_drop(struct group_words *words)
{
	knowledge_drop(words->knowledge);
	words->knowledge = NULL;
}

/* An entry by its id, with what it asks; its id alone when it has gone. */
static json_t *
entry_json(const struct group_words *words, struct text_view id)
{
	const struct faq_entry *entry;

	if (id.len == 0)
		return json_null();
	entry = faq_find(words->knowledge->faq, id);
	if (entry == NULL)
		return json_pack("{s:o}", "id", staff_string(id));
	return json_pack("{s:o, s:o, s:o}", "id", staff_string(id), "question",
	    staff_string(entry->question), "topic", staff_string(entry->topic));
}

static json_t *
colleague_json(const struct group_words *words, uint64_t id)
{
	if (id == 0)
		return json_null();
	for (size_t i = 0; i < words->colleague_count; i++) {
		const struct staff_user *user = &words->colleagues[i].user;

		if (user->id == id)
			return json_pack("{s:I, s:o}", "id", (json_int_t)id,
			    "name", staff_string(user->name));
	}
	return json_pack("{s:I}", "id", (json_int_t)id);
}

/* " messenger zalo " as a list. */
static json_t *
channels_json(struct text_view names)
{
	json_t *list = json_array();
	struct text_view piece;

	while (list != NULL && text_split(&names, ' ', &piece)) {
		if (piece.len > 0 &&
		    json_array_append_new(list, staff_string(piece)) != 0) {
			json_decref(list);
			return NULL;
		}
	}
	return list;
}

/* Why the candidate was not given as the answer, for the pages to say. */
static const char *
why_not(const struct group_words *words, const struct question *question,
    struct text_view id, double confidence)
{
	struct match_thresholds thresholds;

	if (text_equal(id, question->entry))
		return text_is(question->label, "disputed") ? "disputed"
							    : "answered";
	match_thresholds(words->knowledge->index, &thresholds);
	if (confidence < thresholds.clarify)
		return "too_unlike";
	if (text_is(question->label, "declined"))
		return "declined"; /* offered, and not what was meant */
	return confidence < thresholds.answer ? "unsure" : "changed_since";
}

static json_t *
near_json(const struct group_words *words, const struct question *question,
    struct text_view id, double confidence)
{
	return json_pack("{s:o, s:f, s:s}", "entry", entry_json(words, id),
	    "confidence", confidence, "why_not",
	    why_not(words, question, id, confidence));
}

/* The entries that are nearest to TEXT as the base is now. */
static json_t *
nearest_json(const struct group_words *words, struct text_view text)
{
	static const struct question nothing = { .text = { NULL, 0 } };
	struct match_result match = { .candidate_count = 0 };
	json_t *list = json_array();
	struct arena arena;
	int failed = 0;

	arena_init(&arena, MATCH_ARENA_BYTES_MAX);
	if (text.len > 0)
		failed |= match_ask(words->knowledge->index, text, &arena,
			      &match) != OK;
	for (size_t i = 0; i < match.candidate_count && i < NEAREST_MAX; i++)
		failed |= json_array_append_new(list,
		    near_json(words, &nothing, match.candidates[i].entry->id,
			match.candidates[i].confidence));
	arena_fini(&arena);
	if (failed == 0)
		return list;
	json_decref(list);
	return NULL;
}

json_t *
group_json(const struct group_words *words, const struct review_group *group)
{
	return json_pack("{s:I, s:s, s:I, s:o, s:o, s:I, s:I, s:I, s:I, s:I, "
			 "s:I, s:o, s:o, s:o, s:o, s:o, s:o, s:b, s:o}",
	    "id", (json_int_t)group->id, "state", state_names[group->state],
	    "version", (json_int_t)group->version, "text",
	    staff_string(group->text), "nearest",
	    entry_json(words, group->nearest), "questions",
	    (json_int_t)group->questions, "citizens",
	    (json_int_t)group->citizens, "first_ms",
	    (json_int_t)group->first_ms, "last_ms", (json_int_t)group->last_ms,
	    "recent", (json_int_t)group->recent, "before_recent",
	    (json_int_t)group->before_recent, "channels",
	    channels_json(group->channels), "entry",
	    entry_json(words, group->entry), "merged_into",
	    group->merged_into == 0
		? json_null()
		: json_integer((json_int_t)group->merged_into),
	    "assignee", colleague_json(words, group->assignee), "department",
	    staff_string(group->department), "due_ms",
	    group->due_ms == 0 ? json_null()
			       : json_integer((json_int_t)group->due_ms),
	    "undoable", group->undoable, "candidates",
	    nearest_json(words, group->text));
}

json_t *
group_audit_json(const struct review_group *group)
{
	return json_pack("{s:s, s:o, s:I, s:o, s:I}", "state",
	    state_names[group->state], "entry", staff_string(group->entry),
	    "assignee", (json_int_t)group->assignee, "department",
	    staff_string(group->department), "due_ms",
	    (json_int_t)group->due_ms);
}

/* ---- questions ---- */

/* The number of a candidate as the log keeps it, "0.93". */
static double
read_confidence(struct text_view text)
{
	double value = 0;
	double unit = 1;

	for (size_t i = 0; i < text.len; i++) {
		if (text.at[i] < '0' || text.at[i] > '9')
			continue;
		value += unit * (text.at[i] - '0');
		unit /= 10;
	}
	return value;
}

/* "id 0.93, id 0.41" */
static json_t *
candidates_json(
    const struct group_words *words, const struct question *question)
{
	struct text_view rest = question->candidates;
	struct text_view piece;
	json_t *list = json_array();

	while (list != NULL && text_split(&rest, ',', &piece)) {
		struct text_view confidence = text_trim(piece);
		struct text_view id;

		if (!text_split(&confidence, ' ', &id) || id.len == 0)
			continue;
		if (json_array_append_new(
			list, near_json(words, question, id,
				  read_confidence(confidence))) != 0) {
			json_decref(list);
			return NULL;
		}
	}
	return list;
}

json_t *
group_question_json(
    const struct group_words *words, const struct question_row *row)
{
	const struct question *question = &row->question;

	return json_pack("{s:I, s:I, s:o, s:o, s:o, s:o, s:o}", "id",
	    (json_int_t)row->id, "at_ms", (json_int_t)row->at_ms, "channel",
	    staff_string(row->channel), "text", staff_string(question->text),
	    "decision", staff_string(question->decision), "label",
	    staff_string(question->label), "candidates",
	    candidates_json(words, question));
}
