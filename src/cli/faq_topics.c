/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "faq_topics.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "faq_file.h"

/* The base tells which files there are; here they are read once more, as JSON,
 * since a curator's file must keep what a row does not speak of: its order, its
 * keys without a column. */

enum { TOPIC_MAX_BYTES = 64 << 20, PATH_SIZE = 4096 };

static enum result
read_root(const char *path, json_t **root_out, struct complaint *why)
{
	static const struct text_view mark = { "\xEF\xBB\xBF", 3 };
	json_error_t error;
	struct buf bytes;
	struct text_view text;
	enum result result;

	buf_init(&bytes, TOPIC_MAX_BYTES);
	result = faq_file_read(path, &bytes, why);
	if (result == OK) {
		text = buf_view(&bytes);
		if (text_starts(text, mark))
			text = text_slice(text, mark.len, text.len);
		*root_out = json_loadb(
		    text.at, text.len, JSON_REJECT_DUPLICATES, &error);
		if (*root_out == NULL) {
			complain(why, path, (unsigned)error.line,
			    "không phải JSON đúng: %s", error.text);
			result = ERR_INVALID;
		}
	}
	buf_fini(&bytes);
	return result;
}

static enum result
index_entries(struct faq_topics *topics, size_t number)
{
	json_t *list = json_object_get(topics->at[number].root, "entries");
	json_t *entry;
	size_t i;

	json_array_foreach(list, i, entry)
	{
		const char *id =
		    json_string_value(json_object_get(entry, "id"));

		if (id == NULL ||
		    json_object_set(topics->entries, id, entry) != 0 ||
		    json_object_set_new(topics->homes, id,
			json_integer((json_int_t)number)) != 0)
			return ERR_NOMEM;
	}
	return OK;
}

static enum result
open_file(struct faq_topics *topics, const char *path, struct complaint *why)
{
	struct faq_topic *topic = &topics->at[topics->count];
	enum result result;

	if (topics->count == FAQ_TOPICS_MAX)
		return ERR_TOO_LARGE;
	topic->path = text_dup(text_of(path));
	if (topic->path == NULL)
		return ERR_NOMEM;
	topics->count++;
	result = read_root(path, &topic->root, why);
	return result == OK ? index_entries(topics, topics->count - 1) : result;
}

enum result
faq_topics_open(struct faq_topics *topics, const char *dir,
    const struct faq *base, struct complaint *why)
{
	const char *before = NULL;
	enum result result = OK;

	*topics = (struct faq_topics){ .dir = dir };
	topics->entries = json_object();
	topics->homes = json_object();
	if (topics->entries == NULL || topics->homes == NULL)
		return ERR_NOMEM;
	/* The entries of one file stand together. */
	for (size_t i = 0; i < base->entry_count && result == OK; i++) {
		if (base->entries[i].file == before)
			continue;
		before = base->entries[i].file;
		result = open_file(topics, before, why);
	}
	return result;
}

void
faq_topics_fini(struct faq_topics *topics)
{
	for (size_t i = 0; i < topics->count; i++) {
		free(topics->at[i].path);
		json_decref(topics->at[i].root);
	}
	json_decref(topics->entries);
	json_decref(topics->homes);
	*topics = (struct faq_topics){ .count = 0 };
}

json_t *
faq_topics_entry(const struct faq_topics *topics, const char *id)
{
	return json_object_get(topics->entries, id);
}

struct faq_topic *
faq_topics_home(struct faq_topics *topics, const char *id)
{
	json_t *number = json_object_get(topics->homes, id);

	return number == NULL ? NULL : &topics->at[json_integer_value(number)];
}

const char *
faq_topics_name(const struct faq_topic *topic)
{
	return json_string_value(json_object_get(topic->root, "topic"));
}

const char *
faq_topics_title(const struct faq_topic *topic)
{
	return json_string_value(json_object_get(topic->root, "title"));
}

bool
faq_topics_is_id(const char *text)
{
	size_t len = strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-");

	return len > 0 && len <= 64 && text[len] == '\0';
}

