/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What staff do to groups.  Each is one part of a transaction: the version
 * that they saw is compared, how it was is kept for an undo, then it changes,
 * and the audit line is written. */
#include "sqlite_review.h"

/* A group as it is now; texts in the scratch arena. */
struct held {
	uint64_t version;
	uint64_t state;
	uint64_t merged_into;
	uint64_t assignee;
	uint64_t due_ms;
	uint64_t questions;
	struct text_view entry;
	struct text_view department;
};

static enum result
load(struct sqlite *sqlite, uint64_t group, struct held *out)
{
	sqlite3_stmt *row = sqlite->sql[SQL_REVIEW_HOLD];
	uint64_t *const numbers[] = { &out->version, &out->state,
		&out->merged_into, &out->assignee, &out->due_ms,
		&out->questions };
	enum result result = SQLITE_START(row, BIND_NUMBER(group));
	int column = 0;

	if (result == OK)
		result = sqlite_query_next(row);
	if (result != OK)
		goto out;
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		*numbers[i] = sqlite_query_number(row, column++);
	result =
	    sqlite_query_copy(row, column++, &sqlite->scratch, &out->entry);
	if (result == OK)
		result = sqlite_query_copy(
		    row, column, &sqlite->scratch, &out->department);
out:
	sqlite_query_end(row);
	return result;
}

/* An open group is what most changes begin with. */
static enum result
load_open(struct sqlite *sqlite, uint64_t group, struct held *out)
{
	enum result result = load(sqlite, group, out);

	return result == OK && out->state != REVIEW_OPEN ? ERR_INVALID : result;
}

static enum result
load_open_version(
    struct sqlite *sqlite, uint64_t group, uint64_t version, struct held *out)
{
	enum result result = load_open(sqlite, group, out);

	return result == OK && out->version != version ? ERR_INVALID : result;
}

static enum result
set(struct sqlite *sqlite, uint64_t group, const struct held *held)
{
	return SQLITE_RUN(sqlite->sql[SQL_REVIEW_SET], BIND_NUMBER(group),
	    BIND_NUMBER(held->state), BIND_NUMBER(held->merged_into),
	    BIND_NUMBER(held->assignee), BIND_NUMBER(held->due_ms),
	    BIND_TEXT(held->entry), BIND_TEXT(held->department));
}

static enum result
keep_before(struct sqlite *sqlite, uint64_t action, uint64_t group)
{
	return SQLITE_RUN(sqlite->sql[SQL_REVIEW_KEEP_BEFORE],
	    BIND_NUMBER(action), BIND_NUMBER(group));
}

enum result
sqlite_review_recount(struct sqlite *sqlite, uint64_t group)
{
	enum result result =
	    SQLITE_RUN(sqlite->sql[SQL_REVIEW_RECOUNT], BIND_NUMBER(group));

	if (result == OK)
		result = SQLITE_RUN(
		    sqlite->sql[SQL_REVIEW_RENAME], BIND_NUMBER(group));
	return result;
}

/* ---- state and assignment ---- */

/* In which states an action makes sense, and what it leads to. */
static const struct step {
	bool from[REVIEW_STATES];
	enum review_state to;
} steps[] = {
	[REVIEW_DISMISS] = { { [REVIEW_OPEN] = true }, REVIEW_DISMISSED },
	[REVIEW_ANSWER] = { { [REVIEW_OPEN] = true }, REVIEW_ANSWERED },
	[REVIEW_ASSIGN] = { { [REVIEW_OPEN] = true }, REVIEW_OPEN },
	[REVIEW_REOPEN] = { { [REVIEW_ANSWERED] = true,
				[REVIEW_DISMISSED] = true },
	    REVIEW_OPEN },
};

enum result
sqlite_review_change(struct backend *backend,
    const struct review_change *change, const struct audit_line *line)
{
	struct sqlite *sqlite = sqlite_of(backend);
	const struct step *step = &steps[change->action];
	struct held held = { .version = 0 };
	uint64_t action = 0;
	enum result result;

	arena_reset(&sqlite->scratch);
	result = load(sqlite, change->group, &held);
	if (result == OK &&
	    (held.version != change->version || !step->from[held.state]))
		result = ERR_INVALID;
	if (result == OK)
		result = sqlite_review_act(sqlite, change->group, &action);
	if (result == OK)
		result = keep_before(sqlite, action, change->group);
	if (result != OK)
		return result;
	held.state = step->to;
	if (change->action == REVIEW_ASSIGN) {
		held.assignee = change->assignee;
		held.department = change->department;
		held.due_ms = change->due_ms;
	} else {
		held.entry = change->entry;
	}
	result = set(sqlite, change->group, &held);
	return result == OK ? sqlite_audit_add(sqlite, line) : result;
}

/* ---- merging ---- */

static enum result
merge_questions(struct sqlite *sqlite, const struct review_merge *merge)
{
	uint64_t action = 0;
	enum result result = sqlite_review_act(sqlite, merge->into, &action);

	if (result == OK)
		result = keep_before(sqlite, action, merge->from);
	if (result == OK)
		result = keep_before(sqlite, action, merge->into);
	if (result == OK)
		result = SQLITE_RUN(sqlite->sql[SQL_REVIEW_KEEP_ALL_MOVED],
		    BIND_NUMBER(action), BIND_NUMBER(merge->from));
	if (result == OK)
		result = SQLITE_RUN(sqlite->sql[SQL_REVIEW_ENTER_ALL],
		    BIND_NUMBER(merge->from), BIND_NUMBER(merge->into));
	if (result == OK)
		result = sqlite_review_recount(sqlite, merge->from);
	if (result == OK)
		result = sqlite_review_recount(sqlite, merge->into);
	return result;
}

