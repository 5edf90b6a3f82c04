/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "faq_stage.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "faq_file.h"

/* The stage lies inside the FAQ folder, so that it is on the same file system
 * and a file can move by rename; its name begins with a dot, so that the loader
 * does not look at it.  What does not change is there as a link to the real
 * file.
 *
 * A topic is put in force by exchanging the two files in one step.  When a
 * later one fails, the earlier ones are exchanged back. */

enum { PATH_SIZE = 4096 + 256 };

static enum result
io_fault(struct complaint *why, const char *path)
{
	complain(why, path, 0, "không ghi được: %s", strerror(errno));
	return ERR_IO;
}

static const char *
name_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash == NULL ? path : slash + 1;
}

static void
staged_path(
    const struct faq_stage *stage, const char *name, char out[PATH_SIZE])
{
	(void)snprintf(out, PATH_SIZE, "%s/%s", stage->folder, name);
}

/* NULL when no topic has the file. */
static const struct faq_topic *
topic_of(const struct faq_topics *topics, const char *name)
{
	for (size_t i = 0; i < topics->count; i++) {
		if (strcmp(name_of(topics->at[i].path), name) == 0)
			return &topics->at[i];
	}
	return NULL;
}

static enum result
link_files(struct faq_stage *stage, DIR *dir)
{
	struct dirent *file;

	while ((file = readdir(dir)) != NULL) {
		size_t len = strlen(file->d_name);
		char target[sizeof(file->d_name) + 4];
		char path[PATH_SIZE];

		if (file->d_name[0] == '.' || len < 6 ||
		    strcmp(file->d_name + len - 5, ".json") != 0)
			continue;
		(void)snprintf(target, sizeof(target), "../%s", file->d_name);
		staged_path(stage, file->d_name, path);
		if (symlink(target, path) != 0)
			return ERR_IO;
	}
	return OK;
}

enum result
faq_stage_open(struct faq_stage *stage, const struct faq_topics *topics,
    struct complaint *why)
{
	int wanted = snprintf(stage->folder, sizeof(stage->folder),
	    "%s/.import-XXXXXX", topics->dir);
	DIR *dir;
	enum result result;

	stage->topics = topics;
	if (wanted < 0 || (size_t)wanted >= sizeof(stage->folder) ||
	    mkdtemp(stage->folder) == NULL) {
		stage->folder[0] = '\0';
		return io_fault(why, topics->dir);
	}
	dir = opendir(topics->dir);
	result = dir == NULL ? ERR_IO : link_files(stage, dir);
	if (result != OK)
		result = io_fault(why, stage->folder);
	if (dir != NULL)
		(void)closedir(dir);
	return result;
}

void
faq_stage_close(struct faq_stage *stage)
{
	DIR *dir = stage->folder[0] == '\0' ? NULL : opendir(stage->folder);
	struct dirent *file;

	if (dir == NULL)
		return;
	while ((file = readdir(dir)) != NULL)
		(void)unlinkat(dirfd(dir), file->d_name, 0);
	(void)closedir(dir);
	(void)rmdir(stage->folder);
}

static enum result
write_topic(struct faq_stage *stage, const struct faq_topic *topic,
    struct complaint *why)
{
	char *text = json_dumps(topic->root, JSON_INDENT(2));
	char path[PATH_SIZE];
	struct buf file;
	enum result result = ERR_NOMEM;

	buf_init(&file, (size_t)64 << 20);
	if (text != NULL)
		result = buf_printf(&file, "%s\n", text);
	free(text);
	staged_path(stage, name_of(topic->path), path);
	/* The link to the old file, or the last try. */
	if (result == OK && unlink(path) != 0 && errno != ENOENT)
		result = io_fault(why, path);
	if (result == OK)
		result = faq_file_write(path, buf_view(&file), why);
	if (result == OK && !topic->fresh &&
	    faq_file_copy_mode(topic->path, path) != OK)
		result = io_fault(why, path);
	buf_fini(&file);
	return result;
}

