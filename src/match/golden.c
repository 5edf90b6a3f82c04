/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "golden.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "utf8.h"

enum { GOLDEN_MAX_BYTES = 16 << 20, LINE_MAX_BYTES = 8192 };

struct reading {
	const struct faq *faq;
	const char *path;
	struct golden golden;
	size_t room;
	unsigned line;
	struct complaint *why;
};

static enum result
refuse(struct reading *reading, const char *text)
{
	complain(reading->why, reading->path, reading->line, "%s", text);
	return ERR_INVALID;
}

static enum result
make_room(struct reading *reading)
{
	size_t room = reading->room == 0 ? 256 : 2 * reading->room;
	struct golden_line *at;

	if (reading->golden.count < reading->room)
		return OK;
	at = realloc(reading->golden.at, room * sizeof(*at));
	if (at == NULL)
		return ERR_NOMEM;
	reading->golden.at = at;
	reading->room = room;
	return OK;
}

static enum result
keep_line(struct reading *reading, struct text_view question,
    const struct faq_entry *entry)
{
	struct golden_line line = { .entry = entry, .line = reading->line };
	enum result result = make_room(reading);

	if (result == OK)
		result = arena_text(
		    &reading->golden.arena, question, &line.question);
	if (result == OK)
		reading->golden.at[reading->golden.count++] = line;
	return result;
}

static enum result
read_line(struct reading *reading, struct text_view line)
{
	const struct faq_entry *entry = NULL;
	struct text_view question;
	struct text_view id;

	line = text_trim(line);
	if (line.len == 0 || line.at[0] == '#')
		return OK;
	if (line.len > LINE_MAX_BYTES)
		return refuse(reading, "the line is too long: split it");
	if (!utf8_valid(line))
		return refuse(
		    reading, "the line is not UTF-8: save the file as UTF-8");
	(void)text_split(&line, '\t', &question);
	id = text_trim(line);
	question = text_trim(question);
	if (question.len == 0 || id.len == 0)
		return refuse(
		    reading, "write a question, a tab, and an id or \"none\"");
	if (!text_is(id, "none")) {
		entry = faq_find(reading->faq, id);
		if (entry == NULL) {
			complain(reading->why, reading->path, reading->line,
			    "no file has an entry \"%.*s\": correct the id",
			    TEXT_ARGS(id));
			return ERR_INVALID;
		}
	}
	return keep_line(reading, question, entry);
}

static enum result
read_lines(struct reading *reading, FILE *stream)
{
	enum result result = OK;
	char *bytes = NULL;
	size_t size = 0;
	ssize_t len;

	while (result == OK && (len = getline(&bytes, &size, stream)) >= 0) {
		reading->line++;
		result = read_line(
		    reading, (struct text_view){ bytes, (size_t)len });
	}
	if (result == OK && ferror(stream) != 0) {
		complain(reading->why, reading->path, 0, "cannot be read");
		result = ERR_IO;
	}
	free(bytes);
	return result;
}

static enum result
open_file(const char *path, FILE **stream_out, struct complaint *why)
{
	FILE *stream = fopen(path, "re");

	if (stream == NULL && errno == ENOENT)
		return ERR_NOT_FOUND;
	if (stream == NULL) {
		complain(why, path, 0, "cannot be opened: %s", strerror(errno));
		return ERR_IO;
	}
	*stream_out = stream;
	return OK;
}

enum result
golden_read(const char *dir, const struct faq *faq, struct golden *golden_out,
    struct complaint *why)
{
	struct reading reading = { .faq = faq, .why = why };
	enum result result;
	FILE *stream = NULL;
	struct buf path;

	buf_init(&path, 8192);
	arena_init(&reading.golden.arena, GOLDEN_MAX_BYTES);
	result = buf_printf(&path, "%s/golden.tsv", dir);
	if (result == OK)
		result = open_file(path.at, &stream, why);
	if (result == OK) {
		reading.path = path.at;
		result = read_lines(&reading, stream);
		(void)fclose(stream);
	}
	if (result == OK)
		*golden_out = reading.golden;
	else
		golden_fini(&reading.golden);
	buf_fini(&path);
	return result;
}

void
golden_fini(struct golden *golden)
{
	free(golden->at);
	arena_fini(&golden->arena);
	*golden = (struct golden){ .at = NULL };
}

size_t
golden_rank(const struct match_result *match, const struct faq_entry *entry)
{
	for (size_t i = 0; i < match->candidate_count; i++) {
		if (match->candidates[i].entry == entry)
			return i + 1;
	}
	return 0;
}

bool
golden_right(const struct match_result *match, const struct faq_entry *entry)
{
	return entry == NULL ? match->decision != MATCH_ANSWER
			     : golden_rank(match, entry) == 1;
}
