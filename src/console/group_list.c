/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "group_list.h"

#include "group_json.h"
#include "permissions.h"
#include "review.h"

enum {
	ROWS_STANDARD = 50,
	ROWS_MAX = 200,
	OFFSET_MAX = 1000000,
	WORDS_MAX_BYTES = 1024,
	PROPOSAL_QUESTIONS = 100,
	PROPOSAL_TEXTS = 10,
};

uint64_t
group_list_recent_ms(void)
{
	return (uint64_t)GROUP_RECENT_DAYS * 24 * 3600 * 1000;
}

/* ---- the filter ---- */

/* One of NAMES, whose number it is; the first when it is not said. */
static bool
read_choice(struct staff_request *request, const char *name,
    const char *const *names, unsigned *out, struct staff_answer *refusal_out)
{
	struct text_view text = http_query(request->http, name);

	*out = 0;
	if (text.len == 0)
		return true;
	for (unsigned i = 0; names[i] != NULL; i++) {
		if (!text_is(text, names[i]))
			continue;
		*out = i;
		return true;
	}
	*refusal_out =
	    staff_error(400, "bad_field", name, "there is no such choice");
	return false;
}

/* The words that are looked for; those past REVIEW_WORDS_MAX stay together in
 * the last one. */
static enum result
read_words(struct staff_request *request, struct text_view text,
    struct review_filter *filter)
{
	struct text_view rest;
	struct buf folded;
	size_t count = 0;
	enum result result;

	buf_init(&folded, WORDS_MAX_BYTES);
	result = review_words(text, &folded);
	if (result == OK)
		result = arena_text(
		    request->arena, text_trim(buf_view(&folded)), &rest);
	buf_fini(&folded);
	while (result == OK && rest.len > 0) {
		filter->words[count] = rest;
		if (count + 1 == REVIEW_WORDS_MAX ||
		    !text_split(&rest, ' ', &filter->words[count]))
			break;
		count++;
	}
	return result;
}

/* Ids of the entries of TOPIC, " a b c ". */
static enum result
read_topic(struct staff_request *request, struct text_view topic,
    struct text_view *out)
{
	const struct knowledge *knowledge =
	    knowledge_slot_get(request->console->knowledge);
	const struct faq *faq = knowledge->faq;
	struct buf ids;
	enum result result;

	buf_init(&ids, (size_t)1 << 20);
	result = buf_add_char(&ids, ' ');
	for (size_t i = 0; result == OK && i < faq->entry_count; i++)
		if (text_equal(faq->entries[i].topic, topic))
			result = buf_printf(
			    &ids, "%.*s ", TEXT_ARGS(faq->entries[i].id));
	if (result == OK)
		result = arena_text(request->arena, buf_view(&ids), out);
	buf_fini(&ids);
	knowledge_drop(knowledge);
	return result;
}

/* What needs more than a look at the query. */
static enum result
read_search(struct staff_request *request, struct text_view topic,
    struct text_view channel, struct text_view words,
    struct review_filter *filter)
{
	enum result result = read_words(request, words, filter);
	char *padded;

	if (result == OK && topic.len > 0)
		result = read_topic(request, topic, &filter->entries);
	if (result != OK || channel.len == 0)
		return result;
	padded = arena_alloc(request->arena, channel.len + 2, 1);
	if (padded == NULL)
		return ERR_NOMEM;
	padded[0] = padded[channel.len + 1] = ' ';
	for (size_t i = 0; i < channel.len; i++)
		padded[i + 1] = channel.at[i];
	filter->channel = (struct text_view){ padded, channel.len + 2 };
	return OK;
}

static bool
read_filter(struct staff_request *request, struct review_filter *filter,
    struct staff_answer *refusal_out)
{
	static const char *const states[] = { "open", "answered", "dismissed",
		"merged", NULL };
	static const char *const orders[] = { "count", "growth", "last", "due",
		NULL };
	struct text_view topic;
	struct text_view channel;
	struct text_view words;
	unsigned state;
	unsigned order;
	uint64_t offset;
	uint64_t limit;
	uint64_t unassigned;
	enum result result;

