/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What a platform sees of /webhooks/...; what each body means is the business
 * of webhooks/. */
#include "webhook.h"

#include "channels.h"
#include "tests/unit/http/service_fixture.h"

#define SECRET "app secret"
#define PAGE "105602218475310"
#define CITIZEN "6543210987654321"

#define MESSAGE(page, mid, text)                                               \
	"{\"object\":\"page\",\"entry\":[{\"id\":\"" page                      \
	"\",\"time\":1732420800323,\"messaging\":[{\"sender\":{\"id\":"        \
	"\"" CITIZEN "\"},\"recipient\":{\"id\":\"" page                       \
	"\"},\"timestamp\":1732420800123,\"message\":{\"mid\":\"" mid          \
	"\",\"text\":\"" text "\"}}]}]}"

struct fixture {
	struct service_fixture service; /* first */
	struct account accounts[2];
	struct settings settings;
	struct webhooks webhooks;
};

static int
set_up(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));
	struct webhooks *webhooks;

	assert_non_null(fixture);
	service_open(&fixture->service);
	fixture->accounts[0] = (struct account){ .channel = &channel_zalo,
		.id = "oa",
		.app_id = "app",
		.webhook_secret = "oa secret" };
	fixture->accounts[1] = (struct account){ .channel = &channel_messenger,
		.id = PAGE,
		.webhook_secret = SECRET,
		.verify_token = "let me in" };
	fixture->settings.accounts = fixture->accounts;
	fixture->settings.account_count = 2;
	webhooks = &fixture->webhooks;
	*webhooks = (struct webhooks){ .turns = &fixture->service.turns,
		.settings = &fixture->settings,
		.metrics = fixture->service.metrics,
		.log = &fixture->service.log };
	const struct http_route routes[] = {
		{ "GET", "/webhooks/*", 0, webhook_handshake, NULL, webhooks,
		    "" },
		{ "POST", "/webhooks/*", 65536, NULL, webhook_begin, webhooks,
		    "" },
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

/* A signed POST to Messenger's address; returns its status. */
static unsigned
deliver(const struct fixture *fixture, const char *body, const char *secret)
{
	char hex[SECRET_HEX_SIZE];
	char header[256];
	struct http_client_answer answer;

	secret_hmac_sha256_hex(text_of(secret), text_of(body), hex);
	(void)snprintf(
	    header, sizeof(header), "X-Hub-Signature-256: sha256=%s\r\n", hex);
	answer = http_client_call(fixture->service.port, "POST",
	    "/webhooks/messenger", header, text_of(body));
	free(answer.text);
	return answer.status;
}

static uint64_t
counted(const struct fixture *fixture, enum metric metric)
{
	return metrics_get(fixture->service.metrics, metric, "messenger");
}

static void
a_genuine_message_is_stored_and_answered_before_its_200(void **state)
{
	struct fixture *fixture = *state;
	struct store_counts counts;

	assert_int_equal(
	    deliver(fixture, MESSAGE(PAGE, "m1", SERVICE_QUESTION), SECRET),
	    200);
	counts = service_count(&fixture->service);
	assert_int_equal(counts.questions, 1);
	assert_int_equal(counts.queued, 1);
	assert_int_equal(counted(fixture, METRIC_webhooks), 1);
	assert_int_equal(counted(fixture, METRIC_events), 1);
}

static void
a_redelivery_changes_nothing(void **state)
{
	struct fixture *fixture = *state;
	static const char body[] = MESSAGE(PAGE, "m1", SERVICE_QUESTION);

	for (size_t i = 0; i < 3; i++)
		assert_int_equal(deliver(fixture, body, SECRET), 200);
	assert_int_equal(service_count(&fixture->service).questions, 1);
	assert_int_equal(service_count(&fixture->service).queued, 1);
	assert_int_equal(counted(fixture, METRIC_events_duplicate), 2);
}

static void
a_forged_or_unsigned_body_is_refused_and_not_read(void **state)
{
	struct fixture *fixture = *state;
	static const char body[] = MESSAGE(PAGE, "m1", SERVICE_QUESTION);
	struct http_client_answer answer;

	assert_int_equal(deliver(fixture, body, "another secret"), 401);
	answer = http_client_call(fixture->service.port, "POST",
	    "/webhooks/messenger", "", text_of(body));
	assert_int_equal(answer.status, 401);
	free(answer.text);
	assert_int_equal(service_count(&fixture->service).questions, 0);
	assert_int_equal(counted(fixture, METRIC_webhooks_forged), 1);
	assert_int_equal(counted(fixture, METRIC_webhooks_unsigned), 1);
	assert_int_equal(counted(fixture, METRIC_webhooks), 0);
}

/* Anything else would make the platform send it for hours, and then switch
 * the webhook off. */
static void
a_genuine_body_that_cannot_be_read_is_200_and_counted(void **state)
{
	static const char *const bodies[] = { "", "{", "[]", "\xff\xfe" };
	struct fixture *fixture = *state;

	for (size_t i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++)
		assert_int_equal(deliver(fixture, bodies[i], SECRET), 200);
	assert_int_equal(counted(fixture, METRIC_webhooks_unreadable),
	    sizeof(bodies) / sizeof(bodies[0]));
	assert_int_equal(service_count(&fixture->service).questions, 0);
}

static void
events_of_a_page_that_is_not_set_up_are_dropped(void **state)
{
	struct fixture *fixture = *state;

	assert_int_equal(
	    deliver(fixture, MESSAGE("99", "m1", SERVICE_QUESTION), SECRET),
	    200);
	assert_int_equal(service_count(&fixture->service).questions, 0);
	assert_int_equal(counted(fixture, METRIC_events_ignored), 1);
}

static void
a_busy_store_is_503_so_that_the_platform_sends_again(void **state)
{
	struct fixture *fixture = *state;
	static const char body[] = MESSAGE(PAGE, "m1", SERVICE_QUESTION);
	struct service_block block;
	unsigned status;

	service_block(&fixture->service, &block);
	status = deliver(fixture, body, SECRET);
	service_unblock(&block);
	assert_int_equal(status, 503);
	assert_int_equal(counted(fixture, METRIC_webhooks_busy), 1);
	assert_int_equal(deliver(fixture, body, SECRET), 200);
	assert_int_equal(service_count(&fixture->service).questions, 1);
}

static void
a_body_past_its_limit_is_413(void **state)
{
	struct fixture *fixture = *state;
	char *body = calloc(70000, 1);

	assert_non_null(body);
	memset(body, ' ', 69999);
	assert_int_equal(deliver(fixture, body, SECRET), 413);
	free(body);
}

static void
an_address_without_webhooks_is_404(void **state)
{
	static const char *const paths[] = { "/webhooks/webchat",
		"/webhooks/viber", "/webhooks/", "/webhooks/messenger/" };
	static const char *const methods[] = { "GET", "POST" };
	struct fixture *fixture = *state;

	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++)
		for (size_t j = 0; j < 2; j++) {
			struct http_client_answer answer =
			    http_client_call(fixture->service.port, methods[j],
				paths[i], "", TEXT(""));

			assert_int_equal(answer.status, 404);
			free(answer.text);
		}
}

