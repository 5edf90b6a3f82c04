/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "src/store/group.h"

#include <string.h>

#include "tests/support/cmocka_all.h"

/* A group over a backend that only keeps a diary, one letter a call:
 *   B begin  C commit  ( part  ) keep  ! undo
 *   t turn  p probe  s settle  f fetched  j job
 * The first call of the letter FAILS does. */
struct diary {
	struct backend backend; /* first */
	char text[64];
	char fails;
};

static enum result
note(struct backend *backend, char letter)
{
	struct diary *diary = (struct diary *)backend;
	size_t len = strlen(diary->text);

	assert_true(len + 1 < sizeof(diary->text));
	diary->text[len] = letter;
	if (diary->fails != letter)
		return OK;
	diary->fails = '\0';
	return ERR_NOMEM;
}

static enum result
begin(struct backend *backend)
{
	return note(backend, 'B');
}

static enum result
commit(struct backend *backend)
{
	return note(backend, 'C');
}

static enum result
part_begin(struct backend *backend)
{
	return note(backend, '(');
}

static enum result
part_keep(struct backend *backend)
{
	return note(backend, ')');
}

static enum result
part_undo(struct backend *backend)
{
	return note(backend, '!');
}

static enum result
apply_turn(struct backend *backend, struct turn *turn, bool *outbox_changed)
{
	*outbox_changed = *outbox_changed || turn->delivery != 0;
	return note(backend, 't');
}

static enum result
probe(struct backend *backend, uint64_t now_ms)
{
	(void)now_ms;
	return note(backend, 'p');
}

static enum result
settle(struct backend *backend, const struct settlement *settlement)
{
	(void)settlement;
	return note(backend, 's');
}

static enum result
settle_fetched(struct backend *backend, uint64_t delivery)
{
	(void)delivery;
	return note(backend, 'f');
}

static enum result
run_job(struct backend *backend, void *context)
{
	(void)context;
	return note(backend, 'j');
}

static const struct backend_kind kind = {
	.begin = begin,
	.commit = commit,
	.part_begin = part_begin,
	.part_keep = part_keep,
	.part_undo = part_undo,
	.turn = apply_turn,
	.probe = probe,
	.settle = settle,
	.settle_fetched = settle_fetched,
};

/* Two batches of two turns, a settlement, a fetch, a job. */
struct fixture {
	struct diary diary;
	struct group group;
	struct turn turns[4];
	struct turn_batch batches[2];
	enum result told[2];
	struct group_settlement settlements[2];
	struct group_job job;
};

static const enum result not_told = ERR_INVALID;

/* The diary's turns do not come to it. */
static enum result
decide(void *context, struct text_view state, struct turn_outcome *out)
{
	(void)context;
	(void)state;
	(void)out;
	return OK;
}

static void
done(struct turn_batch *batch, enum result result)
{
	enum result *told = batch->context;

	assert_int_equal(*told, not_told);
	*told = result;
}

static void
fill(struct fixture *fixture, char fails)
{
	*fixture = (struct fixture){ .diary = { .fails = fails } };
	fixture->diary.backend.kind = &kind;
	for (size_t i = 0; i < 4; i++)
		fixture->turns[i].decide = decide;
	group_init(&fixture->group);
	assert_true(group_is_empty(&fixture->group));
	for (size_t i = 0; i < 2; i++) {
		fixture->told[i] = not_told;
		fixture->batches[i] =
		    (struct turn_batch){ .turns = &fixture->turns[2 * i],
			    .count = 2,
			    .done = done,
			    .context = &fixture->told[i] };
		group_add_batch(&fixture->group, &fixture->batches[i]);
		fixture->settlements[i].fetched = i == 1;
		group_add_settlement(&fixture->group, &fixture->settlements[i]);
	}
	fixture->job = (struct group_job){ .run = run_job };
	group_add_job(&fixture->group, &fixture->job);
	assert_false(group_is_empty(&fixture->group));
	assert_int_equal(fixture->group.turns, 4);
}

static void
what_waits_is_committed_together(void **state)
{
	struct fixture fixture;

	(void)state;
	fill(&fixture, '\0');
	assert_int_equal(
	    group_commit(&fixture.group, &fixture.diary.backend), OK);
	assert_string_equal(fixture.diary.text, "Bsf(j)(tt)(tt)C");
	assert_int_equal(fixture.told[0], not_told);
	group_finish_batches(&fixture.group, OK);
	assert_int_equal(fixture.told[0], OK);
	assert_int_equal(fixture.told[1], OK);
}

