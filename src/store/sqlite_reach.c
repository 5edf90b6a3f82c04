/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "sqlite_reach.h"

#include "reach_plan.h"

/* Replies that staff write.  All of it runs inside the writer's transaction
 * but the askers, which are read for a page to look at.  A question keeps a
 * mark of the reply that it got, so that the same order given twice answers
 * nobody twice. */

enum result
sqlite_reach_read_contact(
    sqlite3_stmt *row, struct arena *arena, struct sqlite_contact *out)
{
	enum result result = sqlite_query_copy(row, 1, arena, &out->channel);

	if (result == OK)
		result = sqlite_query_copy(row, 2, arena, &out->account);
	out->citizen = sqlite_query_number(row, 0);
	out->forgotten = sqlite_query_number(row, 3) != 0;
	out->contact = (struct contact){
		.anonymous = sqlite_query_number(row, 4) != 0,
		.heard_ms = sqlite_query_number(row, 5),
		.renewed_ms = sqlite_query_number(row, 6),
		.replies = sqlite_query_number(row, 7),
		.left = sqlite_query_number(row, 8) != 0,
		.account_stopped = sqlite_query_number(row, 9) != 0,
	};
	return result;
}

/* ---- askers ---- */

static enum result
read_asker(sqlite3_stmt *row, struct arena *arena, struct asker *out,
    sqlite3_int64 *account_id_out)
{
	const int first = SQLITE_CONTACT_COLUMNS;
	struct sqlite_contact who;
	enum result result = sqlite_reach_read_contact(row, arena, &who);

	if (result == OK)
		result = sqlite_query_copy(row, first + 2, arena, &out->text);
	if (result != OK)
		return result;
	out->citizen = who.citizen;
	out->channel = who.channel;
	out->account = who.account;
	out->forgotten = who.forgotten;
	out->contact = who.contact;
	out->question = sqlite_query_number(row, first);
	out->asked_ms = sqlite_query_number(row, first + 1);
	out->told = sqlite_query_number(row, first + 3);
	*account_id_out = (sqlite3_int64)sqlite_query_number(row, first + 4);
	return OK;
}

/* The askers of an order, and the accounts that they wrote to. */
struct askers {
	struct asker *at;
	sqlite3_int64 *account_ids;
	size_t count;
};

static enum result
read_askers(sqlite3_stmt *row, const uint64_t *questions, size_t count,
    struct arena *arena, struct askers *out)
{
	struct askers askers = { arena_alloc(arena, count, sizeof(*askers.at)),
		arena_alloc(arena, count, sizeof(*askers.account_ids)), 0 };

	if (count > 0 && (askers.at == NULL || askers.account_ids == NULL))
		return ERR_NOMEM;
	for (size_t i = 0; i < count; i++) {
		enum result result =
		    SQLITE_START(row, BIND_NUMBER(questions[i]));

		if (result == OK)
			result = sqlite_query_next(row);
		if (result == OK)
			result =
			    read_asker(row, arena, &askers.at[askers.count],
				&askers.account_ids[askers.count]);
		sqlite_query_end(row);
		if (result == OK)
			askers.count++;
		else if (result != ERR_NOT_FOUND)
			return result;
	}
	*out = askers;
	return OK;
}

static enum result
list_askers(struct backend *backend, const uint64_t *questions, size_t count,
    struct arena *arena, struct asker **askers_out, size_t *count_out)
{
	struct sqlite *sqlite = sqlite_of(backend);
	struct askers askers;
	enum result result;

	(void)pthread_mutex_lock(&sqlite->mutex[SQLITE_STAFF]);
	result = read_askers(
	    sqlite->sql[SQL_ASKER_READ], questions, count, arena, &askers);
	(void)pthread_mutex_unlock(&sqlite->mutex[SQLITE_STAFF]);
	if (result != OK)
		return result;
	*askers_out = askers.at;
	*count_out = askers.count;
	return OK;
}

/* ---- a reply ---- */

