/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Staff deal with groups of open questions, over the API of the real server. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "clock.h"
#include "store_staff.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/staff.h"

enum { PATH_SIZE = 160, BODY_SIZE = 400, TRIES = 2000, TRY_MS = 10, ASKED = 5 };

static const char *const asked[ASKED] = { "đèn đường trước nhà bị hư báo ai",
	"den duong truoc nha bi hu bao ai vay a",
	"dạ đèn đường trước nhà hư báo ai ạ", "xe buýt chạy mấy giờ",
	"lịch cúp điện tuần này" };

static enum result
decide(void *context, struct text_view state, struct turn_outcome *out)
{
	(void)state;
	out->question = context;
	out->contact.heard_ms = clock_now_ms();
	out->contact.renewed_ms = out->contact.heard_ms;
	return OK;
}

static void
done(struct turn_batch *batch, enum result result)
{
	_Atomic bool *finished = batch->context;

	assert_int_equal(result, OK);
	*finished = true;
}

/* Five questions that nobody could answer, by five citizens. */
static void
ask_all(struct service *service)
{
	static const char *const citizens[ASKED] = { "an", "binh", "chi",
		"dung", "em" };
	struct store *store = app_store(service->app);
	struct question questions[ASKED];
	struct turn turns[ASKED];
	_Atomic bool finished = false;
	struct turn_batch batch = { .turns = turns,
		.count = ASKED,
		.done = done,
		.context = &finished };

	for (size_t i = 0; i < ASKED; i++) {
		questions[i] = (struct question){ .text = text_of(asked[i]),
			.decision = TEXT("unanswered"),
			.candidates = TEXT("gone-entry 0.12, other 0.01") };
		turns[i] =
		    (struct turn){ .channel = i == 1 ? "zalo" : "messenger",
			    .account = TEXT("page"),
			    .citizen = text_of(citizens[i]),
			    .now_ms = 1000 + i,
			    .decide = decide,
			    .context = &questions[i] };
	}
	assert_int_equal(store_submit(store, &batch), OK);
	while (!finished)
		assert_int_equal(store_probe(store, 1), OK);
}

static json_t *
get(const struct staff *staff, const char *path)
{
	return staff_expect(staff, "GET", path, NULL, 200);
}

static json_int_t
number(const json_t *json, const char *name)
{
	return json_integer_value(json_object_get(json, name));
}

static const char *
string(const json_t *json, const char *name)
{
	return json_string_value(json_object_get(json, name));
}

/* Are all three groups of what was asked there, with their names? */
static bool
is_sorted(const json_t *page)
{
	const json_t *groups = json_object_get(page, "groups");
	bool named = number(page, "total") == 3;

	for (size_t i = 0; named && i < json_array_size(groups); i++)
		named = json_is_object(
		    json_object_get(json_array_get(groups, i), "nearest"));
	return named && number(json_array_get(groups, 0), "questions") == 3;
}

/* Wait for the sorter. */
static json_t *
wait_for_groups(const struct staff *staff)
{
	const struct timespec pause = { 0, TRY_MS * 1000000 };

	for (int i = 0; i < TRIES; i++) {
		json_t *page = get(staff, "/groups");

		if (is_sorted(page))
			return page;
		json_decref(page);
		(void)nanosleep(&pause, NULL);
	}
	fail_msg("the questions were not sorted");
	return NULL;
}

struct desk {
	struct staff staff;
	json_t *page;
	json_t *big; /* borrowed from PAGE */
	json_t *small;
};

static struct desk
open_desk(void **state)
{
	struct desk desk;
	uint64_t id = staff_add(*state, "lan", ROLE_EDITOR);

	ask_all(*state);
	desk.staff = staff_enter(*state, id);
	desk.page = wait_for_groups(&desk.staff);
	desk.big = json_array_get(json_object_get(desk.page, "groups"), 0);
	desk.small = json_array_get(json_object_get(desk.page, "groups"), 1);
	return desk;
}

static void
close_desk(struct desk *desk)
{
	json_decref(desk->page);
}

static json_t *
post(struct desk *desk, const json_t *group, const char *action,
    const char *more, unsigned status)
{
	char path[PATH_SIZE];
	char body[BODY_SIZE];

	(void)snprintf(path, sizeof(path),
	    "/groups/%" JSON_INTEGER_FORMAT "/%s", number(group, "id"), action);
	(void)snprintf(body, sizeof(body),
	    "{\"version\": %" JSON_INTEGER_FORMAT "%s}",
	    number(group, "version"), more);
	return staff_expect(&desk->staff, "POST", path, body, status);
}

