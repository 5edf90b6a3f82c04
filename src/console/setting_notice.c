/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Notices that stand before answers for a while. */
#include <stdio.h>

#include "buf.h"
#include "setting_board.h"

enum { SUBJECT_SIZE = 40, TOPICS_MAX = 64 };

/* ---- reading ---- */

/* The topics of the base, in its order; each entry names its own. */
static json_t *
topics_json(const struct faq *faq)
{
	json_t *list = json_array();
	struct text_view last = TEXT("");

	for (size_t i = 0; i < faq->entry_count; i++) {
		const struct faq_entry *entry = &faq->entries[i];

		if (text_equal(entry->topic, last))
			continue;
		last = entry->topic;
		(void)json_array_append_new(list,
		    json_pack("{s:o, s:o}", "id", staff_string(entry->topic),
			"title", staff_string(entry->topic_title)));
	}
	return list;
}

static json_t *
notice_topics_json(struct text_view topics)
{
	json_t *list = json_array();
	struct text_view one;

	while (text_split(&topics, ' ', &one))
		if (one.len > 0)
			(void)json_array_append_new(list, staff_string(one));
	return list;
}

static json_t *
notice_json(const struct notice *notice)
{
	return json_pack("{s:I, s:I, s:I, s:o, s:o}", "id",
	    (json_int_t)notice->id, "from_ms", (json_int_t)notice->from_ms,
	    "until_ms", (json_int_t)notice->until_ms, "topics",
	    notice_topics_json(notice->topics), "text",
	    staff_string(notice->text));
}

static struct staff_answer
list_notices(struct staff_request *request)
{
	const struct knowledge *knowledge;
	struct notices notices;
	json_t *list;
	json_t *topics;
	enum result result = store_notices(
	    request->console->store, request->now_ms, request->arena, &notices);

	if (result != OK)
		return staff_failed(result);
	list = json_array();
	for (size_t i = 0; i < notices.count; i++)
		(void)json_array_append_new(list, notice_json(&notices.at[i]));
	knowledge = knowledge_slot_get(request->console->knowledge);
	topics = topics_json(knowledge->faq);
	knowledge_drop(knowledge);
	return staff_ok(
	    json_pack("{s:o, s:o}", "notices", list, "topics", topics));
}

/* ---- changing ---- */

static bool
is_topic(const struct faq *faq, struct text_view id)
{
	for (size_t i = 0; i < faq->entry_count; i++)
		if (text_equal(faq->entries[i].topic, id))
			return true;
	return false;
}

/* Ids of topics that there are, split by spaces. */
static enum result
join_topics(const struct faq *faq, const json_t *list, struct buf *out)
{
	enum result result =
	    json_is_array(list) && json_array_size(list) <= TOPICS_MAX
		? OK
		: ERR_INVALID;

	for (size_t i = 0; result == OK && i < json_array_size(list); i++) {
		struct text_view id =
		    text_of(json_string_value(json_array_get(list, i)));

		if (!is_topic(faq, id))
			return ERR_INVALID;
		result = buf_add(out, id);
		if (result == OK)
			result = buf_add_char(out, ' ');
	}
	return result;
}

static bool
read_topics(struct staff_request *request, struct text_view *out,
    struct staff_answer *refusal_out)
{
	const struct knowledge *knowledge =
	    knowledge_slot_get(request->console->knowledge);
	struct buf topics;
	enum result result;

	buf_init(&topics, NOTICE_TOPICS_MAX_BYTES);
	result = join_topics(
	    knowledge->faq, json_object_get(request->body, "topics"), &topics);
	if (result == OK)
		result = arena_text(
		    request->arena, text_trim(buf_view(&topics)), out);
	buf_fini(&topics);
	knowledge_drop(knowledge);
	if (result == ERR_INVALID)
		*refusal_out = staff_error(400, "bad_field", "topics",
		    "give a list of ids of topics, empty for all");
	else if (result != OK)
		*refusal_out = staff_failed(result);
	return result == OK;
}

static bool
read_notice(struct staff_request *request, struct notice *out,
    struct staff_answer *refusal_out)
{
	if (!staff_text(request, "text", NOTICE_TEXT_MAX_BYTES, &out->text,
		refusal_out) ||
	    !staff_number(
		request, "from_ms", 0, INT64_MAX, &out->from_ms, refusal_out) ||
	    !staff_number(request, "until_ms", 0, INT64_MAX, &out->until_ms,
		refusal_out) ||
	    !read_topics(request, &out->topics, refusal_out))
		return false;
	out->text = text_trim(out->text);
	if (out->text.len == 0) {
		*refusal_out =
		    staff_error(400, "required", "text", "this is empty");
		return false;
	}
	if (out->until_ms > out->from_ms && out->until_ms > request->now_ms)
		return true;
	*refusal_out = staff_error(400, "bad_period", "until_ms",
	    "it must end after it begins, and after now");
	return false;
}

static enum result
line_of(struct staff_request *request, const char *action, uint64_t id,
    struct audit_line *out)
{
	char text[SUBJECT_SIZE];
	struct text_view subject;
	enum result result;

	(void)snprintf(
	    text, sizeof(text), "notice %llu", (unsigned long long)id);
	result = arena_text(request->arena, text_of(text), &subject);
	if (result == OK)
		*out = staff_line(request, action, subject);
	return result;
}

static struct staff_answer
add_notice(struct staff_request *request)
{
	struct audit_line line =
	    staff_line(request, "notice.add", TEXT("notice"));
	struct notice notice = { .id = 0 };
	struct staff_answer answer;
	enum result result;

	if (!read_notice(request, &notice, &answer))
		return answer;
	result = staff_json(request, notice_json(&notice), &line.after);
	if (result == OK)
		result = store_notice_add(
		    request->console->store, &notice, &line, &notice.id);
	return setting_board_post(request, result);
}

static struct staff_answer
end_notice(struct staff_request *request)
{
	struct staff_answer answer;
	struct audit_line line;
	uint64_t id;
	enum result result;

	if (!staff_path_number(request, 0, &id, &answer))
		return answer;
	result = line_of(request, "notice.end", id, &line);
	if (result == OK)
		result = store_notice_end(request->console->store, id, &line);
	return setting_board_post(request, result);
}

const struct staff_route setting_notice_routes[] = {
	{ "GET", "/notices", PERMISSION_SETTINGS, list_notices,
	    "Notices that have not ended, and the topics that there are" },
	{ "POST", "/notices", PERMISSION_SETTINGS, add_notice,
	    "Add one: \"text\", \"from_ms\", \"until_ms\", \"topics\" as a "
	    "list of ids, empty for all" },
	{ "POST", "/notices/{}/end", PERMISSION_SETTINGS, end_notice,
	    "It is not said any more from now on" },
	{ NULL, NULL, PERMISSION_PUBLIC, NULL, NULL },
};
