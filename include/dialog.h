/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_DIALOG_H
#define HOIDAP_DIALOG_H

#include "knowledge.h"
#include "mask.h"
#include "message.h"
#include "reply.h"

/* One turn of a conversation, in two steps.  dialog_prepare() does what needs
 * no state (match, mask) and runs in parallel; dialog_decide() takes the
 * citizen's state and runs inside the store's transaction.  Both are pure. */

enum decision {
	DECISION_NONE, /* nothing was asked: no reply, no log row */
	DECISION_ANSWER,
	DECISION_CLARIFY,
	DECISION_UNANSWERED,
	DECISION_SMALLTALK,
	DECISION_REFER,
	DECISION_HANDOFF,
};

/* "answer", "clarify", ...; "none". */
const char *decision_name(enum decision decision);

struct dialog_input {
	/* Given by the caller. */
	const struct knowledge *knowledge;
	const struct message *message;
	uint64_t now_ms;
	uint64_t staff_silence_ms;
	/* Filled in by dialog_prepare(). */
	struct text_view masked; /* the text without personal numbers */
	unsigned masked_kinds;	 /* enum masked bits */
	struct match_result match;
};

/* What is remembered of a citizen between two messages; packed into the
 * store's opaque state. */
struct conversation {
	uint64_t silent_until_ms; /* a person is answering: say nothing */
	unsigned misses;	  /* unanswered in a row */
	struct text_view entry;	  /* answered last */
	struct text_view asked;	  /* masked text that is being clarified */
	struct text_view options; /* the last reply's buttons, packed */
};

enum { CANDIDATES_TEXT_MAX_BYTES = 512 };

struct dialog_decision {
	enum decision decision;
	bool replies;
	struct reply reply;
	bool logs;		       /* a row for the question log */
	struct text_view asked;	       /* its text */
	const struct faq_entry *entry; /* answered, or NULL */
	double confidence;
	struct conversation after;
	struct text_view unsent; /* see struct turn_outcome */
	uint64_t delivered;
	bool erase;
};

/* Does an event of this kind change or answer anything?  Others need no turn. */
bool dialog_wants(enum event_kind kind);

/* Match and mask INPUT.message; views live in ARENA.  ERR_NOMEM. */
enum result dialog_prepare(
    struct dialog_input *input, struct arena *arena) MUST_CHECK;

/* Decide on a prepared INPUT for a citizen in STATE (empty: somebody new).
 * ERR_NOMEM; a state that cannot be read counts as new. */
enum result dialog_decide(const struct dialog_input *input,
    struct text_view state, struct arena *arena,
    struct dialog_decision *out) MUST_CHECK;

enum result conversation_pack(
    const struct conversation *conversation, struct buf *out) MUST_CHECK;
/* Copies into ARENA. */
enum result conversation_unpack(struct text_view state, struct arena *arena,
    struct conversation *out) MUST_CHECK;

/* "id 0.93, id 0.41": the candidates as staff read them in the log. */
enum result candidates_text(
    const struct match_result *match, struct buf *out) MUST_CHECK;

#endif
