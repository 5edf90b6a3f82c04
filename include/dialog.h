/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_DIALOG_H
#define HOIDAP_DIALOG_H

#include "knowledge.h"
#include "mask.h"
#include "message.h"
#include "notices.h"
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

/* A short message may steer the conversation instead of asking something. */
enum cue {
	CUE_NOT_THESE = 1, /* "không phải", "không có cái nào" */
	CUE_UNCLEAR = 2,   /* "không hiểu", "nói lại" */
	CUE_WRONG = 4,	   /* "sai rồi", "không đúng" */
	CUE_ERASE = 8,	   /* "xóa dữ liệu của tôi" */
	CUE_PERSON = 16,   /* "gặp cán bộ" */
	CUE_BOT = 32,	   /* "bot", "tiếp tục" */
	CUE_YES = 64,
	CUE_NO = 128,
	CUE_HELPED = 256,  /* "hữu ích" */
	CUE_USELESS = 512, /* "không giúp được gì" */
	CUE_INSULT = 1024,
};

/* What a question is about, when it does not say of what. */
enum aspect {
	ASPECT_FEE = 1,
	ASPECT_TIME = 2,
	ASPECT_PAPERS = 4,
	ASPECT_PLACE = 8,
};

struct dialog_asking {
	size_t words;
	unsigned aspects; /* enum aspect bits; of short texts only */
	bool asks;
	bool bare;    /* names no subject: "còn phí thì sao" */
	bool goes_on; /* begins as if it went on: "còn ...", "nếu ..." */
};

struct cues {
	unsigned kinds; /* enum cue bits */
	/* "2", "cái thứ hai": 2; CUES_LAST for "cái cuối"; 0: none. */
	unsigned option;
	bool bare; /* OPTION is one word such as "hai", which may mean more */
	struct text_view folded; /* the words without marks; empty when there
				    are too many to steer by */
	struct dialog_asking asking; /* likewise */
};

/* One of several questions in a message, or the question of a long story. */
struct dialog_part {
	struct text_view text; /* borrowed from the message */
	struct match_result match;
};

enum { DIALOG_PARTS_MAX = 3 };

enum { CUES_LAST = 1000 };

struct dialog_input {
	/* Given by the caller. */
	const struct knowledge *knowledge;
	const struct message *message;
	uint64_t now_ms;
	uint64_t staff_silence_ms; /* 0: no person ever answers */
	uint64_t keep_days;	   /* for the notice; 0: nothing is kept */
	/* Guards against floods; 0: off. */
	uint64_t messages_per_minute;
	uint64_t repeat_ms;  /* the same text within it is answered once */
	const char *channel; /* its name */
	const struct notices *notices; /* NULL: none */
	uint64_t burst_wait_ms; /* for the rest of a question; 0: no waiting */
	/* After a decision with RECALL_MS: as in struct turn. */
	struct text_view recalled;
	/* Filled in by dialog_prepare(). */
	struct text_view masked; /* the text without personal numbers */
	unsigned masked_kinds;	 /* enum masked bits */
	struct cues cues;
	struct match_result match;
	/* Each has an answer of its own; 0: the message is one question. */
	struct dialog_part *parts;
	size_t part_count;
};

/* What the bot said last, which words such as "sai rồi" refer to.  The numbers
 * are kept in stores. */
enum said {
	SAID_OTHER = 0,
	SAID_ANSWER = 1,  /* ENTRY, to the question logged last */
	SAID_TAPPED = 2,  /* ENTRY, to a tap: no question was logged */
	SAID_CHOICES = 3, /* "có phải ý anh/chị là" */
	SAID_ERASE = 4,	  /* "xóa hết?" */
	SAID_UNKNOWN = 5, /* "chưa có câu trả lời", to the question logged
			     last */
	SAID_WHY = 6,	  /* "thiếu hay sai chỗ nào?" */
};

enum told {
	TOLD = 1,	  /* has had the notice */
	TOLD_IN_HELD = 2, /* in a reply that may still be taken back */
};

/* What is remembered of a citizen between two messages; packed into the
 * store's opaque state.  It holds no text of theirs. */
struct conversation {
	uint64_t silent_until_ms; /* a person is answering: say nothing */
	uint64_t thread_lost;	  /* 1: and the thread is not ours */
	uint64_t misses;	  /* unanswered in a row */
	uint64_t said;		  /* enum said */
	uint64_t told;		  /* enum told */
	uint64_t minute_ms;	  /* since when COUNT is counted */
	uint64_t count;		  /* messages */
	uint64_t heard;		  /* hash of the last text, and its time */
	uint64_t heard_ms;
	uint64_t echo;	       /* hash of our last reply */
	uint64_t entry_ms;     /* when ENTRY was answered */
	uint64_t held_ms;      /* when a reply that waits is due */
	uint64_t burst_ms;     /* since when the question is unfinished */
	uint64_t feedback_day; /* and the topics asked of on it, hashed */
	uint64_t feedback_topics;
	uint64_t insulted_ms;	  /* when that was answered last */
	struct text_view entry;	  /* answered last */
	struct text_view options; /* the last reply's buttons, packed */
};

enum { CANDIDATES_TEXT_MAX_BYTES = 512 };

struct dialog_decision {
	enum decision decision;
	bool replies;
	struct reply reply;
	bool logs;		 /* a row for the question log */
	struct text_view asked;	 /* its text */
	struct text_view label;	 /* of the question asked last: see */
	struct text_view chosen; /* struct turn_outcome */
	struct text_view words;
	uint64_t due_ms;
	uint64_t recall_ms;
	uint64_t release_ms;
	const struct faq_entry *entry; /* answered, or NULL */
	double confidence;
	/* What it was decided on; NULL: on no match at all. */
	const struct match_result *match;
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

/* "id 0.93, id 0.41": the candidates as staff read them in the log; for
 * several questions "id 0.93 | id 0.91", an answer each. */
enum result candidates_text(const struct dialog_input *input,
    const struct dialog_decision *decision, struct buf *out) MUST_CHECK;

#endif
