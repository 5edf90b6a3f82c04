/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store_staff.h"

#include <stdio.h>
#include <string.h>

#include "tests/support/store_fixture.h"

/* Accounts of staff, their sessions, and the log of what they did. */

static const struct session_limits limits = {
	.now_ms = 100000, .idle_ms = 1000, .absolute_ms = 5000
};

static struct audit_line
line_of(const char *action, const char *subject)
{
	return (struct audit_line){ .at_ms = 1000,
		.login = TEXT("cli"),
		.action = text_of(action),
		.subject = text_of(subject) };
}

static uint64_t
add(struct store_fixture *fixture, const char *login, unsigned roles)
{
	const struct audit_line line = line_of("user.add", login);
	const struct staff_account account = {
		.user = { .login = text_of(login),
		    .name = TEXT("Nguyễn Thị An"),
		    .roles = roles },
		.hash = TEXT("a hash"),
	};
	uint64_t id = 0;

	assert_int_equal(
	    store_user_add(fixture->store, &account, &line, &id), OK);
	return id;
}

static struct staff_account
get(struct store_fixture *fixture, uint64_t id)
{
	struct staff_account account = { .created_ms = 0 };

	assert_int_equal(
	    store_user_get(fixture->store, id, &fixture->arena, &account), OK);
	return account;
}

static size_t
count_lines(struct store_fixture *fixture)
{
	const struct audit_filter filter = { .limit = 100 };
	struct audit_line *lines;
	size_t count = 0;

	assert_int_equal(store_audit(fixture->store, &filter, &fixture->arena,
			     &lines, &count),
	    OK);
	return count;
}

static void
sign_in(struct store_fixture *fixture, const char *hash, uint64_t user,
    uint64_t now_ms)
{
	const struct audit_line line = line_of("session.start", "");
	struct session_limits now = limits;

	now.now_ms = now_ms;
	assert_int_equal(
	    store_session_add(fixture->store, text_of(hash), user, &now, &line),
	    OK);
}

static enum result
find(struct store_fixture *fixture, const char *hash, uint64_t now_ms,
    struct staff_account *out)
{
	struct session_limits now = limits;
	uint64_t seen_ms;

	now.now_ms = now_ms;
	return store_session_find(fixture->store, text_of(hash), &now,
	    &fixture->arena, out, &seen_ms);
}

static bool
is_in(struct store_fixture *fixture, const char *hash, uint64_t now_ms)
{
	struct staff_account account;

	return find(fixture, hash, now_ms, &account) == OK;
}

/* ---- users ---- */

static void
an_added_user_is_found_by_login_and_by_id(void **state)
{
	struct store_fixture *fixture = *state;
	uint64_t id = add(fixture, "an", ROLE_EDITOR | ROLE_ADMIN);
	struct staff_account found = { .created_ms = 0 };

	assert_int_equal(store_user_find(fixture->store, TEXT("an"),
			     &fixture->arena, &found),
	    OK);
	assert_int_equal(found.user.id, id);
	assert_true(text_is(found.user.login, "an"));
	assert_true(text_is(found.user.name, "Nguyễn Thị An"));
	assert_int_equal(found.user.roles, ROLE_EDITOR | ROLE_ADMIN);
	assert_false(found.user.disabled);
	assert_true(text_is(found.hash, "a hash"));
	assert_int_equal(found.totp.len, 0);
	assert_int_equal(found.created_ms, 1000);
	assert_int_equal(found.seen_ms, 0);
	assert_int_equal(get(fixture, id).user.id, id);
	assert_int_equal(store_user_find(fixture->store, TEXT("binh"),
			     &fixture->arena, &found),
	    ERR_NOT_FOUND);
	assert_int_equal(
	    store_user_get(fixture->store, 99, &fixture->arena, &found),
	    ERR_NOT_FOUND);
	assert_int_equal(
	    store_user_get(fixture->store, 0, &fixture->arena, &found),
	    ERR_NOT_FOUND);
}

static void
a_login_is_taken_once_and_a_refusal_leaves_no_line(void **state)
{
	struct store_fixture *fixture = *state;
	const struct audit_line line = line_of("user.add", "an");
	const struct staff_account account = { .user = {
						   .login = TEXT("an") } };
	uint64_t id = 77;

	(void)add(fixture, "an", ROLE_ADMIN);
	assert_int_equal(
	    store_user_add(fixture->store, &account, &line, &id), ERR_INVALID);
	assert_int_equal(id, 77);
	assert_int_equal(count_lines(fixture), 1);
}

static void
users_are_listed_by_login(void **state)
{
	struct store_fixture *fixture = *state;
	struct staff_account *found;
	size_t count = 0;

	(void)add(fixture, "chi", ROLE_EDITOR);
	(void)add(fixture, "an", ROLE_ADMIN);
	(void)add(fixture, "binh", ROLE_EDITOR);
	assert_int_equal(
	    store_users(fixture->store, &fixture->arena, &found, &count), OK);
	assert_int_equal(count, 3);
	assert_true(text_is(found[0].user.login, "an"));
	assert_true(text_is(found[2].user.login, "chi"));
}

