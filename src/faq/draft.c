/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "draft.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "entry.h"
#include "field.h"
#include "merge.h"

/* The reader of the files stops at the first fault, which is right for a file
 * and wrong for a form.  So each key is read alone first, in an entry that is
 * good but for it; only when none complains is the whole read, for what keys
 * say together.  The rules stay where they are. */

struct reading {
	const struct faq *base;
	struct draft *draft;
	struct complaint why;
};

/* How the reader's sentences are known to programs.  The first that is found
 * in one names it. */
static const struct {
	const char *said;
	const char *code;
} codes[] = {
	{ "has no variable", "unknown_variable" },
	{ "variables work only", "variable_misplaced" },
	{ "must start with http", "bad_url" },
	{ "{{", "bad_variable" },
	{ "}}", "bad_variable" },
	{ "the limit is", "too_long" },
	{ "invisible character", "invisible_character" },
	{ "has a line break", "line_break" },
	{ "which no entry has", "unknown_entry" },
	{ "does not compile", "bad_pattern" },
	{ "is before \"valid_from\"", "ends_before_it_begins" },
	{ "which is no day", "bad_date" },
	{ "is empty", "empty" },
	{ "is missing", "missing" },
	{ "unknown key", "unknown_key" },
	{ "leads nowhere", "leads_nowhere" },
	{ "keep one", "two_targets" },
	{ "cannot be", "bad_choice" },
	{ "may hold only", "bad_id" },
};

static const char *
code_of(const char *text)
{
	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
		if (strstr(text, codes[i].said) != NULL)
			return codes[i].code;
	}
	return "bad_value";
}

static void
add_fault(struct draft *draft, const char *field, const char *text)
{
	struct draft_fault *fault;

	if (draft->fault_count == DRAFT_FAULTS_MAX)
		return;
	fault = &draft->faults[draft->fault_count++];
	(void)snprintf(fault->field, sizeof(fault->field), "%s", field);
	(void)snprintf(fault->text, sizeof(fault->text), "%s", text);
	fault->code = code_of(text);
}

/* ---- with the reader of the files ---- */

static enum result
read_entry(struct reading *reading, json_t *json, struct faq_entry *out)
{
	struct reader reader = { .faq = reading->draft->scratch,
		.file = "",
		.source = TEXT("{}"),
		.why = &reading->why };
	struct node node = { .json = json };
	enum result result;

	if (json == NULL)
		return ERR_NOMEM;
	if (json_is_object(json))
		return entry_read(&reader, &node, out);
	result = reader_fail(
	    &reader, &node.place, "an entry must be an object in { }");
	return result;
}

/* What the reader puts before every complaint is known to the form. */
static const char *
without_subject(const char *text)
{
	static const char start[] = "entry ";
	const char *end = strstr(text, ": ");

	return strncmp(text, start, sizeof(start) - 1) == 0 && end != NULL
		   ? end + 2
		   : text;
}

static enum result
read_key(struct reading *reading, const char *key, json_t *value)
{
	json_t *alone = json_pack(
	    "{s:s, s:s, s:s}", "id", "x", "question", "x", "answer", "x");
	struct faq_entry unused;
	enum result result = ERR_NOMEM;

	if (json_object_set(alone, key, value) == 0)
		result = read_entry(reading, alone, &unused);
	json_decref(alone);
	if (result != ERR_INVALID)
		return result;
	add_fault(reading->draft, key, without_subject(reading->why.text));
	return OK;
}

static void
miss_keys(struct draft *draft, json_t *json)
{
	static const char *const required[] = { "id", "question", "answer" };

	for (size_t i = 0; i < sizeof(required) / sizeof(required[0]); i++) {
		if (json_object_get(json, required[i]) == NULL)
			add_fault(draft, required[i], "it is missing: add it");
	}
}

static enum result
read_keys(struct reading *reading, json_t *json)
{
	enum result result = OK;
	const char *key;
	json_t *value;

	miss_keys(reading->draft, json);
	json_object_foreach(json, key, value)
	{
		result = read_key(reading, key, value);
		if (result != OK)
			break;
	}
	return result;
}

/* ---- the entries that it names ---- */

static void
check_id(struct reading *reading, const struct faq_entry *entry,
    const char *field, struct text_view id)
{
	char text[128];

	if (id.len == 0 || text_equal(id, entry->id) ||
	    faq_find(reading->base, id) != NULL)
		return;
	(void)snprintf(text, sizeof(text),
	    "it names \"%.*s\", which no entry has: correct it or take it out",
	    TEXT_ARGS(text_slice(id, 0, 64)));
	add_fault(reading->draft, field, text);
}

static void
check_ids(struct reading *reading, const struct faq_entry *entry)
{
	for (size_t i = 0; i < entry->button_count; i++)
		check_id(reading, entry, "buttons", entry->buttons[i].entry);
	for (size_t i = 0; i < entry->related.count; i++)
		check_id(reading, entry, "related", entry->related.at[i]);
}

/* ---- the whole ---- */

static enum result
read_whole(struct reading *reading, json_t *json)
{
	struct draft *draft = reading->draft;
	struct faq_entry *entry =
	    arena_alloc(&draft->scratch->arena, 1, sizeof(*entry));
	enum result result =
	    entry == NULL ? ERR_NOMEM : read_entry(reading, json, entry);

	if (result == ERR_INVALID) {
		bool dates = strstr(reading->why.text, "valid_until") != NULL;

		add_fault(draft, dates ? "valid_until" : "",
		    without_subject(reading->why.text));
		return OK;
	}
	if (result != OK)
		return result;
	entry->file = "";
	check_ids(reading, entry);
	if (draft->fault_count == 0)
		draft->entry = entry;
	return OK;
}

static enum result
read_json(struct reading *reading, struct text_view text)
{
	json_error_t error = { .line = 0 };
	json_t *json =
	    json_loadb(text.at, text.len, JSON_REJECT_DUPLICATES, &error);
	enum result result = OK;

	if (json == NULL && json_error_code(&error) == json_error_out_of_memory)
		return ERR_NOMEM;
	if (json == NULL) {
		add_fault(reading->draft, "", error.text);
		return OK;
	}
	if (json_is_object(json))
		result = read_keys(reading, json);
	if (result == OK && reading->draft->fault_count == 0)
		result = read_whole(reading, json);
	json_decref(json);
	return result;
}

enum result
draft_read(
    const struct faq *base, struct text_view json, struct draft **draft_out)
{
	struct reading reading = { .base = base };
	struct draft *draft = calloc(1, sizeof(*draft));
	enum result result = ERR_NOMEM;

	if (draft == NULL)
		return ERR_NOMEM;
	draft->scratch = faq_new();
	if (draft->scratch != NULL) {
		draft->scratch->variables = base->variables;
		draft->scratch->variable_count = base->variable_count;
		reading.draft = draft;
		result = read_json(&reading, json);
	}
	if (result == OK)
		*draft_out = draft;
	else
		draft_free(draft);
	return result;
}

void
draft_free(struct draft *draft)
{
	if (draft == NULL)
		return;
	faq_free(draft->scratch);
	free(draft);
}

bool
draft_is_topic(struct text_view name)
{
	return field_is_id(name) && !merge_reserves(name);
}
