/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "overlay.h"

#include <string.h>

#include "merge.h"

/* The way back: what was published in the console becomes files again, so
 * that an agency can take its base elsewhere, or under version control. */

static enum result
keep_file(
    const struct load_file *file, struct arena *arena, struct overlay_file *out)
{
	const char *slash = strrchr(file->path, '/');
	struct overlay_file kept;
	enum result result = arena_text(arena, file->text, &kept.text);

	kept.name = arena_string(
	    arena, text_of(slash == NULL ? file->path : slash + 1));
	if (result == OK && kept.name == NULL)
		result = ERR_NOMEM;
	if (result == OK)
		*out = kept;
	return result;
}

enum result
overlay_files(const char *dir, const struct faq_overlay *overlay,
    struct arena *arena, struct overlay_file **files_out, size_t *count_out,
    struct complaint *why)
{
	struct overlay_file *kept = NULL;
	struct merged merged;
	struct files files;
	size_t count = 0;
	enum result result = files_read(dir, &files, why);

	if (result != OK)
		return result;
	result = merge_files(&files, overlay, &merged, why);
	if (result == OK) {
		kept = arena_alloc(arena, files.count, sizeof(*kept));
		result = kept == NULL ? ERR_NOMEM : OK;
	}
	for (size_t i = 0; result == OK && i < files.count; i++) {
		if (!merged.changed[i])
			continue;
		result = keep_file(&files.at[i], arena, &kept[count]);
		count++;
	}
	files_fini(&files);
	if (result != OK)
		return result;
	*files_out = kept;
	*count_out = count;
	return OK;
}
