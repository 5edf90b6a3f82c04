/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "say.h"

#include <stdarg.h>
#include <stdio.h>

#include "phrases.h"
#include "utf8.h"

enum {
	LOGGED_MAX_UNITS = 1000, /* UTF-16 code units */
	SAID_MAX_BYTES = 2 * REPLY_TEXT_MAX_BYTES,
};

void
say_text(struct exchange *exchange, const char *text)
{
	exchange->out->replies = true;
	exchange->out->reply.text = text_of(text);
}

static enum result
join(struct exchange *exchange, struct text_view first, struct text_view second)
{
	struct buf both;
	enum result result;

	buf_init(&both, SAID_MAX_BYTES);
	result = buf_add(&both, first);
	if (result == OK)
		result = buf_add(&both, second);
	if (result == OK)
		result = arena_text(exchange->arena, buf_view(&both),
		    &exchange->out->reply.text);
	buf_fini(&both);
	return result;
}

static enum result
put(struct exchange *exchange, enum say_place place, struct text_view text)
{
	struct text_view said = exchange->out->reply.text;

	exchange->out->replies = true;
	switch (place) {
	case SAY_BEFORE:
		return join(exchange, text, said);
	case SAY_AFTER:
		return join(exchange, said, text);
	case SAY_ALONE:
		break;
	}
	exchange->out->reply.text = text;
	return OK;
}

enum result
say_put(
    struct exchange *exchange, enum say_place place, const char *format, ...)
{
	va_list arguments;
	va_list again;
	char *text = NULL;
	int len;

	va_start(arguments, format);
	va_copy(again, arguments);
	len = vsnprintf(NULL, 0, format, arguments);
	va_end(arguments);
	if (len >= 0)
		text = arena_alloc(exchange->arena, (size_t)len + 1, 1);
	if (text != NULL)
		(void)vsnprintf(text, (size_t)len + 1, format, again);
	va_end(again);
	if (text == NULL)
		return ERR_NOMEM;
	return put(exchange, place, (struct text_view){ text, (size_t)len });
}

void
say_button(
    struct exchange *exchange, struct text_view title, struct text_view payload)
{
	struct reply *reply = &exchange->out->reply;

	if (reply->button_count < REPLY_BUTTONS_MAX)
		reply->buttons[reply->button_count++] =
		    (struct button){ .title = title, .payload = payload };
}

void
say_person(struct exchange *exchange)
{
	say_button(exchange, TEXT(PHRASE_PERSON_TITLE), TEXT("person"));
}

enum result
say_line(
    struct exchange *exchange, struct text_view masked, struct text_view *out)
{
	char *line = arena_string(
	    exchange->arena, text_trim(utf8_cut(masked, LOGGED_MAX_UNITS)));

	if (line == NULL)
		return ERR_NOMEM;
	for (char *at = line; *at != '\0'; at++)
		if ((unsigned char)*at < ' ')
			*at = ' ';
	*out = text_of(line);
	return OK;
}

enum result
say_log(struct exchange *exchange, struct text_view masked)
{
	enum result result = say_line(exchange, masked, &exchange->out->asked);

	if (result == OK)
		exchange->out->logs = true;
	return result;
}
