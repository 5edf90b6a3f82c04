/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "faq_diff_text.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "compare.h"

enum { SHOWN_MAX_BYTES = 120 }; /* of a question */

static const char *
text_at(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

static void
print_list(const char *heading, const json_t *ids)
{
	size_t count = json_array_size(ids);

	printf("%s: %zu", heading, count);
	for (size_t i = 0; i < count; i++)
		printf("%s%s", i == 0 ? " (" : ", ",
		    json_string_value(json_array_get(ids, i)));
	printf("%s\n", count == 0 ? "" : ")");
}

static void
print_entries(const json_t *entries)
{
	const json_t *changed = json_object_get(entries, "changed");
	size_t count = json_array_size(changed);

	print_list("Câu thêm mới", json_object_get(entries, "added"));
	print_list("Câu bỏ đi", json_object_get(entries, "removed"));
	printf("Câu có sửa: %zu\n", count);
	for (size_t i = 0; i < count; i++) {
		const json_t *row = json_array_get(changed, i);
		const json_t *columns = json_object_get(row, "columns");

		printf("  %s:", text_at(row, "id"));
		for (size_t j = 0; j < json_array_size(columns); j++)
			printf("%s %s", j == 0 ? "" : ",",
			    json_string_value(json_array_get(columns, j)));
		printf("\n");
	}
}

static const char *
decision_in_words(const char *name)
{
	static const struct {
		enum decision decision;
		const char *words;
	} table[] = {
		{ DECISION_ANSWER, "trả lời" },
		{ DECISION_CLARIFY, "hỏi lại" },
		{ DECISION_UNANSWERED, "chưa trả lời được" },
		{ DECISION_SMALLTALK, "chuyện trò" },
		{ DECISION_REFER, "chỉ nơi khác" },
		{ DECISION_HANDOFF, "chuyển cán bộ" },
	};

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		if (strcmp(decision_name(table[i].decision), name) == 0)
			return table[i].words;
	}
	return "không đáp";
}

static void
print_outcome(const json_t *outcome)
{
	const json_t *ids = json_object_get(outcome, "ids");
	size_t count = json_array_size(ids);

	printf("%s", decision_in_words(text_at(outcome, "decision")));
	for (size_t i = 0; i < count; i++)
		printf("%s%s", i == 0 ? " [" : ", ",
		    json_string_value(json_array_get(ids, i)));
	printf("%s", count == 0 ? "" : "]");
}

static void
print_change(const json_t *row, enum faq_change change)
{
	struct text_view question = text_of(text_at(row, "question"));
	bool cut = question.len > SHOWN_MAX_BYTES;

	/* A cut inside a letter would be no UTF-8: take the letter off too. */
	if (cut)
		question.len = SHOWN_MAX_BYTES;
	while (cut && ((unsigned char)question.at[question.len] & 0xC0) == 0x80)
		question.len--;
	printf("  “%.*s%s”: ", TEXT_ARGS(question), cut ? "…" : "");
	print_outcome(json_object_get(row, "before"));
	printf(" → ");
	if (change == FAQ_CHANGE_TEXT)
		printf("lời mới");
	else
		print_outcome(json_object_get(row, "after"));
	printf("\n");
}

static void
print_kind(const json_t *changes, enum faq_change change)
{
	for (size_t i = 0; i < json_array_size(changes); i++) {
		const json_t *row = json_array_get(changes, i);

		if (strcmp(text_at(row, "change"), compare_name(change)) == 0)
			print_change(row, change);
	}
}

void
faq_diff_text_print(const json_t *report)
{
	const json_t *counts = json_object_get(report, "counts");
	const json_t *changes = json_object_get(report, "changes");

	printf("Phiên bản: %s → %s\n", text_at(report, "before"),
	    text_at(report, "after"));
	print_entries(json_object_get(report, "entries"));
	printf("\nThử %lld câu hỏi: %zu câu sẽ được đáp khác đi.\n",
	    (long long)json_integer_value(json_object_get(report, "questions")),
	    json_array_size(changes));
	for (int i = FAQ_CHANGE_NONE + 1; i < FAQ_CHANGES_COUNT; i++) {
		enum faq_change change = (enum faq_change)i;
		json_int_t count = json_integer_value(
		    json_object_get(counts, compare_name(change)));

		if (count == 0)
			continue;
		printf(
		    "\n%s: %lld\n", compare_heading(change), (long long)count);
		print_kind(changes, change);
	}
}