struct letter {
	sqlite3_int64 account_id;
	uint64_t citizen;
	uint64_t question; /* 0: none */
	uint64_t now_ms;
	struct authorship authorship;
	struct text_view reply;
};

static enum result
post(struct sqlite *sqlite, const struct letter *letter, uint64_t *delivery_out)
{
	enum result result = SQLITE_RUN(sqlite->sql[SQL_OUTBOX_STAFF],
	    BIND_ID(letter->account_id), BIND_NUMBER(letter->citizen),
	    BIND_NUMBER(letter->question), BIND_NUMBER(letter->now_ms),
	    BIND_ID(letter->authorship.human), BIND_ID(letter->authorship.paid),
	    BIND_TEXT(letter->reply));

	if (result != OK)
		return result;
	*delivery_out =
	    (uint64_t)sqlite3_last_insert_rowid(sqlite->db[SQLITE_WRITER]);
	return SQLITE_RUN(
	    sqlite->sql[SQL_CITIZEN_REPLIED], BIND_NUMBER(letter->citizen));
}

/* ---- an order for many questions ---- */

struct ordering {
	struct sqlite *sqlite;
	const struct reach_order *order;
	struct arena *arena;
	struct askers askers;
	uint64_t *deliveries; /* of each asker; 0: none */
	struct reach_counts done;
};

static enum result
compose_and_post(struct ordering *ordering, size_t at)
{
	const struct reach_order *order = ordering->order;
	const struct asker *asker = &ordering->askers.at[at];
	struct letter letter = { .account_id = ordering->askers.account_ids[at],
		.citizen = asker->citizen,
		.question = asker->question,
		.now_ms = order->terms.now_ms,
		.authorship = { .human = true, .paid = order->paid } };
	enum result result = order->compose(
	    order->context, asker, ordering->arena, &letter.reply);

	return result != OK
		   ? result
		   : post(ordering->sqlite, &letter, &ordering->deliveries[at]);
}

static enum result
answer(struct ordering *ordering, size_t at)
{
	const struct reach_order *order = ordering->order;
	struct plan plan =
	    reach_plan(ordering->askers.at, at, &order->terms, order->paid);
	enum result result = OK;

	reach_plan_count(&plan, &ordering->done);
	if (plan.fate == PLAN_TOLD || plan.fate == PLAN_REFUSED)
		return OK;
	if (plan.fate == PLAN_REPLY)
		result = compose_and_post(ordering, at);
	else
		ordering->deliveries[at] = ordering->deliveries[plan.with];
	if (result != OK)
		return result;
	return SQLITE_RUN(ordering->sqlite->sql[SQL_TOLD_ADD],
	    BIND_NUMBER(ordering->askers.at[at].question),
	    BIND_NUMBER(ordering->deliveries[at]),
	    BIND_NUMBER(order->terms.now_ms), BIND_TEXT(order->entry));
}

static size_t
replies_of(const struct reach_counts *counts)
{
	size_t replies = 0;

	for (size_t i = 0; i < REACHES; i++)
		replies += counts->replies[i];
	return replies;
}

static enum result
reply(struct backend *backend, const struct reach_order *order,
    const struct audit_line *line, struct arena *arena,
    struct reach_counts *done_out)
{
	struct ordering ordering = { .sqlite = sqlite_of(backend),
		.order = order,
		.arena = arena,
		.deliveries = arena_alloc(
		    arena, order->count, sizeof(*ordering.deliveries)) };
	enum result result = read_askers(ordering.sqlite->sql[SQL_ASKER_ANSWER],
	    order->questions, order->count, arena, &ordering.askers);

	if (result == OK && order->count > 0 && ordering.deliveries == NULL)
		result = ERR_NOMEM;
	for (size_t i = 0; result == OK && i < ordering.askers.count; i++)
		result = answer(&ordering, i);
	if (result == OK && replies_of(&ordering.done) > 0)
		result = sqlite_audit_add(ordering.sqlite, line);
	if (result == OK)
		*done_out = ordering.done;
	return result;
}

