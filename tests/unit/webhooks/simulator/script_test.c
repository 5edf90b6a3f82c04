/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "tests/support/alloc_fault.h"
#include "tests/support/cmocka_all.h"
#include "webhooks/simulator/script.h"

#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static enum result
load(const char *rules, struct sim_script *script, struct complaint *why)
{
	json_t *json = json_loads(rules, JSON_DECODE_ANY, NULL);
	enum result result = sim_script_load(json, script, why);

	json_decref(json);
	return result;
}

/* "status" of the rule for CITIZEN; 0: no rule. */
static unsigned
take(struct sim_script *script, const char *citizen)
{
	struct sim_rule rule;
	unsigned status;

	if (!sim_script_take(script, citizen, &rule))
		return 0;
	status = rule.status;
	sim_script_done(&rule);
	return status;
}

static void
rules_are_used_up_in_order(void **state)
{
	struct sim_script script;

	(void)state;
	assert_int_equal(load("[{\"times\":2,\"status\":500},{\"status\":503}]",
			     &script, NULL),
	    OK);
	assert_int_equal(take(&script, "a"), 500);
	assert_int_equal(take(&script, "b"), 500);
	assert_int_equal(take(&script, "a"), 503);
	assert_int_equal(take(&script, "a"), 0);
	sim_script_fini(&script);
}

static void
a_rule_can_be_for_one_citizen(void **state)
{
	struct sim_script script;

	(void)state;
	assert_int_equal(
	    load("[{\"citizen\":\"b\",\"status\":500},{\"status\":503}]",
		&script, NULL),
	    OK);
	assert_int_equal(take(&script, "a"), 503);
	assert_int_equal(take(&script, "a"), 0);
	assert_int_equal(take(&script, "b"), 500);
	sim_script_fini(&script);
}

static void
a_rule_says_all_it_can(void **state)
{
	struct sim_script script;
	struct sim_rule rule;

	(void)state;
	assert_int_equal(load("[{\"status\":400,\"body\":\"no\",\"delay_ms\":7,"
			      "\"error\":{\"code\":-32},\"drop\":\"after\","
			      "\"retry_after_s\":9}]",
			     &script, NULL),
	    OK);
	assert_true(sim_script_take(&script, "", &rule));
	sim_script_fini(&script); /* a taken rule outlives its script */
	assert_int_equal(rule.status, 400);
	assert_string_equal(rule.body, "no");
	assert_int_equal(rule.delay_ms, 7);
	assert_int_equal(
	    json_integer_value(json_object_get(rule.error, "code")), -32);
	assert_int_equal(rule.drop, SIM_DROP_AFTER);
	assert_int_equal(rule.retry_after_s, 9);
	sim_script_done(&rule);
}

static void
a_wait_alone_is_a_rate_limit(void **state)
{
	struct sim_script script;

	(void)state;
	assert_int_equal(load("[{\"retry_after_s\":30}]", &script, NULL), OK);
	assert_int_equal(take(&script, ""), 429);
	sim_script_fini(&script);
}

static void
what_is_not_understood_is_refused(void **state)
{
	static const char *const cases[] = {
		"{}",
		"7",
		"[7]",
		"[{}]",
		"[{\"times\":0,\"status\":500}]",
		"[{\"times\":\"2\"}]",
		"[{\"status\":99}]",
		"[{\"status\":600}]",
		"[{\"delay_ms\":-1}]",
		"[{\"delay_ms\":60001}]",
		"[{\"drop\":\"sometimes\"}]",
		"[{\"drop\":1}]",
		"[{\"error\":{}}]",
		"[{\"error\":\"190\"}]",
		"[{\"body\":7}]",
		"[{\"stattus\":500}]",
		"[{\"status\":500},{\"oops\":\"\"}]",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct sim_script script = { .count = 77 };
		struct complaint why = { .text = "" };

		assert_int_equal(load(cases[i], &script, &why), ERR_INVALID);
		assert_string_not_equal(why.text, "");
		assert_int_equal(script.count, 77);
	}
}

static void
running_out_of_memory_leaves_nothing_behind(void **state)
{
	json_t *rules = json_loads(
	    "[{\"status\":500,\"body\":\"x\"},{\"delay_ms\":5}]", 0, NULL);
	bool reached_the_end = false;

	(void)state;
	for (unsigned nth = 0; !reached_the_end; nth++) {
		struct sim_script script = { .count = 0 };
		enum result result;

		alloc_fault_arm(nth);
		result = sim_script_load(rules, &script, NULL);
		reached_the_end = !alloc_fault_fired();
		alloc_fault_disarm();
		assert_int_equal(result, reached_the_end ? OK : ERR_NOMEM);
		sim_script_fini(&script);
	}
	json_decref(rules);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rules_are_used_up_in_order),
		cmocka_unit_test(a_rule_can_be_for_one_citizen),
		cmocka_unit_test(a_rule_says_all_it_can),
		cmocka_unit_test(a_wait_alone_is_a_rate_limit),
		cmocka_unit_test(what_is_not_understood_is_refused),
		cmocka_unit_test(running_out_of_memory_leaves_nothing_behind),
	};

	json_set_alloc_funcs(malloc, free);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
