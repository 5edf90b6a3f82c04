/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "sqlite.h"

/* What a citizen may ask for: all that is kept of them, or that it goes.  Only
 * an operator's command comes here, so the questions are found by a scan and
 * the hot path pays for no index. */

static enum result
read_record(sqlite3_stmt *row, struct sqlite_list *list)
{
	struct citizen_record *record = sqlite_list_add(list);
	enum result result;

	if (record == NULL)
		return ERR_NOMEM;
	record->id = sqlite_query_number(row, 0);
	record->seen_ms = sqlite_query_number(row, 4);
	result = sqlite_query_copy(row, 1, list->arena, &record->account);
	if (result == OK)
		result = sqlite_query_copy(
		    row, 2, list->arena, &record->conversation);
	if (result == OK)
		result = sqlite_query_copy(row, 3, list->arena, &record->state);
	return result;
}

static enum result
read_reply(sqlite3_stmt *row, struct sqlite_list *list)
{
	struct citizen_reply *reply = sqlite_list_add(list);

	if (reply == NULL)
		return ERR_NOMEM;
	reply->at_ms = sqlite_query_number(row, 0);
	reply->state = (enum delivery_state)sqlite_query_number(row, 1);
	return sqlite_query_copy(row, 2, list->arena, &reply->reply);
}

static enum result
fill_record(
    struct sqlite *sqlite, struct arena *arena, struct citizen_record *record)
{
	struct sqlite_list questions = { .arena = arena,
		.size = sizeof(*record->questions) };
	struct sqlite_list replies = { .arena = arena,
		.size = sizeof(*record->replies) };
	sqlite3_stmt *asked = sqlite->sql[SQL_RECORD_QUESTIONS];
	sqlite3_stmt *said = sqlite->sql[SQL_RECORD_REPLIES];
	enum result result = sqlite_list_read(asked,
	    SQLITE_START(asked, BIND_NUMBER(record->id)),
	    sqlite_staff_add_question, &questions);

	if (result == OK)
		result = sqlite_list_read(said,
		    SQLITE_START(said, BIND_NUMBER(record->id)), read_reply,
		    &replies);
	record->questions = questions.at;
	record->question_count = questions.count;
	record->replies = replies.at;
	record->reply_count = replies.count;
	return result;
}

enum result
sqlite_privacy_records(struct backend *backend, const char *channel,
    struct text_view citizen, struct arena *arena,
    struct citizen_record **records_out, size_t *count_out)
{
	struct sqlite *sqlite = sqlite_of(backend);
	sqlite3_stmt *row = sqlite->sql[SQL_RECORDS];
	struct sqlite_list list = { .arena = arena,
		.size = sizeof(struct citizen_record) };
	enum result result;

	(void)pthread_mutex_lock(&sqlite->mutex[SQLITE_STAFF]);
	result = sqlite_list_read(row,
	    SQLITE_START(row, BIND_TEXT(text_of(channel)), BIND_TEXT(citizen)),
	    read_record, &list);
	for (size_t i = 0; result == OK && i < list.count; i++)
		result = fill_record(
		    sqlite, arena, (struct citizen_record *)list.at + i);
	(void)pthread_mutex_unlock(&sqlite->mutex[SQLITE_STAFF]);
	if (result != OK)
		return result;
	*records_out = list.at;
	*count_out = list.count;
	return OK;
}

/* ERR_NOT_FOUND when no account knows CITIZEN, any more. */
static enum result
erase_next(struct sqlite *sqlite, const char *channel, struct text_view citizen)
{
	sqlite3_stmt *row = sqlite->sql[SQL_CITIZEN_NEXT];
	sqlite3_int64 id = 0;
	sqlite3_int64 last_question = 0;
	enum result result =
	    SQLITE_START(row, BIND_TEXT(text_of(channel)), BIND_TEXT(citizen));

	if (result == OK)
		result = sqlite_query_next(row);
	if (result == OK) {
		id = (sqlite3_int64)sqlite_query_number(row, 0);
		last_question = (sqlite3_int64)sqlite_query_number(row, 1);
	}
	sqlite_query_end(row);
	return result == OK ? sqlite_turn_erase(sqlite, id, last_question)
			    : result;
}

enum result
sqlite_privacy_erase(struct backend *backend, const char *channel,
    struct text_view citizen, size_t *erased_out)
{
	size_t erased = 0;
	enum result result = OK;

	for (; result == OK; erased += result == OK ? 1 : 0)
		result = erase_next(sqlite_of(backend), channel, citizen);
	if (result != ERR_NOT_FOUND)
		return result;
	*erased_out = erased;
	return OK;
}

enum result
sqlite_privacy_count_old(
    struct backend *backend, uint64_t before_ms, uint64_t *count_out)
{
	struct sqlite *sqlite = sqlite_of(backend);
	sqlite3_stmt *row = sqlite->sql[SQL_QUESTION_OLD];
	enum result result;

	(void)pthread_mutex_lock(&sqlite->mutex[SQLITE_STAFF]);
	result = SQLITE_START(row, BIND_NUMBER(before_ms));
	if (result == OK)
		result = sqlite_query_next(row);
	if (result == OK)
		*count_out = sqlite_query_number(row, 0);
	sqlite_query_end(row);
	(void)pthread_mutex_unlock(&sqlite->mutex[SQLITE_STAFF]);
	return result;
}
