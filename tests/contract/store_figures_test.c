/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store_figures.h"

#include "store_review.h"
#include "tests/support/store_fixture.h"

/* In a static initialiser TEXT() is no constant. */
#define VIEW(literal)                                                          \
	{                                                                      \
		(literal), sizeof(literal) - 1                                 \
	}

enum { HOUR_MS = 3600 * 1000 };

static const uint64_t day_ms = (uint64_t)24 * HOUR_MS;
/* 2026-11-24, midnight in Vietnam. */
static const uint64_t midnight = UINT64_C(1795453200000);

static const struct audit_line line = { .at_ms = 5000,
	.user = 7,
	.login = VIEW("lan"),
	.action = VIEW("answer.grade"),
	.subject = VIEW("question 1") };

struct asked {
	const char *channel;
	uint64_t hours; /* since MIDNIGHT */
	struct question question;
	const char *label; /* that the same citizen gives it afterwards */
	const char *chosen;
};

static const struct asked year[] = {
	{ "messenger", 0,
	    { .text = VIEW("a"),
		.decision = VIEW("answer"),
		.entry = VIEW("phi"),
		.confidence = 0.9 },
	    "disputed", NULL },
	{ "messenger", 9,
	    { .text = VIEW("b"),
		.decision = VIEW("answer"),
		.entry = VIEW("phi") },
	    "helped", NULL },
	{ "zalo", 9, { .text = VIEW("c"), .decision = VIEW("clarify") }, NULL,
	    "phi" },
	{ "zalo", 10, { .text = VIEW("d"), .decision = VIEW("clarify") },
	    "declined", NULL },
	{ "zalo", 23, { .text = VIEW("e"), .decision = VIEW("unanswered") },
	    NULL, NULL },
	{ "zalo", 24, { .text = VIEW("f"), .decision = VIEW("handoff") }, NULL,
	    NULL },
	{ "zalo", 25, { .text = VIEW("chào"), .decision = VIEW("smalltalk") },
	    NULL, NULL },
	{ "zalo", 26,
	    { .text = VIEW("g"),
		.decision = VIEW("refer"),
		.entry = VIEW("khieu-nai") },
	    "unhelpful", NULL },
};

enum { ASKED = sizeof(year) / sizeof(year[0]) };

static const struct figures_period two_days = { UINT64_C(1795453200000),
	UINT64_C(1795453200000) + 2 * (uint64_t)24 * HOUR_MS };

/* Question number I + 1 is the one of year[I]. */
static void
ask(struct store_fixture *fixture, const struct asked *asked, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		char citizen[] = { (char)('a' + i % 26), '\0' };
		struct said said[2] = { { .channel = asked[i].channel,
		    .citizen = citizen,
		    .now_ms = midnight + asked[i].hours * HOUR_MS,
		    .outcome = { .question = &asked[i].question } } };
		size_t turns = 1;

		if (asked[i].label != NULL || asked[i].chosen != NULL) {
			said[1] = said[0];
			said[1].outcome =
			    (struct turn_outcome){ .label =
						       text_of(asked[i].label),
				    .chosen = text_of(asked[i].chosen) };
			turns = 2;
		}
		assert_int_equal(store_fixture_say(fixture, said, turns), OK);
	}
}

static struct figures
count(struct store_fixture *fixture, const struct figures_period *period)
{
	struct figures figures;

	assert_int_equal(
	    store_figures(fixture->store, period, &fixture->arena, &figures),
	    OK);
	return figures;
}

static const struct figures_counts *
named(const struct figures_row *rows, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (text_is(rows[i].name, name))
			return &rows[i].counts;
	fail_msg("there is no row %s", name);
	return NULL;
}

static void
every_question_is_counted_once_for_what_came_of_it(void **state)
{
	struct store_fixture *fixture = *state;
	struct figures figures;
	struct figures_counts all;

	ask(fixture, year, ASKED);
	figures = count(fixture, &two_days);
	all = figures.all;
	assert_int_equal(all.questions, 7);
	assert_int_equal(all.answered, 3);
	assert_int_equal(all.clarified, 2);
	assert_int_equal(all.picked, 1);
	assert_int_equal(all.declined, 1);
	assert_int_equal(all.unanswered, 1);
	assert_int_equal(all.handed_over, 1);
	assert_int_equal(all.disputed, 1);
	assert_int_equal(all.helped, 1);
	assert_int_equal(all.unhelpful, 1);
	assert_int_equal(all.small_talk, 1);
	assert_int_equal(all.questions,
	    all.answered + all.clarified + all.unanswered + all.handed_over);
}

