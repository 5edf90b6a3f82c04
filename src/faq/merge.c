/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "merge.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hash.h"
#include "quote.h"
#include "utf8.h"

/* The overlay becomes text before anything is loaded: the loader, the checks
 * and the export then see files like any others, and what holds for a file
 * holds for a revision.  Only files that a revision touches are written anew;
 * their keys keep their order, since Jansson does.
 *
 * Whether a file was changed behind a revision's back is told by a hash over
 * the entry with sorted keys, so that a new layout is no change. */

struct merging {
	struct files *files;
	json_t **roots; /* of the topic files; NULL for others */
	json_t *homes;	/* id -> number of its file */
	struct merged merged;
	struct complaint *why;
};

/* As words.c reads off-topic.json. */
enum { OFF_TOPIC_MAX = 20000, MESSAGE_MAX_BYTES = 2000 };

static const char *const reserved[] = { "locality", "lexicon", "off-topic",
	"hours", "schema" };

bool
merge_reserves(struct text_view name)
{
	for (size_t i = 0; i < sizeof(reserved) / sizeof(reserved[0]); i++) {
		if (text_is(name, reserved[i]))
			return true;
	}
	return false;
}

static bool
is_topic(const struct load_file *file)
{
	static const struct text_view ending = { ".json", 5 };
	const char *slash = strrchr(file->path, '/');
	struct text_view name = text_of(slash == NULL ? file->path : slash + 1);

	return !merge_reserves(text_slice(
	    name, 0, name.len > ending.len ? name.len - ending.len : 0));
}

static json_t *
parse(struct text_view text)
{
	return json_loadb(text.at, text.len, JSON_REJECT_DUPLICATES, NULL);
}

/* ---- reading ---- */

static enum result
index_entries(struct merging *merging, size_t number)
{
	json_t *list = json_object_get(merging->roots[number], "entries");
	json_t *entry;
	size_t i;

	json_array_foreach(list, i, entry)
	{
		const char *id =
		    json_string_value(json_object_get(entry, "id"));

		if (id != NULL && json_object_set_new(merging->homes, id,
				      json_integer((json_int_t)number)) != 0)
			return ERR_NOMEM;
	}
	return OK;
}

/* With room for a new topic of each revision, and for off-topic.json. */
static enum result
open_all(struct merging *merging, const struct faq_overlay *overlay)
{
	struct files *files = merging->files;
	size_t room = files->count + overlay->revision_count + 1;
	struct load_file *at =
	    arena_alloc(&files->arena, room, sizeof(*files->at));
	enum result result = OK;

	merging->homes = json_object();
	merging->roots = calloc(room, sizeof(*merging->roots));
	merging->merged.changed =
	    arena_alloc(&files->arena, room, sizeof(bool));
	if (at == NULL || merging->homes == NULL || merging->roots == NULL ||
	    merging->merged.changed == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < files->count && result == OK; i++) {
		at[i] = files->at[i];
		if (!is_topic(&at[i]))
			continue;
		merging->roots[i] = parse(load_source(&at[i]));
		result = index_entries(merging, i);
	}
	files->at = at;
	return result;
}

static void
close_all(struct merging *merging)
{
	for (size_t i = 0; merging->roots != NULL && i < merging->files->count;
	     i++)
		json_decref(merging->roots[i]);
	free(merging->roots);
	json_decref(merging->homes);
}

/* ---- where an entry stands ---- */

/* SIZE_MAX: in no file.  *AT_OUT is its place in the file's list. */
static size_t
home_of(const struct merging *merging, const char *id, size_t *at_out)
{
	json_t *number = json_object_get(merging->homes, id);
	json_t *entry;
	json_t *list;
	size_t i;

	if (number == NULL)
		return SIZE_MAX;
	list = json_object_get(
	    merging->roots[json_integer_value(number)], "entries");
	json_array_foreach(list, i, entry)
	{
		const char *other =
		    json_string_value(json_object_get(entry, "id"));

		if (other != NULL && strcmp(other, id) == 0) {
			*at_out = i;
			return (size_t)json_integer_value(number);
		}
	}
	return SIZE_MAX;
}

/* SIZE_MAX: no file has this topic. */
static size_t
file_of_topic(const struct merging *merging, const char *topic)
{
	for (size_t i = 0; i < merging->files->count; i++) {
		const char *name = json_string_value(
		    json_object_get(merging->roots[i], "topic"));

		if (name != NULL && strcmp(name, topic) == 0)
			return i;
	}
	return SIZE_MAX;
}