static void
a_turn_of_nobody_is_a_probe(void **state)
{
	struct fixture fixture;

	(void)state;
	fill(&fixture, 'p');
	fixture.turns[2].decide = NULL;
	assert_int_equal(
	    group_commit(&fixture.group, &fixture.diary.backend), OK);
	assert_string_equal(fixture.diary.text, "Bsf(j)(tt)(p!C");
	assert_int_equal(fixture.told[1], ERR_NOMEM);
}

static void
a_part_that_fails_is_undone_alone(void **state)
{
	static const struct {
		char fails;
		const char *diary;
		enum result job;
		enum result first_batch;
	} cases[] = {
		{ 't', "Bsf(j)(t!(tt)C", OK, ERR_NOMEM },
		{ 'j', "Bsf(j!(tt)(tt)C", ERR_NOMEM, OK },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct fixture fixture;

		fill(&fixture, cases[i].fails);
		assert_int_equal(
		    group_commit(&fixture.group, &fixture.diary.backend), OK);
		group_finish_batches(&fixture.group, OK);
		assert_string_equal(fixture.diary.text, cases[i].diary);
		assert_int_equal(fixture.job.result, cases[i].job);
		assert_int_equal(fixture.told[0], cases[i].first_batch);
		assert_int_equal(fixture.told[1], OK);
	}
}

static void
a_transaction_that_fails_stops_at_once(void **state)
{
	static const struct {
		char fails;
		const char *diary;
	} cases[] = {
		{ 'B', "B" },
		{ 's', "Bs" },
		{ 'f', "Bsf" },
		{ '(', "Bsf(" },
		{ ')', "Bsf(j)" },
		{ 'C', "Bsf(j)(tt)(tt)C" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct fixture fixture;

		fill(&fixture, cases[i].fails);
		assert_int_equal(
		    group_commit(&fixture.group, &fixture.diary.backend),
		    ERR_NOMEM);
		assert_string_equal(fixture.diary.text, cases[i].diary);
		group_finish_batches(&fixture.group, ERR_IO);
		assert_int_equal(fixture.told[0], ERR_IO);
		assert_int_equal(fixture.told[1], ERR_IO);
		assert_non_null(fixture.group.settlements);
	}
}

static void
only_what_a_sender_can_use_changes_the_outbox(void **state)
{
	struct group group;
	struct diary diary = { .backend = { &kind } };
	struct group_settlement fetched = { .fetched = true };
	struct group_settlement settled = { .fetched = false };
	enum result told = not_told;
	struct turn turn = { .decide = decide };
	struct turn_batch batch = { &turn, 1, done, &told, NULL };

	(void)state;
	group_init(&group);
	group_add_batch(&group, &batch);
	group_add_settlement(&group, &fetched);
	assert_int_equal(group_commit(&group, &diary.backend), OK);
	assert_false(group.outbox_changed);
	turn.delivery = 1;
	assert_int_equal(group_commit(&group, &diary.backend), OK);
	assert_true(group.outbox_changed);
	group_init(&group);
	group_add_settlement(&group, &settled);
	assert_int_equal(group_commit(&group, &diary.backend), OK);
	assert_true(group.outbox_changed);
}

static void
groups_are_joined_in_order(void **state)
{
	struct group_settlement settlements[3] = { { .fetched = false } };
	struct group first;
	struct group second;

	(void)state;
	group_init(&first);
	group_init(&second);
	group_move(&first, &second); /* nothing to nothing */
	group_add_settlement(&first, &settlements[0]);
	group_move(&second, &first); /* nothing to something */
	group_add_settlement(&second, &settlements[1]);
	group_move(&second, &first);
	assert_true(group_is_empty(&second));
	group_add_settlement(&first, &settlements[2]);
	group_move(&first, &second); /* something to nothing */
	assert_true(group_is_empty(&first));
	assert_ptr_equal(second.settlements, &settlements[0]);
	assert_ptr_equal(settlements[0].next, &settlements[1]);
	assert_ptr_equal(settlements[1].next, &settlements[2]);
	assert_null(settlements[2].next);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_waits_is_committed_together),
		cmocka_unit_test(a_turn_of_nobody_is_a_probe),
		cmocka_unit_test(a_part_that_fails_is_undone_alone),
		cmocka_unit_test(a_transaction_that_fails_stops_at_once),
		cmocka_unit_test(only_what_a_sender_can_use_changes_the_outbox),
		cmocka_unit_test(groups_are_joined_in_order),
	};

	return cmocka_run_group_tests_name("a group", tests, NULL, NULL);
}
