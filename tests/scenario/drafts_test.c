/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What becomes of drafts that are not published at once, and who may do what
 * with them. */
#include "curators.h"

static void
a_rejected_draft_stays_in_the_history_with_its_reason(void **state)
{
	struct service *service = *state;
	struct person lan;
	struct person minh;
	json_t *key;
	json_t *said;
	json_t *newest;

	open_people(service, &lan, &minh);
	submit(&lan, "Đến " ANSWER ".");
	key = json_pack("{s:i, s:i}", "number", 1, "version", 2);
	refused(&minh, 400, "bad_field", "POST", ENTRY "/reject",
	    json_pack("{s:i, s:i}", "number", 1, "version", 2));
	json_decref(expect(&minh, 200, "POST", ENTRY "/reject", step(key)));
	said = expect(&lan, 200, "GET", ENTRY, NULL);
	assert_true(json_is_null(json_object_get(said, "draft")));
	assert_true(json_is_null(json_object_get(said, "in_force")));
	newest = json_array_get(json_object_get(said, "history"), 0);
	assert_string_equal(text_at(newest, "state"), "rejected");
	assert_string_equal(
	    text_at(json_object_get(newest, "decided"), "login"), "minh");
	assert_string_equal(
	    text_at(json_object_get(newest, "decided"), "why"), "xem lại");
	json_decref(said);
}

static void
a_draft_goes_back_and_forth(void **state)
{
	static const struct {
		const char *step;
		unsigned want;
		const char *state; /* or the code of the refusal */
	} cases[] = {
		{ "submit", 200, "review" },
		{ "submit", 409, "conflict" },
		{ "take-back", 200, "draft" },
		{ "submit", 200, "review" },
		{ "withdraw", 200, "withdrawn" },
		{ "withdraw", 409, "conflict" },
	};
	struct service *service = *state;
	struct person lan;
	struct person minh;
	json_t *key;

	open_people(service, &lan, &minh);
	key = expect(&lan, 200, "PUT", ENTRY "/draft",
	    draft(passport("Đến " ANSWER "."), 0, 0, 0));
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char path[CURATORS_PATH_SIZE];
		json_t *said;

		(void)snprintf(path, sizeof(path), ENTRY "/%s", cases[i].step);
		said = expect(&lan, cases[i].want, "POST", path,
		    json_pack("{s:O, s:O}", "number",
			json_object_get(key, "number"), "version",
			json_object_get(key, "version")));
		if (cases[i].want != 200) {
			assert_string_equal(
			    text_at(said, "code"), cases[i].state);
			json_decref(said);
			continue;
		}
		assert_string_equal(text_at(said, "state"), cases[i].state);
		json_decref(key);
		key = said;
	}
	json_decref(key);
}

static void
a_diff_names_what_came_and_went(void **state)
{
	struct service *service = *state;
	struct person lan;
	struct person minh;
	json_t *entry;
	json_t *said;
	json_t *change;

	open_people(service, &lan, &minh);
	said = expect(&lan, 200, "GET", "/faq/entries/chu-ky-so", NULL);
	entry = json_deep_copy(
	    json_object_get(json_object_get(said, "in_force"), "entry"));
	json_decref(said);
	(void)json_array_append_new(
	    json_object_get(entry, "asked_as"), json_string("con dấu số"));
	(void)json_array_remove(json_object_get(entry, "asked_as"), 0);
	json_decref(expect(&lan, 200, "PUT", "/faq/entries/chu-ky-so/draft",
	    draft(entry, 0, 0, 0)));
	said = expect(
	    &lan, 200, "GET", "/faq/entries/chu-ky-so/diff?from=0&to=1", NULL);
	assert_int_equal(json_array_size(json_object_get(said, "changes")), 1);
	change = json_array_get(json_object_get(said, "changes"), 0);
	assert_string_equal(text_at(change, "field"), "asked_as");
	assert_string_equal(json_string_value(json_array_get(
				json_object_get(change, "added"), 0)),
	    "con dấu số");
	assert_string_equal(json_string_value(json_array_get(
				json_object_get(change, "removed"), 0)),
	    "ký số là gì");
	json_decref(said);
	said = expect(
	    &lan, 200, "GET", "/faq/entries/chu-ky-so/revisions/1", NULL);
	assert_string_equal(text_at(said, "state"), "draft");
	json_decref(said);
}

static void
an_entry_is_retired_by_a_draft_like_any_other(void **state)
{
	struct service *service = *state;
	struct person lan;
	struct person minh;
	json_t *said;

	open_people(service, &lan, &minh);
	json_decref(expect(&lan, 200, "POST", "/faq/entries/chu-ky-so/retire",
	    json_pack("{s:i, s:s}", "base", 0, "why", "hết hiệu lực")));
	said = expect(&lan, 200, "GET", "/faq/entries/chu-ky-so", NULL);
	assert_string_equal(
	    text_at(json_object_get(json_object_get(said, "draft"), "entry"),
		"status"),
	    "retired");
	json_decref(said);
	said = expect(&lan, 200, "GET", "/faq?state=draft", NULL);
	assert_int_equal(number_at(said, "total"), 1);
	json_decref(said);
}

/* Each row: who only reads is refused, and nothing happens. */
static void
who_may_not_edit_is_refused(void **state)
{
	static const struct {
		const char *method;
		const char *path;
	} cases[] = {
		{ "PUT", ENTRY "/draft" },
		{ "POST", ENTRY "/submit" },
		{ "POST", ENTRY "/take-back" },
		{ "POST", ENTRY "/withdraw" },
		{ "POST", ENTRY "/retire" },
		{ "POST", ENTRY "/reject" },
		{ "POST", ENTRY "/rollback" },
		{ "POST", "/faq/checks/1/publish" },
	};
	struct service *service = *state;
	struct person reader;

	add_user(service, "hoa", ROLE_EDITOR);
	reader = sign_in(service, "hoa");
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		refused(&reader, 403, "forbidden", cases[i].method,
		    cases[i].path, json_object());
}

static void
what_is_not_there_is_said_so(void **state)
{
	static const char *const paths[] = {
		"/faq/entries/khong-co",
		"/faq/entries/..%2Fx",
		"/faq/entries/chu-ky-so/revisions/7",
		"/faq/entries/chu-ky-so/revisions/x",
		"/faq/entries/chu-ky-so/diff?to=3",
		"/faq/checks/99",
	};
	struct service *service = *state;
	struct person lan;
	struct person minh;

	open_people(service, &lan, &minh);
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++)
		refused(&lan, 404, "not_found", "GET", paths[i], NULL);
	refused(&lan, 409, "nothing_to_check", "POST", "/faq/checks",
	    json_pack("{s:[s]}", "entries", "chu-ky-so"));
}

#define SCENARIO(test)                                                         \
	cmocka_unit_test_setup_teardown(test, service_setup, service_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SCENARIO(a_rejected_draft_stays_in_the_history_with_its_reason),
		SCENARIO(a_draft_goes_back_and_forth),
		SCENARIO(a_diff_names_what_came_and_went),
		SCENARIO(an_entry_is_retired_by_a_draft_like_any_other),
		SCENARIO(who_may_not_edit_is_refused),
		SCENARIO(what_is_not_there_is_said_so),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
