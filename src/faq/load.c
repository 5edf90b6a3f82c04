/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "load.h"

#include <stdio.h>
#include <string.h>

#include "hours.h"
#include "locality.h"
#include "near.h"
#include "profile.h"
#include "quote.h"
#include "topic.h"
#include "words.h"

/* From files in memory to a whole base, or to one complaint.  The variables
 * are read first, since every answer is checked against them; the ids that
 * buttons and related entries name are looked up last, when all entries are
 * there.  Nothing is handed out before everything has been checked. */

/* In the order of reading. */
static const struct role {
	const char *file; /* NULL: every other file */
	enum result (*read)(struct reader *reader, const struct node *root);
} roles[] = {
	{ "locality.json", locality_read },
	{ "lexicon.json", words_read },
	{ "off-topic.json", words_read_off_topic },
	{ "hours.json", hours_read },
	{ "profile.json", profile_read },
	{ "schema.json", NULL }, /* for editors, not for us */
	{ NULL, topic_read },
};

enum { ROLE_COUNT = sizeof(roles) / sizeof(roles[0]) };

bool
load_is(const struct load_file *file, const char *name)
{
	const char *slash = strrchr(file->path, '/');

	return strcmp(slash == NULL ? file->path : slash + 1, name) == 0;
}

static const struct role *
role_of(const struct load_file *file)
{
	const struct role *role = roles;

	while (role->file != NULL && !load_is(file, role->file))
		role++;
	return role;
}

struct text_view
load_source(const struct load_file *file)
{
	static const struct text_view byte_order_mark = { "\xEF\xBB\xBF", 3 };

	if (text_starts(file->text, byte_order_mark))
		return text_slice(
		    file->text, byte_order_mark.len, file->text.len);
	return file->text;
}

static struct reader
reader_of(struct faq *faq, const struct load_file *file, struct complaint *why)
{
	return (struct reader){ .faq = faq,
		.file = file->path,
		.source = load_source(file),
		.why = why };
}

static enum result
read_file(const struct role *role, struct reader *reader)
{
	struct node root = { .json = NULL };
	enum result result = reader_parse(reader, &root.json);

	if (result != OK)
		return result;
	result = role->read(reader, &root);
	json_decref(root.json);
	return result;
}

/* ---- ids that must exist ---- */

struct check {
	struct reader reader;
	const struct faq_entry *entry;
	struct place entry_place;
};

static enum result
check_id(struct check *check, const struct place *place, const char *who,
    struct text_view id)
{
	const struct faq *faq = check->reader.faq;
	struct near near = near_start(id);
	char hint[NEAR_HINT_SIZE];

	if (faq_find(faq, id) != NULL)
		return OK;
	for (size_t i = 0; i < faq->entry_count; i++)
		near_try(&near, faq->entries[i].id);
	near_hint(&near, hint);
	return reader_fail(&check->reader, place,
	    "%s names entry \"%s\", which no file has%s", who, quote(id).text,
	    hint[0] == '\0' ? ": correct it or take it out" : hint);
}

static enum result
check_entry(struct check *check)
{
	const struct faq_entry *entry = check->entry;
	struct place buttons = { &check->entry_place, "buttons", 0 };
	struct place related = { &check->entry_place, "related", 0 };
	enum result result = OK;

	for (size_t i = 0; i < entry->button_count && result == OK; i++) {
		struct place button = { &buttons, NULL, i };
		struct place key = { &button, "entry", 0 };
		char who[32];

		(void)snprintf(who, sizeof(who), "button %zu", i + 1);
		if (entry->buttons[i].entry.len > 0)
			result =
			    check_id(check, &key, who, entry->buttons[i].entry);
	}
	for (size_t i = 0; i < entry->related.count && result == OK; i++) {
		struct place item = { &related, NULL, i };

		result =
		    check_id(check, &item, "\"related\"", entry->related.at[i]);
	}
	return result;
}

static enum result
check_unique(struct check *check)
{
	const struct faq_entry *first =
	    faq_find(check->reader.faq, check->entry->id);
	struct place key = { &check->entry_place, "id", 0 };

	if (first == check->entry)
		return OK;
	return reader_fail(&check->reader, &key,
	    "%s:%u has this id already: rename one of them", first->file,
	    first->line);
}

/* Check the entries of FILE, which begin at *NEXT. */
static enum result
check_file(struct faq *faq, const struct load_file *file, size_t *next,
    struct complaint *why)
{
	struct place root = { NULL, NULL, 0 };
	struct place entries = { &root, "entries", 0 };
	struct check check = { .reader = reader_of(faq, file, why) };
	enum result result = OK;

	for (size_t i = 0; result == OK && *next < faq->entry_count; i++) {
		check.entry = &faq->entries[*next];
		if (strcmp(check.entry->file, file->path) != 0)
			break;
		check.entry_place = (struct place){ &entries, NULL, i };
		(void)snprintf(check.reader.subject,
		    sizeof(check.reader.subject), "entry \"%.*s\"",
		    TEXT_ARGS(check.entry->id));
		result = check_unique(&check);
		if (result == OK)
			result = check_entry(&check);
		++*next;
	}
	return result;
}

static enum result
check_items(struct check *check, const char *key, const struct faq_items *items)
{
	struct place root = { NULL, NULL, 0 };
	struct place list = { &root, key, 0 };
	enum result result = OK;

	for (size_t i = 0; i < items->count && result == OK; i++) {
		struct place item = { &list, NULL, i };
		struct place entry = { &item, "entry", 0 };
		char who[32];

		(void)snprintf(who, sizeof(who), "\"%s\" item %zu", key, i + 1);
		if (items->at[i].entry.len > 0)
			result =
			    check_id(check, &entry, who, items->at[i].entry);
	}
	return result;
}

static enum result
check_profile(
    struct faq *faq, const struct load_file *file, struct complaint *why)
{
	struct check check = { .reader = reader_of(faq, file, why) };
	enum result result =
	    check_items(&check, "ice_breakers", &faq->profile.ice_breakers);

	if (result == OK)
		result = check_items(&check, "menu", &faq->profile.menu);
	return result;
}

/* ---- the whole ---- */

static enum result
read_all(struct faq *faq, const struct load_file *files, size_t count,
    struct complaint *why)
{
	enum result result = OK;

	for (size_t i = 0; i < ROLE_COUNT; i++) {
		for (size_t j = 0; j < count && result == OK; j++) {
			struct reader reader = reader_of(faq, &files[j], why);

			if (role_of(&files[j]) == &roles[i] &&
			    roles[i].read != NULL)
				result = read_file(&roles[i], &reader);
		}
	}
	return result;
}

enum result
load_files(const struct load_file *files, size_t count, struct faq **faq_out,
    struct complaint *why)
{
	struct faq *faq = faq_new();
	enum result result = ERR_NOMEM;
	size_t next = 0;

	if (faq == NULL)
		goto out;
	result = read_all(faq, files, count, why);
	if (result == OK)
		result = faq_seal(faq);
	for (size_t i = 0; i < count && result == OK; i++)
		result = load_is(&files[i], "profile.json")
			     ? check_profile(faq, &files[i], why)
			     : check_file(faq, &files[i], &next, why);
	if (result != OK)
		goto out;
	*faq_out = faq;
	faq = NULL; /* handed over */
out:
	faq_free(faq);
	return result;
}
