/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What the sorter asks: what is to be sorted, where it goes, and what people
 * have edited since.
 *
 * A group of a question is a number in the question's row, so that a crash
 * between two pieces loses nothing and sorts nothing twice.  The turn's hot
 * path writes nothing of this but, for a question that is open, one key of a
 * small index. */
#include "sqlite_review.h"

enum result
sqlite_review_read(const struct sqlite_review_rows *rows, enum result started,
    struct arena *arena, void **out, size_t *count_out)
{
	char *at = arena_alloc(arena, rows->max, rows->size);
	enum result result = at == NULL ? ERR_NOMEM : started;
	size_t count = 0;

	while (result == OK && count < rows->max) {
		result = sqlite_query_next(rows->statement);
		if (result == OK)
			result = rows->read(
			    rows->statement, arena, at + count * rows->size);
		if (result == OK)
			count++;
	}
	sqlite_query_end(rows->statement);
	if (result != OK && result != ERR_NOT_FOUND)
		return result;
	*out = at;
	*count_out = count;
	return OK;
}

enum result
sqlite_review_numbers(
    sqlite3_stmt *statement, enum result started, uint64_t *out, size_t count)
{
	enum result result = started;

	if (result == OK)
		result = sqlite_query_next(statement);
	for (size_t i = 0; result == OK && i < count; i++)
		out[i] = sqlite_query_number(statement, (int)i);
	sqlite_query_end(statement);
	return result;
}

/* ---- what is to be sorted ---- */

static enum result
read_item(sqlite3_stmt *row, struct arena *arena, void *out)
{
	struct review_item *item = out;
	enum result result;

	item->id = sqlite_query_number(row, 0);
	result = sqlite_query_copy(row, 1, arena, &item->text);
	if (result == OK)
		result = sqlite_query_copy(row, 2, arena, &item->candidates);
	return result;
}

static enum result
pending(struct backend *backend, size_t max, struct arena *arena,
    struct review_item **items_out, size_t *count_out)
{
	struct sqlite *sqlite = sqlite_of(backend);
	const struct sqlite_review_rows rows = {
		sqlite->sql[SQL_REVIEW_PENDING], max,
		sizeof(struct review_item), read_item
	};
	void *items = NULL;
	enum result result;

	(void)pthread_mutex_lock(&sqlite->mutex[SQLITE_STAFF]);
	result = sqlite_review_read(&rows,
	    SQLITE_START(rows.statement, BIND_NUMBER(max)), arena, &items,
	    count_out);
	(void)pthread_mutex_unlock(&sqlite->mutex[SQLITE_STAFF]);
	if (result == OK)
		*items_out = items;
	return result;
}

static enum result
items_of(struct backend *backend, uint64_t group, size_t max,
    struct arena *arena, struct review_item **items_out, size_t *count_out)
{
	struct sqlite *sqlite = sqlite_of(backend);
	const struct sqlite_review_rows rows = { sqlite->sql[SQL_REVIEW_ITEMS],
		max, sizeof(struct review_item), read_item };
	void *items = NULL;
	enum result result;

	(void)pthread_mutex_lock(&sqlite->mutex[SQLITE_STAFF]);
	result = sqlite_review_read(&rows,
	    SQLITE_START(rows.statement, BIND_NUMBER(group), BIND_NUMBER(max)),
	    arena, &items, count_out);
	(void)pthread_mutex_unlock(&sqlite->mutex[SQLITE_STAFF]);
	if (result == OK)
		*items_out = items;
	return result;
}

static enum result
read_edit(sqlite3_stmt *row, struct arena *arena, void *out)
{
	struct review_edit *edit = out;

	(void)arena;
	edit->number = sqlite_query_number(row, 0);
	edit->group = sqlite_query_number(row, 1);
	edit->open = sqlite_query_number(row, 2) != 0;
	return OK;
}

static enum result
edits(struct backend *backend, uint64_t after, size_t max, struct arena *arena,
    struct review_edit **edits_out, size_t *count_out)
{
	struct sqlite *sqlite = sqlite_of(backend);
	const struct sqlite_review_rows rows = { sqlite->sql[SQL_REVIEW_EDITS],
		max, sizeof(struct review_edit), read_edit };
	void *found = NULL;
	enum result result;

	(void)pthread_mutex_lock(&sqlite->mutex[SQLITE_STAFF]);
	result = sqlite_review_read(&rows,
	    SQLITE_START(rows.statement, BIND_NUMBER(after), BIND_NUMBER(max)),
	    arena, &found, count_out);
	(void)pthread_mutex_unlock(&sqlite->mutex[SQLITE_STAFF]);
	if (result == OK)
		*edits_out = found;
	return result;
}

