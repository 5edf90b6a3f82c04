/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "buf.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void
buf_init(struct buf *buf, size_t max_bytes)
{
	*buf = (struct buf){ .max_bytes = max_bytes };
}

void
buf_fini(struct buf *buf)
{
	free(buf->at);
	*buf = (struct buf){ .max_bytes = buf->max_bytes };
}

void
buf_reset(struct buf *buf)
{
	buf->len = 0;
	if (buf->at != NULL)
		buf->at[0] = '\0';
}

enum { SIZE_FIRST = 256 };

/* Room for EXTRA more bytes and the NUL. */
static enum result
reserve(struct buf *buf, size_t extra)
{
	size_t size = buf->size == 0 ? SIZE_FIRST : buf->size;
	char *grown;

	if (extra > buf->max_bytes - buf->len)
		return ERR_TOO_LARGE;
	if (buf->len + extra < buf->size)
		return OK;
	while (size <= buf->len + extra)
		size *= 2;
	grown = realloc(buf->at, size);
	if (grown == NULL)
		return ERR_NOMEM;
	buf->at = grown;
	buf->size = size;
	return OK;
}

enum result
buf_add(struct buf *buf, struct text_view text)
{
	enum result result = reserve(buf, text.len);

	if (result != OK)
		return result;
	if (text.len > 0)
		memcpy(buf->at + buf->len, text.at, text.len);
	buf->len += text.len;
	buf->at[buf->len] = '\0';
	return OK;
}

enum result
buf_add_char(struct buf *buf, char byte)
{
	return buf_add(buf, (struct text_view){ &byte, 1 });
}

enum result
buf_add_number(struct buf *buf, uint64_t number)
{
	char digits[20]; /* of 2^64 - 1 */
	size_t first = sizeof(digits);

	do {
		digits[--first] = (char)('0' + number % 10);
		number /= 10;
	} while (number > 0);
	return buf_add(
	    buf, (struct text_view){ digits + first, sizeof(digits) - first });
}

/* Print into the room that is left: most texts fit, and are printed once. */
enum result
buf_printf(struct buf *buf, const char *format, ...)
{
	va_list args;
	va_list again;
	size_t room;
	enum result result = reserve(buf, 0);
	int wanted;

	if (result != OK)
		return result;
	room = buf->size - buf->len;
	va_start(args, format);
	va_copy(again, args);
	wanted = vsnprintf(buf->at + buf->len, room, format, args);
	va_end(args);
	result = wanted < 0 ? ERR_INVALID : reserve(buf, (size_t)wanted);
	if (result == OK && (size_t)wanted >= room)
		(void)vsnprintf(
		    buf->at + buf->len, (size_t)wanted + 1, format, again);
	va_end(again);
	if (result == OK)
		buf->len += (size_t)wanted;
	else
		buf->at[buf->len] = '\0';
	return result;
}

enum result
buf_read(struct buf *buf, int file)
{
	enum result result = OK;

	while (result == OK) {
		char piece[16384];
		ssize_t got = read(file, piece, sizeof(piece));

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return ERR_IO;
		if (got == 0)
			break;
		result = buf_add(buf, (struct text_view){ piece, (size_t)got });
	}
	return result;
}

struct text_view
buf_view(const struct buf *buf)
{
	return (struct text_view){ buf->at == NULL ? "" : buf->at, buf->len };
}

char *
buf_take(struct buf *buf)
{
	char *taken;

	if (reserve(buf, 0) != OK || buf->at == NULL)
		return NULL;
	taken = buf->at;
	taken[buf->len] = '\0';
	*buf = (struct buf){ .max_bytes = buf->max_bytes };
	return taken;
}
