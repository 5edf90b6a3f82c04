/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "editions.h"

#include <jansson.h>
#include <stdlib.h>

#include "draft.h"
#include "render.h"
#include "store_review.h"

enum {
	ENTRY_MAX_BYTES = 1 << 20,
	PHRASINGS_MAX = 500,  /* as the reader of entries has it */
	DISMISSED_MAX = 5000, /* the newest */
	TRIES_MAX = 4,
};

/* ---- the overlay ---- */

static struct faq_revision
laid(const struct revision *revision, bool in_force)
{
	return (struct faq_revision){ .entry = revision->key.entry,
		.topic = revision->topic,
		.topic_title = revision->topic_title,
		.json = revision->json,
		/* What is not published yet conflicts with no file. */
		.file_hash = in_force ? revision->file_hash : TEXT("") };
}

enum result
editions_read(
    struct store *store, struct arena *arena, struct editions *editions_out)
{
	struct editions editions = { .count = 0 };
	struct phrases *dismissed = &editions.overlay.off_topic;
	struct faq_revision *revisions;
	enum result result = store_published(store, arena, &editions.published,
	    &editions.count, &editions.generation);

	if (result == OK)
		result = store_review_dismissed(store, DISMISSED_MAX, arena,
		    &dismissed->at, &dismissed->count);
	if (result != OK)
		return result;
	revisions = arena_alloc(arena, editions.count, sizeof(*revisions));
	if (revisions == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < editions.count; i++)
		revisions[i] = laid(&editions.published[i], true);
	editions.overlay.revisions = revisions;
	editions.overlay.revision_count = editions.count;
	*editions_out = editions;
	return OK;
}

static bool
is_among(const struct revision *revisions, size_t count, struct text_view entry)
{
	for (size_t i = 0; i < count; i++) {
		if (text_equal(revisions[i].key.entry, entry))
			return true;
	}
	return false;
}

enum result
editions_with(const struct editions *editions, const struct revision *revisions,
    size_t count, struct text_view without, struct arena *arena,
    struct faq_overlay *overlay_out)
{
	struct faq_overlay overlay = editions->overlay;
	struct faq_revision *at =
	    arena_alloc(arena, editions->count + count, sizeof(*at));
	size_t used = 0;

	if (at == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < editions->count; i++) {
		struct text_view entry = editions->published[i].key.entry;

		if (!text_equal(entry, without) &&
		    !is_among(revisions, count, entry))
			at[used++] = laid(&editions->published[i], true);
	}
	for (size_t i = 0; i < count; i++)
		at[used++] = laid(&revisions[i], false);
	overlay.revisions = at;
	overlay.revision_count = used;
	*overlay_out = overlay;
	return OK;
}

enum result
editions_load(struct store *store, const char *dir, const char *today,
    struct knowledge **knowledge_out, struct complaint *why)
{
	struct editions editions;
	struct arena arena;
	enum result result;

	arena_init(&arena, EDITIONS_ARENA_MAX_BYTES);
	result = editions_read(store, &arena, &editions);
	if (result == OK)
		result = knowledge_load_over(
		    dir, &editions.overlay, today, knowledge_out, why);
	else
		complain(why, NULL, 0,
		    "the published revisions cannot be read: %s",
		    result_name(result));
	arena_fini(&arena);
	return result;
}

/* ---- a phrasing for an entry ---- */

struct adding {
	struct store *store;
	const struct faq *base;
	struct text_view id;
	struct text_view text;
	const struct audit_line *line;
	struct arena arena;
};

/* The open revision of the entry in OPEN_OUT, or NULL; the number in force. */
static enum result
find_open(struct adding *adding, const struct revision **open_out,
    uint64_t *in_force_out)
{
	struct revision *revisions;
	size_t count;
	enum result result = store_revisions(
	    adding->store, adding->id, &adding->arena, &revisions, &count);

	*open_out = NULL;
	*in_force_out = 0;
	for (size_t i = count; result == OK && i-- > 0;) {
		if (revisions[i].state == REVISION_DRAFT ||
		    revisions[i].state == REVISION_REVIEW)
			*open_out = &revisions[i];
		if (revisions[i].state == REVISION_PUBLISHED)
			*in_force_out = revisions[i].key.number;
	}
	return result;
}

/* What the draft says, or what is in force; yours to json_decref(). */
static enum result
read_entry(struct adding *adding, const struct revision *open, json_t **out)
{
	const struct faq_entry *entry = faq_find(adding->base, adding->id);
	enum result result = OK;
	struct buf text;

	buf_init(&text, ENTRY_MAX_BYTES);
	if (open != NULL)
		result = buf_add(&text, open->json);
	else if (entry != NULL)
		result = render_entry(entry, &text);
	else
		result = ERR_NOT_FOUND;
	if (result == OK) {
		*out = json_loadb(text.at, text.len, 0, NULL);
		result = *out == NULL ? ERR_NOMEM : OK;
	}
	buf_fini(&text);
	return result;
}