/* ---- where it goes ---- */

/* A question that is to be placed. */
struct asked {
	uint64_t group; /* it is in already, or 0 */
	bool kept;	/* it still has its text */
	uint64_t citizen;
	uint64_t at_ms;
	struct text_view channel; /* in the scratch arena */
};

static enum result
load_asked(struct sqlite *sqlite, uint64_t question, struct asked *out)
{
	sqlite3_stmt *row = sqlite->sql[SQL_REVIEW_ASKED];
	enum result result = SQLITE_START(row, BIND_NUMBER(question));

	if (result == OK)
		result = sqlite_query_next(row);
	if (result == OK) {
		out->group = sqlite_query_number(row, 0);
		out->kept = sqlite_query_number(row, 1) != 0;
		out->citizen = sqlite_query_number(row, 2);
		out->at_ms = sqlite_query_number(row, 3);
		result =
		    sqlite_query_copy(row, 4, &sqlite->scratch, &out->channel);
	}
	sqlite_query_end(row);
	return result;
}

enum result
sqlite_review_found(struct sqlite *sqlite, uint64_t question, uint64_t at_ms,
    uint64_t *group_out)
{
	enum result result = SQLITE_RUN(sqlite->sql[SQL_REVIEW_FOUND],
	    BIND_NUMBER(question), BIND_NUMBER(at_ms));

	if (result == OK)
		*group_out = (uint64_t)sqlite3_last_insert_rowid(
		    sqlite->db[SQLITE_WRITER]);
	return result;
}

/* The group of the question that it stands beside, while that takes any. */
static enum result
find_group(struct sqlite *sqlite, const struct review_placement *placement,
    const struct asked *asked, uint64_t *group_out)
{
	sqlite3_stmt *row = sqlite->sql[SQL_REVIEW_BESIDE];
	enum result result = ERR_NOT_FOUND;

	if (placement->beside != 0)
		result = sqlite_review_numbers(row,
		    SQLITE_START(row, BIND_NUMBER(placement->beside)),
		    group_out, 1);
	return result != ERR_NOT_FOUND
		   ? result
		   : sqlite_review_found(
			 sqlite, placement->question, asked->at_ms, group_out);
}

static enum result
place_one(struct sqlite *sqlite, struct review_placement *placement)
{
	struct asked asked = { .group = 0 };
	uint64_t group = 0;
	enum result result = load_asked(sqlite, placement->question, &asked);

	placement->group = asked.group;
	if (result != OK || asked.group != 0 || !asked.kept)
		return result;
	result = find_group(sqlite, placement, &asked, &group);
	if (result == OK)
		result = SQLITE_RUN(sqlite->sql[SQL_REVIEW_JOIN],
		    BIND_NUMBER(group), BIND_NUMBER(asked.citizen),
		    BIND_NUMBER(asked.at_ms), BIND_TEXT(asked.channel));
	if (result == OK)
		result = SQLITE_RUN(sqlite->sql[SQL_REVIEW_ENTER],
		    BIND_NUMBER(placement->question), BIND_NUMBER(group));
	placement->group = group;
	return result;
}

static enum result
place(
    struct backend *backend, struct review_placement *placements, size_t count)
{
	struct sqlite *sqlite = sqlite_of(backend);
	enum result result = OK;

	for (size_t i = 0; result == OK && i < count; i++) {
		arena_reset(&sqlite->scratch);
		result = place_one(sqlite, &placements[i]);
	}
	return result;
}

static enum result
name(struct backend *backend, const struct review_name *names, size_t count)
{
	struct sqlite *sqlite = sqlite_of(backend);
	enum result result = OK;

	for (size_t i = 0; result == OK && i < count; i++)
		result = SQLITE_RUN(sqlite->sql[SQL_REVIEW_NAME],
		    BIND_NUMBER(names[i].group),
		    BIND_NUMBER(names[i].representative),
		    BIND_TEXT(names[i].words), BIND_TEXT(names[i].nearest));
	return result;
}

const struct backend_review sqlite_review_functions = {
	.place = place,
	.name = name,
	.change = sqlite_review_change,
	.merge = sqlite_review_merge,
	.move = sqlite_review_move,
	.undo = sqlite_review_undo,
	.keep_view = sqlite_review_keep_view,
	.pending = pending,
	.edits = edits,
	.items = items_of,
	.list = sqlite_review_list,
	.group = sqlite_review_group,
	.questions = sqlite_review_questions,
	.dismissed = sqlite_review_dismissed,
	.views = sqlite_review_views,
};
