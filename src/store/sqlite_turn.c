/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "sqlite.h"

/* One turn: seen before? -> state -> decide -> question, reply, new state.
 *
 * This is the hot path.  It touches as few pages as it can: a dedup mark is
 * one small row keyed by a hash, a citizen is found and changed once, question
 * and reply go to the end of their tables; an event that changes nothing (a
 * receipt) writes only its mark. */

enum {
	/* How exact "last seen" is: fine enough for keeping a citizen for
	 * months, and a receipt seldom writes. */
	SEEN_GRAIN_MS = 24 * 3600 * 1000,
};

/* Texts live in the scratch arena. */
struct citizen {
	sqlite3_int64 id; /* 0: nobody we know */
	sqlite3_int64 last_question;
	uint64_t seen_ms;
	struct text_view conversation;
	struct text_view state;
	struct contact contact;
};

/* One turn on its way through. */
struct work {
	struct turn *turn;
	struct turn_outcome outcome;
	sqlite3_int64 account_id;
	struct citizen citizen;
	sqlite3_int64 recalled; /* question that this turn's one replaces */
};

static uint64_t
hash(const struct sqlite *sqlite, const void *at, size_t len)
{
	uint64_t out;

	_Static_assert(sizeof(out) == crypto_shorthash_BYTES, "64 bits");
	(void)crypto_shorthash(
	    (unsigned char *)&out, at, len, sqlite->hash_key);
	return out;
}

/* A positive number that stands for DEDUP_ID of one account; 0 for none.
 * Keyed, so that nobody outside can make two ids meet; by chance they do once
 * in 2^63. */
static sqlite3_int64
message_key(const struct sqlite *sqlite, const struct work *work,
    struct text_view dedup_id)
{
	uint64_t both[2];

	if (dedup_id.len == 0)
		return 0;
	both[0] = (uint64_t)work->account_id;
	both[1] = hash(sqlite, dedup_id.at, dedup_id.len);
	return (sqlite3_int64)(hash(sqlite, both, sizeof(both)) >> 1);
}

static enum result
mark_seen(struct sqlite *sqlite, struct work *work)
{
	struct turn *turn = work->turn;
	enum result result;

	if (turn->dedup_id.len == 0)
		return OK;
	result = SQLITE_RUN(sqlite->sql[SQL_SEEN_ADD],
	    BIND_ID(message_key(sqlite, work, turn->dedup_id)),
	    BIND_NUMBER(turn->now_ms));
	if (result == OK)
		turn->duplicate =
		    sqlite3_changes(sqlite->db[SQLITE_WRITER]) == 0;
	return result;
}

/* ---- the citizen ---- */

static enum result
find_citizen(struct sqlite *sqlite, struct work *work)
{
	struct citizen *citizen = &work->citizen;
	sqlite3_stmt *statement = sqlite->sql[SQL_CITIZEN_FIND];
	enum result result = SQLITE_START(statement, BIND_ID(work->account_id),
	    BIND_TEXT(work->turn->citizen));

	if (result != OK)
		return result;
	result = sqlite_query_next(statement);
	if (result != OK)
		goto out;
	citizen->id = (sqlite3_int64)sqlite_query_number(statement, 0);
	citizen->last_question =
	    (sqlite3_int64)sqlite_query_number(statement, 1);
	citizen->seen_ms = sqlite_query_number(statement, 2);
	citizen->contact =
	    (struct contact){ .heard_ms = sqlite_query_number(statement, 5),
		    .renewed_ms = sqlite_query_number(statement, 6),
		    .replies = sqlite_query_number(statement, 7),
		    .left = sqlite_query_number(statement, 8) != 0 };
	result = sqlite_query_copy(
	    statement, 3, &sqlite->scratch, &citizen->conversation);
	if (result == OK)
		result = sqlite_query_copy(
		    statement, 4, &sqlite->scratch, &citizen->state);
out:
	sqlite_query_end(statement);
	return result == ERR_NOT_FOUND ? OK : result;
}

static enum result
add_citizen(struct sqlite *sqlite, struct work *work, bool forget)
{
	const struct turn *turn = work->turn;
	const struct contact *news = &work->outcome.contact;
	enum result result =
	    SQLITE_RUN(sqlite->sql[SQL_CITIZEN_ADD], BIND_ID(work->account_id),
		BIND_NUMBER(turn->now_ms), BIND_ID(forget),
		BIND_TEXT(turn->citizen), BIND_TEXT(turn->conversation),
		BIND_NUMBER(news->heard_ms), BIND_NUMBER(news->renewed_ms));

	if (result == OK)
		work->citizen.id =
		    sqlite3_last_insert_rowid(sqlite->db[SQLITE_WRITER]);
	return result;
}