/* A topic's name is its file's name, and these files are something else. */
static bool
is_reserved(const char *name)
{
	static const char *const reserved[] = { "locality", "lexicon",
		"off-topic", "hours", "profile", "schema" };

	for (size_t i = 0; i < sizeof(reserved) / sizeof(reserved[0]); i++) {
		if (strcmp(reserved[i], name) == 0)
			return true;
	}
	return false;
}

static struct faq_topic *
find_name(struct faq_topics *topics, const char *name)
{
	for (size_t i = 0; i < topics->count; i++) {
		const char *other = faq_topics_name(&topics->at[i]);

		if (other != NULL && strcmp(other, name) == 0)
			return &topics->at[i];
	}
	return NULL;
}

static enum result
new_topic(struct faq_topics *topics, const char *path, const char *name,
    const char *title)
{
	struct faq_topic *topic = &topics->at[topics->count];

	if (topics->count == FAQ_TOPICS_MAX)
		return ERR_TOO_LARGE;
	topic->root = json_pack(
	    "{s:s, s:s, s:[]}", "topic", name, "title", title, "entries");
	topic->path = text_dup(text_of(path));
	topic->fresh = true;
	topics->count++;
	return topic->root != NULL && topic->path != NULL ? OK : ERR_NOMEM;
}

/* A file without entries is not among those of the base. */
static enum result
find_or_make(struct faq_topics *topics, const char *name, const char *title,
    struct complaint *why)
{
	char path[PATH_SIZE];
	int wanted =
	    snprintf(path, sizeof(path), "%s/%s.json", topics->dir, name);

	if (wanted < 0 || (size_t)wanted >= sizeof(path))
		return ERR_TOO_LARGE;
	if (access(path, F_OK) == 0)
		return open_file(topics, path, why);
	if (title == NULL) {
		complain(why, NULL, 0,
		    "chưa có chủ đề “%s”: hãy sửa cho đúng, hoặc điền cột "
		    "“Tên chủ đề” để mở chủ đề mới",
		    name);
		return ERR_INVALID;
	}
	return new_topic(topics, path, name, title);
}

enum result
faq_topics_called(struct faq_topics *topics, const char *name,
    const char *title, struct faq_topic **topic_out, struct complaint *why)
{
	struct faq_topic *topic = find_name(topics, name);
	enum result result = OK;

	if (is_reserved(name)) {
		complain(why, NULL, 0,
		    "“%s” là tên một tệp dùng vào việc khác: hãy đặt mã chủ đề "
		    "khác",
		    name);
		return ERR_INVALID;
	}
	if (!faq_topics_is_id(name)) {
		complain(why, NULL, 0,
		    "“%s” không làm mã chủ đề được: chỉ dùng a-z, 0-9 và “-”, "
		    "như “online-payment”",
		    name);
		return ERR_INVALID;
	}
	if (topic == NULL) {
		result = find_or_make(topics, name, title, why);
		topic = find_name(topics, name);
	}
	if (result != OK)
		return result;
	if (topic == NULL) {
		complain(why, NULL, 0,
		    "tệp %s.json đang chứa một chủ đề tên khác: hãy đổi tên "
		    "tệp đó",
		    name);
		return ERR_INVALID;
	}
	if (title != NULL && strcmp(title, faq_topics_title(topic)) != 0) {
		complain(why, NULL, 0,
		    "chủ đề “%s” đang có tên “%s”: hãy ghi đúng tên đó hoặc "
		    "để trống cột “Tên chủ đề”",
		    name, faq_topics_title(topic));
		return ERR_INVALID;
	}
	*topic_out = topic;
	return OK;
}

enum result
faq_topics_add(
    struct faq_topics *topics, struct faq_topic *topic, json_t *entry)
{
	const char *id = json_string_value(json_object_get(entry, "id"));
	json_t *list = json_object_get(topic->root, "entries");

	topic->changed = true;
	if (json_array_append(list, entry) != 0 ||
	    json_object_set(topics->entries, id, entry) != 0 ||
	    json_object_set_new(topics->homes, id,
		json_integer((json_int_t)(topic - topics->at))) != 0)
		return ERR_NOMEM;
	return OK;
}
