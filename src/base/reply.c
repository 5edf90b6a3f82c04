/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "reply.h"

#include "utf8.h"

/* A packed reply is "r1", then the number of buttons, then the text and each
 * button's title, url and payload.  The number and every string stand behind
 * their length, as in "5:xin ơi": no byte of a text needs an escape, and what
 * was cut short or has something behind it does not unpack.  A new form gets a
 * new tag, so that deliveries which wait through an upgrade stay readable. */

static const struct text_view tag = { "r1:", 3 };

enum { LENGTH_DIGITS_MAX = 5 };

static enum result
pack_number(size_t number, struct buf *out)
{
	enum result result = buf_add_number(out, number);

	return result == OK ? buf_add_char(out, ':') : result;
}

static enum result
pack_text(struct text_view text, struct buf *out)
{
	enum result result;

	if (text.len > REPLY_TEXT_MAX_BYTES)
		return ERR_TOO_LARGE;
	result = pack_number(text.len, out);
	return result == OK ? buf_add(out, text) : result;
}

static enum result
pack_button(const struct button *button, struct buf *out)
{
	enum result result = pack_text(button->title, out);

	if (result == OK)
		result = pack_text(button->url, out);
	if (result == OK)
		result = pack_text(button->payload, out);
	return result;
}

enum result
reply_pack(const struct reply *reply, struct buf *out)
{
	size_t start = out->len;
	enum result result = buf_add(out, tag);

	if (result == OK)
		result = pack_number(reply->button_count, out);
	if (result == OK)
		result = pack_text(reply->text, out);
	for (size_t i = 0; result == OK && i < reply->button_count; i++)
		result = pack_button(&reply->buttons[i], out);
	if (result != OK && out->at != NULL) {
		out->len = start;
		out->at[start] = '\0';
	}
	return result;
}

/* Only the digits that pack_number() writes: no sign, no leading zero. */
static enum result
unpack_number(struct text_view *rest, uint64_t max, size_t *out)
{
	uint64_t number;
	struct text_view digits;

	if (!text_split(rest, ':', &digits) || rest->at == NULL)
		return ERR_INVALID;
	if (digits.len > LENGTH_DIGITS_MAX ||
	    (digits.len > 1 && digits.at[0] == '0') ||
	    text_number(digits, 0, max, &number) != OK)
		return ERR_INVALID;
	*out = (size_t)number;
	return OK;
}

static enum result
unpack_text(struct text_view *rest, struct text_view *out)
{
	size_t len;

	if (unpack_number(rest, REPLY_TEXT_MAX_BYTES, &len) != OK ||
	    len > rest->len)
		return ERR_INVALID;
	*out = text_slice(*rest, 0, len);
	*rest = text_slice(*rest, len, rest->len);
	return OK;
}

static enum result
unpack_button(struct text_view *rest, struct button *out)
{
	enum result result = unpack_text(rest, &out->title);

	if (result == OK)
		result = unpack_text(rest, &out->url);
	if (result == OK)
		result = unpack_text(rest, &out->payload);
	return result;
}

enum result
reply_unpack(struct text_view packed, struct arena *arena, struct reply *out)
{
	struct reply reply = { 0 };
	struct text_view rest;
	enum result result;

	if (!text_starts(packed, tag) || !utf8_valid(packed))
		return ERR_INVALID;
	result = arena_text(arena, packed, &rest);
	if (result != OK)
		return result;
	rest = text_slice(rest, tag.len, rest.len);
	result = unpack_number(&rest, REPLY_BUTTONS_MAX, &reply.button_count);
	if (result == OK)
		result = unpack_text(&rest, &reply.text);
	for (size_t i = 0; result == OK && i < reply.button_count; i++)
		result = unpack_button(&rest, &reply.buttons[i]);
	if (result == OK && rest.len > 0)
		result = ERR_INVALID;
	if (result == OK)
		*out = reply;
	return result;
}