static enum result
change_citizen(struct sqlite *sqlite, const struct work *work)
{
	const struct citizen *citizen = &work->citizen;
	const struct turn *turn = work->turn;
	const struct turn_outcome *outcome = &work->outcome;
	struct contact contact = contact_after(
	    &citizen->contact, &outcome->contact, outcome->reply.len > 0);

	return SQLITE_RUN(sqlite->sql[SQL_CITIZEN_CHANGE], BIND_ID(citizen->id),
	    BIND_ID(citizen->last_question), BIND_NUMBER(turn->now_ms),
	    BIND_TEXT(turn->conversation.len == 0 ? citizen->conversation
						  : turn->conversation),
	    BIND_TEXT(
		outcome->state.at == NULL ? citizen->state : outcome->state),
	    BIND_NUMBER(contact.heard_ms), BIND_NUMBER(contact.renewed_ms),
	    BIND_NUMBER(contact.replies), BIND_ID(contact.left));
}

/* ---- what was asked and what is said ---- */

/* Before this turn's own question becomes the last one. */
static enum result
label_question(struct sqlite *sqlite, const struct work *work)
{
	const struct turn_outcome *outcome = &work->outcome;

	sqlite3_int64 question = work->citizen.last_question;
	enum result result = OK;

	if (outcome->label.len > 0 || outcome->chosen.len > 0)
		result = SQLITE_RUN(sqlite->sql[SQL_QUESTION_LABEL],
		    BIND_ID(question), BIND_TEXT(outcome->label),
		    BIND_TEXT(outcome->chosen));
	if (result == OK && outcome->words.len > 0)
		result = SQLITE_RUN(sqlite->sql[SQL_QUESTION_WORDS],
		    BIND_ID(question), BIND_TEXT(outcome->words),
		    BIND_ID(message_key(sqlite, work, work->turn->dedup_id)));
	return result;
}

/* The question that was not finished is now. */
static enum result
join_question(struct sqlite *sqlite, const struct work *work)
{
	const struct question *question = work->outcome.question;
	const struct turn *turn = work->turn;

	return SQLITE_RUN(sqlite->sql[SQL_QUESTION_JOIN],
	    BIND_ID(work->recalled), BIND_NUMBER(turn->now_ms),
	    BIND_ID(message_key(sqlite, work, turn->dedup_id)),
	    BIND_REAL(question->confidence), BIND_TEXT(question->decision),
	    BIND_TEXT(question->entry), BIND_TEXT(question->base),
	    BIND_TEXT(question->candidates), BIND_TEXT(question->text));
}

static enum result
add_question(struct sqlite *sqlite, struct work *work)
{
	const struct question *question = work->outcome.question;
	const struct turn *turn = work->turn;
	enum result result;

	if (question == NULL)
		return OK;
	if (work->recalled != 0)
		return join_question(sqlite, work);
	result =
	    SQLITE_RUN(sqlite->sql[SQL_QUESTION_ADD], BIND_ID(work->citizen.id),
		BIND_ID(work->citizen.last_question), BIND_NUMBER(turn->now_ms),
		BIND_ID(message_key(sqlite, work, turn->dedup_id)),
		BIND_REAL(question->confidence), BIND_TEXT(question->decision),
		BIND_TEXT(question->entry), BIND_TEXT(question->base),
		BIND_TEXT(question->candidates), BIND_TEXT(question->text));
	if (result == OK)
		work->citizen.last_question =
		    sqlite3_last_insert_rowid(sqlite->db[SQLITE_WRITER]);
	return result;
}

static enum result
add_delivery(struct sqlite *sqlite, struct work *work)
{
	const struct turn_outcome *outcome = &work->outcome;
	enum result result;

	if (outcome->reply.len == 0)
		return OK;
	result = SQLITE_RUN(sqlite->sql[SQL_OUTBOX_ADD],
	    BIND_ID(work->account_id), BIND_ID(work->citizen.id),
	    BIND_ID(
		outcome->question == NULL ? 0 : work->citizen.last_question),
	    BIND_NUMBER(
		outcome->due_ms == 0 ? work->turn->now_ms : outcome->due_ms),
	    BIND_NUMBER(work->turn->now_ms), BIND_TEXT(outcome->reply));
	if (result == OK)
		work->turn->delivery = (uint64_t)sqlite3_last_insert_rowid(
		    sqlite->db[SQLITE_WRITER]);
	return result;
}

/* ---- outcomes ---- */

/* A stranger who only reacts or leaves stays one. */
static bool
has_contact_news(const struct work *work)
{
	const struct contact *known = &work->citizen.contact;
	struct contact after = contact_after(known, &work->outcome.contact, 0);

	return work->citizen.id != 0 && !contact_equal(&after, known);
}

static bool
has_news(const struct work *work)
{
	const struct turn_outcome *outcome = &work->outcome;
	const struct citizen *citizen = &work->citizen;
	const struct turn *turn = work->turn;

	return outcome->question != NULL || outcome->reply.len > 0 ||
	       outcome->label.len > 0 || outcome->chosen.len > 0 ||
	       has_contact_news(work) || outcome->words.len > 0 ||
	       (outcome->state.at != NULL &&
		   !text_equal(outcome->state, citizen->state)) ||
	       (citizen->id != 0 && turn->conversation.len > 0 &&
		   !text_equal(turn->conversation, citizen->conversation)) ||
	       (citizen->id != 0 &&
		   turn->now_ms > citizen->seen_ms + SEEN_GRAIN_MS);
}

