/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_STORE_FIGURES_H
#define HOIDAP_STORE_FIGURES_H

#include "store_staff.h"

/* What happened in a period, in numbers that outlive the texts; and what staff
 * said of a sample of the answers.  Every number is counted from the question
 * log when it is asked for, so that two pages never disagree. */

/* From FROM_MS up to and without UNTIL_MS. */
struct figures_period {
	uint64_t from_ms;
	uint64_t until_ms;
};

/* Longer ones are ERR_TOO_LARGE; empty ones ERR_INVALID. */
enum { FIGURES_DAYS_MAX = 400 };

/* Numbers only, see store_figures_add().
 * QUESTIONS = ANSWERED + CLARIFIED + UNANSWERED + HANDED_OVER. */
struct figures_counts {
	uint64_t questions;   /* messages that asked something */
	uint64_t answered;    /* by an answer, or sent to the right office */
	uint64_t clarified;   /* choices were offered */
	uint64_t picked;      /* of these: one was taken, and answered */
	uint64_t declined;    /* of these: none was right */
	uint64_t unanswered;  /* "not yet, staff will see this" */
	uint64_t handed_over; /* to a person */
	uint64_t disputed;    /* answers that the citizen called wrong */
	uint64_t helped;      /* said to have helped */
	uint64_t unhelpful;   /* said not to have helped */
	uint64_t small_talk;  /* greetings, thanks: beside the questions */
};

/* Add MORE to SUM.  Pure. */
void store_figures_add(
    struct figures_counts *sum, const struct figures_counts *more);

struct figures_row {
	struct text_view name; /* a channel, or an entry ("": none) */
	struct figures_counts counts;
};

enum { FIGURES_HOURS = 24 };

/* How long the people behind questions waited for staff. */
struct figures_wait {
	uint64_t replies; /* questions that staff answered in the period */
	uint64_t median_ms;
	uint64_t nine_in_ten_ms; /* as quick as this, or quicker */
};

struct figures {
	struct figures_counts all;
	uint64_t first_day_ms;	     /* midnight in Vietnam */
	struct figures_counts *days; /* every day that the period touches */
	size_t day_count;
	struct figures_counts hours[FIGURES_HOURS]; /* of the day in Vietnam */
	struct figures_row *channels;
	size_t channel_count;
	/* By the entry that was given, or picked among choices; in no
	 * particular order. */
	struct figures_row *entries;
	size_t entry_count;
	struct figures_wait wait;
};

enum result store_figures(struct store *store,
    const struct figures_period *period, struct arena *arena,
    struct figures *out) MUST_CHECK;

/* Groups of open questions by their questions in the period, most first. */
struct figures_group {
	uint64_t group;
	uint64_t questions;
	struct text_view text; /* of the representative; empty: erased */
};

enum result store_figures_groups(struct store *store,
    const struct figures_period *period, size_t max, struct arena *arena,
    struct figures_group **groups_out, size_t *count_out) MUST_CHECK;

/* Open questions of the period, newest first: those who asked them wait. */
enum result store_figures_waiting(struct store *store,
    const struct figures_period *period, size_t max, struct arena *arena,
    uint64_t **questions_out, size_t *count_out) MUST_CHECK;

/* ---- grading a sample ---- */

enum grade {
	GRADE_NONE = 0,
	GRADE_RIGHT = 1,
	GRADE_PARTLY = 2,
	GRADE_WRONG = 3,
	GRADE_UNASKED = 4, /* should not have answered at all */
	GRADES,
};

struct graded_answer {
	uint64_t question;
	uint64_t at_ms;
	struct text_view channel;
	struct text_view text;	/* as asked */
	struct text_view entry; /* that was given */
	double confidence;
	struct text_view label; /* what the citizen said of it, or empty */
	uint64_t group;		/* of open questions, 0: none */
	enum grade grade;
	struct text_view login; /* who graded, or empty */
};

struct grade_sample {
	struct graded_answer *answers;
	size_t count;
	uint64_t population; /* answers of the period */
};

struct grade_draw {
	struct figures_period period;
	uint64_t seed;
	size_t max;
};

/* A random sample of the answers that were given: the same for the same seed
 * and period, and a larger one begins with the smaller one.  An answer whose
 * question has been erased since cannot be graded and makes room for the
 * next, unless it was graded before. */
enum result store_grade_sample(struct store *store,
    const struct grade_draw *draw, struct arena *arena,
    struct grade_sample *out) MUST_CHECK;

/* GRADE_NONE takes a grade back.  ERR_NOT_FOUND: no answer was given to such a
 * question. */
enum result store_grade(struct store *store, uint64_t question,
    enum grade grade, const struct audit_line *line) MUST_CHECK;

/* How many answers given in the period have got each grade; of GRADE_NONE
 * those that have none. */
enum result store_grades(struct store *store,
    const struct figures_period *period, uint64_t out[GRADES]) MUST_CHECK;

#endif
