/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_STORE_H
#define HOIDAP_STORE_H

#include "arena.h"
#include "channel.h"
#include "log.h"

/* What must survive a crash, by use case.  Two kinds of callers: HTTP threads
 * submit turns and never wait for the disk; the sender claims and settles
 * deliveries.  Every function may be called from any thread.
 *
 * SQLite is the embedded default; a backend is one table of functions beside
 * it (src/store/backend.h) that passes tests/contract/store_*_test.c. */
struct store;

struct store_options {
	const char *url; /* "sqlite:PATH" */
	/* Turns that may wait for their commit; past it store_submit() is
	 * ERR_BUSY.  A larger batch passes when nothing else waits. */
	size_t turns_waiting_max;
	/* Called after a commit that queued deliveries, or settled some so
	 * that the next ones may go, on the store's own thread or on that of
	 * who queued them; may be NULL.
	 * Must not call back into the store. */
	void (*outbox_changed)(void *context);
	void *context;
	const struct log *log; /* may be NULL */
};

/* Open, or create with the newest schema, readable by its owner only.
 * ERR_INVALID (a file that is no store of ours, or a newer one), ERR_IO, or
 * ERR_BUSY (another hoidap has it open), each with WHY. */
enum result store_open(const struct store_options *options,
    struct store **store_out, struct complaint *why) MUST_CHECK;
/* Commits what waits, then closes.  Takes NULL. */
void store_close(struct store *store);

/* ---- the turn: one event of one citizen, one transaction ---- */

/* The question log's row for a message that asked something. */
struct question {
	struct text_view text;	   /* masked before it comes here */
	struct text_view decision; /* "answer", "clarify", "unanswered", ... */
	struct text_view entry;	   /* id of the entry answered, or empty */
	double confidence;
	struct text_view candidates; /* "id 0.93, id 0.41" for staff */
	struct text_view base;	     /* version of the FAQ base */
	/* Set by later turns (turn_outcome); of no effect when it is asked. */
	struct text_view label;	 /* "declined", "disputed", "helped",
				    "unhelpful" or empty */
	struct text_view chosen; /* entry picked among choices, or empty */
	struct text_view words;	 /* what they said of the answer, masked */
};

/* What a turn decided.  Zeroed before decide(): what is left alone does not
 * happen.  Views must live until the turn is done. */
struct turn_outcome {
	/* The conversation from now on; AT NULL: as before. */
	struct text_view state;
	struct text_view reply; /* packed (reply.h); empty: say nothing */
	uint64_t due_ms;	/* when it is to go; 0: at once */
	/* The reply that is due then has not been seen yet: take it back, and
	 * call decide() once more with TURN.recalled.  Nothing else of this
	 * outcome happens.  0: no. */
	uint64_t recall_ms;
	uint64_t release_ms; /* the reply that is due then goes now; 0: none */
	const struct question *question; /* NULL: nothing was asked */
	/* What this turn says of the question that the citizen asked last;
	 * empty: nothing. */
	struct text_view label;
	struct text_view chosen;
	struct text_view words;
	struct text_view
	    unsent;		/* dedup id of a message whose text is erased */
	uint64_t delivered;	/* delivery the platform has echoed; 0: none */
	struct contact contact; /* news of when they may be written to, see
				   contact_news(); zeros: none */
	bool erase; /* forget this citizen: state, texts, queued replies; the
		       counts stay.  A reply of the same turn is still sent. */
};

struct turn {
	const char *channel; /* static */
	struct text_view account;
	struct text_view citizen;
	struct text_view conversation;
	struct text_view dedup_id;
	uint64_t now_ms;
	/* NULL: nobody's turn; something small is committed, which says that
	 * the store can be written, see store_probe().
	 * Called on the store's thread inside the transaction, once unless
	 * OUT->recall_ms asks for more, and never for an event that was seen
	 * before.  STATE is the citizen's conversation, empty
	 * for somebody new.  Pure but for CONTEXT. */
	enum result (*decide)(
	    void *context, struct text_view state, struct turn_outcome *out);
	void *context;
	/* Filled in by the store. */
	/* Before decide() is called once more: the text of the question whose
	 * reply was taken back, which this turn's question then replaces in
	 * the log; empty when that reply has gone.  AT is NULL before. */
	struct text_view recalled;
	bool duplicate;
	uint64_t delivery; /* id of the queued reply, 0: none */
};

/* All events of one webhook, committed together with whatever else waits. */
struct turn_batch {
	struct turn *turns;
	size_t count;
	/* Called once on the store's thread after the commit (or its failure:
	 * then nothing of the batch was kept).  Must not block. */
	void (*done)(struct turn_batch *batch, enum result result);
	void *context;
	struct turn_batch *next; /* the store's own */
};

/* Queue BATCH, which must live until done() is called.  ERR_BUSY when the
 * queue is full or the store is closing: done() is then not called. */
enum result store_submit(
    struct store *store, struct turn_batch *batch) MUST_CHECK;

/* ---- the outbox ---- */

struct delivery {
	uint64_t id;
	struct text_view channel;
	struct text_view account;
	struct text_view citizen;
	struct text_view conversation;
	struct text_view reply; /* packed */
	uint64_t created_ms;
	unsigned attempts;   /* tried so far */
	unsigned parts_done; /* API calls of this reply that are delivered */
	bool plain;	     /* buttons were refused before */
	struct authorship authorship;
	/* What is known of the citizen now, without ACCOUNT_STOPPED; REPLIES
	 * counts this one. */
	struct contact contact;
};

struct store_claim {
	uint64_t now_ms;
	uint64_t lease_ms;
	size_t max;
	const char *const *channels; /* NULL-ended: those that push */
};