static enum result
change(
    struct store_fixture *fixture, uint64_t id, unsigned roles, bool disabled)
{
	const struct audit_line line = line_of("user.change", "an");
	const struct staff_user user = { .id = id,
		.name = TEXT("An"),
		.roles = roles,
		.disabled = disabled };

	return store_user_change(fixture->store, &user, &line);
}

static void
a_user_is_changed_with_its_line(void **state)
{
	struct store_fixture *fixture = *state;
	uint64_t id;

	(void)add(fixture, "admin", ROLE_ADMIN);
	id = add(fixture, "an", ROLE_EDITOR);
	assert_int_equal(change(fixture, id, ROLE_CURATOR, true), OK);
	assert_true(text_is(get(fixture, id).user.name, "An"));
	assert_int_equal(get(fixture, id).user.roles, ROLE_CURATOR);
	assert_true(get(fixture, id).user.disabled);
	assert_int_equal(count_lines(fixture), 3);
	assert_int_equal(
	    change(fixture, 99, ROLE_CURATOR, false), ERR_NOT_FOUND);
	assert_int_equal(count_lines(fixture), 3);
}

static void
the_last_admin_stays_one(void **state)
{
	struct store_fixture *fixture = *state;
	uint64_t first = add(fixture, "an", ROLE_ADMIN);
	uint64_t second = add(fixture, "binh", ROLE_ADMIN);

	assert_int_equal(change(fixture, first, ROLE_ADMIN, true), OK);
	assert_int_equal(
	    change(fixture, second, ROLE_EDITOR, false), ERR_INVALID);
	assert_int_equal(
	    change(fixture, second, ROLE_ADMIN, true), ERR_INVALID);
	assert_int_equal(get(fixture, second).user.roles, ROLE_ADMIN);
	assert_false(get(fixture, second).user.disabled);
	assert_int_equal(change(fixture, first, ROLE_ADMIN, false), OK);
	assert_int_equal(change(fixture, second, ROLE_EDITOR, false), OK);
}

static void
a_code_counts_once(void **state)
{
	struct store_fixture *fixture = *state;
	const struct audit_line line = line_of("user.totp_on", "an");
	uint64_t id = add(fixture, "an", ROLE_ADMIN);

	assert_int_equal(
	    store_user_totp(fixture->store, id, TEXT("SECRET"), 7, &line), OK);
	assert_true(text_is(get(fixture, id).totp, "SECRET"));
	assert_int_equal(get(fixture, id).totp_step, 7);
	assert_int_equal(
	    store_user_totp_step(fixture->store, id, 7), ERR_INVALID);
	assert_int_equal(store_user_totp_step(fixture->store, id, 8), OK);
	assert_int_equal(
	    store_user_totp_step(fixture->store, id, 8), ERR_INVALID);
}

/* ---- sessions ---- */

static void
a_session_tells_whose_it_is(void **state)
{
	struct store_fixture *fixture = *state;
	uint64_t id = add(fixture, "an", ROLE_EDITOR);
	struct staff_account found = { .created_ms = 0 };

	sign_in(fixture, "h1", id, 100000);
	assert_int_equal(find(fixture, "h1", 100000, &found), OK);
	assert_int_equal(found.user.id, id);
	assert_int_equal(found.seen_ms, 100000);
	assert_int_equal(find(fixture, "h2", 100000, &found), ERR_NOT_FOUND);
	assert_int_equal(find(fixture, "", 100000, &found), ERR_NOT_FOUND);
}

static void
a_session_ends_when_idle_and_in_any_case(void **state)
{
	struct store_fixture *fixture = *state;
	uint64_t id = add(fixture, "an", ROLE_EDITOR);

	sign_in(fixture, "h1", id, 100000);
	assert_true(is_in(fixture, "h1", 100999));
	assert_false(is_in(fixture, "h1", 101000));
	for (uint64_t now_ms = 100900; now_ms < 105000; now_ms += 900)
		assert_int_equal(
		    store_session_touch(fixture->store, TEXT("h1"), now_ms),
		    OK);
	assert_true(is_in(fixture, "h1", 104999));
	assert_false(is_in(fixture, "h1", 105000));
}

