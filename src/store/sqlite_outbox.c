/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "sqlite.h"

#include <string.h>

/* Deliveries out and their settlement back.
 *
 * A citizen's replies go out in the order of their ids: only the oldest queued
 * one can be claimed, and while it is leased or waits for its next try the
 * newer ones wait behind it.  Parked ones wait for a person and block nobody.
 *
 * A claim looks for due deliveries account by account, and the account served
 * first changes from claim to claim: one with a long queue cannot starve the
 * others.  Leases are swept before anything is read; leases.h says why. */

/* A claim on its way. */
struct claiming {
	const struct store_claim *claim;
	struct arena *arena;
	struct delivery *out;
	size_t count;
	uint64_t next_due_ms; /* 0: none yet */
	struct text_view channel;
	struct text_view account;
};

static bool
is_pushed(const struct store_claim *claim, struct text_view channel)
{
	for (const char *const *name = claim->channels; *name != NULL; name++)
		if (text_is(channel, *name))
			return true;
	return false;
}

static void
note_due(struct claiming *claiming, uint64_t due_ms)
{
	if (claiming->next_due_ms == 0 || due_ms < claiming->next_due_ms)
		claiming->next_due_ms = due_ms;
}

/* Columns FIRST to FIRST + 12: created, attempts, parts done, plain, citizen,
 * conversation, reply, human, paid, heard, renewed, replies, gone. */
static enum result
read_delivery(
    sqlite3_stmt *row, int first, struct arena *arena, struct delivery *out)
{
	enum result result;

	out->created_ms = sqlite_query_number(row, first);
	out->attempts = (unsigned)sqlite_query_number(row, first + 1);
	out->parts_done = (unsigned)sqlite_query_number(row, first + 2);
	out->plain = sqlite_query_number(row, first + 3) != 0;
	out->authorship.human = sqlite_query_number(row, first + 7) != 0;
	out->authorship.paid = sqlite_query_number(row, first + 8) != 0;
	out->contact =
	    (struct contact){ .heard_ms = sqlite_query_number(row, first + 9),
		    .renewed_ms = sqlite_query_number(row, first + 10),
		    .replies = sqlite_query_number(row, first + 11),
		    .left = sqlite_query_number(row, first + 12) != 0 };
	result = sqlite_query_copy(row, first + 4, arena, &out->citizen);
	if (result == OK)
		result = sqlite_query_copy(
		    row, first + 5, arena, &out->conversation);
	out->contact.anonymous = out->conversation.len > 0;
	if (result == OK)
		result = sqlite_query_copy(row, first + 6, arena, &out->reply);
	return result;
}

/* ERR_NOT_FOUND: nothing more to take from this account. */
static enum result
take_row(struct sqlite *sqlite, struct claiming *claiming, sqlite3_stmt *row)
{
	uint64_t id = sqlite_query_number(row, 0);
	uint64_t due_ms = sqlite_query_number(row, 1);
	struct delivery taken = { .id = id,
		.channel = claiming->channel,
		.account = claiming->account };
	uint64_t until_ms = 0;
	enum result result;

	if (leases_has(&sqlite->leases, id, &until_ms)) {
		if (until_ms != 0)
			note_due(claiming, until_ms);
		return OK;
	}
	if (due_ms > claiming->claim->now_ms ||
	    claiming->count == claiming->claim->max) {
		note_due(claiming, due_ms);
		return ERR_NOT_FOUND;
	}
	result = read_delivery(row, 2, claiming->arena, &taken);
	if (result != OK)
		return result;
	claiming->out[claiming->count++] = taken;
	return OK;
}

static enum result
claim_account(
    struct sqlite *sqlite, struct claiming *claiming, sqlite3_int64 account_id)
{
	sqlite3_stmt *row = sqlite->sql[SQL_CLAIM];
	enum result result = SQLITE_START(row, BIND_ID(account_id));

	while (result == OK) {
		result = sqlite_query_next(row);
		if (result == OK)
			result = take_row(sqlite, claiming, row);
	}
	sqlite_query_end(row);
	return result == ERR_NOT_FOUND ? OK : result;
}

static enum result
claim_accounts(struct sqlite *sqlite, struct claiming *claiming)
{
	sqlite3_stmt *row = sqlite->sql[SQL_ACCOUNTS];
	enum result result =
	    SQLITE_START(row, BIND_ID(sqlite->account_served_last));
	sqlite3_int64 served_first = 0;

	while (result == OK) {
		sqlite3_int64 id;

		result = sqlite_query_next(row);
		if (result != OK)
			break;
		if (!is_pushed(claiming->claim, sqlite_query_text(row, 1)))
			continue;
		id = (sqlite3_int64)sqlite_query_number(row, 0);
		if (served_first == 0)
			served_first = id;
		result = sqlite_query_copy(
		    row, 1, claiming->arena, &claiming->channel);
		if (result == OK)
			result = sqlite_query_copy(
			    row, 2, claiming->arena, &claiming->account);
		if (result == OK)
			result = claim_account(sqlite, claiming, id);
	}
	sqlite_query_end(row);
	sqlite->account_served_last = served_first;
	return result == ERR_NOT_FOUND ? OK : result;
}

