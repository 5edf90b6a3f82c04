/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Conversations are put into order as they are read: an index by the time
 * somebody was seen would be written with every turn, and a page of the
 * newest among 20,000 citizens takes a few milliseconds without it.  What one
 * citizen asked is found through the chain that their questions make.  A row
 * is shown to the filter before it is copied, so that a search through many
 * takes no memory. */
#include "sqlite_talk.h"

#include "sqlite_reach.h"

enum { FIRST = SQLITE_CONTACT_COLUMNS };

/* The texts of ROW, borrowed until the next one. */
static void
borrow_texts(sqlite3_stmt *row, struct talk_row *out)
{
	out->person = sqlite_query_text(row, FIRST);
	out->state = sqlite_query_text(row, FIRST + 1);
	out->asked = sqlite_query_text(row, FIRST + 2);
	out->decision = sqlite_query_text(row, FIRST + 3);
	out->entry = sqlite_query_text(row, FIRST + 4);
	out->seen_ms = sqlite_query_number(row, FIRST + 5);
	out->asked_ms = sqlite_query_number(row, FIRST + 6);
}

static enum result
keep_texts(struct arena *arena, struct talk_row *row)
{
	struct text_view *const texts[] = { &row->person, &row->state,
		&row->asked, &row->decision, &row->entry };
	enum result result = OK;

	for (size_t i = 0; result == OK && i < sizeof(texts) / sizeof(texts[0]);
	     i++)
		result = arena_text(arena, *texts[i], texts[i]);
	return result;
}

/* ERR_INVALID when it does not fit. */
static enum result
read_row(sqlite3_stmt *row, const struct talk_filter *filter,
    struct arena *arena, struct talk_row *out)
{
	struct sqlite_contact who;
	enum result result;

	borrow_texts(row, out);
	if (filter->fits != NULL && !filter->fits(filter->context, out))
		return ERR_INVALID;
	result = sqlite_reach_read_contact(row, arena, &who);
	if (result != OK)
		return result;
	out->citizen = who.citizen;
	out->channel = who.channel;
	out->account = who.account;
	out->contact = who.contact;
	return keep_texts(arena, out);
}

static enum result
list(struct backend *backend, const struct talk_filter *filter,
    struct arena *arena, struct talk_row **rows_out, size_t *count_out)
{
	struct sqlite *sqlite = sqlite_of(backend);
	sqlite3_stmt *row = sqlite->sql[SQL_TALKS];
	struct talk_row *rows =
	    arena_alloc(arena, filter->limit, sizeof(*rows));
	size_t count = 0;
	enum result result;

	if (rows == NULL)
		return ERR_NOMEM;
	(void)pthread_mutex_lock(&sqlite->mutex[SQLITE_STAFF]);
	result = SQLITE_START(row, BIND_NUMBER(filter->before_ms),
	    BIND_NUMBER(filter->before_citizen), BIND_NUMBER(filter->look),
	    BIND_TEXT(filter->channel));
	while (result == OK && count < filter->limit) {
		result = sqlite_query_next(row);
		if (result != OK)
			break;
		result = read_row(row, filter, arena, &rows[count]);
		count += result == OK ? 1 : 0;
		if (result == ERR_INVALID)
			result = OK;
	}
	sqlite_query_end(row);
	(void)pthread_mutex_unlock(&sqlite->mutex[SQLITE_STAFF]);
	if (result != OK && result != ERR_NOT_FOUND)
		return result;
	*rows_out = rows;
	*count_out = count;
	return OK;
}

static enum result
one(struct backend *backend, uint64_t citizen, struct arena *arena,
    struct talk_row *out)
{
	struct sqlite *sqlite = sqlite_of(backend);
	sqlite3_stmt *row = sqlite->sql[SQL_TALK];
	const struct talk_filter all = { .fits = NULL };
	struct talk_row read = { .citizen = 0 };
	enum result result;

	(void)pthread_mutex_lock(&sqlite->mutex[SQLITE_STAFF]);
	result = SQLITE_START(row, BIND_NUMBER(citizen));
	if (result == OK)
		result = sqlite_query_next(row);
	if (result == OK)
		result = read_row(row, &all, arena, &read);
	sqlite_query_end(row);
	(void)pthread_mutex_unlock(&sqlite->mutex[SQLITE_STAFF]);
	if (result == OK)
		*out = read;
	return result;
}