static bool
is_phrasing(json_t *value, struct text_view text)
{
	return json_is_string(value) &&
	       text_equal(text, (struct text_view){ json_string_value(value),
				    json_string_length(value) });
}

/* ERR_BUSY: it is there already. */
static enum result
append(json_t *entry, struct text_view text)
{
	json_t *list = json_object_get(entry, "asked_as");
	json_t *phrasing;
	size_t i;

	if (list == NULL) {
		list = json_array();
		if (json_object_set_new(entry, "asked_as", list) != 0)
			return ERR_NOMEM;
	}
	if (is_phrasing(json_object_get(entry, "question"), text))
		return ERR_BUSY;
	json_array_foreach(list, i, phrasing)
	{
		if (is_phrasing(phrasing, text))
			return ERR_BUSY;
	}
	if (json_array_size(list) >= PHRASINGS_MAX)
		return ERR_INVALID;
	return json_array_append_new(list, json_stringn(text.at, text.len)) == 0
		   ? OK
		   : ERR_NOMEM;
}

/* A message may hold what no phrasing may. */
static enum result
judge(const struct faq *base, struct text_view json)
{
	struct draft *draft = NULL;
	enum result result = draft_read(base, json, &draft);

	if (result != OK)
		return result;
	for (size_t i = 0; i < draft->fault_count; i++) {
		if (text_is(TEXT("asked_as"), draft->faults[i].field))
			result = ERR_INVALID;
	}
	draft_free(draft);
	return result;
}

static enum result
save(struct adding *adding, const struct revision *open, uint64_t in_force,
    json_t *entry, struct revision_key *key_out)
{
	const struct faq_entry *known = faq_find(adding->base, adding->id);
	char *json = json_dumps(entry, JSON_COMPACT);
	struct draft_save draft = {
		.seen = { .entry = adding->id },
		.base = in_force,
		.json = text_of(json),
	};
	enum result result = ERR_NOMEM;

	if (open != NULL) {
		draft.seen = open->key;
		draft.topic = open->topic;
		draft.topic_title = open->topic_title;
	} else if (known != NULL) {
		draft.topic = known->topic;
		draft.topic_title = known->topic_title;
	}
	if (json != NULL)
		result = judge(adding->base, draft.json);
	if (result == OK)
		result = store_draft_save(
		    adding->store, &draft, adding->line, key_out);
	free(json);
	return result == ERR_NOT_FOUND ? ERR_BUSY : result;
}

static enum result
add_once(struct adding *adding, struct revision_key *key_out)
{
	const struct revision *open = NULL;
	json_t *entry = NULL;
	uint64_t in_force = 0;
	enum result result = find_open(adding, &open, &in_force);

	if (result == OK)
		result = read_entry(adding, open, &entry);
	if (result == OK)
		result = append(entry, adding->text);
	if (result == OK) {
		result = save(adding, open, in_force, entry, key_out);
	} else if (result == ERR_BUSY) {
		*key_out = open == NULL ? (struct revision_key){ .number = 0 }
					: open->key;
		key_out->entry = adding->id;
		result = OK;
	}
	json_decref(entry);
	return result;
}

/* Citizens write several lines; a phrasing is one. */
static enum result
one_line(struct text_view text, struct arena *arena, struct text_view *out)
{
	char *copy = arena_string(arena, text);

	if (copy == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < text.len; i++) {
		if (copy[i] == '\n' || copy[i] == '\r' || copy[i] == '\t')
			copy[i] = ' ';
	}
	*out = text_trim((struct text_view){ copy, text.len });
	return OK;
}

enum result
editions_add_phrasing(struct store *store, const struct faq *base,
    struct text_view id, struct text_view text, const struct audit_line *line,
    struct revision_key *key_out)
{
	struct adding adding = {
		.store = store, .base = base, .id = id, .line = line
	};
	enum result result = ERR_BUSY;

	arena_init(&adding.arena, EDITIONS_ARENA_MAX_BYTES);
	if (one_line(text, &adding.arena, &adding.text) != OK)
		result = ERR_NOMEM;
	for (size_t i = 0; i < TRIES_MAX && result == ERR_BUSY; i++)
		result = add_once(&adding, key_out);
	arena_fini(&adding.arena);
	if (result == OK)
		key_out->entry = id; /* the one that the caller owns */
	return result;
}
