/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* However many talk at once, each conversation goes as if it were alone.
 *
 * CROWD_SEED gives another crowd, CROWD_CITIZENS a larger one (`make crowd`:
 * 1,000, several seeds).  What fails prints the seed and the script of the
 * first citizen whose conversation went another way. */
#include "tests/support/cmocka_all.h"

#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "tests/support/crowd.h"

enum { SMALL = 100, SMALL_ROUNDS = 8, LARGE = 500, SEED = 20261124 };

static uint64_t
number_of(const char *name, uint64_t otherwise)
{
	const char *value = getenv(name);
	uint64_t number = otherwise;

	if (value != NULL && value[0] != '\0' &&
	    text_number(text_of(value), 1, UINT32_MAX, &number) != OK)
		fail_msg("%s must be a number", name);
	return number;
}

static bool
is_same_question(const struct question *a, const struct question *b)
{
	return text_equal(a->text, b->text) &&
	       text_equal(a->decision, b->decision) &&
	       text_equal(a->entry, b->entry) &&
	       text_equal(a->label, b->label) &&
	       text_equal(a->chosen, b->chosen) &&
	       text_equal(a->words, b->words);
}

/* NULL, or what is not as the model says; RECORD: what the store keeps. */
static const char *
compare_record(
    const struct crowd_model *model, const struct citizen_record *record)
{
	uint64_t now_ms = clock_now_ms();
	struct text_view wanted =
	    crowd_model_state(model, model->state, now_ms);
	struct text_view kept = crowd_model_state(model, record->state, now_ms);

	if (!text_equal(wanted, kept)) {
		print_error("expected state:\n%.*s\nkept:\n%.*s\n",
		    TEXT_ARGS(wanted), TEXT_ARGS(kept));
		return "the state";
	}
	if (record->question_count != model->question_count)
		return "how many questions are logged";
	for (size_t i = 0; i < model->question_count; i++)
		if (!is_same_question(
			&model->questions[i], &record->questions[i].question))
			return "a question in the log";
	return NULL;
}

static const char *
compare(struct crowd *crowd, const struct crowd_citizen *citizen)
{
	static const struct citizen_record stranger = { 0 };
	json_t *told = crowd_model_told(&citizen->model);
	struct citizen_record *records = NULL;
	const char *wrong = NULL;
	struct arena arena;
	size_t count = 0;

	arena_init(&arena, 16 << 20);
	assert_int_equal(
	    store_records(app_store(crowd->service.app), citizen->channel->name,
		text_of(citizen->id), &arena, &records, &count),
	    OK);
	if (!json_equal(told, citizen->heard))
		wrong = "what was heard";
	else if (count > 1)
		wrong = "the number of records";
	else
		wrong = compare_record(
		    &citizen->model, count == 0 ? &stranger : &records[0]);
	arena_fini(&arena);
	json_decref(told);
	return wrong;
}

static void
every_conversation_goes_as_if_it_were_alone(void **state)
{
	size_t count = (size_t)number_of("CROWD_CITIZENS", SMALL);
	struct crowd crowd = { .seed = number_of("CROWD_SEED", SEED),
		.count = count,
		.rounds = count >= LARGE ? CROWD_ROUNDS_MAX : SMALL_ROUNDS,
		.faq_dir = count >= LARGE ? "faq" : SERVICE_SMALL_FAQ };
	struct store_counts counts;
	size_t wrong_count = 0;
	size_t replies = 0;
	size_t events = 0;

	(void)state;
	crowd_make(&crowd);
	crowd_play(&crowd);
	for (size_t i = 0; i < crowd.count; i++) {
		const struct crowd_citizen *citizen = &crowd.citizens[i];
		const char *wrong = compare(&crowd, citizen);

		events += citizen->event_count;
		replies += json_array_size(citizen->heard);
		if (wrong == NULL || wrong_count++ > 0)
			continue;
		print_error("not as the model says: %s\n", wrong);
		crowd_print(&crowd, citizen);
	}
	assert_int_equal(
	    store_count(app_store(crowd.service.app), &counts), OK);
	print_message("seed %llu: %zu citizens, %zu events, %zu replies\n",
	    (unsigned long long)crowd.seed, crowd.count, events, replies);
	if (wrong_count > 0)
		fail_msg("seed %llu: %zu of %zu conversations went wrong",
		    (unsigned long long)crowd.seed, wrong_count, crowd.count);
	assert_int_equal(counts.parked, 0);
	crowd_close(&crowd);
	crowd_free(&crowd);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_conversation_goes_as_if_it_were_alone),
	};

	return cmocka_run_group_tests_name("crowd", tests, NULL, NULL);
}
