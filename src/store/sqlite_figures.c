/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Figures are counted when they are asked for: 50,000 questions in a covering
 * index are read in some 30 ms, and a table of sums, which a turn would have to
 * keep, could be wrong. */
#include "sqlite_figures.h"

#include "figures_tally.h"

/* More accounts, or more questions, than an agency has; what is past them is
 * not counted, and cannot be. */
enum { ACCOUNTS_MAX = 256, WAITS_MAX = 200000, FIRST_ROOM = 1024 };

struct account_name {
	uint64_t id;
	struct text_view channel;
};

struct account_names {
	struct account_name at[ACCOUNTS_MAX];
	size_t count;
};

static enum result
read_accounts(
    struct sqlite *sqlite, struct arena *arena, struct account_names *out)
{
	sqlite3_stmt *row = sqlite->sql[SQL_FIGURES_ACCOUNTS];
	enum result result = OK;

	out->count = 0;
	while (result == OK && out->count < ACCOUNTS_MAX) {
		struct account_name *name = &out->at[out->count];

		result = sqlite_query_next(row);
		if (result != OK)
			break;
		name->id = sqlite_query_number(row, 0);
		result = sqlite_query_copy(row, 1, arena, &name->channel);
		out->count += result == OK ? 1 : 0;
	}
	sqlite_query_end(row);
	return result == ERR_NOT_FOUND ? OK : result;
}

static struct text_view
channel_of(const struct account_names *names, uint64_t id)
{
	for (size_t i = 0; i < names->count; i++)
		if (names->at[i].id == id)
			return names->at[i].channel;
	return TEXT("");
}

static enum result
count_row(sqlite3_stmt *row, const struct account_names *names,
    struct figures_tally *tally)
{
	const struct figures_question question = {
		.at_ms = sqlite_query_number(row, 0),
		.decision = sqlite_query_text(row, 1),
		.label = sqlite_query_text(row, 2),
		.entry = sqlite_query_text(row, 3),
		.chosen = sqlite_query_text(row, 4),
		.channel = channel_of(names, sqlite_query_number(row, 5)),
	};

	return figures_tally_add(tally, &question);
}

static enum result
count_all(struct sqlite *sqlite, const struct figures_period *period,
    struct figures_tally *tally)
{
	sqlite3_stmt *row = sqlite->sql[SQL_FIGURES];
	struct account_names names;
	enum result result = read_accounts(sqlite, tally->arena, &names);

	if (result != OK)
		return result;
	result = SQLITE_START(
	    row, BIND_NUMBER(period->from_ms), BIND_NUMBER(period->until_ms));
	while (result == OK) {
		result = sqlite_query_next(row);
		if (result == OK)
			result = count_row(row, &names, tally);
	}
	sqlite_query_end(row);
	return result == ERR_NOT_FOUND ? OK : result;
}

enum result
sqlite_figures_numbers(struct sqlite *sqlite, enum sqlite_statement statement,
    const struct figures_period *period, size_t max, struct arena *arena,
    uint64_t **numbers_out, size_t *count_out)
{
	sqlite3_stmt *row = sqlite->sql[statement];
	uint64_t *numbers = NULL;
	size_t count = 0;
	size_t room = 0;
	enum result result;

	(void)pthread_mutex_lock(&sqlite->mutex[SQLITE_STAFF]);
	result = SQLITE_START(row, BIND_NUMBER(period->from_ms),
	    BIND_NUMBER(period->until_ms), BIND_NUMBER(max));
	while (result == OK && (result = sqlite_query_next(row)) == OK) {
		if (count == room) {
			uint64_t *old = numbers;

			room = room == 0 ? FIRST_ROOM : 2 * room;
			numbers = arena_alloc(arena, room, sizeof(*numbers));
			if (numbers == NULL) {
				result = ERR_NOMEM;
				break;
			}
			for (size_t i = 0; i < count; i++)
				numbers[i] = old[i];
		}
		numbers[count++] = sqlite_query_number(row, 0);
	}
	sqlite_query_end(row);
	(void)pthread_mutex_unlock(&sqlite->mutex[SQLITE_STAFF]);
	if (result != ERR_NOT_FOUND)
		return result;
	*numbers_out = numbers;
	*count_out = count;
	return OK;
}

static enum result
figures(struct backend *backend, const struct figures_period *period,
    struct arena *arena, struct figures *out)
{
	struct sqlite *sqlite = sqlite_of(backend);
	struct figures_tally tally;
	uint64_t *waits;
	size_t count;
	enum result result = figures_tally_init(&tally, period, arena);

	if (result != OK)
		return result;
	(void)pthread_mutex_lock(&sqlite->mutex[SQLITE_STAFF]);
	result = count_all(sqlite, period, &tally);
	(void)pthread_mutex_unlock(&sqlite->mutex[SQLITE_STAFF]);
	if (result == OK)
		result = sqlite_figures_numbers(sqlite, SQL_FIGURES_WAITS,
		    period, WAITS_MAX, arena, &waits, &count);
	if (result != OK)
		return result;
	tally.figures.wait = figures_tally_wait(waits, count);
	*out = tally.figures;
	return OK;
}

static enum result
read_group(sqlite3_stmt *row, struct sqlite_list *list)
{
	struct figures_group *group = sqlite_list_add(list);

	if (group == NULL)
		return ERR_NOMEM;
	group->group = sqlite_query_number(row, 0);
	group->questions = sqlite_query_number(row, 1);
	return sqlite_query_copy(row, 2, list->arena, &group->text);
}

static enum result
groups(struct backend *backend, const struct figures_period *period, size_t max,
    struct arena *arena, struct figures_group **groups_out, size_t *count_out)
{
	struct sqlite *sqlite = sqlite_of(backend);
	sqlite3_stmt *row = sqlite->sql[SQL_FIGURES_GROUPS];
	struct sqlite_list list = { .arena = arena,
		.size = sizeof(struct figures_group) };
	enum result result;

	(void)pthread_mutex_lock(&sqlite->mutex[SQLITE_STAFF]);
	result = sqlite_list_read(row,
	    SQLITE_START(row, BIND_NUMBER(period->from_ms),
		BIND_NUMBER(period->until_ms), BIND_NUMBER(max)),
	    read_group, &list);
	(void)pthread_mutex_unlock(&sqlite->mutex[SQLITE_STAFF]);
	if (result != OK)
		return result;
	*groups_out = list.at;
	*count_out = list.count;
	return OK;
}

static enum result
waiting(struct backend *backend, const struct figures_period *period,
    size_t max, struct arena *arena, uint64_t **questions_out,
    size_t *count_out)
{
	return sqlite_figures_numbers(sqlite_of(backend), SQL_FIGURES_WAITING,
	    period, max, arena, questions_out, count_out);
}

const struct backend_figures sqlite_figures_functions = {
	.grade = sqlite_grade_set,
	.figures = figures,
	.groups = groups,
	.waiting = waiting,
	.sample = sqlite_grade_sample,
	.grades = sqlite_grade_counts,
};