static void
a_group_says_what_was_asked_and_why_nobody_answered(void **state)
{
	struct desk desk = open_desk(state);
	char path[PATH_SIZE];
	json_t *questions;
	const json_t *first;
	const json_t *candidate;

	assert_int_equal(number(desk.big, "citizens"), 3);
	assert_int_equal(
	    json_array_size(json_object_get(desk.big, "channels")), 2);
	(void)snprintf(path, sizeof(path),
	    "/groups/%" JSON_INTEGER_FORMAT "/questions?limit=2",
	    number(desk.big, "id"));
	questions = get(&desk.staff, path);
	assert_int_equal(
	    json_array_size(json_object_get(questions, "questions")), 2);
	assert_int_not_equal(number(questions, "next"), 0);
	first = json_array_get(json_object_get(questions, "questions"), 0);
	candidate = json_array_get(json_object_get(first, "candidates"), 0);
	assert_string_equal(
	    string(json_object_get(candidate, "entry"), "id"), "gone-entry");
	assert_string_equal(string(candidate, "why_not"), "too_unlike");
	json_decref(questions);
	close_desk(&desk);
}

static void
a_list_is_searched_without_marks_and_filtered(void **state)
{
	static const struct {
		const char *query;
		json_int_t total;
	} cases[] = { { "?q=den%20duong", 1 },
		{ "?q=%C4%91%C3%A8n%20%C4%91%C6%B0%E1%BB%9Dng", 1 },
		{ "?q=khong%20co", 0 }, { "?channel=zalo", 1 },
		{ "?channel=messenger", 3 }, { "?state=dismissed", 0 },
		{ "?topic=no-such-topic", 0 }, { "?unassigned=1", 3 },
		{ "?sort=growth&limit=1", 3 } };
	struct desk desk = open_desk(state);

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char path[PATH_SIZE];
		json_t *page;

		(void)snprintf(path, sizeof(path), "/groups%s", cases[i].query);
		page = get(&desk.staff, path);
		if (number(page, "total") != cases[i].total)
			fail_msg("%s: %" JSON_INTEGER_FORMAT, path,
			    number(page, "total"));
		json_decref(page);
	}
	staff_refused(
	    &desk.staff, "GET", "/groups?sort=size", NULL, 400, "bad_field");
	staff_refused(
	    &desk.staff, "GET", "/groups?q=%ff", NULL, 400, "bad_field");
	staff_refused(
	    &desk.staff, "GET", "/groups/99999", NULL, 404, "not_found");
	close_desk(&desk);
}

static void
a_dismissed_group_comes_back_with_undo(void **state)
{
	struct desk desk = open_desk(state);
	json_t *gone = post(&desk, desk.big, "dismiss",
	    ", \"why\": \"không phải việc này\"", 200);
	json_t *back;
	json_t *page;

	assert_string_equal(string(gone, "state"), "dismissed");
	assert_true(json_is_true(json_object_get(gone, "undoable")));
	page = get(&desk.staff, "/groups");
	assert_int_equal(number(page, "total"), 2);
	back = post(&desk, gone, "undo", "", 200);
	assert_string_equal(string(back, "state"), "open");
	json_decref(page);
	json_decref(gone);
	json_decref(back);
	close_desk(&desk);
}

static void
whoever_comes_second_is_told(void **state)
{
	struct desk desk = open_desk(state);

	json_decref(post(&desk, desk.big, "assign",
	    ", \"department\": \"Chiếu sáng\", \"due_ms\": 5000", 200));
	json_decref(post(&desk, desk.big, "dismiss", "", 409));
	json_decref(post(&desk, desk.small, "answer",
	    ", \"entry\": \"no-such-entry\"", 400));
	json_decref(
	    post(&desk, desk.small, "assign", ", \"assignee\": 4711", 400));
	json_decref(post(&desk, desk.small, "undo", "", 409));
	close_desk(&desk);
}

static void
groups_are_split_and_merged(void **state)
{
	struct desk desk = open_desk(state);
	char path[PATH_SIZE];
	char more[PATH_SIZE];
	json_t *questions;
	json_t *part;
	json_t *rest;
	json_t *whole;

	(void)snprintf(path, sizeof(path),
	    "/groups/%" JSON_INTEGER_FORMAT "/questions",
	    number(desk.big, "id"));
	questions = get(&desk.staff, path);
	(void)snprintf(more, sizeof(more),
	    ", \"questions\": [%" JSON_INTEGER_FORMAT "]",
	    number(json_array_get(json_object_get(questions, "questions"), 0),
		"id"));
	part = post(&desk, desk.big, "split", more, 200);
	assert_int_equal(number(part, "questions"), 1);
	(void)snprintf(path, sizeof(path), "/groups/%" JSON_INTEGER_FORMAT,
	    number(desk.big, "id"));
	rest = get(&desk.staff, path);
	assert_int_equal(number(rest, "questions"), 2);
	(void)snprintf(more, sizeof(more),
	    ", \"from\": %" JSON_INTEGER_FORMAT
	    ", \"from_version\": %" JSON_INTEGER_FORMAT,
	    number(part, "id"), number(part, "version"));
	whole = post(&desk, rest, "merge", more, 200);
	assert_int_equal(number(whole, "questions"), 3);
	json_decref(post(&desk, whole, "split", ", \"questions\": [-1]", 400));
	json_decref(post(&desk, whole, "split", ", \"questions\": []", 400));
	json_decref(questions);
	json_decref(part);
	json_decref(rest);
	json_decref(whole);
	close_desk(&desk);
}

