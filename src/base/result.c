/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "result.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

const char *
result_name(enum result result)
{
	switch (result) {
	case OK:
		return "ok";
	case ERR_NOMEM:
		return "out of memory";
	case ERR_INVALID:
		return "invalid input";
	case ERR_TOO_LARGE:
		return "too large";
	case ERR_NOT_FOUND:
		return "not found";
	case ERR_IO:
		return "input or output failed";
	case ERR_BUSY:
		return "busy";
	}
	return "unknown";
}

void
complain(struct complaint *why, const char *file, unsigned line,
    const char *format, ...)
{
	va_list args;
	int wanted;

	if (why == NULL)
		return;
	(void)snprintf(
	    why->file, sizeof(why->file), "%s", file == NULL ? "" : file);
	why->line = line;
	va_start(args, format);
	wanted = vsnprintf(why->text, sizeof(why->text), format, args);
	va_end(args);
	if (wanted >= (int)sizeof(why->text))
		memcpy(why->text + sizeof(why->text) - 4, "...", 4);
}

void
complaint_print(const struct complaint *why, char *out, unsigned size)
{
	if (why->file[0] == '\0')
		(void)snprintf(out, size, "%s", why->text);
	else if (why->line == 0)
		(void)snprintf(out, size, "%s: %s", why->file, why->text);
	else
		(void)snprintf(
		    out, size, "%s:%u: %s", why->file, why->line, why->text);
}
