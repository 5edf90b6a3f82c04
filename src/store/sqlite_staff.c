/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "sqlite.h"

#include <inttypes.h>
#include <stdio.h>

enum result
sqlite_staff_read_question(
    sqlite3_stmt *row, struct arena *arena, struct question_row *out)
{
	struct question *question = &out->question;
	struct text_view *const texts[] = { &question->decision,
		&question->entry, &question->base, &question->candidates,
		&question->text, &question->label, &question->chosen,
		&question->words };
	enum result result;

	out->id = sqlite_query_number(row, 0);
	out->at_ms = sqlite_query_number(row, 1);
	question->confidence = sqlite3_column_double(row, 3);
	result = sqlite_query_copy(row, 2, arena, &out->channel);
	for (size_t i = 0; result == OK && i < sizeof(texts) / sizeof(texts[0]);
	     i++)
		result = sqlite_query_copy(row, 4 + (int)i, arena, texts[i]);
	return result;
}

enum result
sqlite_staff_add_question(sqlite3_stmt *row, struct sqlite_list *list)
{
	struct question_row *question = sqlite_list_add(list);

	return question == NULL
		   ? ERR_NOMEM
		   : sqlite_staff_read_question(row, list->arena, question);
}

enum result
sqlite_staff_questions(struct backend *backend,
    const struct question_filter *filter, struct arena *arena,
    struct question_row **rows_out, size_t *count_out)
{
	struct sqlite *sqlite = sqlite_of(backend);
	sqlite3_stmt *row =
	    sqlite->sql[filter->unanswered_only ? SQL_QUESTIONS_UNANSWERED
						: SQL_QUESTIONS];
	struct sqlite_list list = { .arena = arena,
		.size = sizeof(struct question_row) };
	enum result result;

	(void)pthread_mutex_lock(&sqlite->mutex[SQLITE_STAFF]);
	result = sqlite_list_read(row,
	    SQLITE_START(
		row, BIND_NUMBER(filter->after_id), BIND_NUMBER(filter->limit)),
	    sqlite_staff_add_question, &list);
	(void)pthread_mutex_unlock(&sqlite->mutex[SQLITE_STAFF]);
	if (result != OK)
		return result;
	*rows_out = list.at;
	*count_out = list.count;
	return OK;
}

enum result
sqlite_staff_count(struct backend *backend, struct store_counts *out)
{
	struct sqlite *sqlite = sqlite_of(backend);
	sqlite3_stmt *row = sqlite->sql[SQL_COUNT];
	enum result result;

	(void)pthread_mutex_lock(&sqlite->mutex[SQLITE_STAFF]);
	result = sqlite_query_next(row);
	if (result == OK) {
		out->questions = sqlite_query_number(row, 0);
		out->unanswered = sqlite_query_number(row, 1);
		out->parked = sqlite_query_number(row, 2);
		out->queued = sqlite_query_number(row, 3);
		out->oldest_queued_ms = sqlite_query_number(row, 4);
	}
	sqlite_query_end(row);
	(void)pthread_mutex_unlock(&sqlite->mutex[SQLITE_STAFF]);
	return result;
}

enum result
sqlite_staff_probe(struct backend *backend, uint64_t now_ms)
{
	char number[24];

	(void)snprintf(number, sizeof(number), "%" PRIu64, now_ms);
	return SQLITE_RUN(
	    sqlite_of(backend)->sql[SQL_PROBE], BIND_TEXT(text_of(number)));
}
