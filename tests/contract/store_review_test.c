/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store_review.h"

#include <stdio.h>
#include <string.h>

#include "tests/support/store_fixture.h"

/* Groups of open questions: sorted piece by piece, edited by staff, undone,
 * and without a text that was erased. */

static const uint64_t day_ms = 24ull * 3600 * 1000;

static struct audit_line
line_of(const char *action)
{
	return (struct audit_line){ .at_ms = 1000,
		.login = TEXT("lan"),
		.action = text_of(action),
		.subject = TEXT("group 1") };
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

/* CITIZEN asks TEXT and nobody can answer; returns the question's id. */
static uint64_t
ask_on(struct store_fixture *fixture, const char *channel, const char *citizen,
    const char *text)
{
	const struct question question = { .text = text_of(text),
		.decision = TEXT("unanswered"),
		.candidates = TEXT("ho-chieu 0.20") };
	struct said said = { .channel = channel,
		.citizen = citizen,
		.now_ms = day_ms,
		.outcome = { .question = &question } };
	size_t count = 0;
	struct question_row *rows;

	assert_int_equal(store_fixture_say(fixture, &said, 1), OK);
	rows = store_fixture_questions(fixture, &count);
	assert_true(count > 0);
	return rows[0].id;
}

static uint64_t
ask(struct store_fixture *fixture, const char *citizen, const char *text)
{
	return ask_on(fixture, "messenger", citizen, text);
}

static uint64_t
place(struct store_fixture *fixture, uint64_t question, uint64_t beside)
{
	struct review_placement placement = { .question = question,
		.beside = beside };

	assert_int_equal(store_review_place(fixture->store, &placement, 1), OK);
	return placement.group;
}

static struct review_group
get(struct store_fixture *fixture, uint64_t id)
{
	struct review_group group = { .id = 0 };

	assert_int_equal(store_review_group(fixture->store, id, 2 * day_ms,
			     7 * day_ms, &fixture->arena, &group),
	    OK);
	return group;
}

static void
name(struct store_fixture *fixture, uint64_t group, uint64_t question,
    const char *words)
{
	const struct review_name names[] = { { group, question, text_of(words),
	    TEXT("ho-chieu") } };

	assert_int_equal(store_review_name(fixture->store, names, 1), OK);
}

static size_t
pending(struct store_fixture *fixture, struct review_item **items_out)
{
	size_t count = 99;

	assert_int_equal(store_review_pending(fixture->store, 10,
			     &fixture->arena, items_out, &count),
	    OK);
	return count;
}

static enum result
change(struct store_fixture *fixture, uint64_t group, enum review_action action)
{
	const struct audit_line line = line_of("group.change");
	const struct review_change order = { .group = group,
		.version = get(fixture, group).version,
		.action = action,
		.assignee = action == REVIEW_ASSIGN ? 7 : 0,
		.department = TEXT("Tư pháp"),
		.due_ms = 5 * day_ms,
		.entry = TEXT("ho-chieu") };

	return store_review_change(fixture->store, &order, &line);
}

static enum result
undo(struct store_fixture *fixture, uint64_t group)
{
	const struct audit_line line = line_of("group.undo");

	return store_review_undo(
	    fixture->store, group, get(fixture, group).version, &line);
}

/* Three questions of two citizens in one group. */
static uint64_t
a_group_of_three(struct store_fixture *fixture, uint64_t questions[3])
{
	uint64_t group;

	questions[0] = ask(fixture, "an", "làm hộ chiếu ở đâu");
	questions[1] = ask_on(fixture, "zalo", "binh", "ho chieu lam o dau");
	questions[2] = ask(fixture, "an", "hộ chiếu làm chỗ nào");
	group = place(fixture, questions[0], 0);
	assert_int_equal(place(fixture, questions[1], questions[0]), group);
	assert_int_equal(place(fixture, questions[2], questions[1]), group);
	return group;
}

/* ---- sorting ---- */

static void
open_questions_wait_until_they_are_placed(void **state)
{
	struct store_fixture *fixture = *state;
	const struct question answered = { .text = TEXT("phí bao nhiêu"),
		.decision = TEXT("answer") };
	struct said said[] = {
		{ .now_ms = 1, .outcome = { .question = &answered } },
		{ .now_ms = 2, .outcome = { .label = TEXT("disputed") } },
	};
	struct review_item *items;
	uint64_t first;

	assert_int_equal(store_fixture_say(fixture, said, 1), OK);
	assert_int_equal(pending(fixture, &items), 0);
	/* The answer was wrong: now it is open, too. */
	assert_int_equal(store_fixture_say(fixture, &said[1], 1), OK);
	first = ask(fixture, "binh", "làm hộ chiếu ở đâu");
	assert_int_equal(pending(fixture, &items), 2);
	assert_true(text_is(items[0].text, "phí bao nhiêu"));
	assert_int_equal(items[1].id, first);
	assert_true(text_is(items[1].candidates, "ho-chieu 0.20"));
	(void)place(fixture, first, 0);
	assert_int_equal(pending(fixture, &items), 1);
	store_fixture_reopen(fixture);
	assert_int_equal(pending(fixture, &items), 1);
}

static void
a_group_counts_its_questions_citizens_and_channels(void **state)
{
	struct store_fixture *fixture = *state;
	uint64_t questions[3];
	struct review_group group =
	    get(fixture, a_group_of_three(fixture, questions));

	assert_int_equal(group.state, REVIEW_OPEN);
	assert_int_equal(group.questions, 3);
	assert_int_equal(group.citizens, 2);
	assert_int_equal(group.first_ms, day_ms);
	assert_int_equal(group.last_ms, day_ms);
	assert_int_equal(group.recent, 3);
	assert_int_equal(group.before_recent, 0);
	assert_true(text_is(group.channels, " messenger zalo "));
	assert_true(text_is(group.text, "làm hộ chiếu ở đâu"));
	/* Once more changes nothing. */
	assert_int_equal(place(fixture, questions[2], 0), group.id);
	assert_int_equal(get(fixture, group.id).questions, 3);
}

static void
a_piece_may_place_questions_beside_each_other(void **state)
{
	struct store_fixture *fixture = *state;
	uint64_t first = ask(fixture, "an", "một");
	uint64_t second = ask(fixture, "an", "hai");
	struct review_placement placements[] = { { .question = first },
		{ .question = second, .beside = first } };

	assert_int_equal(store_review_place(fixture->store, placements, 2), OK);
	assert_int_equal(placements[0].group, placements[1].group);
	assert_int_not_equal(placements[0].group, 0);
}

static void
an_answered_group_takes_no_more_and_a_dismissed_one_does(void **state)
{
	struct store_fixture *fixture = *state;
	uint64_t first = ask(fixture, "an", "một");
	uint64_t group = place(fixture, first, 0);
	uint64_t next;

	assert_int_equal(change(fixture, group, REVIEW_DISMISS), OK);
	assert_int_equal(
	    place(fixture, ask(fixture, "an", "hai"), first), group);
	assert_int_equal(change(fixture, group, REVIEW_REOPEN), OK);
	assert_int_equal(change(fixture, group, REVIEW_ANSWER), OK);
	next = place(fixture, ask(fixture, "an", "ba"), first);
	assert_int_not_equal(next, group);
	assert_int_equal(get(fixture, next).questions, 1);
}

static void
edits_are_told_once_in_order(void **state)
{
	struct store_fixture *fixture = *state;
	uint64_t first = place(fixture, ask(fixture, "an", "một"), 0);
	uint64_t second = place(fixture, ask(fixture, "an", "hai"), 0);
	struct review_edit *edits;
	uint64_t seen;
	size_t count = 0;

	assert_int_equal(store_review_edits(fixture->store, 0, 10,
			     &fixture->arena, &edits, &count),
	    OK);
	assert_int_equal(count, 2);
	assert_int_equal(edits[0].group, first);
	assert_int_equal(edits[1].group, second);
	assert_true(edits[0].number < edits[1].number);
	seen = edits[1].number;
	assert_int_equal(change(fixture, first, REVIEW_ANSWER), OK);
	assert_int_equal(store_review_edits(fixture->store, seen, 10,
			     &fixture->arena, &edits, &count),
	    OK);
	assert_int_equal(count, 1);
	assert_int_equal(edits[0].group, first);
	assert_false(edits[0].open);
}

/* ---- erasing ---- */

static void
an_erased_text_leaves_the_representative_and_the_search(void **state)
{
	struct store_fixture *fixture = *state;
	uint64_t questions[3];
	uint64_t group = a_group_of_three(fixture, questions);
	const struct review_filter filter = { .words = { TEXT("lam ho") },
		.limit = 10 };
	struct review_page page;
	struct review_item *items;
	size_t count = 0;

	name(fixture, group, questions[0], " lam ho chieu o dau ");
	assert_int_equal(
	    store_review_list(fixture->store, &filter, &fixture->arena, &page),
	    OK);
	assert_int_equal(page.count, 1);
	assert_int_equal(
	    store_erase(fixture->store, "messenger", TEXT("an"), &count), OK);
	assert_int_equal(
	    store_review_list(fixture->store, &filter, &fixture->arena, &page),
	    OK);
	assert_int_equal(page.count, 0);
	assert_true(text_is(get(fixture, group).text, "ho chieu lam o dau"));
	assert_int_equal(store_review_items(fixture->store, group, 10,
			     &fixture->arena, &items, &count),
	    OK);
	assert_int_equal(count, 1);
	/* The counts stay, and so they do when the last text goes. */
	assert_int_equal(store_purge(fixture->store, 100 * day_ms, day_ms), OK);
	assert_int_equal(get(fixture, group).text.len, 0);
	assert_int_equal(get(fixture, group).questions, 3);
	assert_int_equal(get(fixture, group).citizens, 2);
}

static void
a_name_whose_text_has_gone_is_not_taken(void **state)
{
	struct store_fixture *fixture = *state;
	uint64_t questions[3];
	uint64_t group = a_group_of_three(fixture, questions);
	size_t count;

	assert_int_equal(
	    store_erase(fixture->store, "messenger", TEXT("an"), &count), OK);
	name(fixture, group, questions[0], " lam ho chieu o dau ");
	assert_true(text_is(get(fixture, group).text, "ho chieu lam o dau"));
}

static void
what_was_dismissed_is_told_without_what_was_erased(void **state)
{
	struct store_fixture *fixture = *state;
	uint64_t first = place(fixture, ask(fixture, "an", "xổ số"), 0);
	uint64_t second = place(fixture, ask(fixture, "binh", "bóng đá"), 0);
	struct text_view *texts;
	size_t count = 0;

	assert_int_equal(change(fixture, first, REVIEW_DISMISS), OK);
	assert_int_equal(change(fixture, second, REVIEW_DISMISS), OK);
	assert_int_equal(store_review_dismissed(fixture->store, 10,
			     &fixture->arena, &texts, &count),
	    OK);
	assert_int_equal(count, 2);
	assert_true(text_is(texts[0], "bóng đá"));
	assert_int_equal(
	    store_erase(fixture->store, "messenger", TEXT("an"), &count), OK);
	assert_int_equal(store_review_dismissed(fixture->store, 10,
			     &fixture->arena, &texts, &count),
	    OK);
	assert_int_equal(count, 1);
}

/* ---- what staff do ---- */

static void
a_change_is_refused_when_the_group_has_changed_since(void **state)
{
	struct store_fixture *fixture = *state;
	const struct audit_line line = line_of("group.dismiss");
	struct review_change order = { .action = REVIEW_DISMISS };
	size_t lines;

	order.group = place(fixture, ask(fixture, "an", "một"), 0);
	order.version = get(fixture, order.group).version;
	assert_int_equal(change(fixture, order.group, REVIEW_ASSIGN), OK);
	lines = count_lines(fixture);
	assert_int_equal(
	    store_review_change(fixture->store, &order, &line), ERR_INVALID);
	assert_int_equal(get(fixture, order.group).state, REVIEW_OPEN);
	assert_int_equal(count_lines(fixture), lines);
	order.group = 12345;
	assert_int_equal(
	    store_review_change(fixture->store, &order, &line), ERR_NOT_FOUND);
}

static void
new_questions_are_no_change_by_a_person(void **state)
{
	struct store_fixture *fixture = *state;
	uint64_t first = ask(fixture, "an", "một");
	uint64_t group = place(fixture, first, 0);
	uint64_t version = get(fixture, group).version;

	(void)place(fixture, ask(fixture, "an", "hai"), first);
	assert_int_equal(get(fixture, group).version, version);
}

static void
every_action_is_undone(void **state)
{
	static const enum review_action actions[] = { REVIEW_DISMISS,
		REVIEW_ANSWER, REVIEW_ASSIGN };
	struct store_fixture *fixture = *state;
	uint64_t group = place(fixture, ask(fixture, "an", "một"), 0);

	for (size_t i = 0; i < sizeof(actions) / sizeof(actions[0]); i++) {
		struct review_group before = get(fixture, group);
		struct review_group after;

		assert_int_equal(change(fixture, group, actions[i]), OK);
		assert_true(get(fixture, group).undoable);
		assert_int_equal(undo(fixture, group), OK);
		after = get(fixture, group);
		assert_int_equal(after.state, before.state);
		assert_int_equal(after.assignee, before.assignee);
		assert_int_equal(after.due_ms, before.due_ms);
		assert_true(text_equal(after.entry, before.entry));
		assert_true(text_equal(after.department, before.department));
		assert_false(after.undoable);
		assert_int_equal(undo(fixture, group), ERR_INVALID);
	}
	assert_int_equal(count_lines(fixture), 6);
}

static enum result
merge(struct store_fixture *fixture, uint64_t from, uint64_t into)
{
	const struct audit_line line = line_of("group.merge");
	const struct review_merge order = { from, get(fixture, from).version,
		into, get(fixture, into).version };

	return store_review_merge(fixture->store, &order, &line);
}

static void
merged_groups_count_together_and_come_apart_again(void **state)
{
	struct store_fixture *fixture = *state;
	uint64_t questions[3];
	uint64_t into = a_group_of_three(fixture, questions);
	uint64_t from = place(fixture, ask(fixture, "an", "passport"), 0);

	assert_int_equal(merge(fixture, from, into), OK);
	assert_int_equal(get(fixture, into).questions, 4);
	assert_int_equal(get(fixture, into).citizens, 2);
	assert_int_equal(get(fixture, from).questions, 0);
	assert_int_equal(get(fixture, from).state, REVIEW_MERGED);
	assert_int_equal(get(fixture, from).merged_into, into);
	assert_int_equal(merge(fixture, from, into), ERR_INVALID);
	assert_int_equal(undo(fixture, into), OK);
	assert_int_equal(get(fixture, into).questions, 3);
	assert_int_equal(get(fixture, from).questions, 1);
	assert_int_equal(get(fixture, from).state, REVIEW_OPEN);
	assert_true(text_is(get(fixture, from).text, "passport"));
}

static enum result
move(struct store_fixture *fixture, uint64_t group, const uint64_t *questions,
    size_t count, uint64_t *into)
{
	const struct audit_line line = line_of("group.split");
	const struct review_move order = { .group = group,
		.version = get(fixture, group).version,
		.questions = questions,
		.count = count,
		.into = *into };

	return store_review_move(fixture->store, &order, &line, into);
}

static void
a_split_is_undone_by_one_key(void **state)
{
	struct store_fixture *fixture = *state;
	uint64_t questions[3];
	uint64_t group = a_group_of_three(fixture, questions);
	uint64_t other = 0;

	assert_int_equal(move(fixture, group, questions, 1, &other), OK);
	assert_int_not_equal(other, 0);
	assert_int_equal(get(fixture, group).questions, 2);
	/* The representative has left. */
	assert_true(text_is(get(fixture, group).text, "hộ chiếu làm chỗ nào"));
	assert_true(text_is(get(fixture, other).text, "làm hộ chiếu ở đâu"));
	assert_int_equal(get(fixture, other).first_ms, day_ms);
	assert_int_equal(undo(fixture, group), OK);
	assert_int_equal(get(fixture, group).questions, 3);
	assert_int_equal(get(fixture, other).questions, 0);
	assert_int_equal(get(fixture, other).state, REVIEW_MERGED);
}

static void
a_move_takes_only_what_is_there(void **state)
{
	struct store_fixture *fixture = *state;
	uint64_t questions[3];
	uint64_t group = a_group_of_three(fixture, questions);
	uint64_t stranger = ask(fixture, "an", "passport");
	uint64_t other = place(fixture, stranger, 0);
	uint64_t nowhere = 0;
	const uint64_t twice[] = { questions[0], questions[0] };

	assert_int_equal(
	    move(fixture, group, &stranger, 1, &nowhere), ERR_INVALID);
	assert_int_equal(move(fixture, group, twice, 2, &nowhere), ERR_INVALID);
	/* All of them would leave nothing behind. */
	assert_int_equal(
	    move(fixture, group, questions, 3, &nowhere), ERR_INVALID);
	assert_int_equal(
	    move(fixture, group, questions, 0, &nowhere), ERR_INVALID);
	assert_int_equal(get(fixture, group).questions, 3);
	assert_int_equal(move(fixture, group, questions, 2, &other), OK);
	assert_int_equal(get(fixture, other).questions, 3);
	assert_int_equal(undo(fixture, group), OK);
	assert_int_equal(get(fixture, other).questions, 1);
}

static void
nothing_is_undone_when_the_other_group_has_changed(void **state)
{
	struct store_fixture *fixture = *state;
	uint64_t questions[3];
	uint64_t group = a_group_of_three(fixture, questions);
	uint64_t other = 0;

	assert_int_equal(move(fixture, group, questions, 1, &other), OK);
	assert_int_equal(change(fixture, other, REVIEW_DISMISS), OK);
	assert_int_equal(undo(fixture, group), ERR_INVALID);
	assert_int_equal(get(fixture, group).questions, 2);
	assert_int_equal(undo(fixture, other), OK);
}

/* ---- lists ---- */

static void
a_list_is_filtered_sorted_and_paged(void **state)
{
	struct store_fixture *fixture = *state;
	uint64_t questions[3];
	uint64_t big = a_group_of_three(fixture, questions);
	uint64_t stranger = ask(fixture, "an", "đèn đường hư");
	uint64_t small = place(fixture, stranger, 0);
	const struct {
		struct review_filter filter;
		uint64_t first; /* 0: none */
		uint64_t total;
	} cases[] = {
		{ { .limit = 10 }, big, 2 },
		{ { .limit = 1, .offset = 1 }, small, 2 },
		{ { .limit = 10, .words = { TEXT("den"), TEXT("hu") } }, small,
		    1 },
		{ { .limit = 10, .words = { TEXT("den"), TEXT("ho chieu") } },
		    0, 0 },
		{ { .limit = 10, .channel = TEXT(" zalo ") }, big, 1 },
		{ { .limit = 10, .entries = TEXT(" a ho-chieu b ") }, big, 2 },
		{ { .limit = 10, .entries = TEXT(" a chieu b ") }, 0, 0 },
		{ { .limit = 10, .assignee = 7 }, small, 1 },
		{ { .limit = 10, .unassigned = true }, big, 1 },
		{ { .limit = 10, .department = TEXT("Tư pháp") }, small, 1 },
		{ { .limit = 10, .due_before_ms = 6 * day_ms }, small, 1 },
		{ { .limit = 10, .due_before_ms = 4 * day_ms }, 0, 0 },
		{ { .limit = 10, .order = REVIEW_BY_DUE }, small, 2 },
		{ { .limit = 10, .state = REVIEW_ANSWERED }, 0, 0 },
		{ { .limit = 10,
		      .order = REVIEW_BY_GROWTH,
		      .now_ms = 2 * day_ms,
		      .recent_ms = 7 * day_ms },
		    big, 2 },
	};

	name(fixture, big, questions[0], " lam ho chieu o dau ");
	name(fixture, small, stranger, " den duong hu ");
	assert_int_equal(change(fixture, small, REVIEW_ASSIGN), OK);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct review_page page;

		assert_int_equal(store_review_list(fixture->store,
				     &cases[i].filter, &fixture->arena, &page),
		    OK);
		if (page.total != cases[i].total ||
		    (page.count > 0) != (cases[i].first > 0) ||
		    (page.count > 0 && page.groups[0].id != cases[i].first))
			fail_msg("case %zu", i);
	}
}

