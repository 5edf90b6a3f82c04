/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "deletion.h"

#include <sodium.h>

#include "tests/unit/http/service_fixture.h"

#define APP_SECRET "secret-of-the-app"

struct fixture {
	struct service_fixture service; /* first */
	struct settings settings;
	struct account account;
	struct deletion deletion;
};

static int
set_up(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));

	assert_non_null(fixture);
	service_open(&fixture->service);
	fixture->account =
	    (struct account){ .channel = channel_named(TEXT("messenger")),
		    .app_secret = APP_SECRET };
	fixture->settings.accounts = &fixture->account;
	fixture->settings.account_count = 1;
	fixture->settings.public_url = "https://hoidap.example.vn";
	fixture->deletion =
	    (struct deletion){ &fixture->settings, &fixture->service.log };
	const struct http_route routes[] = {
		{ "POST", DELETION_PATH, DELETION_BODY_MAX_BYTES, deletion_ask,
		    NULL, &fixture->deletion, "" },
		{ "GET", DELETION_PATH, 0, deletion_status, NULL,
		    &fixture->deletion, "" },
		{ 0 },
	};
	service_listen(&fixture->service, routes);
	*state = fixture;
	return 0;
}

static int
tear_down(void **state)
{
	struct fixture *fixture = *state;

	service_close(&fixture->service);
	free(fixture);
	return 0;
}

/* "signed_request=SIGNATURE.PAYLOAD", as Meta posts it. */
static void
sign(const char *secret, const char *payload, char *out, size_t size)
{
	enum { VARIANT = sodium_base64_VARIANT_URLSAFE_NO_PADDING };
	unsigned char mac[32];
	char encoded[512];
	char signature[64];

	(void)sodium_bin2base64(encoded, sizeof(encoded),
	    (const unsigned char *)payload, strlen(payload), VARIANT);
	secret_hmac_sha256(text_of(secret), text_of(encoded), mac);
	(void)sodium_bin2base64(
	    signature, sizeof(signature), mac, sizeof(mac), VARIANT);
	(void)snprintf(out, size, "signed_request=%s.%s", signature, encoded);
}

static struct http_client_answer
post(const struct fixture *fixture, const char *form)
{
	return http_client_call(fixture->service.port, "POST", DELETION_PATH,
	    "Content-Type: application/x-www-form-urlencoded\r\n",
	    text_of(form));
}

static struct http_client_answer
get(const struct fixture *fixture, const char *code)
{
	char path[256];

	(void)snprintf(path, sizeof(path), DELETION_PATH "?id=%s", code);
	return http_client_call(
	    fixture->service.port, "GET", path, "", TEXT(""));
}

static const char payload[] =
    "{\"algorithm\":\"HMAC-SHA256\",\"user_id\":\"218471\"}";

static void
metas_request_gets_a_page_that_tells_what_was_done(void **state)
{
	static const char *const parts[] = { "lang=\"vi\"", "lang=\"en\"",
		"chưa bị xóa", "has not been erased", "xóa dữ liệu của tôi" };
	struct fixture *fixture = *state;
	struct http_client_answer answer;
	char form[1024];
	char want[256];
	json_t *said;
	const char *code;

	sign(APP_SECRET, payload, form, sizeof(form));
	answer = post(fixture, form);
	assert_int_equal(answer.status, 200);
	said = service_json(&answer);
	code = json_string_value(json_object_get(said, "confirmation_code"));
	assert_non_null(code);
	for (const char *at = code; *at != '\0'; at++)
		assert_non_null(strchr("0123456789abcdef", *at));
	(void)snprintf(want, sizeof(want),
	    "https://hoidap.example.vn" DELETION_PATH "?id=%s", code);
	assert_string_equal(
	    json_string_value(json_object_get(said, "url")), want);

	answer = get(fixture, code);
	assert_int_equal(answer.status, 200);
	assert_true(text_starts(
	    http_client_header(&answer, "Content-Type"), TEXT("text/html")));
	assert_non_null(strstr(answer.body, code));
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		assert_non_null(strstr(answer.body, parts[i]));
	free(answer.text);
	json_decref(said);
}

static void
what_meta_did_not_sign_is_refused(void **state)
{
	struct fixture *fixture = *state;
	char forged[1024];
	const struct {
		const char *form;
		unsigned status;
	} cases[] = {
		{ "", 400 },
		{ "signed_request", 400 },
		{ "other=1", 400 },
		{ "signed_request=%", 400 },
		{ "signed_request=%4", 400 },
		{ "signed_request=%zz", 400 },
		{ "signed_request=", 403 },
		{ "signed_request=abc.def", 403 },
		{ forged, 403 },
	};

	sign("another secret", payload, forged, sizeof(forged));
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct http_client_answer answer = post(fixture, cases[i].form);

		assert_int_equal(answer.status, cases[i].status);
		free(answer.text);
	}
}

static void
a_percent_encoded_form_is_read(void **state)
{
	struct fixture *fixture = *state;
	struct http_client_answer answer;
	char form[1024];
	char encoded[2048];
	char *dot;

	sign(APP_SECRET, payload, form, sizeof(form));
	dot = strchr(form, '.');
	assert_non_null(dot);
	*dot = '\0';
	(void)snprintf(
	    encoded, sizeof(encoded), "a=1&%s%%2e%s&b=2", form, dot + 1);
	answer = post(fixture, encoded);
	assert_int_equal(answer.status, 200);
	free(answer.text);
}

static void
a_code_that_we_did_not_give_has_no_page(void **state)
{
	static const char *const codes[] = { "", "abc123",
		"0000000000000000000000000000000000000000",
		"<script>alert(1)</script>...............",
		"ABCDEFABCDEFABCDEFABCDEFABCDEFABCDEFABCD" };
	struct fixture *fixture = *state;

	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
		struct http_client_answer answer = get(fixture, codes[i]);

		assert_int_equal(answer.status, 404);
		free(answer.text);
	}
}

static void
without_a_public_address_no_page_is_promised(void **state)
{
	struct fixture *fixture = *state;
	struct http_client_answer answer;
	char form[1024];

	fixture->settings.public_url = "";
	sign(APP_SECRET, payload, form, sizeof(form));
	answer = post(fixture, form);
	assert_int_equal(answer.status, 503);
	assert_non_null(strstr(answer.body, "public_url"));
	free(answer.text);
}

static void
the_log_names_nobody(void **state)
{
	struct fixture *fixture = *state;
	struct http_client_answer answer;
	char form[1024];
	char *logged;

	sign(APP_SECRET, payload, form, sizeof(form));
	answer = post(fixture, form);
	free(answer.text);
	logged = service_logged(&fixture->service);
	assert_non_null(strstr(logged, "deletion_asked"));
	assert_null(strstr(logged, "218471"));
	free(logged);
}

#define WITH_SERVER(test)                                                      \
	cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_SERVER(metas_request_gets_a_page_that_tells_what_was_done),
		WITH_SERVER(what_meta_did_not_sign_is_refused),
		WITH_SERVER(a_percent_encoded_form_is_read),
		WITH_SERVER(a_code_that_we_did_not_give_has_no_page),
		WITH_SERVER(without_a_public_address_no_page_is_promised),
		WITH_SERVER(the_log_names_nobody),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