static void
questions_are_counted_by_day_hour_channel_and_entry(void **state)
{
	struct store_fixture *fixture = *state;
	struct figures figures;

	ask(fixture, year, ASKED);
	figures = count(fixture, &two_days);
	assert_int_equal(figures.first_day_ms, midnight);
	assert_int_equal(figures.day_count, 2);
	assert_int_equal(figures.days[0].questions, 5);
	assert_int_equal(figures.days[1].questions, 2);
	assert_int_equal(figures.hours[9].questions, 2);
	assert_int_equal(figures.hours[0].questions, 2);
	assert_int_equal(figures.hours[23].unanswered, 1);
	assert_int_equal(figures.channel_count, 2);
	assert_int_equal(named(figures.channels, 2, "messenger")->questions, 2);
	assert_int_equal(named(figures.channels, 2, "zalo")->questions, 5);
	assert_int_equal(
	    named(figures.entries, figures.entry_count, "phi")->questions, 3);
	assert_int_equal(
	    named(figures.entries, figures.entry_count, "")->questions, 3);
}

static void
a_period_ends_before_its_end(void **state)
{
	struct store_fixture *fixture = *state;
	const struct figures_period first = { midnight,
		midnight + 24 * (uint64_t)HOUR_MS };

	ask(fixture, year, ASKED);
	assert_int_equal(count(fixture, &first).all.questions, 5);
	assert_int_equal(count(fixture, &first).day_count, 1);
}

static void
a_period_that_is_empty_or_too_long_is_refused(void **state)
{
	struct store_fixture *fixture = *state;
	const struct figures_period empty = { 5, 5 };
	const struct figures_period reversed = { 6, 5 };
	const struct figures_period longest = { 0,
		FIGURES_DAYS_MAX * day_ms + 1 };
	struct figures figures;

	assert_int_equal(
	    store_figures(fixture->store, &empty, &fixture->arena, &figures),
	    ERR_INVALID);
	assert_int_equal(
	    store_figures(fixture->store, &reversed, &fixture->arena, &figures),
	    ERR_INVALID);
	assert_int_equal(
	    store_figures(fixture->store, &longest, &fixture->arena, &figures),
	    ERR_TOO_LARGE);
}

static void
the_counts_outlive_the_texts(void **state)
{
	struct store_fixture *fixture = *state;

	ask(fixture, year, ASKED);
	assert_int_equal(
	    store_purge(fixture->store, midnight + 900 * day_ms, day_ms), OK);
	assert_int_equal(count(fixture, &two_days).all.questions, 7);
	assert_int_equal(count(fixture, &two_days).channel_count, 2);
}

/* ---- groups ---- */

static void
groups_are_ranked_by_their_questions_of_the_period(void **state)
{
	struct store_fixture *fixture = *state;
	static const struct asked unanswered[] = {
		{ "web", 0,
		    { .text = VIEW("x"), .decision = VIEW("unanswered") }, NULL,
		    NULL },
		{ "web", 30,
		    { .text = VIEW("y"), .decision = VIEW("unanswered") }, NULL,
		    NULL },
		{ "web", 31,
		    { .text = VIEW("z"), .decision = VIEW("unanswered") }, NULL,
		    NULL },
	};
	struct review_placement places[] = { { .question = 1 },
		{ .question = 2 }, { .question = 3, .beside = 2 } };
	struct figures_group *groups;
	uint64_t *waiting;
	size_t count = 0;
	struct figures_period first = { midnight, midnight + day_ms };

	ask(fixture, unanswered, 3);
	assert_int_equal(store_review_place(fixture->store, places, 3), OK);
	assert_int_equal(store_figures_groups(fixture->store, &two_days, 5,
			     &fixture->arena, &groups, &count),
	    OK);
	assert_int_equal(count, 2);
	assert_int_equal(groups[0].questions, 2);
	assert_int_equal(groups[0].group, places[1].group);
	assert_int_equal(store_figures_groups(fixture->store, &first, 5,
			     &fixture->arena, &groups, &count),
	    OK);
	assert_int_equal(count, 1);
	assert_int_equal(groups[0].group, places[0].group);
	assert_int_equal(store_figures_waiting(fixture->store, &two_days, 2,
			     &fixture->arena, &waiting, &count),
	    OK);
	assert_int_equal(count, 2);
	assert_int_equal(waiting[0], 3);
	assert_int_equal(waiting[1], 2);
}

/* ---- grades ---- */

enum { MANY = 60 };

static void
answer_many(struct store_fixture *fixture)
{
	struct asked asked[MANY];

	for (size_t i = 0; i < MANY; i++)
		asked[i] = (struct asked){ .channel = "web",
			.hours = i % 40,
			.question = { .text = TEXT("hỏi"),
			    .decision = TEXT("answer"),
			    .entry = TEXT("phi") } };
	ask(fixture, asked, MANY);
}

static struct grade_sample
draw(struct store_fixture *fixture, uint64_t seed, size_t max)
{
	const struct grade_draw draw = { two_days, seed, max };
	struct grade_sample sample;

	assert_int_equal(
	    store_grade_sample(fixture->store, &draw, &fixture->arena, &sample),
	    OK);
	return sample;
}

