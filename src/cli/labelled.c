/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "labelled.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hash.h"
#include "utf8.h"

enum {
	LINES_MAX = 1000000,
	FILE_BYTES_MAX = 512 << 20,
	LINE_BYTES_MAX = 64 << 10,
};

static enum result
add_line(struct labelled *labelled, struct text_view line, const char *file,
    struct complaint *why)
{
	struct labelled_line *added = &labelled->lines[labelled->count];
	unsigned number = (unsigned)labelled->count + 1;
	struct text_view rest;
	enum result result;

	if (line.len > 0 && line.at[line.len - 1] == '\r')
		line.len--;
	if (line.len > LINE_BYTES_MAX || !utf8_valid(line)) {
		complain(why, file, number, "%s",
		    line.len > LINE_BYTES_MAX ? "the line is longer than 64 KiB"
					      : "the line is not UTF-8");
		return ERR_INVALID;
	}
	result = arena_text(&labelled->arena, line, &rest);
	if (result != OK)
		return result;
	labelled->hash = hash64(line, labelled->hash);
	if (!text_split(&rest, '\t', &added->label) || added->label.len == 0 ||
	    !text_split(&rest, '\t', &added->text)) {
		complain(
		    why, file, number, "expected LABEL, a tab, and a question");
		return ERR_INVALID;
	}
	(void)text_split(&rest, '\t', &added->style);
	added->in_scope = !text_is(added->label, "none");
	labelled->count++;
	return OK;
}

static enum result
make_room(struct labelled *labelled, size_t *size)
{
	struct labelled_line *lines;

	if (labelled->count < *size)
		return OK;
	if (labelled->count >= LINES_MAX)
		return ERR_TOO_LARGE;
	*size = *size * 2 + 256;
	lines = realloc(labelled->lines, *size * sizeof(*lines));
	if (lines == NULL)
		return ERR_NOMEM;
	memset(lines + labelled->count, 0,
	    (*size - labelled->count) * sizeof(*lines));
	labelled->lines = lines;
	return OK;
}

enum result
labelled_read(
    const char *file, struct labelled *labelled, struct complaint *why)
{
	FILE *stream = fopen(file, "r");
	char *bytes = NULL;
	size_t bytes_size = 0;
	size_t lines_size = 0;
	ssize_t len;
	enum result result = OK;

	*labelled = (struct labelled){ 0 };
	arena_init(&labelled->arena, FILE_BYTES_MAX);
	if (stream == NULL) {
		complain(why, file, 0, "%s", strerror(errno));
		return ERR_IO;
	}
	while (
	    result == OK && (len = getline(&bytes, &bytes_size, stream)) >= 0) {
		struct text_view line = { bytes, (size_t)len };

		if (line.len > 0 && bytes[line.len - 1] == '\n')
			line.len--;
		if (line.len == 0)
			continue;
		result = make_room(labelled, &lines_size);
		if (result == OK)
			result = add_line(labelled, line, file, why);
	}
	if (result == OK && ferror(stream) != 0) {
		complain(why, file, 0, "cannot be read");
		result = ERR_IO;
	}
	free(bytes);
	(void)fclose(stream);
	return result;
}

void
labelled_fini(struct labelled *labelled)
{
	free(labelled->lines);
	arena_fini(&labelled->arena);
	*labelled = (struct labelled){ 0 };
}

static struct faq_entry *
entry_for(struct faq *faq, struct text_view label)
{
	struct faq_entry *entry;

	for (size_t i = 0; i < faq->entry_count; i++) {
		if (text_equal(faq->entries[i].id, label))
			return &faq->entries[i];
	}
	entry = &faq->entries[faq->entry_count++];
	*entry = (struct faq_entry){ .id = label, .file = "" };
	return entry;
}

/* First count the phrasings of each entry, then give them room. */
static enum result
count_phrasings(const struct labelled *labelled, struct faq *faq)
{
	size_t off_topic = 0;

	for (size_t i = 0; i < labelled->count; i++) {
		if (labelled->lines[i].in_scope)
			entry_for(faq, labelled->lines[i].label)
			    ->asked_as.count++;
		else
			off_topic++;
	}
	for (size_t i = 0; i < faq->entry_count; i++) {
		struct phrases *phrases = &faq->entries[i].asked_as;

		phrases->at = arena_alloc(
		    &faq->arena, phrases->count, sizeof(*phrases->at));
		if (phrases->at == NULL)
			return ERR_NOMEM;
		phrases->count = 0;
	}
	faq->off_topic.at =
	    arena_alloc(&faq->arena, off_topic + 1, sizeof(struct text_view));
	return faq->off_topic.at == NULL ? ERR_NOMEM : OK;
}

static void
add_phrasing(struct faq *faq, const struct labelled_line *line)
{
	struct faq_entry *entry;

	if (!line->in_scope) {
		faq->off_topic.at[faq->off_topic.count++] = line->text;
		return;
	}
	entry = entry_for(faq, line->label);
	if (entry->question.at == NULL)
		entry->question = line->text;
	else
		entry->asked_as.at[entry->asked_as.count++] = line->text;
}

enum result
labelled_base(const struct labelled *labelled, struct faq **faq_out)
{
	struct faq *faq = faq_new();
	enum result result = ERR_NOMEM;

	if (faq == NULL)
		return ERR_NOMEM;
	faq->entries = arena_alloc(
	    &faq->arena, labelled->count + 1, sizeof(*faq->entries));
	if (faq->entries != NULL)
		result = count_phrasings(labelled, faq);
	if (result != OK) {
		faq_free(faq);
		return result;
	}
	for (size_t i = 0; i < labelled->count; i++)
		add_phrasing(faq, &labelled->lines[i]);
	(void)snprintf(faq->version, sizeof(faq->version), "%016llx",
	    (unsigned long long)labelled->hash);
	*faq_out = faq;
	return OK;
}
