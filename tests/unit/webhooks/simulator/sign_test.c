/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "tests/support/cmocka_all.h"
#include "webhooks/simulator/sign.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void
messenger_signs_as_the_known_example(void **state)
{
	char signature[SIM_SIGNATURE_SIZE];

	(void)state;
	sim_sign_messenger(TEXT("sesame"), TEXT("hello world"), signature);
	assert_string_equal(signature,
	    "sha256=f39034b29165ec6a5104d9aef27266484ab26c8caa7bca8bcb2dd02e8be"
	    "61b17");
}

static void
zalo_signs_as_the_known_examples(void **state)
{
	static const struct {
		const char *body, *app_id, *secret, *want;
	} cases[] = {
		{ "{\"app_id\":\"621270425794884977\",\"sender\":{\"id\":"
		  "\"369277302531456952\"},\"user_id_by_app\":"
		  "\"297163570105626386\",\"recipient\":{\"id\":"
		  "\"685681503488589011\"},\"event_name\":\"user_send_text\","
		  "\"message\":{\"text\":\"message\",\"msg_id\":"
		  "\"96d3cdf3af150460909\"},\"timestamp\":\"1754553540000\"}",
		    "621270425794884977", "FAKE_oa_secret_key_1",
		    "mac=c7f636b72cfb71b01fd7724ec82f8889546c7f6364d57b7217e2c9"
		    "491dddd35d" },
		{ "{\"event_name\":\"user_send_location\",\"app_id\":"
		  "\"047989571807621876\",\"sender\":{\"id\":"
		  "\"1315498317196058890\"},\"recipient\":{\"id\":"
		  "\"0677940883325910273\"},\"message\":{\"attachments\":["
		  "{\"payload\":{\"coordinates\":{\"latitude\":\"10.7923119\","
		  "\"longitude\":\"106.7820651\"}},\"type\":\"location\"}],"
		  "\"text\":\"Cơm Coffee New Sky\",\"msg_id\":"
		  "\"b8de7d84fa1b3043690c\"},\"timestamp\":\"1751100041636\","
		  "\"user_id_by_app\":\"8318745712159786148\"}",
		    "047989571807621876", "FAKE_oa_secret_key_1",
		    "mac=145c540c5e23145fcda1dc75f593111d85735faaee01080f76a7e6"
		    "932a4a2d82" },
		{ "{ \"timestamp\" : \"1754553540000\", \"app_id\":"
		  "\"621270425794884977\",\"event_name\":\"user_send_text\","
		  "\"message\":{\"text\":\"C\\u01a1m \\/ \\\"x\\\"\","
		  "\"msg_id\":\"a\"} }",
		    "621270425794884977", "FAKE_oa_secret_key_2",
		    "mac=1075949730c6019b8e6675b34779cb7fcaa61097a08e2d88261540"
		    "d4cbfde03d" },
		{ "{\"app_id\":\"621270425794884977\",\"event_name\":\"x\","
		  "\"timestamp\":1754553540000}",
		    "621270425794884977", "FAKE_oa_secret_key_2",
		    "mac=7eb6966fe2ba2f5080d05f46c6f87c7057eb9a7d45d67424451e06"
		    "23302a5d2c" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char signature[SIM_SIGNATURE_SIZE];

		sim_sign_zalo(cases[i].app_id, text_of(cases[i].body),
		    cases[i].secret, signature);
		assert_string_equal(signature, cases[i].want);
	}
}

/* The console's test button has sent bodies without a time stamp. */
static void
zalo_signs_what_has_no_time_stamp(void **state)
{
	static const char *const bodies[] = { "{}", "not JSON", "" };

	(void)state;
	for (size_t i = 0; i < COUNT(bodies); i++) {
		const struct text_view parts[] = { TEXT("7"),
			text_of(bodies[i]), TEXT("secret") };
		char signature[SIM_SIGNATURE_SIZE];
		char want[SECRET_HEX_SIZE];

		sim_sign_zalo("7", text_of(bodies[i]), "secret", signature);
		secret_sha256_hex(parts, COUNT(parts), want);
		assert_string_equal(signature + 4, want);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(messenger_signs_as_the_known_example),
		cmocka_unit_test(zalo_signs_as_the_known_examples),
		cmocka_unit_test(zalo_signs_what_has_no_time_stamp),
	};

	if (secret_init() != OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
