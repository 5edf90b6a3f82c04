/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "findings.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "locate.h"
#include "merge.h"

/* What the checks found, kept with its place.  What a finding says is about
 * one place in the files; how such a thing is mended is the same everywhere,
 * and stands in the table of rules. */

enum { WHAT_MAX_BYTES = 1024 };

static const size_t texts_max_bytes = (size_t)256 * 1024 * 1024;

#define RULE_ERROR(name, mend)                                                 \
	{                                                                      \
		name, mend, true                                               \
	}
#define RULE_WARNING(name, mend)                                               \
	{                                                                      \
		name, mend, false                                              \
	}

static const struct finding_rule rules[] = {
	[FINDING_REFUSED] = RULE_ERROR("refused", ""),
	[FINDING_NOT_COMPOSED] = RULE_ERROR(
	    "not-composed", "save the file as composed Unicode (NFC)"),
	[FINDING_ASKED_TWICE] = RULE_ERROR("asked-twice",
	    "keep it in one entry, and in the other move it to "
	    "\"not_asked_as\""),
	[FINDING_ASKED_AND_NOT] =
	    RULE_ERROR("asked-and-not", "take it out of one of the two lists"),
	[FINDING_GREEDY_KEYWORD] = RULE_ERROR("greedy-keyword",
	    "take it out, or write a longer phrase that only this entry has"),
	[FINDING_DEAD_BUTTON] =
	    RULE_ERROR("dead-button", "correct it or take it out"),
	[FINDING_INSECURE_URL] =
	    RULE_ERROR("insecure-url", "write the https:// address"),
	[FINDING_SLOW_PATTERN] = RULE_ERROR("slow-pattern",
	    "write it without a repetition inside a repetition, and with less "
	    "than \".*\""),
	[FINDING_UNSOURCED_FIGURE] = RULE_ERROR("unsourced-figure",
	    "add where it comes from to \"sources\", or take it out"),
	[FINDING_EXPIRED] = RULE_ERROR("expired",
	    "look it over: set a later \"valid_until\", or \"retired\""),

	[FINDING_ASKED_ALIKE] = RULE_WARNING("asked-alike",
	    "say in each what sets it apart, or move it to the entry that "
	    "answers it"),
	[FINDING_TAKEN_FOR_ANOTHER] = RULE_WARNING("taken-for-another",
	    "move what the other entry answers; for the rest add phrasings "
	    "here and \"not_asked_as\" there"),
	[FINDING_DEAD_RELATED] =
	    RULE_WARNING("dead-related", "take it out or name its successor"),
	[FINDING_LONG_REPLY] = RULE_WARNING(
	    "long-reply", "shorten the answer, or split the entry"),
	[FINDING_LONG_ANSWER] =
	    RULE_WARNING("long-answer", "say the most important things in 700"),
	[FINDING_LONG_TITLE] =
	    RULE_WARNING("long-title", "shorten it to 20 characters"),
	[FINDING_NO_SOURCE] = RULE_WARNING(
	    "no-source", "add the document or page that it rests on"),
	[FINDING_NO_DATE] =
	    RULE_WARNING("no-date", "add the day of the document"),
	[FINDING_NO_OWNER] =
	    RULE_WARNING("no-owner", "name the office that keeps it right"),
	[FINDING_OLD_REVIEW] = RULE_WARNING(
	    "old-review", "compare it with its sources and set today's date"),
	[FINDING_STALE_VARIABLE] = RULE_WARNING(
	    "stale-variable", "check the value and set a later \"review_by\""),
	[FINDING_NEW_STYLE_TONE] = RULE_WARNING(
	    "new-style-tone", "write the mark as everywhere else: hòa, thủy"),
	[FINDING_FEW_PHRASINGS] =
	    RULE_WARNING("few-phrasings", "add ways in which citizens ask it"),
	[FINDING_NO_QUESTION_MARK] = RULE_WARNING(
	    "no-question-mark", "write the question as a question"),
};

_Static_assert(sizeof(rules) / sizeof(rules[0]) == FINDING_KINDS,
    "each kind of finding has its rule");

const struct finding_rule *
finding_rule(enum finding_kind kind)
{
	return &rules[kind];
}

struct finding_spot
finding_spot_of(const struct faq_entry *entry, size_t phrasing)
{
	if (phrasing == 0)
		return (
		    struct finding_spot){ entry, "question", FINDING_WHOLE };
	return (struct finding_spot){ entry, "asked_as", phrasing - 1 };
}