enum result
sqlite_outbox_claim(struct backend *backend, const struct store_claim *claim,
    struct arena *arena, struct delivery *out, size_t *count_out,
    uint64_t *next_due_out)
{
	struct sqlite *sqlite = sqlite_of(backend);
	struct claiming claiming = {
		.claim = claim, .arena = arena, .out = out
	};
	enum result result;

	(void)pthread_mutex_lock(&sqlite->mutex[SQLITE_SENDER]);
	leases_sweep(&sqlite->leases, claim->now_ms);
	result = leases_reserve(&sqlite->leases, claim->max);
	if (result == OK)
		result = claim_accounts(sqlite, &claiming);
	/* With a full arena, those that fitted are a claim as well. */
	if (result == ERR_NOMEM && claiming.count > 0) {
		note_due(&claiming, claim->now_ms);
		result = OK;
	}
	if (result != OK)
		goto out;
	for (size_t i = 0; i < claiming.count; i++)
		leases_take(&sqlite->leases, out[i].id,
		    claim->now_ms + claim->lease_ms);
	*count_out = claiming.count;
	*next_due_out = claiming.next_due_ms;
out:
	(void)pthread_mutex_unlock(&sqlite->mutex[SQLITE_SENDER]);
	return result;
}

void
sqlite_outbox_lease_hold(struct backend *backend, uint64_t delivery)
{
	leases_hold(&sqlite_of(backend)->leases, delivery);
}

void
sqlite_outbox_lease_end(struct backend *backend, uint64_t delivery)
{
	leases_end(&sqlite_of(backend)->leases, delivery);
}

/* ---- fetched by the citizen's page ---- */

static enum result
fetch_row(sqlite3_stmt *row, struct arena *arena, struct delivery *out)
{
	enum result result;

	out->id = sqlite_query_number(row, 0);
	result = sqlite_query_copy(row, 1, arena, &out->channel);
	if (result == OK)
		result = sqlite_query_copy(row, 2, arena, &out->account);
	if (result == OK)
		result = read_delivery(row, 3, arena, out);
	return result;
}

enum result
sqlite_outbox_fetch(struct backend *backend, const struct store_fetch *fetch,
    struct arena *arena, struct delivery **out, size_t *count_out)
{
	struct sqlite *sqlite = sqlite_of(backend);
	sqlite3_stmt *row = sqlite->sql[SQL_FETCH];
	struct delivery *found = arena_alloc(arena, fetch->max, sizeof(*found));
	size_t count = 0;
	enum result result;

	if (found == NULL)
		return ERR_NOMEM;
	(void)pthread_mutex_lock(&sqlite->mutex[SQLITE_SENDER]);
	result = SQLITE_START(row, BIND_TEXT(text_of(fetch->channel)),
	    BIND_TEXT(fetch->citizen), BIND_NUMBER(fetch->after),
	    BIND_NUMBER(fetch->max), BIND_NUMBER(fetch->now_ms));
	while (result == OK && count < fetch->max) {
		result = sqlite_query_next(row);
		if (result == OK)
			result = fetch_row(row, arena, &found[count]);
		if (result == OK)
			count++;
	}
	sqlite_query_end(row);
	(void)pthread_mutex_unlock(&sqlite->mutex[SQLITE_SENDER]);
	if (result != OK && result != ERR_NOT_FOUND)
		return result;
	*out = found;
	*count_out = count;
	return OK;
}

/* ---- settled ---- */

enum result
sqlite_outbox_arrived(struct sqlite *sqlite, uint64_t delivery)
{
	if (sqlite3_changes(sqlite->db[SQLITE_WRITER]) == 0)
		return OK;
	return SQLITE_RUN(
	    sqlite->sql[SQL_CITIZEN_FORGET], BIND_NUMBER(delivery));
}

static enum result
settle_delivered(struct sqlite *sqlite, const struct settlement *settlement)
{
	enum result result = SQLITE_RUN(sqlite->sql[SQL_OUTBOX_DELIVERED],
	    BIND_NUMBER(settlement->delivery), BIND_ID(settlement->attempts),
	    BIND_ID(settlement->parts_done), BIND_ID(settlement->plain),
	    BIND_TEXT(text_of(settlement->reason)));

	return result != OK
		   ? result
		   : sqlite_outbox_arrived(sqlite, settlement->delivery);
}

enum result
sqlite_outbox_settle(
    struct backend *backend, const struct settlement *settlement)
{
	struct sqlite *sqlite = sqlite_of(backend);

	if (settlement->state == DELIVERY_DELIVERED)
		return settle_delivered(sqlite, settlement);
	return SQLITE_RUN(sqlite->sql[SQL_OUTBOX_SETTLE],
	    BIND_NUMBER(settlement->delivery), BIND_ID(settlement->attempts),
	    BIND_ID(settlement->parts_done), BIND_ID(settlement->plain),
	    BIND_TEXT(text_of(settlement->reason)), BIND_ID(settlement->state),
	    BIND_NUMBER(settlement->due_ms));
}

enum result
sqlite_outbox_settle_fetched(struct backend *backend, uint64_t delivery)
{
	struct sqlite *sqlite = sqlite_of(backend);
	enum result result =
	    SQLITE_RUN(sqlite->sql[SQL_OUTBOX_FETCHED], BIND_NUMBER(delivery));

	return result != OK ? result : sqlite_outbox_arrived(sqlite, delivery);
}
