/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* `hoidap faq diff`: what publishing would change, before publishing.  Every
 * question is put to both bases through the dialog, as a citizen's would be;
 * those that are answered alike are only counted. */
#include <getopt.h>
#include <jansson.h>
#include <stdio.h>

#include "clock.h"
#include "commands.h"
#include "compare.h"
#include "faq_columns.h"
#include "faq_commands.h"
#include "faq_diff_text.h"
#include "faq_questions.h"
#include "json_parts.h"
#include "options.h"

enum { CELL_MAX_BYTES = 2 << 20 };

struct side {
	struct knowledge *knowledge;
	struct arena arena;
	struct faq_outcome outcome;
};

struct diff {
	struct side before;
	struct side after;
	struct faq_questions questions;
	size_t counts[FAQ_CHANGES_COUNT];
	json_t *changes; /* a list for each kind of change */
	json_t *added;	 /* ids */
	json_t *removed;
	json_t *changed; /* {"id", "columns": headings} */
};

/* ---- entries ---- */

static enum result
append(json_t *list, json_t *value)
{
	return json_array_append_new(list, value) == 0 ? OK : ERR_NOMEM;
}

/* Add the column's heading to LIST if it differs. */
static enum result
compare_column(const struct faq_entry *before, const struct faq_entry *after,
    size_t column, json_t *list)
{
	struct buf left;
	struct buf right;
	enum result result;

	buf_init(&left, CELL_MAX_BYTES);
	buf_init(&right, CELL_MAX_BYTES);
	result = faq_columns_render(before, column, &left);
	if (result == OK)
		result = faq_columns_render(after, column, &right);
	if (result == OK && !text_equal(buf_view(&left), buf_view(&right)))
		result = append(list, json_string(faq_columns_heading(column)));
	buf_fini(&left);
	buf_fini(&right);
	return result;
}

static enum result
compare_entry(struct diff *diff, const struct faq_entry *before,
    const struct faq_entry *after)
{
	json_t *columns = json_array();
	enum result result = columns == NULL ? ERR_NOMEM : OK;

	for (size_t i = 0; i < FAQ_COLUMNS_COUNT && result == OK; i++)
		result = compare_column(before, after, i, columns);
	if (result == OK && json_array_size(columns) > 0)
		result = append(diff->changed,
		    json_pack("{s:o, s:O}", "id", json_parts_view(after->id),
			"columns", columns));
	json_decref(columns);
	return result;
}

static enum result
compare_entries(struct diff *diff)
{
	const struct faq *before = diff->before.knowledge->faq;
	const struct faq *after = diff->after.knowledge->faq;
	enum result result = OK;

	for (size_t i = 0; i < after->entry_count && result == OK; i++) {
		const struct faq_entry *entry = &after->entries[i];
		const struct faq_entry *old = faq_find(before, entry->id);

		result = old == NULL
			     ? append(diff->added, json_parts_view(entry->id))
			     : compare_entry(diff, old, entry);
	}
	for (size_t i = 0; i < before->entry_count && result == OK; i++) {
		struct text_view id = before->entries[i].id;

		if (faq_find(after, id) == NULL)
			result = append(diff->removed, json_parts_view(id));
	}
	return result;
}

/* ---- questions ---- */

static json_t *
outcome_json(const struct faq_outcome *outcome)
{
	json_t *ids = json_array();

	for (size_t i = 0; i < outcome->id_count; i++)
		(void)json_array_append_new(
		    ids, json_parts_view(outcome->ids[i]));
	return json_pack("{s:s, s:o, s:o}", "decision",
	    decision_name(outcome->decision), "ids", ids, "text",
	    json_parts_view(outcome->reply.text));
}

static enum result
ask(struct side *side, struct text_view question, uint64_t now_ms)
{
	arena_reset(&side->arena);
	return compare_ask(
	    side->knowledge, question, now_ms, &side->arena, &side->outcome);
}

static enum result
compare_question(struct diff *diff, struct text_view question, uint64_t now_ms)
{
	enum faq_change change;
	enum result result = ask(&diff->before, question, now_ms);

	if (result == OK)
		result = ask(&diff->after, question, now_ms);
	if (result != OK)
		return result;
	change = compare_outcomes(&diff->before.outcome, &diff->after.outcome);
	diff->counts[change]++;
	if (change == FAQ_CHANGE_NONE)
		return OK;
	return append(json_array_get(diff->changes, change),
	    json_pack("{s:o, s:s, s:o, s:o}", "question",
		json_parts_view(question), "change", compare_name(change),
		"before", outcome_json(&diff->before.outcome), "after",
		outcome_json(&diff->after.outcome)));
}

