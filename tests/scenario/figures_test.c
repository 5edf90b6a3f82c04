/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Figures, grades and reports over the API of the real server: what staff see
 * is what the store counts. */
#include <stdio.h>
#include <string.h>

#include "store_figures.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/staff.h"
#include "tests/support/synthetic_log.h"

enum { QUESTIONS = 400, PATH_SIZE = 160 };

static const uint64_t end_ms = UINT64_C(1795453200000);
static const uint64_t year_ms = (uint64_t)365 * 24 * 3600 * 1000;

static struct figures_period
year(void)
{
	return (struct figures_period){ end_ms - year_ms, end_ms + 1 };
}

static struct staff
enter(struct service *service, unsigned roles)
{
	const struct synthetic_options options = { 7, QUESTIONS, end_ms };

	assert_int_equal(
	    synthetic_log_fill(app_store(service->app), &options), OK);
	return staff_enter(service, staff_add(service, "lan", roles));
}

static json_t *
get_year(const struct staff *staff, const char *path, const char *more)
{
	struct figures_period period = year();
	char full[PATH_SIZE];

	(void)snprintf(full, sizeof(full), "%s?from=%llu&until=%llu%s", path,
	    (unsigned long long)period.from_ms,
	    (unsigned long long)period.until_ms, more);
	return staff_expect(staff, "GET", full, NULL, 200);
}

static json_int_t
number(const json_t *json, const char *name)
{
	assert_true(json_is_integer(json_object_get(json, name)));
	return json_integer_value(json_object_get(json, name));
}

/* The row of the report's table KEY that begins with NAME. */
static const json_t *
find_row(const json_t *report, const char *key, const char *name)
{
	const json_t *tables = json_object_get(report, "tables");
	const json_t *table;
	const json_t *row;
	size_t i;
	size_t at;

	json_array_foreach(tables, i, table)
	{
		if (strcmp(json_string_value(json_object_get(table, "key")),
			key) != 0)
			continue;
		json_array_foreach(json_object_get(table, "rows"), at, row)
		{
			const char *first =
			    json_string_value(json_array_get(row, 0));

			if (first != NULL && strcmp(first, name) == 0)
				return row;
		}
	}
	fail_msg("the report has no %s in %s", name, key);
	return NULL;
}

static json_int_t
cell(const json_t *row, size_t column)
{
	return json_integer_value(json_array_get(row, column));
}

static void
the_pages_and_the_report_say_what_the_store_counts(void **state)
{
	struct service *service = *state;
	struct staff staff = enter(service, ROLE_EDITOR);
	struct figures_period period = year();
	struct figures counted;
	struct arena arena;
	json_t *figures = get_year(&staff, "/figures", "");
	json_t *report = get_year(&staff, "/reports", "");
	const json_t *all = json_object_get(figures, "all");
	const json_t *answered =
	    find_row(report, "summary", "Được trả lời ngay");

	arena_init(&arena, 1 << 20);
	assert_int_equal(
	    store_figures(app_store(service->app), &period, &arena, &counted),
	    OK);
	assert_int_equal(number(all, "questions"), counted.all.questions);
	assert_int_equal(number(all, "unanswered"), counted.all.unanswered);
	assert_int_equal(
	    counted.all.questions + counted.all.small_talk, QUESTIONS);
	assert_int_equal(cell(find_row(report, "summary", "Câu hỏi"), 1),
	    counted.all.questions);
	assert_int_equal(
	    cell(answered, 1), counted.all.answered + counted.all.picked);
	assert_int_equal(cell(answered, 2), counted.all.questions);
	for (size_t i = 0; i < counted.channel_count; i++)
		if (text_is(counted.channels[i].name, "zalo"))
			assert_int_equal(
			    cell(find_row(report, "channels", "Zalo"), 1),
			    counted.channels[i].counts.questions);
	arena_fini(&arena);
	json_decref(figures);
	json_decref(report);
}

