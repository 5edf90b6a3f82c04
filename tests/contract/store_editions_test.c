/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store_editions.h"

#include "tests/support/store_fixture.h"

/* Revisions of FAQ entries: nothing is lost, nothing is overwritten blindly,
 * and every change has its audit line. */

static const struct audit_line writer = {
	.at_ms = 1000,
	.user = 7,
	.login = { "lan", 3 },
	.action = { "entry.draft", 11 },
	.subject = { "entry phi", 9 },
	.why = { "đổi phí", 11 },
};

static const struct audit_line reviewer = {
	.at_ms = 2000,
	.user = 8,
	.login = { "minh", 4 },
	.action = { "entry.publish", 13 },
	.subject = { "entry phi", 9 },
	.why = { "đúng", 6 },
};

static struct draft_save
draft_of(const char *json)
{
	return (struct draft_save){ .seen = { .entry = TEXT("phi") },
		.topic = TEXT("thanh-toan"),
		.topic_title = TEXT("Thanh toán"),
		.json = text_of(json) };
}

static struct revision_key
saved(struct store_fixture *fixture, const struct draft_save *save)
{
	struct revision_key key;

	assert_int_equal(
	    store_draft_save(fixture->store, save, &writer, &key), OK);
	return key;
}

static struct revision *
history(struct store_fixture *fixture, size_t *count_out)
{
	struct revision *revisions = NULL;

	assert_int_equal(store_revisions(fixture->store, TEXT("phi"),
			     &fixture->arena, &revisions, count_out),
	    OK);
	return revisions;
}

/* How many are in force; the first in *OUT. */
static size_t
in_force(struct store_fixture *fixture, struct revision *out,
    uint64_t *generation_out)
{
	struct revision *revisions = NULL;
	size_t count = 0;

	assert_int_equal(store_published(fixture->store, &fixture->arena,
			     &revisions, &count, generation_out),
	    OK);
	if (count > 0)
		*out = revisions[0];
	return count;
}

static size_t
audit_lines(struct store_fixture *fixture)
{
	const struct audit_filter filter = { .limit = 100 };
	struct audit_line *lines;
	size_t count;

	assert_int_equal(store_audit(fixture->store, &filter, &fixture->arena,
			     &lines, &count),
	    OK);
	return count;
}

static struct revision_key
published(struct store_fixture *fixture, const char *json)
{
	struct draft_save save = draft_of(json);
	struct publication publication = { .file_hash = TEXT("abc") };
	struct revision now;
	uint64_t generation;

	if (in_force(fixture, &now, &generation) > 0)
		save.base = now.key.number;
	publication.key = saved(fixture, &save);
	assert_int_equal(store_publish(fixture->store, &publication, 1,
			     generation, &reviewer),
	    OK);
	return publication.key;
}

static void
a_draft_is_kept_with_who_when_and_why(void **state)
{
	struct store_fixture *fixture = *state;
	struct draft_save save = draft_of("{\"a\":1}");
	struct revision_key key = saved(fixture, &save);
	struct revision *revisions;
	size_t count;

	assert_int_equal(key.number, 1);
	assert_int_equal(key.version, 1);
	store_fixture_reopen(fixture);
	revisions = history(fixture, &count);
	assert_int_equal(count, 1);
	assert_int_equal(revisions[0].state, REVISION_DRAFT);
	assert_true(text_is(revisions[0].json, "{\"a\":1}"));
	assert_true(text_is(revisions[0].topic, "thanh-toan"));
	assert_int_equal(revisions[0].written.user, 7);
	assert_true(text_is(revisions[0].written.login, "lan"));
	assert_true(text_is(revisions[0].written.why, "đổi phí"));
	assert_int_equal(revisions[0].written.at_ms, 1000);
	assert_int_equal(revisions[0].decided.at_ms, 0);
	assert_int_equal(audit_lines(fixture), 1);
}