/* The entry around LINE of a file that write_topic() wrote: each entry begins
 * with a line of its own that no other line is like. */
static json_t *
entry_at(const char *path, unsigned line, json_t *root)
{
	FILE *file = fopen(path, "r");
	size_t begun = 0;
	size_t size = 0;
	char *text = NULL;

	if (file == NULL)
		return NULL;
	for (unsigned i = 0; i < line && getline(&text, &size, file) >= 0; i++)
		begun += strcmp(text, "    {\n") == 0;
	free(text);
	(void)fclose(file);
	if (begun == 0)
		return NULL;
	return json_array_get(json_object_get(root, "entries"), begun - 1);
}

/* The complaint is about a file of the stage: find whom it means, and let it
 * name the file that the curator knows. */
static json_t *
place_fault(struct faq_stage *stage, struct complaint *why)
{
	const struct faq_topic *topic =
	    topic_of(stage->topics, name_of(why->file));
	json_t *entry = NULL;
	char name[sizeof(why->file)];

	if (topic != NULL && topic->changed)
		entry = entry_at(why->file, why->line, topic->root);
	(void)snprintf(name, sizeof(name), "%s", name_of(why->file));
	(void)snprintf(why->file, sizeof(why->file), "%s", name);
	return entry;
}

enum result
faq_stage_check(struct faq_stage *stage, json_t **entry_out,
    char version_out[17], struct complaint *why)
{
	const struct faq_topics *topics = stage->topics;
	struct faq *faq = NULL;
	enum result result = OK;

	for (size_t i = 0; i < topics->count && result == OK; i++)
		if (topics->at[i].changed)
			result = write_topic(stage, &topics->at[i], why);
	if (result != OK)
		return result;
	result = faq_load(stage->folder, &faq, why);
	if (result == OK)
		memcpy(version_out, faq->version, sizeof(faq->version));
	else if (result == ERR_INVALID)
		*entry_out = place_fault(stage, why);
	faq_free(faq);
	return result;
}

/* ---- putting in force ---- */

/* Twice gives what was before.  A file system without the exchange gets a
 * plain rename, which nothing can take back. */
static enum result
exchange(struct faq_stage *stage, const struct faq_topic *topic)
{
	char staged[PATH_SIZE];

	staged_path(stage, name_of(topic->path), staged);
	if (topic->fresh)
		return renameat2(AT_FDCWD, staged, AT_FDCWD, topic->path,
			   RENAME_NOREPLACE) == 0
			   ? OK
			   : ERR_IO;
	if (renameat2(
		AT_FDCWD, staged, AT_FDCWD, topic->path, RENAME_EXCHANGE) == 0)
		return OK;
	if (errno == EINVAL && rename(staged, topic->path) == 0)
		return OK;
	return ERR_IO;
}

static void
take_back(struct faq_stage *stage, const struct faq_topic *topic)
{
	char staged[PATH_SIZE];

	staged_path(stage, name_of(topic->path), staged);
	if (topic->fresh)
		(void)unlink(topic->path);
	else
		(void)renameat2(
		    AT_FDCWD, staged, AT_FDCWD, topic->path, RENAME_EXCHANGE);
}

enum result
faq_stage_commit(struct faq_stage *stage, struct complaint *why)
{
	const struct faq_topics *topics = stage->topics;
	enum result result = OK;
	size_t done;

	for (done = 0; done < topics->count; done++) {
		if (topics->at[done].changed)
			result = exchange(stage, &topics->at[done]);
		if (result != OK)
			break;
	}
	if (result == OK && faq_file_sync_folder(topics->dir) == OK)
		return OK;
	result = io_fault(why, topics->dir);
	while (done-- > 0)
		if (topics->at[done].changed)
			take_back(stage, &topics->at[done]);
	return result;
}
