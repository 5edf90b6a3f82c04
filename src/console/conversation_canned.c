/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Texts that staff keep for answering.  They are few and short, so that they
 * are one value, changed as a whole; whoever changes it says the version that
 * they saw. */
#include "api.h"
#include "hash.h"
#include "store_talk.h"

enum { TEXTS_MAX = 50, TITLE_MAX_BYTES = 120, TEXT_MAX_BYTES = 2000 };

/* The list as it is kept; an empty one when there is none. */
static enum result
load(struct staff_request *request, struct text_view *kept_out,
    json_t **list_out)
{
	struct text_view kept;
	json_t *list;
	enum result result =
	    store_talk_canned(request->console->store, request->arena, &kept);

	if (result != OK)
		return result;
	list = kept.len == 0 ? json_array()
			     : json_loadb(kept.at, kept.len,
				   JSON_REJECT_DUPLICATES, NULL);
	if (list == NULL)
		return ERR_IO;
	*kept_out = kept;
	*list_out = list;
	return OK;
}

/* Fits a double, as JavaScript has it. */
static json_int_t
version_of(struct text_view kept)
{
	return (json_int_t)(hash64(kept, 0) >> 12);
}

static struct staff_answer
show(struct staff_request *request)
{
	struct text_view kept;
	json_t *list;
	enum result result = load(request, &kept, &list);

	if (result != OK)
		return staff_failed(result);
	return staff_ok(json_pack(
	    "{s:I, s:o}", "version", version_of(kept), "texts", list));
}

/* One member of a text, as staff_text() checks those of the body. */
static bool
read_member(const struct staff_request *request, const json_t *item,
    const char *name, size_t max_bytes, json_t *into,
    struct staff_answer *refusal_out)
{
	struct staff_request part = *request;
	struct text_view text;

	part.body = item;
	if (!staff_text(&part, name, max_bytes, &text, refusal_out))
		return false;
	text = text_trim(text);
	if (text.len == 0) {
		*refusal_out =
		    staff_error(400, "required", name, "this is empty");
		return false;
	}
	if (json_object_set_new(into, name, staff_string(text)) == 0)
		return true;
	*refusal_out = staff_failed(ERR_NOMEM);
	return false;
}

/* A list of {"title", "text"}, checked and made anew; NULL with a refusal. */
static json_t *
read_texts(
    const struct staff_request *request, struct staff_answer *refusal_out)
{
	const json_t *given = json_object_get(request->body, "texts");
	json_t *list;

	if (!json_is_array(given) || json_array_size(given) > TEXTS_MAX) {
		*refusal_out = staff_error(400, "bad_field", "texts",
		    "give a list of {\"title\", \"text\"}, not too long");
		return NULL;
	}
	list = json_array();
	for (size_t i = 0; i < json_array_size(given); i++) {
		const json_t *item = json_array_get(given, i);
		json_t *made = json_object();

		if (!read_member(request, item, "title", TITLE_MAX_BYTES, made,
			refusal_out) ||
		    !read_member(request, item, "text", TEXT_MAX_BYTES, made,
			refusal_out)) {
			json_decref(made);
			json_decref(list);
			return NULL;
		}
		(void)json_array_append_new(list, made);
	}
	if (list == NULL)
		*refusal_out = staff_failed(ERR_NOMEM);
	return list;
}

static struct staff_answer
change(struct staff_request *request)
{
	struct audit_line line =
	    staff_line(request, "canned.change", TEXT("canned replies"));
	struct staff_answer answer;
	struct text_view kept;
	uint64_t version;
	json_t *old;
	json_t *next;
	enum result result;

	if (!staff_number(request, "version", 0, INT64_MAX, &version, &answer))
		return answer;
	next = read_texts(request, &answer);
	if (next == NULL)
		return answer;
	result = staff_json(request, next, &line.after);
	if (result == OK)
		result = load(request, &kept, &old);
	if (result != OK)
		return staff_failed(result);
	json_decref(old);
	line.before = kept;
	result = (uint64_t)version_of(kept) != version
		     ? ERR_INVALID
		     : store_talk_keep_canned(
			   request->console->store, kept, line.after, &line);
	return result == OK ? show(request) : staff_failed(result);
}

const struct staff_route conversation_canned_routes[] = {
	{ "GET", "/canned-replies", PERMISSION_QUESTIONS, show,
	    "Texts kept for answering, with their \"version\"" },
	{ "PUT", "/canned-replies", PERMISSION_REPLY, change,
	    "Change them: \"version\" as it was seen, \"texts\" as a list of "
	    "{\"title\", \"text\"}" },
	{ NULL, NULL, PERMISSION_PUBLIC, NULL, NULL },
};