/* Lease up to CLAIM.max due deliveries into OUT, texts in ARENA.  Per citizen the
 * oldest only, and none while an older one is leased or waits for its next
 * try: order is kept.  A lease ends with store_settle(), after LEASE_MS, or
 * with this process.  *NEXT_DUE_MS_OUT is when the next one becomes due
 * (0: none waits); *COUNT_OUT may be 0. */
enum result store_claim(struct store *store, const struct store_claim *claim,
    struct arena *arena, struct delivery *out, size_t *count_out,
    uint64_t *next_due_ms_out) MUST_CHECK;

enum delivery_state {
	DELIVERY_QUEUED = 0, /* waits for DUE_MS */
	DELIVERY_DELIVERED = 1,
	DELIVERY_PARKED = 2,	/* waits for a person */
	DELIVERY_ERASED = 3,	/* with its citizen */
	DELIVERY_DISCARDED = 4, /* by a person, with a reason */
};

struct settlement {
	uint64_t delivery;
	enum delivery_state state;
	uint64_t now_ms;
	uint64_t due_ms; /* DELIVERY_QUEUED: when to try again */
	unsigned attempts;
	unsigned parts_done;
	bool plain;
	/* Why it waits or was parked, for staff; copied. */
	char reason[VERDICT_REASON_SIZE];
};

/* Record how a delivery went and end its lease with the next commit; does not
 * wait for it.  A crash before that commit sends the message once more: the
 * one documented window for a double.  A delivery that an echo or an erasure
 * has settled meanwhile stays as it is. */
enum result store_settle(
    struct store *store, const struct settlement *settlement) MUST_CHECK;

struct store_fetch {
	const char *channel;
	struct text_view citizen;
	uint64_t after;
	size_t max;
	uint64_t now_ms; /* what is due later is left, with all behind it */
};

/* For channels that fetch (the web page): replies with ids above FETCH.after,
 * oldest first, at most FETCH.max; they count as delivered.  One short read:
 * a turn's done() may call it. */
enum result store_fetch(struct store *store, const struct store_fetch *fetch,
    struct arena *arena, struct delivery **out, size_t *count_out) MUST_CHECK;

/* ---- tokens that are refreshed (Zalo) ---- */

struct stored_token {
	struct token_pair pair;
	bool dead; /* the refresh token is refused: a person must consent */
};

/* ERR_NOT_FOUND before the first save. */
enum result store_token_load(struct store *store, const char *channel,
    const char *account, struct stored_token *out) MUST_CHECK;
/* Durable when it returns. */
enum result store_token_save(struct store *store, const char *channel,
    const char *account, const struct stored_token *token) MUST_CHECK;
/* One refresher among all threads and processes: ERR_BUSY while another OWNER
 * holds the lock and it has not run out.  Durable; unlock with UNTIL_MS 0.
 * Where one process at a time has the store open, opening it lets go of what a
 * killed one held. */
enum result store_token_lock(struct store *store, const char *channel,
    const char *account, const char *owner, uint64_t now_ms,
    uint64_t until_ms) MUST_CHECK;

/* ---- for staff, the demo and the operator ---- */

struct question_row {
	uint64_t id;
	uint64_t at_ms;
	struct text_view channel;
	struct question question;
};

struct question_filter {
	bool unanswered_only; /* with those whose choices were declined */
	uint64_t after_id;    /* only newer ones */
	size_t limit;	      /* newest first */
};

enum result store_questions(struct store *store,
    const struct question_filter *filter, struct arena *arena,
    struct question_row **rows_out, size_t *count_out) MUST_CHECK;

struct store_counts {
	uint64_t questions;
	uint64_t unanswered;
	uint64_t queued; /* deliveries */
	uint64_t parked;
	uint64_t oldest_queued_ms; /* created; 0: none */
	size_t turns_waiting;
};

enum result store_count(
    struct store *store, struct store_counts *out) MUST_CHECK;

/* What is kept of a citizen of one account. */
struct citizen_reply {
	uint64_t at_ms;
	enum delivery_state state;
	struct text_view reply; /* packed */
};

struct citizen_record {
	uint64_t id; /* the store's own */
	struct text_view account;
	struct text_view conversation;
	struct text_view state;
	uint64_t seen_ms;
	struct question_row *questions; /* oldest first; CHANNEL is empty */
	size_t question_count;
	struct citizen_reply *replies; /* not erased yet, oldest first */
	size_t reply_count;
};

/* All records of CITIZEN, one for each account they wrote to; *COUNT_OUT may
 * be 0. */
enum result store_records(struct store *store, const char *channel,
    struct text_view citizen, struct arena *arena,
    struct citizen_record **records_out, size_t *count_out) MUST_CHECK;
/* Forget CITIZEN, as turn_outcome.erase does, in every account of CHANNEL;
 * *ERASED_OUT is in how many.  Durable when it returns. */
enum result store_erase(struct store *store, const char *channel,
    struct text_view citizen, size_t *erased_out) MUST_CHECK;
/* How many message texts store_purge() would erase. */
enum result store_count_old(struct store *store, uint64_t now_ms,
    uint64_t keep_ms, uint64_t *count_out) MUST_CHECK;

/* Is the store writable now?  Commits something small; waits for it. */
enum result store_probe(struct store *store, uint64_t now_ms) MUST_CHECK;

/* Erase message texts older than KEEP_MS, and dedup marks and settled
 * deliveries that no redelivery can ask for any more. */
enum result store_purge(
    struct store *store, uint64_t now_ms, uint64_t keep_ms) MUST_CHECK;

#endif