static enum result
questions(struct backend *backend, uint64_t citizen, size_t limit,
    struct arena *arena, struct question_row **rows_out, size_t *count_out)
{
	struct sqlite *sqlite = sqlite_of(backend);
	sqlite3_stmt *row = sqlite->sql[SQL_TALK_QUESTIONS];
	struct sqlite_list list = { .arena = arena,
		.size = sizeof(struct question_row) };
	enum result result;

	(void)pthread_mutex_lock(&sqlite->mutex[SQLITE_STAFF]);
	result = sqlite_list_read(row,
	    SQLITE_START(row, BIND_NUMBER(citizen), BIND_NUMBER(limit)),
	    sqlite_staff_add_question, &list);
	(void)pthread_mutex_unlock(&sqlite->mutex[SQLITE_STAFF]);
	if (result != OK)
		return result;
	*rows_out = list.at;
	*count_out = list.count;
	return OK;
}

static enum result
newest(struct backend *backend, uint64_t citizen, size_t limit,
    uint64_t *after_id_out)
{
	struct sqlite *sqlite = sqlite_of(backend);
	sqlite3_stmt *row = sqlite->sql[SQL_TALK_NEWEST];
	uint64_t after = 0;
	enum result result;

	(void)pthread_mutex_lock(&sqlite->mutex[SQLITE_STAFF]);
	result = SQLITE_START(row, BIND_NUMBER(citizen), BIND_NUMBER(limit));
	if (result == OK)
		result = sqlite_query_next(row);
	if (result == OK)
		after = sqlite_query_number(row, 0);
	sqlite_query_end(row);
	(void)pthread_mutex_unlock(&sqlite->mutex[SQLITE_STAFF]);
	if (result != OK && result != ERR_NOT_FOUND)
		return result;
	*after_id_out = after;
	return OK;
}

static enum result
trouble(struct backend *backend, const char *channel, const char *account,
    struct arena *arena, struct talk_trouble *out)
{
	struct sqlite *sqlite = sqlite_of(backend);
	sqlite3_stmt *row = sqlite->sql[SQL_TALK_TROUBLE];
	struct talk_trouble read = { .created_ms = 0 };
	enum result result;

	(void)pthread_mutex_lock(&sqlite->mutex[SQLITE_STAFF]);
	result = SQLITE_START(
	    row, BIND_TEXT(text_of(channel)), BIND_TEXT(text_of(account)));
	if (result == OK)
		result = sqlite_query_next(row);
	if (result == OK) {
		read.created_ms = sqlite_query_number(row, 0);
		read.state = (enum delivery_state)sqlite_query_number(row, 1);
		result = sqlite_query_copy(row, 2, arena, &read.reason);
	}
	sqlite_query_end(row);
	(void)pthread_mutex_unlock(&sqlite->mutex[SQLITE_STAFF]);
	if (result == OK)
		*out = read;
	return result;
}

/* ---- texts kept for answering: one value, changed as a whole ---- */

static enum result
canned(struct backend *backend, struct arena *arena, struct text_view *out)
{
	struct sqlite *sqlite = sqlite_of(backend);
	sqlite3_stmt *row = sqlite->sql[SQL_TALK_CANNED];
	struct text_view read = TEXT("");
	enum result result;

	(void)pthread_mutex_lock(&sqlite->mutex[SQLITE_STAFF]);
	result = SQLITE_START(row, BIND_TEXT(TEXT("canned_replies")));
	if (result == OK)
		result = sqlite_query_next(row);
	if (result == OK)
		result = sqlite_query_copy(row, 0, arena, &read);
	sqlite_query_end(row);
	(void)pthread_mutex_unlock(&sqlite->mutex[SQLITE_STAFF]);
	if (result != OK && result != ERR_NOT_FOUND)
		return result;
	*out = read;
	return OK;
}

static enum result
keep_canned(struct backend *backend, struct text_view before,
    struct text_view next, const struct audit_line *line)
{
	struct sqlite *sqlite = sqlite_of(backend);
	enum result result = SQLITE_RUN(sqlite->sql[SQL_TALK_KEEP_CANNED],
	    BIND_TEXT(before), BIND_TEXT(next));

	if (result != OK)
		return result;
	if (sqlite3_changes(sqlite->db[SQLITE_WRITER]) == 0)
		return ERR_INVALID;
	return sqlite_audit_add(sqlite, line);
}

const struct backend_talk sqlite_talk_functions = {
	.keep_canned = keep_canned,
	.list = list,
	.one = one,
	.questions = questions,
	.newest = newest,
	.trouble = trouble,
	.canned = canned,
};
