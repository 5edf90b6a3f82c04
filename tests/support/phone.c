/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "phone.h"

#include <stdio.h>
#include <string.h>

#include "cmocka_all.h"

/* Takes MORE, the members that this act has beside those of every act. */
static long
act(struct phone *phone, const char *path, json_t *more)
{
	json_t *body = json_pack(
	    "{s:s, s:s}", "channel", phone->channel, "citizen", phone->citizen);
	json_t *said;
	long status;

	assert_int_equal(json_object_update(body, more), 0);
	json_decref(more);
	said = service_control(phone->service, path, body);
	status = (long)json_integer_value(json_object_get(said, "status"));
	(void)snprintf(phone->message_id, sizeof(phone->message_id), "%s",
	    record_text(said, "message_id"));
	json_decref(said);
	return status;
}

long
phone_say(struct phone *phone, const char *text)
{
	return act(phone, "/simulator/say", json_pack("{s:s}", "text", text));
}

long
phone_tap(struct phone *phone, const char *title, const char *payload)
{
	return act(phone, "/simulator/tap",
	    json_pack("{s:s, s:s}", "title", title, "payload", payload));
}

long
phone_attach(struct phone *phone, const char *kind)
{
	return act(
	    phone, "/simulator/attach", json_pack("{s:s}", "kind", kind));
}

long
phone_follow(struct phone *phone)
{
	return act(phone, "/simulator/follow", json_object());
}

long
phone_staff(struct phone *phone, const char *text)
{
	return act(phone, "/simulator/staff", json_pack("{s:s}", "text", text));
}

long
phone_again(struct phone *phone, const char *message_id)
{
	json_t *said = service_control(phone->service, "/simulator/redeliver",
	    json_pack("{s:s}", "message_id", message_id));
	long status = (long)json_integer_value(json_object_get(said, "status"));

	json_decref(said);
	return status;
}

static struct record_filter
filter_of(const struct phone *phone)
{
	return (struct record_filter){ .api = "send",
		.channel = phone->channel,
		.citizen = phone->citizen };
}

const json_t *
phone_next(struct phone *phone)
{
	const struct record_filter filter = filter_of(phone);

	return record_wait(&phone->service->record, &filter, &phone->seen);
}

const char *
phone_hear(struct phone *phone)
{
	return record_text(phone_next(phone), "text");
}

const char *
phone_ask(struct phone *phone, const char *text)
{
	assert_int_equal(phone_say(phone, text), 200);
	return phone_hear(phone);
}

size_t
phone_count(struct phone *phone)
{
	const struct record_filter filter = filter_of(phone);

	return record_count(&phone->service->record, &filter);
}

void
phone_hears(struct phone *phone, const char *part)
{
	const char *text = phone_hear(phone);

	if (strstr(text, part) == NULL)
		fail_msg(
		    "%s hears \"%s\", not \"%s\"", phone->citizen, text, part);
}

const json_t *
phone_button(const json_t *row, const char *title)
{
	const json_t *buttons = json_object_get(row, "buttons");

	for (size_t i = 0; i < json_array_size(buttons); i++) {
		const json_t *button = json_array_get(buttons, i);

		if (strcmp(record_text(button, "title"), title) == 0)
			return button;
	}
	fail_msg("there is no button \"%s\"", title);
	return NULL;
}
