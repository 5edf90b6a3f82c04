/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What staff read.  Groups are few thousands, so that a filter looks at each;
 * only the questions of the last weeks are counted for the growth, through an
 * index by time. */
#include "sqlite_review.h"

enum { UNDOABLE_COLUMN = 17 };

static enum result
read_group(sqlite3_stmt *row, struct arena *arena, void *out)
{
	struct review_group *group = out;
	uint64_t *const numbers[] = { &group->version, &group->questions,
		&group->citizens, &group->first_ms, &group->last_ms,
		&group->recent, &group->before_recent, &group->merged_into,
		&group->assignee, &group->due_ms };
	struct text_view *const texts[] = { &group->text, &group->nearest,
		&group->channels, &group->entry, &group->department };
	int column = 0;
	enum result result = OK;

	group->id = sqlite_query_number(row, column++);
	group->state = (enum review_state)sqlite_query_number(row, column++);
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		*numbers[i] = sqlite_query_number(row, column++);
	for (size_t i = 0; result == OK && i < sizeof(texts) / sizeof(texts[0]);
	     i++)
		result = sqlite_query_copy(row, column++, arena, texts[i]);
	return result;
}

static uint64_t
ago(uint64_t now_ms, uint64_t age_ms)
{
	return now_ms > age_ms ? now_ms - age_ms : 0;
}

enum { FILTER_VALUES = 11, LIST_VALUES = 16 };

static void
bind_filter(const struct review_filter *filter, struct sqlite_value *values)
{
	const struct sqlite_value bound[FILTER_VALUES] = {
		BIND_NUMBER((uint64_t)filter->state),
		BIND_TEXT(filter->words[0]),
		BIND_TEXT(filter->words[1]),
		BIND_TEXT(filter->words[2]),
		BIND_TEXT(filter->words[3]),
		BIND_TEXT(filter->channel),
		BIND_TEXT(filter->entries),
		BIND_NUMBER(filter->assignee),
		BIND_ID(filter->unassigned),
		BIND_TEXT(filter->department),
		BIND_NUMBER(filter->due_before_ms),
	};

	for (size_t i = 0; i < FILTER_VALUES; i++)
		values[i] = bound[i];
}

static enum result
start_list(sqlite3_stmt *statement, const struct review_filter *filter)
{
	struct sqlite_value values[LIST_VALUES];
	uint64_t recent = ago(filter->now_ms, filter->recent_ms);

	bind_filter(filter, values);
	values[11] = BIND_NUMBER(recent);
	values[12] = BIND_NUMBER(ago(recent, filter->recent_ms));
	values[13] = BIND_NUMBER((uint64_t)filter->order);
	values[14] = BIND_NUMBER(filter->limit);
	values[15] = BIND_NUMBER(filter->offset);
	return sqlite_query_start(statement, values, LIST_VALUES);
}

static enum result
count_total(struct sqlite *sqlite, const struct review_filter *filter,
    uint64_t *total_out)
{
	struct sqlite_value values[FILTER_VALUES];
	sqlite3_stmt *row = sqlite->sql[SQL_REVIEW_TOTAL];

	bind_filter(filter, values);
	return sqlite_review_numbers(
	    row, sqlite_query_start(row, values, FILTER_VALUES), total_out, 1);
}

enum result
sqlite_review_list(struct backend *backend, const struct review_filter *filter,
    struct arena *arena, struct review_page *out)
{
	struct sqlite *sqlite = sqlite_of(backend);
	const struct sqlite_review_rows rows = { sqlite->sql[SQL_REVIEW_LIST],
		filter->limit, sizeof(struct review_group), read_group };
	struct review_page page = { .count = 0 };
	void *groups = NULL;
	enum result result;

	(void)pthread_mutex_lock(&sqlite->mutex[SQLITE_STAFF]);
	result = count_total(sqlite, filter, &page.total);
	if (result == OK)
		result = sqlite_review_read(&rows,
		    start_list(rows.statement, filter), arena, &groups,
		    &page.count);
	(void)pthread_mutex_unlock(&sqlite->mutex[SQLITE_STAFF]);
	if (result != OK)
		return result;
	page.groups = groups;
	*out = page;
	return OK;
}