static void
sessions_end_with_the_button_the_password_and_the_account(void **state)
{
	struct store_fixture *fixture = *state;
	const struct audit_line line = line_of("session.end", "an");
	uint64_t id = add(fixture, "an", ROLE_EDITOR);

	(void)add(fixture, "admin", ROLE_ADMIN);
	sign_in(fixture, "h1", id, 100000);
	sign_in(fixture, "h2", id, 100000);
	sign_in(fixture, "h3", id, 100000);
	assert_int_equal(
	    store_session_end(fixture->store, TEXT("h1"), &line), OK);
	assert_false(is_in(fixture, "h1", 100000));
	assert_true(is_in(fixture, "h2", 100000));
	assert_int_equal(
	    store_session_touch(fixture->store, TEXT("h1"), 100000), OK);
	assert_false(is_in(fixture, "h1", 100000));

	assert_int_equal(store_user_password(fixture->store, id,
			     TEXT("new hash"), TEXT("h2"), &line),
	    OK);
	assert_true(text_is(get(fixture, id).hash, "new hash"));
	assert_true(is_in(fixture, "h2", 100000));
	assert_false(is_in(fixture, "h3", 100000));

	assert_int_equal(change(fixture, id, ROLE_EDITOR, true), OK);
	assert_false(is_in(fixture, "h2", 100000));
	assert_int_equal(change(fixture, id, ROLE_EDITOR, false), OK);
	assert_false(is_in(fixture, "h2", 100000));

	sign_in(fixture, "h4", id, 100000);
	assert_int_equal(store_session_end_all(fixture->store, id, &line), OK);
	assert_false(is_in(fixture, "h4", 100000));
}

static void
ending_a_session_that_is_none_leaves_no_line(void **state)
{
	struct store_fixture *fixture = *state;
	const struct audit_line line = line_of("session.end", "an");

	assert_int_equal(
	    store_session_end(fixture->store, TEXT("h1"), &line), OK);
	assert_int_equal(count_lines(fixture), 0);
}

/* ---- the audit log ---- */

static void
lines_are_kept_whole_and_found_by_any_filter(void **state)
{
	static const struct {
		struct audit_filter filter;
		size_t want;
	} cases[] = {
		{ { .limit = 100 }, 3 },
		{ { .limit = 2 }, 2 },
		{ { .limit = 100, .login = { "an", 2 } }, 2 },
		{ { .limit = 100, .action = { "group.", 6 } }, 2 },
		{ { .limit = 100, .action = { "group.dismiss", 13 } }, 1 },
		{ { .limit = 100, .subject = { "group 1", 7 } }, 2 },
		{ { .limit = 100, .from_ms = 20 }, 2 },
		{ { .limit = 100, .until_ms = 20 }, 1 },
		{ { .limit = 100, .before_id = 2 }, 1 },
		/* No character of a filter is a wildcard. */
		{ { .limit = 100, .action = { "%", 1 } }, 0 },
		{ { .limit = 100, .subject = { "group_1", 7 } }, 0 },
	};
	static const struct audit_line lines[] = {
		{ .at_ms = 10,
		    .user = 1,
		    .login = { "an", 2 },
		    .action = { "group.dismiss", 13 },
		    .subject = { "group 1", 7 },
		    .before = { "{\"a\":1}", 7 },
		    .after = { "{\"a\":2}", 7 },
		    .why = { "trùng", 6 } },
		{ .at_ms = 20,
		    .user = 1,
		    .login = { "an", 2 },
		    .action = { "group.merge", 11 },
		    .subject = { "group 12", 8 } },
		{ .at_ms = 30,
		    .user = 2,
		    .login = { "binh", 4 },
		    .action = { "entry.publish", 13 },
		    .subject = { "entry phi", 9 } },
	};
	struct store_fixture *fixture = *state;
	struct audit_line *found;
	size_t count = 0;

	for (size_t i = 0; i < 3; i++)
		assert_int_equal(
		    store_audit_add(fixture->store, &lines[i]), OK);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(store_audit(fixture->store, &cases[i].filter,
				     &fixture->arena, &found, &count),
		    OK);
		assert_int_equal(count, cases[i].want);
	}
	assert_int_equal(store_audit(fixture->store, &cases[0].filter,
			     &fixture->arena, &found, &count),
	    OK);
	assert_int_equal(found[0].user, 2); /* newest first */
	assert_int_equal(found[2].id, 1);
	assert_int_equal(found[2].at_ms, 10);
	assert_true(text_is(found[2].before, "{\"a\":1}"));
	assert_true(text_is(found[2].after, "{\"a\":2}"));
	assert_true(text_is(found[2].why, "trùng"));
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_added_user_is_found_by_login_and_by_id),
		cmocka_unit_test(
		    a_login_is_taken_once_and_a_refusal_leaves_no_line),
		cmocka_unit_test(users_are_listed_by_login),
		cmocka_unit_test(a_user_is_changed_with_its_line),
		cmocka_unit_test(the_last_admin_stays_one),
		cmocka_unit_test(a_code_counts_once),
		cmocka_unit_test(a_session_tells_whose_it_is),
		cmocka_unit_test(a_session_ends_when_idle_and_in_any_case),
		cmocka_unit_test(
		    sessions_end_with_the_button_the_password_and_the_account),
		cmocka_unit_test(ending_a_session_that_is_none_leaves_no_line),
		cmocka_unit_test(lines_are_kept_whole_and_found_by_any_filter),
	};

	return store_fixture_run(
	    NULL, "store_staff", tests, sizeof(tests) / sizeof(tests[0]));
}