/* A file beside the first one. */
static enum result
add_file(struct merging *merging, const char *name, json_t *root)
{
	struct files *files = merging->files;
	const char *beside = files->at[0].path;
	const char *slash = strrchr(beside, '/');
	struct load_file *file = &files->at[files->count];
	enum result result;
	struct buf path;

	buf_init(&path, 8192);
	result = buf_printf(&path, "%.*s%s.json",
	    slash == NULL ? 0 : (int)(slash - beside + 1), beside, name);
	if (result == OK) {
		*file = (struct load_file){
			arena_string(&files->arena, buf_view(&path)), TEXT("")
		};
		result = file->path == NULL ? ERR_NOMEM : OK;
	}
	for (size_t i = 0; i < files->count && result == OK; i++) {
		if (strcmp(files->at[i].path, file->path) != 0)
			continue;
		complain(merging->why, file->path, 0,
		    "holds something else than the topic \"%s\", which a "
		    "revision of the console adds: rename the file",
		    name);
		result = ERR_INVALID;
	}
	buf_fini(&path);
	if (result == OK)
		merging->roots[files->count++] = json_incref(root);
	return result;
}

/* ---- one revision ---- */

static enum result
add_topic(struct merging *merging, const struct faq_revision *revision,
    const char *topic)
{
	const struct text_view title = revision->topic_title.len > 0
					   ? revision->topic_title
					   : revision->topic;
	json_t *root = json_pack("{s:s, s:s%, s:[]}", "topic", topic, "title",
	    title.at, title.len, "entries");
	enum result result =
	    root == NULL ? ERR_NOMEM : add_file(merging, topic, root);

	json_decref(root);
	return result;
}

static enum result
keep_text(
    struct merging *merging, json_t *json, size_t flags, struct text_view *out)
{
	char *text = json_dumps(json, flags);
	enum result result = ERR_NOMEM;

	if (text != NULL)
		result = arena_text(&merging->files->arena, text_of(text), out);
	free(text);
	return result;
}

/* What the files say of the entry: JSON, or NULL. */
static enum result
cover(struct merging *merging, const struct faq_revision *revision,
    json_t *said, json_t *entry)
{
	struct faq_covered *covered =
	    &merging->merged.covered[merging->merged.covered_count++];
	enum result result = OK;

	covered->entry = revision->entry;
	(void)snprintf(covered->file_hash, sizeof(covered->file_hash), "-");
	if (said != NULL) {
		result = keep_text(merging, said, JSON_COMPACT | JSON_SORT_KEYS,
		    &covered->file_json);
		(void)snprintf(covered->file_hash, sizeof(covered->file_hash),
		    "%016" PRIx64, hash64(covered->file_json, 0));
	}
	covered->conflict = revision->file_hash.len > 0 &&
			    !text_is(revision->file_hash, covered->file_hash) &&
			    (said == NULL || !json_equal(said, entry));
	return result;
}

/* Put ENTRY where the one of its id stands, or behind the others of its
 * topic. */
static enum result
place_entry(struct merging *merging, const struct faq_revision *revision,
    const char *topic, json_t *entry)
{
	const char *id = json_string_value(json_object_get(entry, "id"));
	size_t at = 0;
	size_t home = home_of(merging, id, &at);
	size_t target = file_of_topic(merging, topic);
	json_t *list = home == SIZE_MAX
			   ? NULL
			   : json_object_get(merging->roots[home], "entries");
	enum result result =
	    cover(merging, revision, json_array_get(list, at), entry);

	if (result == OK && target == SIZE_MAX) {
		target = merging->files->count;
		result = add_topic(merging, revision, topic);
	}
	if (result != OK)
		return result;
	merging->merged.changed[target] = true;
	if (home == target)
		return json_array_set(list, at, entry) == 0 ? OK : ERR_NOMEM;
	if (home != SIZE_MAX) {
		merging->merged.changed[home] = true;
		(void)json_array_remove(list, at);
	}
	list = json_object_get(merging->roots[target], "entries");
	if (json_array_append(list, entry) != 0)
		return ERR_NOMEM;
	return json_object_set_new(
		   merging->homes, id, json_integer((json_int_t)target)) == 0
		   ? OK
		   : ERR_NOMEM;
}

