/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "talk.h"

#include <stdlib.h>
#include <string.h>

#include "cmocka_all.h"
#include "http_client.h"

int
talk_setup(void **state)
{
	struct talk *talk = calloc(1, sizeof(*talk));

	assert_non_null(talk);
	talk->phone = *(const struct phone *)*state;
	talk->phone.service = &talk->service;
	talk->on_page = strcmp(talk->phone.channel, "webchat") == 0;
	service_open(&talk->service);
	*state = talk;
	return 0;
}

int
talk_teardown(void **state)
{
	struct talk *talk = *state;

	service_close(&talk->service);
	free(talk);
	return 0;
}

void
talk_reopen(
    struct talk *talk, const char *const *variables, const char *faq_dir)
{
	service_stop(&talk->service);
	talk->service.variables = variables;
	talk->service.faq_dir = faq_dir;
	service_start(&talk->service);
}

/* ---- saying and hearing ---- */

/* Keeps the messages of ANSWER, which is taken. */
static void
hear_page(struct talk *talk, struct http_client_answer answer)
{
	json_t *said = json_loadb(answer.body, answer.body_len, 0, NULL);
	const json_t *message;
	size_t i;

	assert_int_equal(answer.status, 200);
	free(answer.text);
	talk->heard[0] = '\0';
	if (json_object_get(said, "session") != NULL)
		(void)snprintf(talk->session, sizeof(talk->session), "%s",
		    record_text(said, "session"));
	json_array_foreach(json_object_get(said, "messages"), i, message)
	{
		size_t len = strlen(talk->heard);

		(void)snprintf(talk->heard + len, TALK_HEARD_SIZE - len, "%s\n",
		    record_text(message, "text"));
		talk->phone.seen =
		    (size_t)json_integer_value(json_object_get(message, "id"));
	}
	json_decref(said);
}

/* Takes BODY. */
static void
post_page(struct talk *talk, json_t *body)
{
	char headers[256];
	char *text;

	assert_int_equal(json_object_set_new(body, "after",
			     json_integer((json_int_t)talk->phone.seen)),
	    0);
	text = json_dumps(body, 0);
	json_decref(body);
	assert_non_null(text);
	(void)snprintf(headers, sizeof(headers),
	    "Content-Type: application/json\r\n%s%s%s",
	    talk->session[0] == '\0' ? "" : "X-Hoidap-Session: ", talk->session,
	    talk->session[0] == '\0' ? "" : "\r\n");
	hear_page(talk, http_client_call(talk->service.port, "POST",
			    "/api/v1/chat", headers, text_of(text)));
	free(text);
}

const char *
talk_ask(struct talk *talk, const char *text)
{
	if (!talk->on_page)
		return phone_ask(&talk->phone, text);
	post_page(talk, json_pack("{s:s}", "text", text));
	return talk->heard;
}

void
talk_say(struct talk *talk, const char *text)
{
	if (talk->on_page)
		post_page(talk, json_pack("{s:s}", "text", text));
	else
		assert_int_equal(phone_say(&talk->phone, text), 200);
}

const char *
talk_hear(struct talk *talk)
{
	char headers[128];
	char path[64];

	if (!talk->on_page)
		return phone_hear(&talk->phone);
	(void)snprintf(
	    path, sizeof(path), "/api/v1/chat?after=%zu", talk->phone.seen);
	(void)snprintf(headers, sizeof(headers), "X-Hoidap-Session: %s\r\n",
	    talk->session);
	hear_page(talk, http_client_call(talk->service.port, "GET", path,
			    headers, TEXT("")));
	return talk->heard;
}

const char *
talk_ask_and_tap(
    struct talk *talk, const char *text, const char *title, const char *payload)
{
	const json_t *button;

	if (talk->on_page) {
		(void)talk_ask(talk, text);
		post_page(talk, json_pack("{s:s, s:s}", "payload", payload,
				    "title", title));
		return talk->heard;
	}
	assert_int_equal(phone_say(&talk->phone, text), 200);
	button = phone_button(phone_next(&talk->phone), title);
	assert_int_equal(
	    phone_tap(&talk->phone, title, record_text(button, "payload")),
	    200);
	return phone_hear(&talk->phone);
}

void
talk_ask_until(struct talk *talk, const char *text, const char *part)
{
	const char *heard = talk_ask(talk, text);

	while (!talk->on_page && strstr(heard, part) == NULL)
		heard = phone_hear(&talk->phone);
	if (strstr(heard, part) == NULL)
		fail_msg("\"%s\" has no \"%s\"", heard, part);
}

void
talk_say_in_vain(struct talk *talk, const char *text)
{
	size_t before;

	if (talk->on_page) {
		assert_string_equal(talk_ask(talk, text), "");
		return;
	}
	service_wait_counts(&talk->service, service_queued_is, 0);
	before = phone_count(&talk->phone);
	assert_int_equal(phone_say(&talk->phone, text), 200);
	service_wait_counts(&talk->service, service_queued_is, 0);
	assert_int_equal(phone_count(&talk->phone), before);
}

struct question_row
talk_last_question(struct talk *talk, struct arena *arena)
{
	const struct question_filter filter = { .limit = 1 };
	struct question_row *rows = NULL;
	size_t count = 0;

	assert_int_equal(store_questions(app_store(talk->service.app), &filter,
			     arena, &rows, &count),
	    OK);
	assert_int_equal(count, 1);
	return rows[0];
}