static void
questions_of_a_group_are_paged_newest_first(void **state)
{
	struct store_fixture *fixture = *state;
	uint64_t questions[3];
	uint64_t group = a_group_of_three(fixture, questions);
	struct question_row *rows;
	size_t count = 0;

	assert_int_equal(store_review_questions(fixture->store, group, 0, 2,
			     &fixture->arena, &rows, &count),
	    OK);
	assert_int_equal(count, 2);
	assert_int_equal(rows[0].id, questions[2]);
	assert_true(text_is(rows[1].channel, "zalo"));
	assert_int_equal(store_review_questions(fixture->store, group,
			     rows[1].id, 2, &fixture->arena, &rows, &count),
	    OK);
	assert_int_equal(count, 1);
	assert_int_equal(rows[0].id, questions[0]);
}

/* ---- views ---- */

static void
views_belong_to_one_person(void **state)
{
	struct store_fixture *fixture = *state;
	const struct audit_line line = line_of("view.keep");
	const struct staff_account account = { .user = { .login = TEXT("lan"),
						   .name = TEXT("Lan"),
						   .roles = ROLE_EDITOR },
		.hash = TEXT("a hash") };
	struct review_view view = { TEXT("Của tôi"), TEXT("{\"a\": 1}") };
	struct review_view *views;
	uint64_t user = 0;
	size_t count = 0;

	assert_int_equal(
	    store_user_add(fixture->store, &account, &line, &user), OK);
	for (size_t i = 0; i < 2; i++)
		assert_int_equal(
		    store_review_keep_view(fixture->store, user, &view, &line),
		    OK);
	assert_int_equal(store_review_views(fixture->store, user,
			     &fixture->arena, &views, &count),
	    OK);
	assert_int_equal(count, 1);
	assert_true(text_is(views[0].query, "{\"a\": 1}"));
	assert_int_equal(store_review_views(fixture->store, user + 1,
			     &fixture->arena, &views, &count),
	    OK);
	assert_int_equal(count, 0);
	view.query = TEXT("");
	assert_int_equal(
	    store_review_keep_view(fixture->store, user, &view, &line), OK);
	assert_int_equal(store_review_views(fixture->store, user,
			     &fixture->arena, &views, &count),
	    OK);
	assert_int_equal(count, 0);
}