enum result
sqlite_review_merge(struct backend *backend, const struct review_merge *merge,
    const struct audit_line *line)
{
	struct sqlite *sqlite = sqlite_of(backend);
	struct held from = { .version = 0 };
	struct held into = { .version = 0 };
	enum result result;

	arena_reset(&sqlite->scratch);
	if (merge->from == merge->into)
		return ERR_INVALID;
	result =
	    load_open_version(sqlite, merge->from, merge->from_version, &from);
	if (result == OK)
		result = load_open_version(
		    sqlite, merge->into, merge->into_version, &into);
	if (result == OK)
		result = merge_questions(sqlite, merge);
	if (result != OK)
		return result;
	from.state = REVIEW_MERGED;
	from.merged_into = merge->into;
	result = set(sqlite, merge->from, &from);
	if (result == OK)
		result = set(sqlite, merge->into, &into);
	return result == OK ? sqlite_audit_add(sqlite, line) : result;
}

/* ---- moving ---- */

/* One question; ERR_INVALID when it is not in the group. */
static enum result
move_question(struct sqlite *sqlite, const struct review_move *move,
    size_t number, uint64_t action, uint64_t into)
{
	uint64_t question = move->questions[number];
	enum result result = SQLITE_RUN(sqlite->sql[SQL_REVIEW_LEAVE],
	    BIND_NUMBER(question), BIND_NUMBER(move->group), BIND_NUMBER(into));

	if (result != OK)
		return result;
	if (sqlite3_changes(sqlite->db[SQLITE_WRITER]) == 0)
		return ERR_INVALID;
	return SQLITE_RUN(sqlite->sql[SQL_REVIEW_KEEP_MOVED],
	    BIND_NUMBER(action), BIND_NUMBER(question),
	    BIND_NUMBER(move->group));
}

/* The group they go to: made, or open. */
static enum result
prepare_target(struct sqlite *sqlite, const struct review_move *move,
    uint64_t action, uint64_t *into_out)
{
	struct held held = { .version = 0 };
	enum result result;

	if (move->into != 0) {
		*into_out = move->into;
		result = load_open(sqlite, move->into, &held);
		if (result == OK)
			result = keep_before(sqlite, action, move->into);
		return result == OK ? set(sqlite, move->into, &held) : result;
	}
	result = sqlite_review_found(sqlite, move->questions[0], 0, into_out);
	if (result == OK)
		result = SQLITE_RUN(sqlite->sql[SQL_REVIEW_KEEP_NEW],
		    BIND_NUMBER(action), BIND_NUMBER(*into_out),
		    BIND_NUMBER(move->group));
	return result;
}

static enum result
move_questions(struct sqlite *sqlite, const struct review_move *move,
    const struct held *held, uint64_t *into_out)
{
	uint64_t action = 0;
	enum result result = sqlite_review_act(sqlite, move->group, &action);

	if (result == OK)
		result = keep_before(sqlite, action, move->group);
	if (result == OK)
		result = prepare_target(sqlite, move, action, into_out);
	for (size_t i = 0; result == OK && i < move->count; i++)
		result = move_question(sqlite, move, i, action, *into_out);
	if (result == OK)
		result = sqlite_review_recount(sqlite, move->group);
	if (result == OK)
		result = sqlite_review_recount(sqlite, *into_out);
	return result == OK ? set(sqlite, move->group, held) : result;
}

enum result
sqlite_review_move(struct backend *backend, const struct review_move *move,
    const struct audit_line *line, uint64_t *into_out)
{
	struct sqlite *sqlite = sqlite_of(backend);
	struct held held = { .version = 0 };
	enum result result;

	arena_reset(&sqlite->scratch);
	if (move->into == move->group)
		return ERR_INVALID;
	result = load_open_version(sqlite, move->group, move->version, &held);
	if (result == OK && move->count >= held.questions)
		result = ERR_INVALID;
	if (result == OK)
		result = move_questions(sqlite, move, &held, into_out);
	return result == OK ? sqlite_audit_add(sqlite, line) : result;
}

/* ---- views ---- */

enum result
sqlite_review_keep_view(struct backend *backend, uint64_t user,
    const struct review_view *view, const struct audit_line *line)
{
	struct sqlite *sqlite = sqlite_of(backend);
	sqlite3_stmt *count = sqlite->sql[SQL_REVIEW_COUNT_VIEWS];
	uint64_t others = 0;
	enum result result = sqlite_review_numbers(count,
	    SQLITE_START(count, BIND_NUMBER(user), BIND_TEXT(view->name)),
	    &others, 1);

	if (result == OK && view->query.len > 0 && others >= REVIEW_VIEWS_MAX)
		result = ERR_TOO_LARGE;
	if (result == OK && view->query.len > 0)
		result = SQLITE_RUN(sqlite->sql[SQL_REVIEW_KEEP_VIEW],
		    BIND_NUMBER(user), BIND_TEXT(view->name),
		    BIND_TEXT(view->query));
	else if (result == OK)
		result = SQLITE_RUN(sqlite->sql[SQL_REVIEW_DROP_VIEW],
		    BIND_NUMBER(user), BIND_TEXT(view->name));
	return result == OK ? sqlite_audit_add(sqlite, line) : result;
}