static void
the_handshake_gives_the_challenge_back_to_who_knows_the_token(void **state)
{
	static const struct {
		const char *path;
		unsigned status;
		const char *body;
	} cases[] = {
		{ "/webhooks/messenger?hub.mode=subscribe&hub.verify_token="
		  "let%20me%20in&hub.challenge=1158201444",
		    200, "1158201444" },
		{ "/webhooks/messenger?hub.mode=subscribe&hub.verify_token="
		  "wrong&hub.challenge=1",
		    403, NULL },
		{ "/webhooks/messenger?hub.mode=subscribe&hub.challenge=1", 403,
		    NULL },
		{ "/webhooks/messenger", 403, NULL },
		{ "/webhooks/zalo", 200, "" },
	};
	struct fixture *fixture = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct http_client_answer answer = http_client_call(
		    fixture->service.port, "GET", cases[i].path, "", TEXT(""));

		assert_int_equal(answer.status, cases[i].status);
		if (cases[i].body != NULL)
			assert_string_equal(answer.body, cases[i].body);
		free(answer.text);
	}
}

static void
the_log_holds_no_message_no_citizen_and_no_secret(void **state)
{
	static const char *const secrets[] = { "làm việc", CITIZEN, SECRET,
		"let me in", "let%20me" };
	struct fixture *fixture = *state;
	char *logged;

	(void)deliver(fixture, MESSAGE(PAGE, "m1", SERVICE_QUESTION), SECRET);
	(void)deliver(fixture, MESSAGE(PAGE, "m2", "làm việc"), "wrong");
	(void)deliver(fixture, "{\"làm việc\"", SECRET);
	free(http_client_call(fixture->service.port, "GET",
	    "/webhooks/messenger?hub.mode=subscribe&hub.verify_token="
	    "let%20me%20in&hub.challenge=1",
	    "", TEXT(""))
		 .text);
	logged = service_logged(&fixture->service);
	assert_non_null(strstr(logged, "event=webhook_forged"));
	assert_non_null(strstr(logged, "event=webhook_unreadable"));
	for (size_t i = 0; i < sizeof(secrets) / sizeof(secrets[0]); i++)
		if (strstr(logged, secrets[i]) != NULL)
			fail_msg("\"%s\" was logged", secrets[i]);
	free(logged);
}

#define SERVED(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SERVED(a_genuine_message_is_stored_and_answered_before_its_200),
		SERVED(a_redelivery_changes_nothing),
		SERVED(a_forged_or_unsigned_body_is_refused_and_not_read),
		SERVED(a_genuine_body_that_cannot_be_read_is_200_and_counted),
		SERVED(events_of_a_page_that_is_not_set_up_are_dropped),
		SERVED(a_busy_store_is_503_so_that_the_platform_sends_again),
		SERVED(a_body_past_its_limit_is_413),
		SERVED(an_address_without_webhooks_is_404),
		SERVED(
		    the_handshake_gives_the_challenge_back_to_who_knows_the_token),
		SERVED(the_log_holds_no_message_no_citizen_and_no_secret),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
