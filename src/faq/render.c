/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "render.h"

#include <jansson.h>
#include <stdlib.h>

/* An entry that was read, written again.  It is read back as the same entry
 * (render_test.c holds that), though not from the same bytes: what a file left
 * out, and how it was laid out, is forgotten.  Jansson's setters fail on a
 * NULL value, so what ran out of memory on the way shows in FAILED. */

struct rendering {
	const struct faq_entry *entry;
	json_t *object;
	bool failed;
};

static json_t *
text_json(struct text_view text)
{
	return json_stringn(text.at == NULL ? "" : text.at, text.len);
}

static void
put(struct rendering *rendering, json_t *object, const char *key, json_t *value)
{
	if (json_object_set_new(object, key, value) != 0)
		rendering->failed = true;
}

static void
add(struct rendering *rendering, json_t *list, json_t *value)
{
	if (json_array_append_new(list, value) != 0)
		rendering->failed = true;
}

static void
put_text(struct rendering *rendering, json_t *object, const char *key,
    struct text_view text)
{
	if (text.len > 0)
		put(rendering, object, key, text_json(text));
}

static json_t *
phrases_json(struct rendering *rendering, const struct phrases *phrases)
{
	json_t *list = json_array();

	for (size_t i = 0; i < phrases->count; i++)
		add(rendering, list, text_json(phrases->at[i]));
	return list;
}

static void
put_phrases(
    struct rendering *rendering, const char *key, const struct phrases *phrases)
{
	if (phrases->count > 0)
		put(rendering, rendering->object, key,
		    phrases_json(rendering, phrases));
}

static void
put_keywords(struct rendering *rendering)
{
	const struct faq_entry *entry = rendering->entry;
	json_t *list;

	if (entry->keyword_count == 0)
		return;
	list = json_array();
	for (size_t i = 0; i < entry->keyword_count; i++) {
		const struct phrases *keyword = &entry->keywords[i];

		add(rendering, list,
		    keyword->count == 1 ? text_json(keyword->at[0])
					: phrases_json(rendering, keyword));
	}
	put(rendering, rendering->object, "keywords", list);
}

static void
put_buttons(struct rendering *rendering)
{
	const struct faq_entry *entry = rendering->entry;
	json_t *list;

	if (entry->button_count == 0)
		return;
	list = json_array();
	for (size_t i = 0; i < entry->button_count; i++) {
		const struct faq_button *button = &entry->buttons[i];
		json_t *object = json_object();

		put_text(rendering, object, "title", button->title);
		put_text(rendering, object, "url", button->url);
		put_text(rendering, object, "entry", button->entry);
		add(rendering, list, object);
	}
	put(rendering, rendering->object, "buttons", list);
}

static void
put_sources(struct rendering *rendering)
{
	const struct faq_entry *entry = rendering->entry;
	json_t *list;

	if (entry->source_count == 0)
		return;
	list = json_array();
	for (size_t i = 0; i < entry->source_count; i++) {
		const struct faq_source *source = &entry->sources[i];
		json_t *object = json_object();

		put_text(rendering, object, "title", source->title);
		put_text(rendering, object, "url", source->url);
		put_text(rendering, object, "dated", source->dated);
		add(rendering, list, object);
	}
	put(rendering, rendering->object, "sources", list);
}

static void
put_all(struct rendering *rendering)
{
	/* Empty: what is meant when nothing is said. */
	static const char *const kinds[] = {
		[ENTRY_ANSWER] = "",
		[ENTRY_SMALLTALK] = "smalltalk",
		[ENTRY_REFER] = "refer",
		[ENTRY_HANDOFF] = "handoff",
	};
	static const char *const statuses[] = {
		[ENTRY_PUBLISHED] = "",
		[ENTRY_DRAFT] = "draft",
		[ENTRY_RETIRED] = "retired",
	};
	const struct faq_entry *entry = rendering->entry;
	json_t *object = rendering->object;

	put_text(rendering, object, "id", entry->id);
	put_text(rendering, object, "question", entry->question);
	put_phrases(rendering, "asked_as", &entry->asked_as);
	put_phrases(rendering, "not_asked_as", &entry->not_asked_as);
	put_keywords(rendering);
	put_phrases(rendering, "patterns", &entry->patterns);
	put_text(rendering, object, "answer", entry->answer);
	put_buttons(rendering);
	put_text(rendering, object, "kind", text_of(kinds[entry->kind]));
	put_phrases(rendering, "related", &entry->related);
	put_sources(rendering);
	put_text(rendering, object, "owner", entry->owner);
	put_text(rendering, object, "reviewed", entry->reviewed);
	put_text(rendering, object, "valid_from", entry->valid_from);
	put_text(rendering, object, "valid_until", entry->valid_until);
	put_text(rendering, object, "status", text_of(statuses[entry->status]));
	if (entry->background)
		put_text(rendering, object, "tier", TEXT("background"));
}

enum result
render_entry(const struct faq_entry *entry, struct buf *out)
{
	struct rendering rendering = { entry, json_object(), false };
	enum result result = ERR_NOMEM;
	char *text = NULL;

	if (rendering.object != NULL)
		put_all(&rendering);
	if (rendering.object != NULL && !rendering.failed)
		text = json_dumps(rendering.object, JSON_COMPACT);
	if (text != NULL)
		result = buf_add(out, text_of(text));
	free(text);
	json_decref(rendering.object);
	return result;
}
