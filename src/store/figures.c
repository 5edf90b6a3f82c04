/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store_figures.h"

#include "store_parts.h"

static const uint64_t day_ms = (uint64_t)24 * 3600 * 1000;

static const struct backend_figures *
kind_of(const struct store *store)
{
	return store->backend->kind->figures;
}

static enum result
check(const struct figures_period *period)
{
	if (period->until_ms <= period->from_ms)
		return ERR_INVALID;
	return period->until_ms - period->from_ms > FIGURES_DAYS_MAX * day_ms
		   ? ERR_TOO_LARGE
		   : OK;
}

void
store_figures_add(struct figures_counts *sum, const struct figures_counts *more)
{
	sum->questions += more->questions;
	sum->answered += more->answered;
	sum->clarified += more->clarified;
	sum->picked += more->picked;
	sum->declined += more->declined;
	sum->unanswered += more->unanswered;
	sum->handed_over += more->handed_over;
	sum->disputed += more->disputed;
	sum->helped += more->helped;
	sum->unhelpful += more->unhelpful;
	sum->small_talk += more->small_talk;
}

enum result
store_figures(struct store *store, const struct figures_period *period,
    struct arena *arena, struct figures *out)
{
	enum result result = check(period);

	return result == OK
		   ? kind_of(store)->figures(store->backend, period, arena, out)
		   : result;
}

enum result
store_figures_groups(struct store *store, const struct figures_period *period,
    size_t max, struct arena *arena, struct figures_group **groups_out,
    size_t *count_out)
{
	enum result result = check(period);

	return result == OK ? kind_of(store)->groups(store->backend, period,
				  max, arena, groups_out, count_out)
			    : result;
}

enum result
store_figures_waiting(struct store *store, const struct figures_period *period,
    size_t max, struct arena *arena, uint64_t **questions_out,
    size_t *count_out)
{
	enum result result = check(period);

	return result == OK ? kind_of(store)->waiting(store->backend, period,
				  max, arena, questions_out, count_out)
			    : result;
}

/* ---- grading ---- */

enum result
store_grade_sample(struct store *store, const struct grade_draw *draw,
    struct arena *arena, struct grade_sample *out)
{
	enum result result = check(&draw->period);

	return result == OK
		   ? kind_of(store)->sample(store->backend, draw, arena, out)
		   : result;
}

enum result
store_grades(struct store *store, const struct figures_period *period,
    uint64_t out[GRADES])
{
	enum result result = check(period);

	return result == OK
		   ? kind_of(store)->grades(store->backend, period, out)
		   : result;
}

struct grade_job {
	uint64_t question;
	enum grade grade;
	const struct audit_line *line;
};

static enum result
run_grade(struct backend *backend, void *context)
{
	const struct grade_job *job = context;

	return backend->kind->figures->grade(
	    backend, job->question, job->grade, job->line);
}

enum result
store_grade(struct store *store, uint64_t question, enum grade grade,
    const struct audit_line *line)
{
	struct grade_job job = { question, grade, line };

	return writer_run(store->writer, run_grade, &job);
}
