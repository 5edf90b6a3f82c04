/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A folder is read whole before anything in it is judged, so that the rest of
 * the loader knows no disk.  Hidden files, such as an editor's, are passed
 * over. */

static int
is_json(const struct dirent *entry)
{
	static const struct text_view ending = { ".json", 5 };
	struct text_view name = text_of(entry->d_name);

	return name.len > ending.len && name.at[0] != '.' &&
	       text_equal(
		   text_slice(name, name.len - ending.len, name.len), ending);
}

/* Not alphasort(), whose order depends on the locale. */
static int
by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

/* O_NONBLOCK: opening a pipe must not wait for its writer. */
static enum result
read_path(const char *path, struct buf *out, struct complaint *why)
{
	int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	enum result result = ERR_IO;
	struct stat status;

	if (file < 0 || fstat(file, &status) != 0) {
		complain(why, path, 0, "cannot be opened: %s", strerror(errno));
		goto out;
	}
	if (!S_ISREG(status.st_mode)) {
		complain(why, path, 0,
		    "is no ordinary file: move it out of the folder");
		result = ERR_INVALID;
		goto out;
	}
	result = buf_read(out, file);
	if (result == ERR_IO)
		complain(why, path, 0, "cannot be read: %s", strerror(errno));
	if (result == ERR_TOO_LARGE) {
		complain(why, path, 0,
		    "is larger than %d MiB: split it into several topics",
		    FILES_MAX_BYTES / 1024 / 1024);
		result = ERR_INVALID;
	}
out:
	if (file >= 0)
		(void)close(file);
	return result;
}

static enum result
read_file(struct files *files, struct text_view dir, const char *name,
    struct complaint *why)
{
	struct load_file *file = &files->at[files->count];
	enum result result;
	struct buf path;
	struct buf text;

	buf_init(&path, 8192);
	buf_init(&text, FILES_MAX_BYTES);
	result = buf_printf(&path, "%.*s/%s", TEXT_ARGS(dir), name);
	if (result == OK)
		result = read_path(path.at, &text, why);
	if (result == OK)
		result =
		    arena_text(&files->arena, buf_view(&text), &file->text);
	if (result == OK) {
		file->path = arena_string(&files->arena, buf_view(&path));
		result = file->path == NULL ? ERR_NOMEM : OK;
	}
	if (result == OK)
		files->count++;
	buf_fini(&text);
	buf_fini(&path);
	return result;
}

static enum result
read_all(struct files *files, const char *dir, struct dirent **names,
    size_t count, struct complaint *why)
{
	struct text_view folder = text_of(dir);
	enum result result = OK;

	while (folder.len > 0 && folder.at[folder.len - 1] == '/')
		folder.len--;
	files->at = arena_alloc(&files->arena, count, sizeof(*files->at));
	if (files->at == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < count && result == OK; i++) {
		result = read_file(files, folder, names[i]->d_name, why);
		if (result == OK &&
		    files->arena.used_bytes > FILES_MAX_TOTAL_BYTES) {
			complain(why, dir, 0,
			    "has more than %d MiB of *.json files",
			    FILES_MAX_TOTAL_BYTES / 1024 / 1024);
			result = ERR_INVALID;
		}
	}
	return result;
}

enum result
files_read(const char *dir, struct files *files_out, struct complaint *why)
{
	struct files files = { NULL, 0, { 0 } };
	struct dirent **names = NULL;
	int count = scandir(dir, &names, is_json, by_name);
	enum result result = ERR_INVALID;

	if (count < 0 && errno == ENOMEM)
		return ERR_NOMEM;
	if (count < 0) {
		complain(why, dir, 0,
		    "cannot be opened: %s; name the folder of the FAQ files",
		    strerror(errno));
		return ERR_IO;
	}
	/* One file past the total is found out after it has been read; and an
	 * overlay writes files anew (merge.c). */
	arena_init(&files.arena,
	    2 * (size_t)FILES_MAX_TOTAL_BYTES + 2 * (size_t)FILES_MAX_BYTES);
	if (count == 0)
		complain(why, dir, 0,
		    "has no *.json file; name the folder of the FAQ files");
	else if (count > FILES_MAX)
		complain(why, dir, 0, "has %d *.json files, the limit is %d",
		    count, FILES_MAX);
	else
		result = read_all(&files, dir, names, (size_t)count, why);
	for (int i = 0; i < count; i++)
		free(names[i]);
	free(names);
	if (result == OK)
		*files_out = files;
	else
		files_fini(&files);
	return result;
}

void
files_fini(struct files *files)
{
	arena_fini(&files->arena);
	*files = (struct files){ .at = NULL };
}
