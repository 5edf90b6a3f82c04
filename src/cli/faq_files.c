/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "faq_files.h"

#include "editions.h"
#include "faq_file.h"
#include "secret.h"

enum { TURNS_WAITING_MAX = 16, PATH_MAX_BYTES = 8192 };

static enum result
write_file(
    const char *folder, const struct overlay_file *file, struct complaint *why)
{
	enum result result;
	struct buf path;

	buf_init(&path, PATH_MAX_BYTES);
	result = buf_printf(&path, "%s/%s", folder, file->name);
	if (result == OK)
		result = faq_file_write(path.at, file->text, why);
	buf_fini(&path);
	return result;
}

/* Everything is read and merged before the first file is touched. */
static enum result
export_files(struct store *store, const char *dir, const char *folder,
    size_t *count_out, struct complaint *why)
{
	struct overlay_file *files = NULL;
	struct editions editions;
	size_t count = 0;
	struct arena arena;
	enum result result;

	arena_init(&arena, EDITIONS_ARENA_MAX_BYTES);
	result = editions_read(store, &arena, &editions);
	if (result == OK)
		result = overlay_files(
		    dir, &editions.overlay, &arena, &files, &count, why);
	for (size_t i = 0; i < count && result == OK; i++)
		result = write_file(folder, &files[i], why);
	arena_fini(&arena);
	if (result == OK)
		*count_out = count;
	return result;
}

enum result
faq_files_export(const char *dir, const char *url, const char *folder,
    size_t *count_out, struct complaint *why)
{
	const struct store_options options = { .url = url,
		.turns_waiting_max = TURNS_WAITING_MAX };
	struct store *store = NULL;
	enum result result = secret_init();

	if (result == OK)
		result = store_open(&options, &store, why);
	if (result == OK)
		result = export_files(store, dir, folder, count_out, why);
	store_close(store);
	return result;
}