/* What a bulk action says that it did is what undoing it takes. */
static void
undo_all(struct desk *desk, json_t *done)
{
	json_t *order =
	    json_pack("{s:s, s:O}", "action", "undo", "groups", done);
	char *body = json_dumps(order, 0);
	json_t *said =
	    staff_expect(&desk->staff, "POST", "/groups/bulk", body, 200);
	json_t *page = get(&desk->staff, "/groups");

	assert_int_equal(json_array_size(json_object_get(said, "done")),
	    json_array_size(done));
	assert_int_equal(number(page, "total"), 3);
	json_decref(page);
	json_decref(said);
	json_decref(order);
	free(body);
}

static void
many_groups_are_dealt_with_at_once(void **state)
{
	struct desk desk = open_desk(state);
	char body[BODY_SIZE];
	json_t *said;

	json_decref(post(&desk, desk.small, "assign", "", 200));
	(void)snprintf(body, sizeof(body),
	    "{\"action\": \"dismiss\", \"groups\": ["
	    "{\"id\": %" JSON_INTEGER_FORMAT ", \"version\": 1}, "
	    "{\"id\": %" JSON_INTEGER_FORMAT ", \"version\": 1}]}",
	    number(desk.big, "id"), number(desk.small, "id"));
	said = staff_expect(&desk.staff, "POST", "/groups/bulk", body, 200);
	assert_int_equal(json_array_size(json_object_get(said, "done")), 1);
	assert_int_equal(json_integer_value(json_array_get(
			     json_object_get(said, "refused"), 0)),
	    number(desk.small, "id"));
	undo_all(&desk, json_object_get(said, "done"));
	json_decref(said);
	staff_refused(&desk.staff, "POST", "/groups/bulk",
	    "{\"action\": \"burn\", \"groups\": []}", 400, "bad_field");
	staff_refused(&desk.staff, "POST", "/groups/bulk",
	    "{\"action\": \"dismiss\", \"groups\": [{\"id\": 1}]}", 400,
	    "bad_field");
	close_desk(&desk);
}

static void
a_new_entry_begins_with_what_was_asked(void **state)
{
	struct desk desk = open_desk(state);
	char path[PATH_SIZE];
	json_t *proposal;

	(void)snprintf(path, sizeof(path),
	    "/groups/%" JSON_INTEGER_FORMAT "/proposal",
	    number(desk.big, "id"));
	proposal = get(&desk.staff, path);
	assert_string_equal(
	    string(proposal, "question"), string(desk.big, "text"));
	assert_int_equal(
	    json_array_size(json_object_get(proposal, "asked_as")), 2);
	json_decref(proposal);
	close_desk(&desk);
}

static void
views_are_kept_for_the_next_day(void **state)
{
	struct staff staff =
	    staff_enter(*state, staff_add(*state, "lan", ROLE_EDITOR));
	json_t *views = staff_expect(&staff, "PUT", "/group-views",
	    "{\"name\": \"zalo\", \"query\": {\"channel\": \"zalo\"}}", 200);

	assert_int_equal(json_array_size(json_object_get(views, "views")), 1);
	json_decref(views);
	staff_refused(&staff, "PUT", "/group-views",
	    "{\"name\": \" \", \"query\": {}}", 400, "bad_field");
	staff_refused(&staff, "PUT", "/group-views",
	    "{\"name\": \"a\", \"query\": 3}", 400, "bad_field");
	views = staff_expect(&staff, "DELETE", "/group-views/zalo", NULL, 200);
	assert_int_equal(json_array_size(json_object_get(views, "views")), 0);
	json_decref(views);
}

static json_t *
reach_of(struct desk *desk, const json_t *group)
{
	char path[PATH_SIZE];

	(void)snprintf(path, sizeof(path),
	    "/groups/%" JSON_INTEGER_FORMAT "/reach", number(group, "id"));
	return get(&desk->staff, path);
}

