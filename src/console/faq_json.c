/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "faq_json.h"

#include "render.h"
#include "utf8.h"

enum { ENTRY_MAX_BYTES = 1 << 20, CHARACTER_MAX_BYTES = 4 };

json_t *
faq_json_text(struct text_view text)
{
	for (size_t i = 0; i < CHARACTER_MAX_BYTES && text.len > 0; i++) {
		if (utf8_valid(text))
			break;
		text.len--;
	}
	return json_stringn(text.at == NULL ? "" : text.at, text.len);
}

json_t *
faq_json_parse(struct text_view json)
{
	return json_loadb(json.at == NULL ? "" : json.at, json.len, 0, NULL);
}

json_t *
faq_json_entry(const struct faq_entry *entry)
{
	json_t *json = NULL;
	struct buf text;

	buf_init(&text, ENTRY_MAX_BYTES);
	if (render_entry(entry, &text) == OK)
		json = faq_json_parse(buf_view(&text));
	buf_fini(&text);
	return json;
}

static json_t *
act_json(const struct revision_act *act)
{
	if (act->at_ms == 0)
		return json_null();
	return json_pack("{s:I, s:o, s:I, s:o}", "user", (json_int_t)act->user,
	    "login", faq_json_text(act->login), "at_ms", (json_int_t)act->at_ms,
	    "why", faq_json_text(act->why));
}

json_t *
faq_json_revision(const struct revision *revision, bool with_entry)
{
	json_t *json = json_pack("{s:I, s:I, s:s, s:I, s:o, s:o}", "number",
	    (json_int_t)revision->key.number, "version",
	    (json_int_t)revision->key.version, "state",
	    store_revision_state_name(revision->state), "base",
	    (json_int_t)revision->base, "written", act_json(&revision->written),
	    "decided", act_json(&revision->decided));
	int failed = 0;

	if (!with_entry || json == NULL)
		return json;
	failed |=
	    json_object_set_new(json, "topic", faq_json_text(revision->topic));
	failed |=
	    json_object_set_new(json, "entry", faq_json_parse(revision->json));
	if (failed == 0)
		return json;
	json_decref(json);
	return NULL;
}

static json_t *
button_json(const struct button *button)
{
	bool is_link = button->url.len > 0;

	return json_pack("{s:o, s:o}", "title", faq_json_text(button->title),
	    is_link ? "url" : "payload",
	    faq_json_text(is_link ? button->url : button->payload));
}

json_t *
faq_json_reply(const struct reply *reply)
{
	json_t *buttons = json_array();
	int failed = 0;

	for (size_t i = 0; i < reply->button_count; i++)
		failed |= json_array_append_new(
		    buttons, button_json(&reply->buttons[i]));
	if (failed != 0) {
		json_decref(buttons);
		return NULL;
	}
	return json_pack("{s:o, s:o}", "text", faq_json_text(reply->text),
	    "buttons", buttons);
}

json_t *
faq_json_candidates(const struct match_result *match)
{
	json_t *list = json_array();
	int failed = 0;

	for (size_t i = 0; i < match->candidate_count; i++) {
		const struct match_candidate *one = &match->candidates[i];

		failed |= json_array_append_new(
		    list, json_pack("{s:o, s:o, s:f, s:f}", "id",
			      faq_json_text(one->entry->id), "question",
			      faq_json_text(one->entry->question), "confidence",
			      one->confidence, "score", one->score));
	}
	if (failed == 0)
		return list;
	json_decref(list);
	return NULL;
}