static enum result
remember(struct sqlite *sqlite, struct work *work)
{
	enum result result = OK;

	if (!has_news(work))
		return OK;
	if (work->citizen.id == 0)
		result = add_citizen(sqlite, work, false);
	if (result == OK)
		result = label_question(sqlite, work);
	if (result == OK)
		result = add_question(sqlite, work);
	if (result == OK)
		result = add_delivery(sqlite, work);
	if (result == OK)
		result = change_citizen(sqlite, work);
	return result;
}

enum result
sqlite_turn_erase(struct sqlite *sqlite, sqlite3_int64 citizen_id,
    sqlite3_int64 last_question)
{
	enum result result =
	    SQLITE_RUN(sqlite->sql[SQL_QUESTION_ERASE], BIND_ID(last_question));

	if (result == OK)
		result = SQLITE_RUN(
		    sqlite->sql[SQL_OUTBOX_ERASE], BIND_ID(citizen_id));
	if (result == OK)
		result = SQLITE_RUN(
		    sqlite->sql[SQL_CITIZEN_ERASE], BIND_ID(citizen_id));
	return result;
}

/* The old row, with the question of this turn, stays for the counts and leads
 * to nobody.  The reply goes out under a row of its own, which is forgotten
 * once it has arrived. */
static enum result
forget(struct sqlite *sqlite, struct work *work)
{
	enum result result = OK;

	if (work->citizen.id == 0 && work->outcome.question != NULL)
		result = add_citizen(sqlite, work, true);
	if (result == OK)
		result = add_question(sqlite, work);
	if (result == OK && work->citizen.id != 0)
		result = sqlite_turn_erase(
		    sqlite, work->citizen.id, work->citizen.last_question);
	if (result == OK && work->outcome.reply.len > 0)
		result = add_citizen(sqlite, work, true);
	if (result == OK)
		result = add_delivery(sqlite, work);
	return result;
}

static enum result
unsend(struct sqlite *sqlite, const struct work *work)
{
	if (work->outcome.unsent.len == 0 || work->citizen.id == 0)
		return OK;
	return SQLITE_RUN(sqlite->sql[SQL_QUESTION_UNSEND],
	    BIND_ID(work->citizen.last_question),
	    BIND_ID(message_key(sqlite, work, work->outcome.unsent)));
}

static enum result
echo(struct sqlite *sqlite, const struct work *work)
{
	enum result result;

	if (work->outcome.delivered == 0)
		return OK;
	result = SQLITE_RUN(sqlite->sql[SQL_OUTBOX_ECHO],
	    BIND_NUMBER(work->outcome.delivered), BIND_ID(work->account_id));
	return result != OK
		   ? result
		   : sqlite_outbox_arrived(sqlite, work->outcome.delivered);
}

static enum result
recall(struct sqlite *sqlite, struct work *work)
{
	struct turn *turn = work->turn;
	enum result result = sqlite_held_recall(sqlite, work->citizen.id,
	    work->outcome.recall_ms, &work->recalled, &turn->recalled);

	if (result == ERR_NOT_FOUND) {
		turn->recalled = TEXT("");
		result = OK;
	}
	work->outcome = (struct turn_outcome){ 0 };
	return result != OK ? result
			    : turn->decide(turn->context, work->citizen.state,
				  &work->outcome);
}

static enum result
release(struct sqlite *sqlite, const struct work *work)
{
	if (work->outcome.release_ms == 0)
		return OK;
	return sqlite_held_release(sqlite, work->citizen.id,
	    work->outcome.release_ms, work->turn->now_ms);
}

static enum result
decide(struct sqlite *sqlite, struct work *work)
{
	struct turn *turn = work->turn;
	enum result result =
	    turn->decide(turn->context, work->citizen.state, &work->outcome);

	if (result == OK && work->outcome.recall_ms != 0)
		result = recall(sqlite, work);
	if (result == OK)
		result = release(sqlite, work);
	if (result == OK)
		result = echo(sqlite, work);
	if (result == OK)
		result = unsend(sqlite, work);
	if (result != OK)
		return result;
	return work->outcome.erase ? forget(sqlite, work)
				   : remember(sqlite, work);
}

enum result
sqlite_turn(struct backend *backend, struct turn *turn, bool *outbox_changed)
{
	struct sqlite *sqlite = sqlite_of(backend);
	struct work work = { .turn = turn };
	enum result result;

	turn->duplicate = false;
	turn->delivery = 0;
	turn->recalled = (struct text_view){ .at = NULL };
	arena_reset(&sqlite->scratch);
	result = sqlite_account_id(
	    sqlite, turn->channel, turn->account, &work.account_id);
	if (result == OK)
		result = mark_seen(sqlite, &work);
	if (result != OK || turn->duplicate)
		return result;
	result = find_citizen(sqlite, &work);
	if (result == OK)
		result = decide(sqlite, &work);
	if (turn->delivery != 0 || work.outcome.delivered != 0 ||
	    work.outcome.release_ms != 0)
		*outbox_changed = true;
	return result;
}