/* The row of CHANNEL, borrowed. */
static const json_t *
row_of(const json_t *reach, const char *channel)
{
	const json_t *rows = json_object_get(reach, "channels");

	for (size_t i = 0; i < json_array_size(rows); i++) {
		const json_t *row = json_array_get(rows, i);

		if (strcmp(string(row, "channel"), channel) == 0)
			return row;
	}
	fail_msg("%s is not among them", channel);
	return NULL;
}

static void
a_reply_is_counted_before_it_is_sent(void **state)
{
	struct desk desk = open_desk(state);
	json_t *reach = reach_of(&desk, desk.big);

	assert_int_equal(number(reach, "questions"), 3);
	assert_int_equal(number(row_of(reach, "messenger"), "free"), 2);
	assert_int_equal(number(row_of(reach, "zalo"), "free"), 1);
	assert_int_equal(number(row_of(reach, "zalo"), "unreachable"), 0);
	assert_true(number(row_of(reach, "zalo"), "until_ms") > 0);
	json_decref(reach);
	close_desk(&desk);
}

static void
a_reply_reaches_everybody_once_and_answers_the_group(void **state)
{
	struct desk desk = open_desk(state);
	json_t *said =
	    post(&desk, desk.big, "reply", ", \"text\": \"Gọi 115 ạ.\"", 200);
	json_t *group = json_object_get(said, "group");
	struct store_counts counts;
	json_t *again;

	assert_int_equal(number(said, "replies"), 3);
	assert_string_equal(string(group, "state"), "answered");
	again = post(&desk, group, "reply", ", \"text\": \"Nữa ạ.\"", 200);
	assert_int_equal(number(again, "replies"), 0);
	assert_int_equal(number(again, "told"), 3);
	assert_int_equal(
	    store_count(app_store(((struct service *)*state)->app), &counts),
	    OK);
	assert_int_equal(counts.queued + counts.parked, 3);
	json_decref(again);
	json_decref(said);
	close_desk(&desk);
}

static void
a_reply_that_is_refused_changes_nothing(void **state)
{
	static const struct {
		const char *more;
		unsigned status;
	} cases[] = { { "", 400 }, { ", \"text\": \" \"", 400 },
		{ ", \"text\": \"a\", \"paid\": 1", 400 },
		{ ", \"text\": \"a\", \"entry\": \"no-such\"", 400 } };
	struct desk desk = open_desk(state);
	json_t *reach;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		json_decref(post(
		    &desk, desk.big, "reply", cases[i].more, cases[i].status));
	json_decref(post(&desk, desk.big, "assign", "", 200));
	json_decref(post(&desk, desk.big, "reply", ", \"text\": \"a\"", 409));
	reach = reach_of(&desk, desk.big);
	assert_int_equal(number(row_of(reach, "messenger"), "told"), 0);
	json_decref(reach);
	close_desk(&desk);
}

static void
whom_nobody_can_reach_any_more_gets_no_reply(void **state)
{
	struct desk desk = open_desk(state);
	json_t *said;

	service_pass_ms(*state, 90ull * 24 * 3600 * 1000);
	desk.staff = staff_enter(*state, desk.staff.id);
	said = post(&desk, desk.big, "reply", ", \"text\": \"a\"", 409);
	assert_string_equal(string(said, "code"), "unreachable");
	json_decref(said);
	close_desk(&desk);
}

static void
only_those_who_work_on_questions_may(void **state)
{
	struct staff admin =
	    staff_enter(*state, staff_add(*state, "admin", ROLE_ADMIN));
	struct staff editor =
	    staff_enter(*state, staff_add(*state, "lan", ROLE_EDITOR));
	json_t *colleagues;

	staff_refused(&admin, "GET", "/groups", NULL, 403, "forbidden");
	colleagues = get(&editor, "/group-colleagues");
	assert_int_equal(
	    json_array_size(json_object_get(colleagues, "colleagues")), 1);
	json_decref(colleagues);
}

int
main(void)
{
#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, service_setup, service_teardown)
	static const struct CMUnitTest tests[] = {
		TEST(a_group_says_what_was_asked_and_why_nobody_answered),
		TEST(a_list_is_searched_without_marks_and_filtered),
		TEST(a_dismissed_group_comes_back_with_undo),
		TEST(whoever_comes_second_is_told),
		TEST(groups_are_split_and_merged),
		TEST(many_groups_are_dealt_with_at_once),
		TEST(a_new_entry_begins_with_what_was_asked),
		TEST(a_reply_is_counted_before_it_is_sent),
		TEST(a_reply_reaches_everybody_once_and_answers_the_group),
		TEST(a_reply_that_is_refused_changes_nothing),
		TEST(whom_nobody_can_reach_any_more_gets_no_reply),
		TEST(views_are_kept_for_the_next_day),
		TEST(only_those_who_work_on_questions_may),
	};

	return cmocka_run_group_tests_name("groups", tests, NULL, NULL);
}
