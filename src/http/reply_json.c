/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "reply_json.h"

/* json_object_set_new() and json_array_append_new() take their value over
 * whatever happens, and refuse a NULL.  So one object can be filled without a
 * look at each step. */

static json_t *
json_of(struct text_view text)
{
	return json_stringn(text.at == NULL ? "" : text.at, text.len);
}

static json_t *
whole_or_null(json_t *value, int failed)
{
	if (failed == 0)
		return value;
	json_decref(value);
	return NULL;
}

static json_t *
button_to_json(const struct button *button)
{
	json_t *object = json_object();
	int failed =
	    json_object_set_new(object, "title", json_of(button->title));

	if (button->url.len > 0)
		failed |=
		    json_object_set_new(object, "url", json_of(button->url));
	else
		failed |= json_object_set_new(
		    object, "payload", json_of(button->payload));
	return whole_or_null(object, failed);
}

json_t *
reply_json(uint64_t id, const struct reply *reply)
{
	json_t *object = json_object();
	json_t *buttons = json_array();
	int failed = 0;

	for (size_t i = 0; i < reply->button_count; i++)
		failed |= json_array_append_new(
		    buttons, button_to_json(&reply->buttons[i]));
	failed |=
	    json_object_set_new(object, "id", json_integer((json_int_t)id));
	failed |= json_object_set_new(object, "text", json_of(reply->text));
	failed |= json_object_set_new(object, "buttons", buttons);
	return whole_or_null(object, failed);
}
