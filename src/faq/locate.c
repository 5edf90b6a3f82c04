/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "locate.h"

#include <stdlib.h>
#include <string.h>

#include "place.h"

/* A base does not remember the line of each phrasing: that would cost every
 * server memory for what only a check asks.  Here the files are still in
 * memory and it is known where each entry begins, so a line costs a scan of
 * one entry, and a base with thousands of findings is no trouble. */

static size_t
count_of_file(const struct faq *faq, size_t first, const char *path)
{
	size_t count = 0;

	while (first + count < faq->entry_count &&
	       strcmp(faq->entries[first + count].file, path) == 0)
		count++;
	return count;
}

static enum result
find_entries(struct locate *locate, const struct faq *faq)
{
	struct place root = { NULL, NULL, 0 };
	struct place list = { &root, "entries", 0 };
	struct place_spot *spots =
	    malloc((faq->entry_count + 1) * sizeof(*spots));
	size_t next = 0;

	if (spots == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < locate->files.count; i++) {
		struct text_view source = load_source(&locate->files.at[i]);
		size_t count =
		    count_of_file(faq, next, locate->files.at[i].path);

		place_items(source, &list, spots, count);
		for (size_t k = 0; k < count; k++)
			locate->sources[next++] =
			    text_slice(source, spots[k].at, source.len);
	}
	free(spots);
	return OK;
}

enum result
locate_new(
    struct files *files, const struct faq *faq, struct locate **locate_out)
{
	struct locate *locate = calloc(1, sizeof(*locate));
	enum result result = ERR_NOMEM;

	if (locate == NULL) {
		files_fini(files);
		return ERR_NOMEM;
	}
	locate->files = *files;
	*files = (struct files){ .at = NULL }; /* handed over */
	locate->first = faq->entries;
	locate->sources =
	    calloc(faq->entry_count + 1, sizeof(*locate->sources));
	if (locate->sources != NULL)
		result = find_entries(locate, faq);
	if (result == OK)
		*locate_out = locate;
	else
		locate_free(locate);
	return result;
}

void
locate_free(struct locate *locate)
{
	if (locate == NULL)
		return;
	files_fini(&locate->files);
	free(locate->sources);
	free(locate);
}

unsigned
locate_line(const struct locate *locate, const struct finding_spot *spot)
{
	struct text_view source = locate->sources[spot->entry - locate->first];
	struct place entry = { NULL, NULL, 0 };
	struct place key = { &entry, spot->key, 0 };
	struct place item = { &key, NULL, spot->item };
	const struct place *place = &item;

	if (spot->item == FINDING_WHOLE)
		place = &key;
	if (spot->key == NULL)
		place = &entry;
	return spot->entry->line + place_line(source, place) - 1;
}

const char *
locate_variable(
    const struct locate *locate, struct text_view name, unsigned *line_out)
{
	struct place root = { NULL, NULL, 0 };
	struct place variables = { &root, "variables", 0 };
	/* The arena put a NUL behind it. */
	struct place variable = { &variables, name.at, 0 };

	for (size_t i = 0; i < locate->files.count; i++) {
		const struct load_file *file = &locate->files.at[i];

		if (load_is(file, "locality.json")) {
			*line_out = place_line(load_source(file), &variable);
			return file->path;
		}
	}
	*line_out = 0;
	return "locality.json";
}
