/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "log.h"

#include <inttypes.h>
#include <string.h>
#include <time.h>

#include "buf.h"

enum { LINE_MAX_BYTES = 2048 };

static const char *const level_names[] = { "error", "warn", "info", "debug" };

static bool
is_plain(const char *text)
{
	if (*text == '\0')
		return false;
	for (; *text != '\0'; text++)
		if ((unsigned char)*text <= ' ' || *text == '"' ||
		    *text == '=' || *text == '\\' || *text == 0x7f)
			return false;
	return true;
}

static enum result
add_quoted(struct buf *line, const char *text)
{
	enum result result = buf_add_char(line, '"');

	for (; result == OK && *text != '\0'; text++) {
		unsigned char byte = (unsigned char)*text;

		if (byte < ' ' || byte == 0x7f)
			result = buf_printf(line, "\\x%02x", byte);
		else if (byte == '"' || byte == '\\')
			result = buf_printf(line, "\\%c", byte);
		else
			result = buf_add_char(line, *text);
	}
	return result == OK ? buf_add_char(line, '"') : result;
}

static enum result
add_field(struct buf *line, const struct log_field *field)
{
	enum result result = buf_printf(line, " %s=", field->key);

	if (result != OK)
		return result;
	if (field->text == NULL)
		return buf_printf(line, "%" PRId64, field->number);
	if (is_plain(field->text))
		return buf_add(line, text_of(field->text));
	return add_quoted(line, field->text);
}

/* The line is built whole and written with one call, so lines of several
 * threads never mix.  A field that does not fit is left out. */
void
log_write(const struct log *log, enum log_level level, const char *event,
    const struct log_field *fields, size_t count)
{
	struct buf line;
	struct timespec now;
	struct tm utc;
	char when[32] = "";

	if (log == NULL || log->out == NULL || level > log->level)
		return;
	buf_init(&line, LINE_MAX_BYTES);
	(void)clock_gettime(CLOCK_REALTIME, &now);
	if (gmtime_r(&now.tv_sec, &utc) != NULL)
		(void)strftime(when, sizeof(when), "%Y-%m-%dT%H:%M:%S", &utc);
	if (buf_printf(&line, "time=%s.%03ldZ level=%s event=%s", when,
		now.tv_nsec / 1000000, level_names[level], event) != OK)
		goto out;
	for (size_t i = 0; i < count; i++) {
		size_t before = line.len;

		if (add_field(&line, &fields[i]) != OK)
			line.len = before;
	}
	if (buf_add_char(&line, '\n') == OK)
		(void)fwrite(line.at, 1, line.len, log->out);
out:
	buf_fini(&line);
}