static void
the_same_seed_draws_the_same_answers(void **state)
{
	struct store_fixture *fixture = *state;
	struct grade_sample few;
	struct grade_sample again;
	struct grade_sample other;
	size_t same = 0;

	answer_many(fixture);
	few = draw(fixture, 1, 10);
	again = draw(fixture, 1, 20);
	other = draw(fixture, 2, 10);
	assert_int_equal(few.count, 10);
	assert_int_equal(again.count, 20);
	assert_int_equal(few.population, MANY);
	for (size_t i = 0; i < few.count; i++) {
		assert_int_equal(
		    few.answers[i].question, again.answers[i].question);
		same += few.answers[i].question == other.answers[i].question;
	}
	assert_true(same < few.count);
	assert_true(text_is(few.answers[0].entry, "phi"));
	assert_int_equal(draw(fixture, 1, 100).count, MANY);
}

static void
a_grade_is_kept_replaced_and_taken_back(void **state)
{
	struct store_fixture *fixture = *state;
	uint64_t grades[GRADES];
	struct grade_sample sample;
	uint64_t question;

	answer_many(fixture);
	question = draw(fixture, 1, 1).answers[0].question;
	assert_int_equal(
	    store_grade(fixture->store, question, GRADE_RIGHT, &line), OK);
	assert_int_equal(
	    store_grade(fixture->store, question, GRADE_WRONG, &line), OK);
	store_fixture_reopen(fixture);
	sample = draw(fixture, 1, 1);
	assert_int_equal(sample.answers[0].grade, GRADE_WRONG);
	assert_true(text_is(sample.answers[0].login, "lan"));
	assert_int_equal(store_grades(fixture->store, &two_days, grades), OK);
	assert_int_equal(grades[GRADE_WRONG], 1);
	assert_int_equal(grades[GRADE_RIGHT], 0);
	assert_int_equal(grades[GRADE_NONE], MANY - 1);
	assert_int_equal(
	    store_grade(fixture->store, question, GRADE_NONE, &line), OK);
	assert_int_equal(draw(fixture, 1, 1).answers[0].grade, GRADE_NONE);
}

static void
only_an_answer_can_be_graded(void **state)
{
	struct store_fixture *fixture = *state;
	const struct audit_filter filter = { .limit = 10 };
	struct audit_line *lines;
	size_t count = 0;

	ask(fixture, year, ASKED);
	assert_int_equal(
	    store_grade(fixture->store, 5, GRADE_WRONG, &line), ERR_NOT_FOUND);
	assert_int_equal(
	    store_grade(fixture->store, 99, GRADE_WRONG, &line), ERR_NOT_FOUND);
	assert_int_equal(
	    store_grade(fixture->store, 1, GRADE_NONE, &line), ERR_NOT_FOUND);
	assert_int_equal(store_audit(fixture->store, &filter, &fixture->arena,
			     &lines, &count),
	    OK);
	assert_int_equal(count, 0);
	assert_int_equal(
	    store_grade(fixture->store, 1, GRADE_UNASKED, &line), OK);
	assert_int_equal(store_audit(fixture->store, &filter, &fixture->arena,
			     &lines, &count),
	    OK);
	assert_int_equal(count, 1);
}

static void
an_erased_question_stays_in_the_sample_only_with_its_grade(void **state)
{
	struct store_fixture *fixture = *state;
	struct grade_sample sample;
	uint64_t question;

	answer_many(fixture);
	question = draw(fixture, 1, 3).answers[2].question;
	assert_int_equal(
	    store_grade(fixture->store, question, GRADE_RIGHT, &line), OK);
	assert_int_equal(
	    store_purge(fixture->store, midnight + 900 * day_ms, day_ms), OK);
	sample = draw(fixture, 1, 3);
	assert_int_equal(sample.count, 1);
	assert_int_equal(sample.answers[0].question, question);
	assert_int_equal(sample.answers[0].text.len, 0);
	assert_int_equal(sample.population, MANY);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    every_question_is_counted_once_for_what_came_of_it),
		cmocka_unit_test(
		    questions_are_counted_by_day_hour_channel_and_entry),
		cmocka_unit_test(a_period_ends_before_its_end),
		cmocka_unit_test(a_period_that_is_empty_or_too_long_is_refused),
		cmocka_unit_test(the_counts_outlive_the_texts),
		cmocka_unit_test(
		    groups_are_ranked_by_their_questions_of_the_period),
		cmocka_unit_test(the_same_seed_draws_the_same_answers),
		cmocka_unit_test(a_grade_is_kept_replaced_and_taken_back),
		cmocka_unit_test(only_an_answer_can_be_graded),
		cmocka_unit_test(
		    an_erased_question_stays_in_the_sample_only_with_its_grade),
	};

	return store_fixture_run(
	    NULL, "store_figures", tests, sizeof(tests) / sizeof(tests[0]));
}
