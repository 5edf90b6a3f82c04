/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The sample is the beginning of a shuffle that the seed fixes: every answer of
 * the period gets a hash of its id, and the smallest ones are drawn.  So the
 * same seed draws the same answers, a larger sample holds the smaller one, and
 * nothing has to be kept of it. */
#include <stdlib.h>

#include "hash.h"
#include "sqlite_figures.h"
#include "sqlite_user.h"

enum { POPULATION_MAX = 1000000 };

enum result
sqlite_grade_set(struct backend *backend, uint64_t question, enum grade grade,
    const struct audit_line *line)
{
	struct sqlite *sqlite = sqlite_of(backend);
	enum result result =
	    grade == GRADE_NONE
		? SQLITE_RUN(sqlite->sql[SQL_GRADE_DROP], BIND_NUMBER(question))
		: SQLITE_RUN(sqlite->sql[SQL_GRADE_SET], BIND_NUMBER(question),
		      BIND_NUMBER((uint64_t)grade), BIND_TEXT(line->login),
		      BIND_NUMBER(line->at_ms));

	if (result == OK && sqlite3_changes(sqlite->db[SQLITE_WRITER]) == 0)
		return ERR_NOT_FOUND;
	return result == OK ? sqlite_audit_add(sqlite, line) : result;
}

struct ticket {
	uint64_t place; /* in the shuffle */
	uint64_t question;
};

static int
compare(const void *one, const void *other)
{
	const struct ticket *a = one;
	const struct ticket *b = other;

	if (a->place != b->place)
		return a->place < b->place ? -1 : 1;
	return (a->question > b->question) - (a->question < b->question);
}

static struct ticket *
shuffle(
    const uint64_t *questions, size_t count, uint64_t seed, struct arena *arena)
{
	struct ticket *tickets = arena_alloc(arena, count, sizeof(*tickets));

	if (tickets == NULL)
		return NULL;
	for (size_t i = 0; i < count; i++) {
		const struct text_view id = { (const char *)&questions[i],
			sizeof(questions[i]) };

		tickets[i] = (struct ticket){ hash64(id, seed), questions[i] };
	}
	qsort(tickets, count, sizeof(*tickets), compare);
	return tickets;
}

/* ERR_NOT_FOUND when there is nothing left to grade. */
static enum result
read_answer(struct sqlite *sqlite, uint64_t question, struct arena *arena,
    struct graded_answer *out)
{
	sqlite3_stmt *row = sqlite->sql[SQL_GRADE_ANSWER];
	struct text_view *const texts[] = { &out->channel, &out->text,
		&out->entry, &out->label, &out->login };
	enum result result = SQLITE_START(row, BIND_NUMBER(question));

	if (result == OK)
		result = sqlite_query_next(row);
	if (result == OK) {
		out->question = sqlite_query_number(row, 0);
		out->at_ms = sqlite_query_number(row, 1);
		out->group = sqlite_query_number(row, 2);
		out->grade = (enum grade)sqlite_query_number(row, 3);
		out->confidence = sqlite3_column_double(row, 4);
	}
	for (size_t i = 0; result == OK && i < sizeof(texts) / sizeof(texts[0]);
	     i++)
		result = sqlite_query_copy(row, 5 + (int)i, arena, texts[i]);
	sqlite_query_end(row);
	return result;
}

static enum result
draw_answers(struct sqlite *sqlite, const struct ticket *tickets, size_t max,
    struct arena *arena, struct grade_sample *sample)
{
	enum result result = OK;

	(void)pthread_mutex_lock(&sqlite->mutex[SQLITE_STAFF]);
	for (size_t i = 0; i < sample->population && sample->count < max; i++) {
		result = read_answer(sqlite, tickets[i].question, arena,
		    &sample->answers[sample->count]);
		if (result != OK && result != ERR_NOT_FOUND)
			break;
		sample->count += result == OK ? 1 : 0;
	}
	(void)pthread_mutex_unlock(&sqlite->mutex[SQLITE_STAFF]);
	return result == ERR_NOT_FOUND ? OK : result;
}

enum result
sqlite_grade_sample(struct backend *backend, const struct grade_draw *draw,
    struct arena *arena, struct grade_sample *out)
{
	struct sqlite *sqlite = sqlite_of(backend);
	struct grade_sample sample = { .answers = arena_alloc(arena, draw->max,
					   sizeof(*sample.answers)) };
	const struct ticket *tickets = NULL;
	uint64_t *questions = NULL;
	size_t count = 0;
	enum result result;

	if (sample.answers == NULL)
		return ERR_NOMEM;
	result = sqlite_figures_numbers(sqlite, SQL_GRADE_POPULATION,
	    &draw->period, POPULATION_MAX, arena, &questions, &count);
	if (result == OK && count > 0) {
		tickets = shuffle(questions, count, draw->seed, arena);
		result = tickets == NULL ? ERR_NOMEM : OK;
	}
	sample.population = count;
	if (result == OK)
		result =
		    draw_answers(sqlite, tickets, draw->max, arena, &sample);
	if (result == OK)
		*out = sample;
	return result;
}

enum result
sqlite_grade_counts(struct backend *backend,
    const struct figures_period *period, uint64_t out[GRADES])
{
	struct sqlite *sqlite = sqlite_of(backend);
	sqlite3_stmt *row = sqlite->sql[SQL_GRADE_COUNTS];
	uint64_t counts[GRADES] = { 0 };
	enum result result;

	(void)pthread_mutex_lock(&sqlite->mutex[SQLITE_STAFF]);
	result = SQLITE_START(
	    row, BIND_NUMBER(period->from_ms), BIND_NUMBER(period->until_ms));
	while (result == OK && (result = sqlite_query_next(row)) == OK) {
		uint64_t grade = sqlite_query_number(row, 0);

		if (grade < GRADES)
			counts[grade] = sqlite_query_number(row, 1);
	}
	sqlite_query_end(row);
	(void)pthread_mutex_unlock(&sqlite->mutex[SQLITE_STAFF]);
	if (result != ERR_NOT_FOUND)
		return result;
	for (size_t i = 0; i < GRADES; i++)
		out[i] = counts[i];
	return OK;
}
