/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The two places that settings are read from.  inih tells its handler no line
 * number as Debian builds it, so the reader that we give it counts them. */
#include <errno.h>
#include <ini.h>
#include <stdlib.h>
#include <string.h>

#include "settings_parts.h"

enum { FILE_MAX_BYTES = 262144 };

enum result
settings_read_file(const char *path, struct buf *out)
{
	FILE *file = fopen(path, "rb");
	char piece[4096];
	enum result result = OK;
	size_t got;

	if (file == NULL)
		return errno == ENOENT ? ERR_NOT_FOUND : ERR_IO;
	while (result == OK && (got = fread(piece, 1, sizeof(piece), file)) > 0)
		result = buf_add(out, (struct text_view){ piece, got });
	if (ferror(file) != 0)
		result = ERR_IO;
	(void)fclose(file);
	return result;
}

struct ini_source {
	struct settings *settings;
	struct text_view rest;
	struct settings_place place;
	enum result result;
};

/* For inih: one line a call, as fgets() would give it. */
static char *
next_line(char *out, int size, void *stream)
{
	struct ini_source *source = stream;
	struct text_view line;

	if (source->rest.len == 0 || !text_split(&source->rest, '\n', &line))
		return NULL;
	source->place.line++;
	if (line.len + 2 > (size_t)size) {
		complain(source->place.why, source->place.file,
		    source->place.line,
		    "the line is longer than %d bytes; put long secrets into a "
		    "file and name it with NAME_FILE",
		    size - 2);
		source->result = ERR_INVALID;
		return NULL;
	}
	memcpy(out, line.at, line.len);
	memcpy(out + line.len, "\n", 2);
	return out;
}

static int
one_value(void *user, const char *section, const char *name, const char *value)
{
	struct ini_source *source = user;

	if (source->result == OK)
		source->result =
		    settings_assign(source->settings, text_of(section),
			text_of(name), text_of(value), &source->place);
	return source->result == OK;
}

enum result
settings_read_ini(
    struct settings *settings, const char *path, struct complaint *why)
{
	struct ini_source source = { .settings = settings,
		.place = { path, 0, why } };
	struct buf content;
	enum result result;
	int bad_line;

	buf_init(&content, FILE_MAX_BYTES);
	result = settings_read_file(path, &content);
	if (result != OK) {
		complain(why, path, 0,
		    "cannot be read as a settings file (%s); name a file of at "
		    "most %d bytes with --config",
		    result_name(result), FILE_MAX_BYTES);
		goto out;
	}
	source.rest = buf_view(&content);
	bad_line = ini_parse_stream(next_line, &source, one_value, &source);
	result = source.result;
	if (result == OK && bad_line != 0) {
		complain(why, path, (unsigned)(bad_line > 0 ? bad_line : 0),
		    "is neither \"name = value\" nor \"[section]\"; start "
		    "comments with ;");
		result = ERR_INVALID;
	}
out:
	buf_fini(&content);
	return result;
}

enum result
settings_read_environment(
    struct settings *settings, char *const *environment, struct complaint *why)
{
	static const char prefix[] = "HOIDAP_";
	struct settings_place place = { "environment", 0, why };
	enum result result = OK;

	for (; result == OK && *environment != NULL; environment++) {
		struct text_view value = text_of(*environment);
		struct text_view name;

		if (!text_starts(value, TEXT(prefix)) ||
		    !text_split(&value, '=', &name) || value.at == NULL)
			continue;
		name = text_slice(name, sizeof(prefix) - 1, name.len);
		result =
		    settings_assign(settings, TEXT(""), name, value, &place);
	}
	return result;
}