	if (!read_choice(request, "state", states, &state, refusal_out) ||
	    !read_choice(request, "sort", orders, &order, refusal_out) ||
	    !staff_query_text(request, "topic", &topic, refusal_out) ||
	    !staff_query_text(request, "channel", &channel, refusal_out) ||
	    !staff_query_text(request, "q", &words, refusal_out) ||
	    !staff_query_text(
		request, "department", &filter->department, refusal_out) ||
	    !staff_query_number(request, "assignee", INT64_MAX, 0,
		&filter->assignee, refusal_out) ||
	    !staff_query_number(
		request, "unassigned", 1, 0, &unassigned, refusal_out) ||
	    !staff_query_number(request, "due_before", INT64_MAX, 0,
		&filter->due_before_ms, refusal_out) ||
	    !staff_query_number(
		request, "offset", OFFSET_MAX, 0, &offset, refusal_out) ||
	    !staff_query_number(
		request, "limit", ROWS_MAX, ROWS_STANDARD, &limit, refusal_out))
		return false;
	filter->state = (enum review_state)state;
	filter->order = (enum review_order)order;
	filter->unassigned = unassigned == 1;
	filter->offset = (size_t)offset;
	filter->limit = limit > 0 ? (size_t)limit : 1;
	result = read_search(request, topic, channel, words, filter);
	if (result != OK)
		*refusal_out = staff_failed(result);
	return result == OK;
}

/* ---- lists ---- */

static json_t *
groups_json(const struct group_words *words, const struct review_page *page)
{
	json_t *list = json_array();

	for (size_t i = 0; list != NULL && i < page->count; i++) {
		if (json_array_append_new(
			list, group_json(words, &page->groups[i])) != 0) {
			json_decref(list);
			list = NULL;
		}
	}
	return list;
}

struct staff_answer
group_list(struct staff_request *request)
{
	struct review_filter filter = { .now_ms = request->now_ms,
		.recent_ms = group_list_recent_ms() };
	struct review_page page;
	struct group_words words;
	struct staff_answer answer;
	enum result result;

	if (!read_filter(request, &filter, &answer))
		return answer;
	result = store_review_list(
	    request->console->store, &filter, request->arena, &page);
	if (result == OK)
		result = group_words_take(request, &words);
	if (result != OK)
		return staff_failed(result);
	answer = staff_ok(json_pack("{s:o, s:I, s:i}", "groups",
	    groups_json(&words, &page), "total", (json_int_t)page.total,
	    "recent_days", GROUP_RECENT_DAYS));
	group_words_drop(&words);
	return answer;
}

struct staff_answer
group_list_answer(struct staff_request *request, uint64_t id)
{
	struct review_group group;
	struct group_words words;
	struct staff_answer answer;
	enum result result = store_review_group(request->console->store, id,
	    request->now_ms, group_list_recent_ms(), request->arena, &group);

	if (result == OK)
		result = group_words_take(request, &words);
	if (result != OK)
		return staff_failed(result);
	answer = staff_ok(group_json(&words, &group));
	group_words_drop(&words);
	return answer;
}

struct staff_answer
group_list_one(struct staff_request *request)
{
	struct staff_answer answer;
	uint64_t id;

	if (!staff_path_number(request, 0, &id, &answer))
		return answer;
	return group_list_answer(request, id);
}

static json_t *
questions_json(const struct group_words *words, const struct question_row *rows,
    size_t count)
{
	json_t *list = json_array();

	for (size_t i = 0; list != NULL && i < count; i++) {
		if (json_array_append_new(
			list, group_question_json(words, &rows[i])) != 0) {
			json_decref(list);
			list = NULL;
		}
	}
	return list;
}