/* Each row: what the second person says they saw. */
static void
who_did_not_see_the_newest_draft_changes_nothing(void **state)
{
	static const struct {
		uint64_t number;
		uint64_t version;
		uint64_t base;
	} cases[] = { { 0, 0, 0 }, { 1, 1, 0 }, { 1, 3, 0 }, { 2, 2, 0 } };
	struct store_fixture *fixture = *state;
	struct draft_save save = draft_of("{\"a\":1}");
	struct revision_key key;
	struct revision *revisions;
	size_t count;

	save.seen = saved(fixture, &save);
	save.json = TEXT("{\"a\":2}");
	save.seen = saved(fixture, &save);
	assert_int_equal(save.seen.version, 2);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		save = draft_of("{\"lost\":true}");
		save.seen.number = cases[i].number;
		save.seen.version = cases[i].version;
		save.base = cases[i].base;
		assert_int_equal(
		    store_draft_save(fixture->store, &save, &writer, &key),
		    ERR_NOT_FOUND);
	}
	revisions = history(fixture, &count);
	assert_int_equal(count, 1);
	assert_true(text_is(revisions[0].json, "{\"a\":2}"));
	assert_int_equal(audit_lines(fixture), 2);
}

static void
a_draft_from_before_the_last_publication_is_refused(void **state)
{
	struct store_fixture *fixture = *state;
	struct draft_save save = draft_of("{\"a\":2}");
	struct revision_key key;

	(void)published(fixture, "{\"a\":1}");
	assert_int_equal(store_draft_save(fixture->store, &save, &writer, &key),
	    ERR_NOT_FOUND);
	save.base = 1;
	assert_int_equal(
	    store_draft_save(fixture->store, &save, &writer, &key), OK);
	assert_int_equal(key.number, 2);
}

static void
a_step_is_taken_only_from_where_it_may_be(void **state)
{
	static const struct {
		enum revision_state from;
		enum revision_state to;
		enum result want;
	} cases[] = {
		{ REVISION_DRAFT, REVISION_REVIEW, OK },
		{ REVISION_DRAFT, REVISION_WITHDRAWN, OK },
		{ REVISION_DRAFT, REVISION_REJECTED, ERR_NOT_FOUND },
		{ REVISION_DRAFT, REVISION_DRAFT, ERR_NOT_FOUND },
		{ REVISION_DRAFT, REVISION_PUBLISHED, ERR_INVALID },
		{ REVISION_DRAFT, REVISION_ROLLED_BACK, ERR_INVALID },
		{ REVISION_REVIEW, REVISION_REJECTED, OK },
		{ REVISION_REVIEW, REVISION_DRAFT, OK },
		{ REVISION_REVIEW, REVISION_WITHDRAWN, OK },
		{ REVISION_REVIEW, REVISION_REVIEW, ERR_NOT_FOUND },
	};
	struct store_fixture *fixture = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct draft_save save = draft_of("{}");
		struct revision_key key = saved(fixture, &save);
		size_t lines = audit_lines(fixture);

		if (cases[i].from == REVISION_REVIEW) {
			assert_int_equal(store_revision_move(fixture->store,
					     &key, REVISION_REVIEW, &writer),
			    OK);
			key.version++;
			lines++;
		}
		assert_int_equal(store_revision_move(fixture->store, &key,
				     cases[i].to, &reviewer),
		    cases[i].want);
		if (cases[i].want == OK) {
			key.version++;
			lines++;
		}
		assert_int_equal(audit_lines(fixture), lines);
		/* Out of the way of the next case. */
		assert_int_equal(store_revision_move(fixture->store, &key,
				     REVISION_WITHDRAWN, &writer),
		    cases[i].want == OK && cases[i].to >= REVISION_PUBLISHED
			? ERR_NOT_FOUND
			: OK);
	}
}

static void
what_is_published_is_in_force_and_starts_a_generation(void **state)
{
	struct store_fixture *fixture = *state;
	uint64_t before;
	uint64_t after;
	struct revision now;

	assert_int_equal(in_force(fixture, &now, &before), 0);
	(void)published(fixture, "{\"a\":1}");
	(void)published(fixture, "{\"a\":2}");
	store_fixture_reopen(fixture);
	assert_int_equal(in_force(fixture, &now, &after), 1);
	assert_int_equal(after, before + 2);
	assert_int_equal(now.key.number, 2);
	assert_true(text_is(now.json, "{\"a\":2}"));
	assert_true(text_is(now.file_hash, "abc"));
	assert_true(text_is(now.decided.login, "minh"));
}

static void
publishing_is_all_or_none(void **state)
{
	struct store_fixture *fixture = *state;
	struct draft_save save = draft_of("{\"a\":1}");
	struct audit_line lines[2] = { reviewer, reviewer };
	struct publication publications[2] = { { .file_hash = TEXT("") } };
	struct revision now;
	uint64_t generation;
	size_t told;

	publications[0].key = saved(fixture, &save);
	publications[1].key = publications[0].key;
	publications[1].key.version = 99;
	(void)in_force(fixture, &now, &generation);
	told = audit_lines(fixture);
	assert_int_equal(
	    store_publish(fixture->store, publications, 2, generation, lines),
	    ERR_NOT_FOUND);
	assert_int_equal(store_publish(fixture->store, publications, 1,
			     generation + 1, lines),
	    ERR_NOT_FOUND);
	assert_int_equal(in_force(fixture, &now, &generation), 0);
	assert_int_equal(audit_lines(fixture), told);
}

