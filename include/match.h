/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_MATCH_H
#define HOIDAP_MATCH_H

#include "arena.h"
#include "faq.h"
#include "tokens.h"

/* The matching index: built from a base, then immutable.  Any number of
 * threads may ask it; each brings its own arena. */
struct match_index;

enum match_decision {
	MATCH_ANSWER,	  /* candidates[0] is the answer */
	MATCH_CLARIFY,	  /* the first two or three are worth offering */
	MATCH_UNANSWERED, /* do not guess */
};

/* Why a message was decided before matching. */
enum match_shortcut {
	SHORTCUT_NONE,
	SHORTCUT_EMPTY,	    /* nothing but spaces and punctuation */
	SHORTCUT_EMOJI,	    /* emoji only */
	SHORTCUT_DIGITS,    /* digits only */
	SHORTCUT_GIBBERISH, /* no word that the base or the language knows */
};

enum { MATCH_CANDIDATES_MAX = 5 };

struct match_candidate {
	const struct faq_entry *entry;
	double
	    confidence; /* calibrated: of answers at 0.9, 9 in 10 are right */
	double score;	/* the ranker's own, for explanations */
};

struct match_result {
	enum match_decision decision;
	enum match_shortcut shortcut;
	struct match_candidate candidates[MATCH_CANDIDATES_MAX];
	size_t candidate_count; /* best first */
	struct tokens words;	/* the message as it was read, in the arena */
};

/* Build from the live entries of FAQ on day TODAY; FAQ must outlive the
 * index. Deterministic for the same base.  ERR_INVALID with WHY when the base
 * cannot be indexed. */
enum result match_index_new(const struct faq *faq, const char *today,
    struct match_index **index_out, struct complaint *why) MUST_CHECK;
/* The same, starting from PREVIOUS (or NULL), whose base must still be there
 * while this runs.  Where a large base differs from that one in a few entries,
 * only those and what they may be confused with are learnt, which takes a
 * fraction of the time.  The outcome depends on PREVIOUS and FAQ alone, but is
 * not quite what match_index_new() would give; thresholds stay. */
enum result match_index_renew(const struct match_index *previous,
    const struct faq *faq, const char *today, struct match_index **index_out,
    struct complaint *why) MUST_CHECK;
void match_index_free(struct match_index *index);

/* An arena with this ceiling is enough for any question. */
enum { MATCH_ARENA_BYTES_MAX = 32 << 20 };

/* Decide on valid UTF-8 of any length (what is past a bound is not read).
 * Only ERR_NOMEM. */
enum result match_ask(const struct match_index *index,
    struct text_view question, struct arena *arena,
    struct match_result *result_out) MUST_CHECK;

/* Which words of the question spoke for a candidate, in the citizen's own
 * spelling, strongest first; for curators and `ask --explain`. */
struct match_reason {
	struct text_view phrase;
	double weight;	  /* share of the score; negative: spoke against */
	const char *kind; /* "words", "keyword", "pattern" */
};

enum { MATCH_REASONS_MAX = 12 };

struct match_explanation {
	struct match_reason reasons[MATCH_REASONS_MAX];
	size_t count;
};

/* Explain why ENTRY scored as it did for QUESTION; phrases live in ARENA. */
enum result match_explain(const struct match_index *index,
    struct text_view question, const struct faq_entry *entry,
    struct arena *arena, struct match_explanation *out) MUST_CHECK;

/* The thresholds in force, for `faq stats` and the metrics. */
struct match_thresholds {
	double answer;	       /* at least this confidence: answer */
	double clarify;	       /* at least this: offer */
	double expected_wrong; /* share of wrong among given answers, by
				  cross-validation */
};
void match_thresholds(
    const struct match_index *index, struct match_thresholds *out);
/* Use other thresholds, chosen on labelled questions.  Before the index is
 * shared with other threads. */
void match_set_thresholds(
    struct match_index *index, const struct match_thresholds *thresholds);

/* How a phrasing of the base, or an off-topic message, fared when it was asked
 * of a ranker that had not learnt it. */
struct match_trial {
	struct text_view text;	       /* borrowed from the base */
	const struct faq_entry *entry; /* NULL: none should answer, since it is
					  off topic or its entry was held
					  back */
	const struct faq_entry *best;  /* NULL: no candidate at all */
	double confidence;	       /* of BEST */
	double weight;
};
/* All trials of the cross-validation that set the thresholds, in no particular
 * order; borrowed from the index. */
const struct match_trial *match_trials(
    const struct match_index *index, size_t *count_out);

/* What would happen if the bot answered from CONFIDENCE on, by these trials:
 * the trade-off that staff see. */
struct match_point {
	double confidence;
	double answered; /* share of the questions that have an entry */
	double wrong;	 /* share of the answers */
};
struct match_point match_point_at(
    const struct match_index *index, double confidence);

#endif
