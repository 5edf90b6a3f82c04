/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "faq.h"

#include <stdlib.h>

#include "files.h"
#include "merge.h"
#include "version.h"

/* Far more than the files of a folder can fill (files.h). */
static const size_t base_max_bytes = (size_t)2 * 1024 * 1024 * 1024;

struct faq *
faq_new(void)
{
	struct faq *faq = calloc(1, sizeof(*faq));

	if (faq != NULL)
		arena_init(&faq->arena, base_max_bytes);
	return faq;
}

void
faq_free(struct faq *faq)
{
	if (faq == NULL)
		return;
	arena_fini(&faq->arena);
	free(faq);
}

/* The files, and with them what they said, are about to go. */
static enum result
keep_covered(struct faq *faq, const struct merged *merged)
{
	struct faq_covered *covered =
	    arena_alloc(&faq->arena, merged->covered_count, sizeof(*covered));
	enum result result = covered == NULL ? ERR_NOMEM : OK;

	for (size_t i = 0; i < merged->covered_count && result == OK; i++) {
		covered[i] = merged->covered[i];
		result = arena_text(
		    &faq->arena, merged->covered[i].entry, &covered[i].entry);
		if (result == OK)
			result = arena_text(&faq->arena,
			    merged->covered[i].file_json,
			    &covered[i].file_json);
	}
	faq->covered = covered;
	faq->covered_count = merged->covered_count;
	return result;
}

enum result
faq_load_over(const char *dir, const struct faq_overlay *overlay,
    struct faq **faq_out, struct complaint *why)
{
	struct merged merged = { .covered_count = 0 };
	struct faq *faq = NULL;
	struct files files;
	enum result result = files_read(dir, &files, why);

	if (result != OK)
		return result;
	if (overlay != NULL)
		result = merge_files(&files, overlay, &merged, why);
	if (result == OK)
		result = load_files(files.at, files.count, &faq, why);
	if (result == OK)
		result = keep_covered(faq, &merged);
	files_fini(&files);
	if (result == OK)
		*faq_out = faq;
	else
		faq_free(faq);
	return result;
}

enum result
faq_load(const char *dir, struct faq **faq_out, struct complaint *why)
{
	return faq_load_over(dir, NULL, faq_out, why);
}

/* Entries of one id keep their order, so that the first one is found. */
static int
by_id(const void *a, const void *b)
{
	const struct faq_entry *const *left = a;
	const struct faq_entry *const *right = b;
	int order = text_compare((*left)->id, (*right)->id);

	return order != 0 ? order : (*left > *right) - (*left < *right);
}

enum result
faq_seal(struct faq *faq)
{
	const struct faq_entry **sorted =
	    arena_alloc(&faq->arena, faq->entry_count, sizeof(const void *));

	if (sorted == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < faq->entry_count; i++)
		sorted[i] = &faq->entries[i];
	qsort(sorted, faq->entry_count, sizeof(const void *), by_id);
	faq->by_id = sorted;
	version_of(faq, faq->version);
	return OK;
}

static const struct faq_entry *
find_among_all(const struct faq *faq, struct text_view id)
{
	for (size_t i = 0; i < faq->entry_count; i++) {
		if (text_equal(faq->entries[i].id, id))
			return &faq->entries[i];
	}
	return NULL;
}

const struct faq_entry *
faq_find(const struct faq *faq, struct text_view id)
{
	size_t from = 0;
	size_t to = faq->entry_count;

	if (faq->by_id == NULL)
		return find_among_all(faq, id);
	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (text_compare(faq->by_id[middle]->id, id) < 0)
			from = middle + 1;
		else
			to = middle;
	}
	if (from == faq->entry_count || !text_equal(faq->by_id[from]->id, id))
		return NULL;
	return faq->by_id[from];
}

bool
faq_entry_live(const struct faq_entry *entry, const char *today)
{
	struct text_view day = text_of(today);

	return entry->status == ENTRY_PUBLISHED &&
	       text_compare(entry->valid_from, day) <= 0 &&
	       (entry->valid_until.len == 0 ||
		   text_compare(day, entry->valid_until) <= 0);
}