enum result
sqlite_review_group(struct backend *backend, uint64_t group, uint64_t now_ms,
    uint64_t recent_ms, struct arena *arena, struct review_group *out)
{
	struct sqlite *sqlite = sqlite_of(backend);
	sqlite3_stmt *row = sqlite->sql[SQL_REVIEW_GROUP];
	uint64_t recent = ago(now_ms, recent_ms);
	struct review_group found = { .id = 0 };
	enum result result;

	(void)pthread_mutex_lock(&sqlite->mutex[SQLITE_STAFF]);
	result = SQLITE_START(row, BIND_NUMBER(group), BIND_NUMBER(recent),
	    BIND_NUMBER(ago(recent, recent_ms)));
	if (result == OK)
		result = sqlite_query_next(row);
	if (result == OK)
		result = read_group(row, arena, &found);
	if (result == OK)
		found.undoable = sqlite_query_number(row, UNDOABLE_COLUMN) != 0;
	sqlite_query_end(row);
	(void)pthread_mutex_unlock(&sqlite->mutex[SQLITE_STAFF]);
	if (result == OK)
		*out = found;
	return result;
}

static enum result
read_question(sqlite3_stmt *row, struct arena *arena, void *out)
{
	return sqlite_staff_read_question(row, arena, out);
}

enum result
sqlite_review_questions(struct backend *backend, uint64_t group,
    uint64_t before, size_t limit, struct arena *arena,
    struct question_row **rows_out, size_t *count_out)
{
	struct sqlite *sqlite = sqlite_of(backend);
	const struct sqlite_review_rows rows = {
		sqlite->sql[SQL_REVIEW_QUESTIONS], limit,
		sizeof(struct question_row), read_question
	};
	void *found = NULL;
	enum result result;

	(void)pthread_mutex_lock(&sqlite->mutex[SQLITE_STAFF]);
	result = sqlite_review_read(&rows,
	    SQLITE_START(rows.statement, BIND_NUMBER(group),
		BIND_NUMBER(before == 0 ? INT64_MAX : before),
		BIND_NUMBER(limit)),
	    arena, &found, count_out);
	(void)pthread_mutex_unlock(&sqlite->mutex[SQLITE_STAFF]);
	if (result == OK)
		*rows_out = found;
	return result;
}

static enum result
read_text(sqlite3_stmt *row, struct arena *arena, void *out)
{
	return sqlite_query_copy(row, 0, arena, out);
}

enum result
sqlite_review_dismissed(struct backend *backend, size_t max,
    struct arena *arena, struct text_view **texts_out, size_t *count_out)
{
	struct sqlite *sqlite = sqlite_of(backend);
	const struct sqlite_review_rows rows = {
		sqlite->sql[SQL_REVIEW_DISMISSED], max,
		sizeof(struct text_view), read_text
	};
	void *found = NULL;
	enum result result;

	(void)pthread_mutex_lock(&sqlite->mutex[SQLITE_STAFF]);
	result = sqlite_review_read(&rows,
	    SQLITE_START(rows.statement, BIND_NUMBER(max)), arena, &found,
	    count_out);
	(void)pthread_mutex_unlock(&sqlite->mutex[SQLITE_STAFF]);
	if (result == OK)
		*texts_out = found;
	return result;
}

static enum result
read_view(sqlite3_stmt *row, struct arena *arena, void *out)
{
	struct review_view *view = out;
	enum result result = sqlite_query_copy(row, 0, arena, &view->name);

	if (result == OK)
		result = sqlite_query_copy(row, 1, arena, &view->query);
	return result;
}

enum result
sqlite_review_views(struct backend *backend, uint64_t user, struct arena *arena,
    struct review_view **views_out, size_t *count_out)
{
	struct sqlite *sqlite = sqlite_of(backend);
	const struct sqlite_review_rows rows = { sqlite->sql[SQL_REVIEW_VIEWS],
		REVIEW_VIEWS_MAX, sizeof(struct review_view), read_view };
	void *found = NULL;
	enum result result;

	(void)pthread_mutex_lock(&sqlite->mutex[SQLITE_STAFF]);
	result = sqlite_review_read(&rows,
	    SQLITE_START(rows.statement, BIND_NUMBER(user)), arena, &found,
	    count_out);
	(void)pthread_mutex_unlock(&sqlite->mutex[SQLITE_STAFF]);
	if (result == OK)
		*views_out = found;
	return result;
}