/* ---- in a conversation ---- */

/* Texts live in the scratch arena. */
struct steered {
	struct sqlite_contact who;
	sqlite3_int64 account_id;
	struct text_view state;
};

static enum result
find_steered(struct sqlite *sqlite, uint64_t citizen, struct steered *out)
{
	sqlite3_stmt *row = sqlite->sql[SQL_CITIZEN_STEERED];
	enum result result = SQLITE_START(row, BIND_NUMBER(citizen));

	if (result == OK)
		result = sqlite_query_next(row);
	if (result == OK)
		result =
		    sqlite_reach_read_contact(row, &sqlite->scratch, &out->who);
	if (result == OK)
		result = sqlite_query_copy(row, SQLITE_CONTACT_COLUMNS + 1,
		    &sqlite->scratch, &out->state);
	if (result == OK)
		out->account_id = (sqlite3_int64)sqlite_query_number(
		    row, SQLITE_CONTACT_COLUMNS);
	sqlite_query_end(row);
	return result == OK && out->who.forgotten ? ERR_NOT_FOUND : result;
}

/* A mark as that of a message, in a space of its own: the citizen's id stands
 * before the key. */
static enum result
mark_order(
    struct sqlite *sqlite, const struct steering *steering, bool *known_out)
{
	uint64_t both[2] = { steering->citizen, 0 };
	uint64_t mark;
	enum result result;

	if (steering->key.len == 0)
		return OK;
	(void)crypto_shorthash((unsigned char *)&both[1],
	    (const unsigned char *)steering->key.at, steering->key.len,
	    sqlite->hash_key);
	(void)crypto_shorthash((unsigned char *)&mark,
	    (const unsigned char *)both, sizeof(both), sqlite->hash_key);
	result = SQLITE_RUN(sqlite->sql[SQL_SEEN_ADD],
	    BIND_ID((sqlite3_int64)(mark >> 1)),
	    BIND_NUMBER(steering->terms.now_ms));
	*known_out = sqlite3_changes(sqlite->db[SQLITE_WRITER]) == 0;
	return result;
}

static enum result
carry_out(struct sqlite *sqlite, const struct steering *steering,
    const struct steered *steered, uint64_t *delivery_out)
{
	struct reply_window window = channel_window(
	    steered->who.channel, &steered->who.contact, &steering->terms);
	struct steering_change change = { .state = { NULL, 0 } };
	struct letter letter = { .account_id = steered->account_id,
		.citizen = steering->citizen,
		.now_ms = steering->terms.now_ms,
		.authorship = steering->authorship };
	enum result result = steering->decide(
	    steering->context, steered->state, &window, &change);

	if (result == OK && change.state.at != NULL)
		result = SQLITE_RUN(sqlite->sql[SQL_CITIZEN_STEER],
		    BIND_NUMBER(steering->citizen), BIND_TEXT(change.state));
	letter.reply = change.reply;
	if (result == OK && letter.reply.len > 0)
		result = post(sqlite, &letter, delivery_out);
	return result;
}

static enum result
steer(struct backend *backend, const struct steering *steering,
    const struct audit_line *line, uint64_t *delivery_out)
{
	struct sqlite *sqlite = sqlite_of(backend);
	struct steered steered;
	uint64_t delivery = 0;
	bool known = false;
	enum result result;

	arena_reset(&sqlite->scratch);
	result = find_steered(sqlite, steering->citizen, &steered);
	if (result == OK)
		result = mark_order(sqlite, steering, &known);
	if (result == OK && !known) {
		result = carry_out(sqlite, steering, &steered, &delivery);
		if (result == OK)
			result = sqlite_audit_add(sqlite, line);
	}
	if (result == OK)
		*delivery_out = delivery;
	return result;
}

const struct backend_reach sqlite_reach_functions = {
	.reply = reply,
	.steer = steer,
	.retry = sqlite_reply_retry,
	.discard = sqlite_reply_discard,
	.askers = list_askers,
	.replies = sqlite_reply_list,
};
