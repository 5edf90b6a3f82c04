/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Lengths count UTF-16 units, the strictest reading of a documentation that
 * does not say. */
#include "messenger_check.h"

#include "api.h"
#include "utf8.h"

#include <string.h>

enum {
	TEXT_UNITS_MAX = 2000,
	TEMPLATE_UNITS_MAX = 640,
	TITLE_UNITS_MAX = 20,
	PAYLOAD_UNITS_MAX = 1000,
	METADATA_UNITS_MAX = 1000,
	BUTTONS_MAX = 3,
	QUICK_REPLIES_MAX = 13,
};

static size_t
units(const json_t *string)
{
	return utf16_length(text_of(json_string_value(string)));
}

/* Is KEY of OBJECT a string of 1 to UNITS_MAX? */
static bool
fits(const json_t *object, const char *key, size_t units_max)
{
	size_t length = units(json_object_get(object, key));

	return length > 0 && length <= units_max;
}

static const char *
check_button(const json_t *button)
{
	const char *type = sim_api_text(button, "type");

	if (!fits(button, "title", TITLE_UNITS_MAX))
		return "(#100) Length of param title must be from 1 to 20";
	if (strcmp(type, "web_url") == 0)
		return strncmp(sim_api_text(button, "url"), "http", 4) == 0
			   ? NULL
			   : "(#100) Invalid button URL";
	if (strcmp(type, "postback") == 0 || strcmp(type, "phone_number") == 0)
		return fits(button, "payload", PAYLOAD_UNITS_MAX)
			   ? NULL
			   : "(#100) Invalid button payload";
	return "(#100) Param type must be one of {web_url, postback, "
	       "phone_number}";
}

static const char *
check_template(const json_t *payload)
{
	const json_t *buttons = json_object_get(payload, "buttons");
	size_t count = json_array_size(buttons);

	if (strcmp(sim_api_text(payload, "template_type"), "button") != 0)
		return NULL; /* others are taken as they are */
	if (!fits(payload, "text", TEMPLATE_UNITS_MAX))
		return "(#100) Length of param text must be from 1 to 640";
	if (count < 1 || count > BUTTONS_MAX)
		return "(#100) Param buttons must have 1 to 3 elements";
	for (size_t i = 0; i < count; i++) {
		const char *wrong = check_button(json_array_get(buttons, i));

		if (wrong != NULL)
			return wrong;
	}
	return NULL;
}

static const char *
check_quick_replies(const json_t *list)
{
	size_t count = json_array_size(list);

	if (list == NULL)
		return NULL;
	if (count < 1 || count > QUICK_REPLIES_MAX)
		return "(#100) Param quick_replies must have 1 to 13 elements";
	for (size_t i = 0; i < count; i++) {
		const json_t *reply = json_array_get(list, i);

		if (strcmp(sim_api_text(reply, "content_type"), "text") != 0)
			continue;
		/* The platform would cut a longer title in silence. */
		if (!fits(reply, "title", TITLE_UNITS_MAX))
			return "(#100) Length of param title must be from 1 "
			       "to 20";
		if (!fits(reply, "payload", PAYLOAD_UNITS_MAX))
			return "(#100) Invalid quick reply payload";
	}
	return NULL;
}

const char *
sim_messenger_check_message(const json_t *message)
{
	const json_t *text = json_object_get(message, "text");
	const json_t *attachment = json_object_get(message, "attachment");
	const char *wrong = NULL;

	if ((text == NULL) == (attachment == NULL))
		return "(#100) Exactly one of text and attachment must be "
		       "given in message";
	if (text != NULL && !fits(message, "text", TEXT_UNITS_MAX))
		return "(#100) Length of param message[text] must be less than "
		       "or equal to 2000";
	if (units(json_object_get(message, "metadata")) > METADATA_UNITS_MAX)
		return "(#100) Length of param metadata must be less than or "
		       "equal to 1000";
	if (strcmp(sim_api_text(attachment, "type"), "template") == 0)
		wrong = check_template(json_object_get(attachment, "payload"));
	return wrong != NULL ? wrong
			     : check_quick_replies(
				   json_object_get(message, "quick_replies"));
}

const char *
sim_messenger_check_action(const json_t *body)
{
	static const char *const actions[] = { "typing_on", "typing_off",
		"mark_seen", "react", "unreact" };
	const char *action = sim_api_text(body, "sender_action");

	if (json_object_get(body, "message") != NULL)
		return "(#100) sender_action cannot be sent together with a "
		       "message";
	for (size_t i = 0; i < sizeof(actions) / sizeof(actions[0]); i++)
		if (strcmp(actions[i], action) == 0)
			return NULL;
	return "(#100) Param sender_action must be one of {typing_on, "
	       "typing_off, mark_seen, react, unreact}";
}