static enum result
compare_questions(struct diff *diff, uint64_t now_ms)
{
	enum result result = OK;

	for (size_t i = 0; i < diff->questions.count && result == OK; i++)
		result = compare_question(diff, diff->questions.at[i], now_ms);
	return result;
}

/* ---- the report ---- */

/* NULL when out of memory. */
static json_t *
report(const struct diff *diff)
{
	json_t *counts = json_object();
	json_t *all = json_array();

	for (size_t i = 0; i < FAQ_CHANGES_COUNT; i++) {
		(void)json_object_set_new(counts,
		    compare_name((enum faq_change)i),
		    json_integer((json_int_t)diff->counts[i]));
		(void)json_array_extend(all, json_array_get(diff->changes, i));
	}
	return json_pack("{s:s, s:s, s:I, s:o, s:{s:O, s:O, s:O}, s:o}",
	    "before", diff->before.knowledge->faq->version, "after",
	    diff->after.knowledge->faq->version, "questions",
	    (json_int_t)diff->questions.count, "counts", counts, "entries",
	    "added", diff->added, "removed", diff->removed, "changed",
	    diff->changed, "changes", all);
}

static enum result
print(const struct diff *diff, bool as_json)
{
	json_t *whole = report(diff);
	enum result result = OK;

	if (whole == NULL)
		return ERR_NOMEM;
	if (!as_json)
		faq_diff_text_print(whole);
	else if (json_dumpf(whole, stdout, JSON_INDENT(2)) != 0 ||
		 fputc('\n', stdout) == EOF)
		result = ERR_IO;
	json_decref(whole);
	return result;
}

/* ---- the command ---- */

static enum result
init(struct diff *diff)
{
	faq_questions_init(&diff->questions);
	arena_init(&diff->before.arena, 2 * (size_t)MATCH_ARENA_BYTES_MAX);
	arena_init(&diff->after.arena, 2 * (size_t)MATCH_ARENA_BYTES_MAX);
	diff->changes = json_array();
	diff->added = json_array();
	diff->removed = json_array();
	diff->changed = json_array();
	if (diff->added == NULL || diff->removed == NULL ||
	    diff->changed == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < FAQ_CHANGES_COUNT; i++) {
		enum result result = append(diff->changes, json_array());

		if (result != OK)
			return result;
	}
	return OK;
}

static void
fini(struct diff *diff)
{
	json_decref(diff->changes);
	json_decref(diff->added);
	json_decref(diff->removed);
	json_decref(diff->changed);
	faq_questions_fini(&diff->questions);
	arena_fini(&diff->before.arena);
	arena_fini(&diff->after.arena);
	knowledge_drop(diff->before.knowledge);
	knowledge_drop(diff->after.knowledge);
}

/* From the file, or all phrasings of both bases. */
static enum result
gather_questions(struct diff *diff, const char *file, struct complaint *why)
{
	enum result result;

	if (file != NULL)
		return faq_questions_read(&diff->questions, file, why);
	result = faq_questions_of_base(
	    &diff->questions, diff->before.knowledge->faq);
	if (result != OK)
		return result;
	return faq_questions_of_base(
	    &diff->questions, diff->after.knowledge->faq);
}

static enum result
compare(struct diff *diff, char **dirs, const char *questions,
    struct complaint *why)
{
	uint64_t now_ms = clock_now_ms();
	char today[DATE_SIZE];
	enum result result = init(diff);

	date_of_ms(now_ms, today);
	if (result == OK)
		result = knowledge_load(
		    dirs[0], today, &diff->before.knowledge, why);
	if (result == OK)
		result =
		    knowledge_load(dirs[1], today, &diff->after.knowledge, why);
	if (result == OK)
		result = gather_questions(diff, questions, why);
	if (result == OK)
		result = compare_entries(diff);
	if (result == OK)
		result = compare_questions(diff, now_ms);
	return result;
}

int
cli_faq_diff(int argc, char **argv)
{
	static const struct option options[] = {
		{ "questions", required_argument, NULL, 'q' },
		{ "json", no_argument, NULL, 'j' },
		{ 0 },
	};
	struct diff diff = { .changes = NULL };
	struct complaint why = { .text = "" };
	const char *questions = NULL;
	bool json = false;
	enum result result;
	int option;

	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (option == 'q')
			questions = optarg;
		else if (option == 'j')
			json = true;
		else
			return EXIT_USAGE;
	}
	if (optind + 2 != argc) {
		fprintf(stderr, "usage: hoidap faq diff OLD NEW "
				"[--questions FILE] [--json]\n");
		return EXIT_USAGE;
	}
	result = compare(&diff, argv + optind, questions, &why);
	if (result == OK)
		result = print(&diff, json);
	fini(&diff);
	return result == OK ? EXIT_DONE
			    : options_fail("faq diff", result, &why);
}