static void
a_report_is_said_in_english_as_well(void **state)
{
	struct staff staff = enter(*state, ROLE_ADMIN);
	json_t *report = get_year(&staff, "/reports", "&language=en");

	assert_true(cell(find_row(report, "summary", "Questions"), 1) > 0);
	json_decref(report);
}

static void
a_grade_changes_the_rate_of_wrong_answers(void **state)
{
	struct staff staff = enter(*state, ROLE_REVIEWER);
	json_t *sample = get_year(&staff, "/quality/sample", "&limit=10");
	const json_t *first =
	    json_array_get(json_object_get(sample, "answers"), 0);
	char path[PATH_SIZE];
	json_t *rates;

	assert_int_equal(
	    json_array_size(json_object_get(sample, "answers")), 10);
	assert_int_equal(number(json_object_get(sample, "rate"), "whole"), 0);
	(void)snprintf(path, sizeof(path), "/quality/answers/%lld/grade",
	    (long long)number(first, "id"));
	json_decref(
	    staff_expect(&staff, "PUT", path, "{\"grade\": \"unasked\"}", 200));
	json_decref(sample);
	sample = get_year(&staff, "/quality/sample", "&limit=10");
	rates = json_object_get(sample, "rate");
	assert_int_equal(number(rates, "part"), 1);
	assert_int_equal(number(rates, "whole"), 1);
	json_decref(sample);
	staff_refused(
	    &staff, "PUT", path, "{\"grade\": \"perfect\"}", 400, "bad_field");
	staff_refused(&staff, "PUT", "/quality/answers/999999/grade",
	    "{\"grade\": \"right\"}", 404, "not_found");
}

static void
the_curve_shows_the_point_in_force(void **state)
{
	struct staff staff =
	    staff_enter(*state, staff_add(*state, "lan", ROLE_CURATOR));
	json_t *json = staff_expect(&staff, "GET", "/quality/curve", NULL, 200);
	const json_t *point = json_object_get(json, "in_force");

	assert_true(json_real_value(json_object_get(point, "confidence")) ==
		    json_real_value(json_object_get(json, "answer")));
	assert_true(json_array_size(json_object_get(json, "curve")) > 10);
	json_decref(json);
}

static void
a_period_that_cannot_be_is_refused(void **state)
{
	static const char *const periods[] = { "?from=5&until=5",
		"?from=6&until=5", "?from=0&until=99999999999", "?from=x" };
	struct staff staff =
	    staff_enter(*state, staff_add(*state, "lan", ROLE_REVIEWER));
	char path[PATH_SIZE];

	for (size_t i = 0; i < sizeof(periods) / sizeof(periods[0]); i++) {
		(void)snprintf(path, sizeof(path), "/figures%s", periods[i]);
		staff_refused(&staff, "GET", path, NULL, 400, "bad_field");
		(void)snprintf(path, sizeof(path), "/reports%s", periods[i]);
		staff_refused(&staff, "GET", path, NULL, 400, "bad_field");
	}
}

static void
what_is_burning_is_said_to_everybody(void **state)
{
	struct staff staff = enter(*state, ROLE_ADMIN);
	json_t *json =
	    staff_expect(&staff, "GET", "/figures/burning", NULL, 200);

	assert_int_equal(number(json, "parked"), 0);
	assert_true(json_is_array(json_object_get(json, "tokens")));
	assert_true(json_is_array(json_object_get(json, "groups")));
	json_decref(json);
}

int
main(void)
{
#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, service_setup, service_teardown)
	static const struct CMUnitTest tests[] = {
		TEST(the_pages_and_the_report_say_what_the_store_counts),
		TEST(a_report_is_said_in_english_as_well),
		TEST(a_grade_changes_the_rate_of_wrong_answers),
		TEST(the_curve_shows_the_point_in_force),
		TEST(a_period_that_cannot_be_is_refused),
		TEST(what_is_burning_is_said_to_everybody),
	};

	return cmocka_run_group_tests_name("figures", tests, NULL, NULL);
}