static enum result
write_revision(struct merging *merging, const struct faq_revision *revision)
{
	json_t *entry = parse(revision->json);
	const char *id = json_string_value(json_object_get(entry, "id"));
	char *topic = text_dup(revision->topic);
	enum result result = ERR_INVALID;

	if (topic == NULL)
		result = ERR_NOMEM;
	else if (id != NULL && text_is(revision->entry, id))
		result = place_entry(merging, revision, topic, entry);
	else
		complain(merging->why, NULL, 0,
		    "the published revision of \"%.*s\" is no entry of that "
		    "id: restore the store from a backup",
		    TEXT_ARGS(revision->entry));
	free(topic);
	json_decref(entry);
	return result;
}

/* ---- messages that are off topic ---- */

static size_t
file_called(const struct files *files, const char *name)
{
	for (size_t i = 0; i < files->count; i++) {
		if (load_is(&files->at[i], name))
			return i;
	}
	return SIZE_MAX;
}

static enum result
open_off_topic(struct merging *merging, size_t *number_out)
{
	struct files *files = merging->files;
	size_t number = file_called(files, "off-topic.json");
	json_t *root;
	enum result result;

	if (number == SIZE_MAX) {
		number = files->count;
		root = json_pack("{s:[]}", "messages");
		result = root == NULL ? ERR_NOMEM
				      : add_file(merging, "off-topic", root);
		json_decref(root);
		if (result != OK)
			return result;
	} else {
		merging->roots[number] = parse(load_source(&files->at[number]));
	}
	*number_out = number;
	return OK;
}

/* Citizens wrote these, and no curator looked at their form: what the loader
 * would refuse must not keep the whole base from loading. */
static bool
is_message(struct text_view text)
{
	size_t pos = 0;

	text = text_trim(text);
	if (text.len == 0 || text.len > MESSAGE_MAX_BYTES ||
	    !utf8_valid(text) || text_find(text, TEXT("{{")) != SIZE_MAX)
		return false;
	while (pos < text.len) {
		uint32_t code_point = utf8_next(text, &pos);

		if (code_point != '\n' && quote_unfit(code_point))
			return false;
	}
	return true;
}

/* On one line. */
static enum result
add_message(json_t *list, struct text_view text)
{
	char *line = text_dup(text);
	enum result result = ERR_NOMEM;

	if (line == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < text.len; i++)
		line[i] = line[i] == '\n' ? ' ' : line[i];
	if (json_array_append_new(list, json_stringn(line, text.len)) == 0)
		result = OK;
	free(line);
	return result;
}

static enum result
write_off_topic(struct merging *merging, const struct phrases *texts)
{
	size_t number;
	json_t *list;
	enum result result;

	if (texts->count == 0)
		return OK;
	result = open_off_topic(merging, &number);
	if (result != OK)
		return result;
	list = json_object_get(merging->roots[number], "messages");
	if (!json_is_array(list))
		return OK; /* for the loader to refuse */
	for (size_t i = 0; i < texts->count && result == OK; i++) {
		if (json_array_size(list) >= OFF_TOPIC_MAX)
			break;
		if (!is_message(texts->at[i]))
			continue;
		result = add_message(list, texts->at[i]);
		merging->merged.changed[number] = true;
	}
	return result;
}

/* ---- the whole ---- */

static enum result
write_files(struct merging *merging)
{
	struct files *files = merging->files;
	enum result result = OK;

	for (size_t i = 0; i < files->count && result == OK; i++) {
		if (merging->merged.changed[i])
			result = keep_text(merging, merging->roots[i],
			    JSON_INDENT(2), &files->at[i].text);
	}
	return result;
}

enum result
merge_files(struct files *files, const struct faq_overlay *overlay,
    struct merged *merged_out, struct complaint *why)
{
	struct merging merging = { .files = files, .why = why };
	enum result result = open_all(&merging, overlay);

	merging.merged.covered = arena_alloc(&files->arena,
	    overlay->revision_count, sizeof(*merging.merged.covered));
	if (merging.merged.covered == NULL)
		result = ERR_NOMEM;
	for (size_t i = 0; i < overlay->revision_count && result == OK; i++)
		result = write_revision(&merging, &overlay->revisions[i]);
	if (result == OK)
		result = write_off_topic(&merging, &overlay->off_topic);
	if (result == OK)
		result = write_files(&merging);
	close_all(&merging);
	if (result == OK)
		*merged_out = merging.merged;
	return result;
}
