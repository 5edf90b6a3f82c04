/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "tests/support/cmocka_all.h"

#include "channels.h"
#include "secret.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct account account = {
	.app_id = "621270425794884977",
	.webhook_secret = "FAKE_oa_secret_key_1",
};

static const char body[] =
    "{\"app_id\":\"621270425794884977\",\"sender\":{\"id\":"
    "\"369277302531456952\"},\"user_id_by_app\":\"297163570105626386\","
    "\"recipient\":{\"id\":\"685681503488589011\"},\"event_name\":"
    "\"user_send_text\",\"message\":{\"text\":\"message\",\"msg_id\":"
    "\"96d3cdf3af150460909\"},\"timestamp\":\"1754553540000\"}";

#define DIGEST                                                                 \
	"c7f636b72cfb71b01fd7724ec82f8889546c7f6364d57b7217e2c9491dddd35d"
#define UPPER_DIGEST                                                           \
	"C7F636B72CFB71B01FD7724EC82F8889546C7F6364D57B7217E2C9491DDDD35D"

static enum genuineness
verify(const char *received, const char *signature, const struct account *who)
{
	const struct webhook_request request = { .body = text_of(received),
		.signature = text_of(signature) };

	return channel_zalo.verify(&request, who);
}

static void
the_header_may_be_written_in_several_ways(void **state)
{
	static const char *const signatures[] = {
		"mac=" DIGEST,
		"mac = " DIGEST,
		"  mac=" DIGEST "\t",
		"MAC=" UPPER_DIGEST,
		DIGEST,
		UPPER_DIGEST,
	};

	(void)state;
	for (size_t i = 0; i < COUNT(signatures); i++)
		assert_int_equal(
		    verify(body, signatures[i], &account), WEBHOOK_GENUINE);
}

static void
a_signature_that_does_not_fit_is_forged(void **state)
{
	static const char *const signatures[] = {
		"mac=",
		"mac",
		"=" DIGEST,
		"mac" DIGEST,
		"sha256=" DIGEST,
		"mac=" DIGEST "0",
		"mac=c7f636b72cfb71b01fd7724ec82f8889546c7f6364d57b7217e2c9491d"
		"ddd35",
		"mac=07f636b72cfb71b01fd7724ec82f8889546c7f6364d57b7217e2c9491d"
		"ddd35d",
		"mac=zzf636b72cfb71b01fd7724ec82f8889546c7f6364d57b7217e2c9491d"
		"ddd35d",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(signatures); i++)
		assert_int_equal(
		    verify(body, signatures[i], &account), WEBHOOK_FORGED);
}

static void
no_signature_is_unsigned(void **state)
{
	(void)state;
	assert_int_equal(verify(body, "", &account), WEBHOOK_UNSIGNED);
	assert_int_equal(verify(body, "  ", &account), WEBHOOK_UNSIGNED);
}

/* SIGNED is signed as Zalo would, with the account's own secret and id. */
static enum genuineness
verify_signed(const char *signed_body, const char *timestamp)
{
	const struct text_view parts[] = { text_of(account.app_id),
		text_of(signed_body), text_of(timestamp),
		text_of(account.webhook_secret) };
	char mac[SECRET_HEX_SIZE];

	secret_sha256_hex(parts, COUNT(parts), mac);
	return verify(signed_body, mac, &account);
}

static void
only_the_timestamp_in_the_body_is_hashed(void **state)
{
	(void)state;
	assert_int_equal(
	    verify_signed(
		"{\"app_id\":\"621270425794884977\",\"timestamp\":17}", "17"),
	    WEBHOOK_GENUINE);
	assert_int_equal(
	    verify_signed(
		"{\"app_id\":\"621270425794884977\",\"timestamp\":\"017\"}",
		"017"),
	    WEBHOOK_GENUINE);
	assert_int_equal(
	    verify_signed(
		"{\"app_id\":\"621270425794884977\",\"timestamp\":\"17\"}",
		"18"),
	    WEBHOOK_FORGED);
	/* None at all: the rest is still signed. */
	assert_int_equal(
	    verify_signed("{\"app_id\":\"621270425794884977\"}", ""),
	    WEBHOOK_GENUINE);
}

static void
a_well_signed_body_of_another_app_is_forged(void **state)
{
	static const char *const bodies[] = {
		"{\"app_id\":\"621270425794884978\",\"timestamp\":\"17\"}",
		"{\"app_id\":\"\",\"timestamp\":\"17\"}",
		"{\"timestamp\":\"17\"}",
		/* A repeated key could show each reader another value. */
		("{\"app_id\":\"621270425794884977\",\"timestamp\":\"1\","
		 "\"timestamp\":\"17\"}"),
		"[]",
		"not JSON",
		"",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(bodies); i++)
		assert_int_equal(
		    verify_signed(bodies[i], "17"), WEBHOOK_FORGED);
}

/* What anyone could compute must not be enough. */
static void
an_unset_secret_or_app_id_lets_nobody_in(void **state)
{
	const struct account no_secret = { .app_id = "7",
		.webhook_secret = "" };
	const struct account no_app = { .app_id = "", .webhook_secret = "x" };
	static const char of_seven[] = "{\"app_id\":\"7\"}";
	static const char of_nobody[] = "{\"app_id\":\"\"}";
	const struct text_view seven[] = { TEXT("7"), text_of(of_seven) };
	const struct text_view nobody[] = { text_of(of_nobody), TEXT("x") };
	char mac[SECRET_HEX_SIZE];

	(void)state;
	secret_sha256_hex(seven, COUNT(seven), mac);
	assert_int_equal(verify(of_seven, mac, &no_secret), WEBHOOK_FORGED);
	secret_sha256_hex(nobody, COUNT(nobody), mac);
	assert_int_equal(verify(of_nobody, mac, &no_app), WEBHOOK_FORGED);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_header_may_be_written_in_several_ways),
		cmocka_unit_test(a_signature_that_does_not_fit_is_forged),
		cmocka_unit_test(no_signature_is_unsigned),
		cmocka_unit_test(only_the_timestamp_in_the_body_is_hashed),
		cmocka_unit_test(a_well_signed_body_of_another_app_is_forged),
		cmocka_unit_test(an_unset_secret_or_app_id_lets_nobody_in),
	};

	if (secret_init() != OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