struct staff_answer
group_list_questions(struct staff_request *request)
{
	struct question_row *rows;
	struct group_words words;
	struct staff_answer answer;
	uint64_t id;
	uint64_t before;
	uint64_t limit;
	size_t count;
	enum result result;

	if (!staff_path_number(request, 0, &id, &answer) ||
	    !staff_query_number(
		request, "before", INT64_MAX, 0, &before, &answer) ||
	    !staff_query_number(
		request, "limit", ROWS_MAX, ROWS_STANDARD, &limit, &answer))
		return answer;
	limit = limit > 0 ? limit : 1;
	result = store_review_questions(request->console->store, id, before,
	    (size_t)limit, request->arena, &rows, &count);
	if (result == OK)
		result = group_words_take(request, &words);
	if (result != OK)
		return staff_failed(result);
	answer = staff_ok(json_pack("{s:o, s:I}", "questions",
	    questions_json(&words, rows, count), "next",
	    (json_int_t)(count == limit ? rows[count - 1].id : 0)));
	group_words_drop(&words);
	return answer;
}

/* ---- a new entry ---- */

static bool
is_listed(json_t *list, struct text_view text)
{
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *item = json_array_get(list, i);

		if (text_is(text, json_string_value(item)))
			return true;
	}
	return false;
}

/* Different texts of the group but the one that becomes the question. */
static json_t *
phrasings_json(const struct review_group *group,
    const struct question_row *rows, size_t count)
{
	json_t *list = json_array();

	for (size_t i = 0; list != NULL && i < count &&
			   json_array_size(list) < PROPOSAL_TEXTS;
	     i++) {
		struct text_view text = text_trim(rows[i].question.text);

		if (text.len == 0 || text_equal(text, group->text) ||
		    is_listed(list, text))
			continue;
		if (json_array_append_new(list, staff_string(text)) != 0) {
			json_decref(list);
			list = NULL;
		}
	}
	return list;
}

struct staff_answer
group_list_proposal(struct staff_request *request)
{
	struct store *store = request->console->store;
	const struct knowledge *knowledge;
	const struct faq_entry *nearest;
	struct review_group group;
	struct question_row *rows;
	struct staff_answer answer;
	uint64_t id;
	size_t count;
	enum result result;

	if (!staff_path_number(request, 0, &id, &answer))
		return answer;
	result = store_review_group(store, id, request->now_ms,
	    group_list_recent_ms(), request->arena, &group);
	if (result == OK)
		result = store_review_questions(store, id, 0,
		    PROPOSAL_QUESTIONS, request->arena, &rows, &count);
	if (result != OK)
		return staff_failed(result);
	knowledge = knowledge_slot_get(request->console->knowledge);
	nearest = faq_find(knowledge->faq, group.nearest);
	answer = staff_ok(json_pack("{s:o, s:o, s:o, s:s}", "question",
	    staff_string(group.text), "asked_as",
	    phrasings_json(&group, rows, count), "topic",
	    staff_string(nearest == NULL ? TEXT("") : nearest->topic), "answer",
	    ""));
	knowledge_drop(knowledge);
	return answer;
}

/* ---- colleagues ---- */

struct staff_answer
group_list_colleagues(struct staff_request *request)
{
	struct group_words words;
	json_t *list;
	enum result result = group_words_take(request, &words);

	if (result != OK)
		return staff_failed(result);
	list = json_array();
	for (size_t i = 0; list != NULL && i < words.colleague_count; i++) {
		const struct staff_user *user = &words.colleagues[i].user;

		if (user->disabled ||
		    !permissions_allow(user->roles, PERMISSION_QUESTIONS))
			continue;
		if (json_array_append_new(list,
			json_pack("{s:I, s:o}", "id", (json_int_t)user->id,
			    "name", staff_string(user->name))) != 0) {
			json_decref(list);
			list = NULL;
		}
	}
	group_words_drop(&words);
	return staff_ok(json_pack("{s:o}", "colleagues", list));
}