static void
a_roll_back_takes_back_what_came_after(void **state)
{
	static const struct {
		uint64_t from;
		uint64_t to;
		enum result want;
		uint64_t in_force; /* afterwards; 0: the files */
	} cases[] = {
		{ 2, 1, ERR_NOT_FOUND, 3 }, /* not what is in force */
		{ 3, 3, ERR_NOT_FOUND, 3 },
		{ 3, 4, ERR_NOT_FOUND, 3 }, /* only a draft */
		{ 3, 1, OK, 1 },
		{ 1, 3, OK, 3 }, /* and forth again */
		{ 3, 0, OK, 0 },
		{ 0, 2, OK, 2 },
	};
	struct store_fixture *fixture = *state;
	struct draft_save save = draft_of("{\"a\":4}");
	struct revision now;
	uint64_t generation;

	(void)published(fixture, "{\"a\":1}");
	(void)published(fixture, "{\"a\":2}");
	(void)published(fixture, "{\"a\":3}");
	save.base = 3;
	(void)saved(fixture, &save);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct rollback rollback = { TEXT("phi"), cases[i].from,
			cases[i].to };
		size_t count;

		assert_int_equal(
		    store_rollback(fixture->store, &rollback, &reviewer),
		    cases[i].want);
		count = in_force(fixture, &now, &generation);
		assert_int_equal(count, cases[i].in_force > 0 ? 1 : 0);
		if (count > 0)
			assert_int_equal(now.key.number, cases[i].in_force);
	}
}

static void
open_revisions_are_listed_by_entry(void **state)
{
	struct store_fixture *fixture = *state;
	struct draft_save save = draft_of("{}");
	struct revision *open;
	size_t count;

	(void)saved(fixture, &save);
	save.seen.entry = TEXT("an");
	(void)saved(fixture, &save);
	assert_int_equal(
	    store_drafts(fixture->store, &fixture->arena, &open, &count), OK);
	assert_int_equal(count, 2);
	assert_true(text_is(open[0].key.entry, "an"));
	assert_true(text_is(open[1].key.entry, "phi"));
}

static void
answers_and_choices_count_as_uses(void **state)
{
	struct store_fixture *fixture = *state;
	struct question answered = store_fixture_asked;
	struct entry_use *uses;
	size_t count;

	answered.decision = TEXT("answer");
	answered.entry = TEXT("phi");
	{
		struct said said[] = {
			{ .now_ms = 10, .outcome = { .question = &answered } },
			{ .now_ms = 30, .outcome = { .question = &answered } },
			{ .now_ms = 40,
			    .outcome = { .question = &store_fixture_asked } },
			{ .now_ms = 50, .outcome = { .chosen = TEXT("dau") } },
		};

		assert_int_equal(store_fixture_say(fixture, said, 4), OK);
	}
	assert_int_equal(
	    store_entry_uses(fixture->store, &fixture->arena, &uses, &count),
	    OK);
	assert_int_equal(count, 2);
	assert_true(text_is(uses[0].entry, "dau"));
	assert_int_equal(uses[0].count, 1);
	assert_true(text_is(uses[1].entry, "phi"));
	assert_int_equal(uses[1].count, 2);
	assert_int_equal(uses[1].last_ms, 30);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_draft_is_kept_with_who_when_and_why),
		cmocka_unit_test(
		    who_did_not_see_the_newest_draft_changes_nothing),
		cmocka_unit_test(
		    a_draft_from_before_the_last_publication_is_refused),
		cmocka_unit_test(a_step_is_taken_only_from_where_it_may_be),
		cmocka_unit_test(
		    what_is_published_is_in_force_and_starts_a_generation),
		cmocka_unit_test(publishing_is_all_or_none),
		cmocka_unit_test(a_roll_back_takes_back_what_came_after),
		cmocka_unit_test(open_revisions_are_listed_by_entry),
		cmocka_unit_test(answers_and_choices_count_as_uses),
	};

	return store_fixture_run(
	    NULL, "editions", tests, sizeof(tests) / sizeof(tests[0]));
}