static void
views_have_a_ceiling(void **state)
{
	struct store_fixture *fixture = *state;
	const struct audit_line line = line_of("view.keep");
	const struct staff_account account = { .user = { .login = TEXT("lan"),
						   .name = TEXT("Lan"),
						   .roles = ROLE_EDITOR },
		.hash = TEXT("a hash") };
	uint64_t user = 0;

	assert_int_equal(
	    store_user_add(fixture->store, &account, &line, &user), OK);
	for (int i = 0; i <= REVIEW_VIEWS_MAX; i++) {
		char title[32];
		struct review_view view = { .query = TEXT("{}") };

		(void)snprintf(title, sizeof(title), "view %d", i);
		view.name = text_of(title);
		assert_int_equal(
		    store_review_keep_view(fixture->store, user, &view, &line),
		    i < REVIEW_VIEWS_MAX ? OK : ERR_TOO_LARGE);
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(open_questions_wait_until_they_are_placed),
		cmocka_unit_test(
		    a_group_counts_its_questions_citizens_and_channels),
		cmocka_unit_test(a_piece_may_place_questions_beside_each_other),
		cmocka_unit_test(
		    an_answered_group_takes_no_more_and_a_dismissed_one_does),
		cmocka_unit_test(edits_are_told_once_in_order),
		cmocka_unit_test(
		    an_erased_text_leaves_the_representative_and_the_search),
		cmocka_unit_test(a_name_whose_text_has_gone_is_not_taken),
		cmocka_unit_test(
		    what_was_dismissed_is_told_without_what_was_erased),
		cmocka_unit_test(
		    a_change_is_refused_when_the_group_has_changed_since),
		cmocka_unit_test(new_questions_are_no_change_by_a_person),
		cmocka_unit_test(every_action_is_undone),
		cmocka_unit_test(
		    merged_groups_count_together_and_come_apart_again),
		cmocka_unit_test(a_split_is_undone_by_one_key),
		cmocka_unit_test(a_move_takes_only_what_is_there),
		cmocka_unit_test(
		    nothing_is_undone_when_the_other_group_has_changed),
		cmocka_unit_test(a_list_is_filtered_sorted_and_paged),
		cmocka_unit_test(questions_of_a_group_are_paged_newest_first),
		cmocka_unit_test(views_belong_to_one_person),
		cmocka_unit_test(views_have_a_ceiling),
	};

	return store_fixture_run(
	    NULL, "review", tests, sizeof(tests) / sizeof(tests[0]));
}