unsigned
findings_line(const struct findings *findings, const struct finding_spot *spot)
{
	return locate_line(findings->locate, spot);
}

/* ---- one more ---- */

static enum result
make_room(struct findings *findings)
{
	size_t room = findings->room == 0 ? 64 : 2 * findings->room;
	struct finding *at;

	if (findings->count < findings->room)
		return OK;
	at = realloc(findings->at, room * sizeof(*at));
	if (at == NULL)
		return ERR_NOMEM;
	findings->at = at;
	findings->room = room;
	return OK;
}

enum result
findings_keep(
    struct findings *findings, struct finding finding, const char *what)
{
	enum result result = make_room(findings);
	const char *file = NULL;

	if (result == OK)
		result =
		    arena_text(&findings->arena, text_of(what), &finding.what);
	if (result != OK)
		return result;
	file = arena_string(&findings->arena, text_of(finding.file));
	if (file == NULL)
		return ERR_NOMEM;
	finding.file = file;
	findings->at[findings->count++] = finding;
	findings->error_count += rules[finding.kind].error ? 1 : 0;
	return OK;
}

enum result
findings_add(struct findings *findings, enum finding_kind kind,
    const struct finding_spot *spot, const char *format, ...)
{
	char what[WHAT_MAX_BYTES];
	struct finding finding;
	va_list args;

	va_start(args, format);
	(void)vsnprintf(what, sizeof(what), format, args);
	va_end(args);
	finding = (struct finding){
		.kind = kind,
		.file = spot->entry->file,
		.line = locate_line(findings->locate, spot),
		.entry = spot->entry->id,
	};
	return findings_keep(findings, finding, what);
}

enum result
findings_refuse(struct findings *findings, const struct complaint *why)
{
	const struct finding finding = {
		.kind = FINDING_REFUSED,
		.file = why->file,
		.line = why->line,
	};

	return findings_keep(findings, finding, why->text);
}

/* ---- in order ---- */

/* The kind and the text come last, so that the order is always the same. */
static int
by_place(const void *a, const void *b)
{
	const struct finding *left = a;
	const struct finding *right = b;
	int order = strcmp(left->file, right->file);

	if (order != 0)
		return order;
	if (left->line != right->line)
		return left->line < right->line ? -1 : 1;
	if (left->kind != right->kind)
		return left->kind < right->kind ? -1 : 1;
	return text_compare(left->what, right->what);
}

void
findings_sort(struct findings *findings)
{
	if (findings->count > 0)
		qsort(findings->at, findings->count, sizeof(*findings->at),
		    by_place);
}

/* ---- the whole ---- */

void
findings_free(struct findings *findings)
{
	if (findings == NULL)
		return;
	locate_free(findings->locate);
	faq_free(findings->faq);
	arena_fini(&findings->arena);
	free(findings->at);
	free(findings);
}

static enum result
read_base(struct findings *findings, const char *dir,
    const struct faq_overlay *overlay, struct files *files_out,
    struct complaint *why)
{
	struct merged merged;
	struct files files;
	enum result result = files_read(dir, &files, why);

	if (result != OK)
		return result;
	if (overlay != NULL)
		result = merge_files(&files, overlay, &merged, why);
	if (result == OK)
		result = load_files(files.at, files.count, &findings->faq, why);
	if (result == OK)
		*files_out = files;
	else
		files_fini(&files);
	return result;
}

enum result
findings_collect_over(const char *dir, const struct faq_overlay *overlay,
    const char *today, struct findings **findings_out)
{
	struct findings *findings = calloc(1, sizeof(*findings));
	struct complaint why = { .text = "" };
	struct files files;
	enum result result;

	if (findings == NULL)
		return ERR_NOMEM;
	arena_init(&findings->arena, texts_max_bytes);
	result = read_base(findings, dir, overlay, &files, &why);
	if (result == OK)
		result = locate_new(&files, findings->faq, &findings->locate);
	if (result == OK)
		result = check_all(findings, today);
	if (result != OK && why.text[0] != '\0')
		result = findings_refuse(findings, &why);
	if (result != OK) {
		findings_free(findings);
		return result;
	}
	findings_sort(findings);
	*findings_out = findings;
	return OK;
}

enum result
findings_collect(
    const char *dir, const char *today, struct findings **findings_out)
{
	return findings_collect_over(dir, NULL, today, findings_out);
}
