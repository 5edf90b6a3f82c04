/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "settings.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/support/alloc_fault.h"
#include "tests/support/cmocka_all.h"

static char *const nothing[] = { NULL };

/* A settings file with CONTENT; its path stays good until the next call. */
static const char *
file_with(const char *content)
{
	static char path[64];
	FILE *file;

	(void)snprintf(
	    path, sizeof(path), "/tmp/settings-test-%d.ini", (int)getpid());
	file = fopen(path, "wb");
	assert_non_null(file);
	assert_int_equal(
	    fwrite(content, 1, strlen(content), file), strlen(content));
	assert_int_equal(fclose(file), 0);
	return path;
}

static struct settings *
loaded(const char *content, char *const *environment)
{
	struct complaint why = { .text = "" };
	struct settings *settings = NULL;
	const char *path = content == NULL ? NULL : file_with(content);

	if (settings_load(path, environment, &settings, &why) != OK)
		fail_msg("%s:%u: %s", why.file, why.line, why.text);
	return settings;
}

static void
without_a_file_everything_has_its_standard(void **state)
{
	struct settings *settings = loaded(NULL, nothing);

	(void)state;
	assert_string_equal(settings->listen, "127.0.0.1:8080");
	assert_int_equal(settings->outbox_attempts_max, 8);
	assert_int_equal(settings->account_count, 0);
	settings_free(settings);
}

static void
the_environment_wins_over_the_file(void **state)
{
	char variable[] = "HOIDAP_HTTP_THREADS=5";
	char other[] = "PATH=/bin";
	char *const environment[] = { other, variable, NULL };
	struct settings *settings =
	    loaded("http_threads = 3\nLISTEN = 0.0.0.0:80\n", environment);

	(void)state;
	assert_int_equal(settings->http_threads, 5);
	assert_string_equal(settings->listen, "0.0.0.0:80");
	settings_free(settings);
}

static void
a_default_account_comes_from_prefixed_names(void **state)
{
	struct settings *settings =
	    loaded("messenger_app_secret = s\nmessenger_page_id = 1\n"
		   "messenger_verify_token = v\nmessenger_page_token = t\n",
		nothing);
	const struct account *account = &settings->accounts[0];

	(void)state;
	assert_int_equal(settings->account_count, 1);
	assert_string_equal(account->channel->name, "messenger");
	assert_string_equal(account->name, "default");
	assert_string_equal(account->webhook_secret, "s");
	assert_string_equal(account->access_token, "t");
	assert_string_equal(account->api, "https://graph.facebook.com/v25.0");
	settings_free(settings);
}

static void
sections_make_more_accounts(void **state)
{
	struct settings *settings =
	    loaded("[zalo city]\noa_id = 1\napp_id = 2\n"
		   "app_secret = 3\noa_secret = 4\n"
		   "[zalo ward]\noa_id = 5\napp_id = 2\n"
		   "app_secret = 3\noa_secret = 6\n",
		nothing);

	(void)state;
	assert_int_equal(settings->account_count, 2);
	assert_string_equal(settings->accounts[1].name, "ward");
	assert_string_equal(settings->accounts[1].webhook_secret, "6");
	settings_free(settings);
}

static void
a_secret_can_come_from_a_file(void **state)
{
	char secret_path[64];
	char content[256];
	FILE *file;
	struct settings *settings;

	(void)state;
	(void)snprintf(secret_path, sizeof(secret_path),
	    "/tmp/settings-test-secret-%d", (int)getpid());
	file = fopen(secret_path, "wb");
	assert_non_null(file);
	assert_true(fputs("from a file\n", file) >= 0);
	assert_int_equal(fclose(file), 0);
	(void)snprintf(content, sizeof(content),
	    "messenger_app_secret_file = %s\nmessenger_page_id = 1\n"
	    "messenger_verify_token = v\nmessenger_page_token = t\n",
	    secret_path);
	settings = loaded(content, nothing);
	assert_string_equal(settings->accounts[0].app_secret, "from a file");
	settings_free(settings);
	(void)unlink(secret_path);
}

static void
a_bad_file_is_refused_with_line_and_cure(void **state)
{
	static const struct {
		const char *content;
		unsigned line;
		const char *says;
	} cases[] = {
		{ "http_threads = 3\nhttp_treads = 4\n", 2,
		    "there is no setting \"http_treads\"" },
		{ "\n\nhttp_threads = many\n", 3,
		    "http_threads is not a whole number from 1 to 64" },
		{ "http_threads = 0\n", 1, "from 1 to 64" },
		{ "[zalo x]\noa_id = 1\n", 0, "[zalo x] lacks app_id" },
		{ "[telegram x]\ntoken = 1\n", 2, "in [telegram x]" },
		{ "no equals sign\n", 1, "neither \"name = value\"" },
		{ "listen = localhost\n", 0, "write ADDRESS:PORT" },
		{ "messenger_app_secret_file = /nonexistent\n", 1,
		    "cannot read \"/nonexistent\"" },
		{ "messenger_app_secret = s\nmessenger_page_id = 1\n"
		  "messenger_verify_token = v\nmessenger_page_token = t\n"
		  "messenger_api = http://example.org\n",
		    0, "must start with https://" },
		{ "zalo_verification = <meta>\n", 0, "letters, digits" },
		{ "chat_origins = https://a.vn portal.vn\n", 0,
		    "\"portal.vn\"" },
		{ "chat_origins = https://a.vn/chat\n", 0, "without a path" },
		{ "chat_origins = https://*\n", 0, "https://*" },
		{ "chat_origins = https://a.vn;script-src\n", 0,
		    "chat_origins" },
		{ "faq_dir = \xff\xfe\n", 1, "not UTF-8" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct complaint why = { .text = "" };
		struct settings *settings = NULL;

		assert_int_equal(settings_load(file_with(cases[i].content),
				     nothing, &settings, &why),
		    ERR_INVALID);
		assert_null(settings);
		assert_int_equal(why.line, cases[i].line);
		if (strstr(why.text, cases[i].says) == NULL)
			fail_msg("case %zu says: %s", i, why.text);
	}
}

static void
an_unknown_variable_is_refused(void **state)
{
	char variable[] = "HOIDAP_LISTN=1";
	char *const environment[] = { variable, NULL };
	struct complaint why;
	struct settings *settings = NULL;

	(void)state;
	assert_int_equal(
	    settings_load(NULL, environment, &settings, &why), ERR_INVALID);
	assert_string_equal(why.file, "environment");
	assert_non_null(strstr(why.text, "\"LISTN\""));
}

static void
printing_hides_secrets(void **state)
{
	struct settings *settings = loaded(
	    "messenger_app_secret = hush1\nmessenger_page_id = 77\n"
	    "messenger_verify_token = hush2\nmessenger_page_token = hush3\n",
	    nothing);
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);

	(void)state;
	settings_print(settings, out);
	(void)fclose(out);
	assert_null(strstr(text, "hush"));
	assert_non_null(strstr(text, "app_secret = (set)"));
	assert_non_null(strstr(text, "page_id = 77"));
	free(text);
	settings_free(settings);
}

static void
the_printed_example_loads_once_uncommented(void **state)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);
	struct buf content;
	struct text_view rest;
	struct text_view line;
	struct settings *settings;

	(void)state;
	settings_print_example(out);
	(void)fclose(out);
	buf_init(&content, 1 << 20);
	rest = text_of(text);
	while (text_split(&rest, '\n', &line)) {
		if (text_starts(line, TEXT(";[")))
			break; /* accounts are empty in the example */
		if (line.len > 1 && line.at[0] == ';' && line.at[1] != ' ')
			line = text_slice(line, 1, line.len);
		assert_int_equal(
		    buf_printf(&content, "%.*s\n", TEXT_ARGS(line)), OK);
	}
	settings = loaded(content.at, nothing);
	assert_int_equal(settings->turns_waiting_max, 4096);
	settings_free(settings);
	buf_fini(&content);
	free(text);
}

static void
addresses_are_taken_apart(void **state)
{
	char host[32];
	unsigned short port = 0;

	(void)state;
	assert_int_equal(settings_listen("[::1]:80", host, 32, &port), OK);
	assert_string_equal(host, "::1");
	assert_int_equal(port, 80);
	assert_int_equal(settings_listen(":80", host, 32, &port), ERR_INVALID);
	assert_int_equal(
	    settings_listen("1.2.3.4:70000", host, 32, &port), ERR_INVALID);
}

static void
every_failed_allocation_is_survived(void **state)
{
	static const char content[] = "http_threads = 3\n[zalo x]\noa_id = 1\n"
				      "app_id = 2\napp_secret = 3\n"
				      "oa_secret = 4\n";
	const char *path = file_with(content);
	bool reached_the_end = false;

	(void)state;
	for (unsigned nth = 0; !reached_the_end; nth++) {
		struct settings *settings = NULL;
		enum result got;

		alloc_fault_arm(nth);
		got = settings_load(path, nothing, &settings, NULL);
		reached_the_end = !alloc_fault_fired();
		alloc_fault_disarm();
		/* A failed allocation inside libc's stdio reads as ERR_IO. */
		if (reached_the_end)
			assert_int_equal(got, OK);
		settings_free(settings);
	}
}

static int
remove_file(void **state)
{
	(void)state;
	(void)unlink(file_with(""));
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_a_file_everything_has_its_standard),
		cmocka_unit_test(the_environment_wins_over_the_file),
		cmocka_unit_test(a_default_account_comes_from_prefixed_names),
		cmocka_unit_test(sections_make_more_accounts),
		cmocka_unit_test(a_secret_can_come_from_a_file),
		cmocka_unit_test(a_bad_file_is_refused_with_line_and_cure),
		cmocka_unit_test(an_unknown_variable_is_refused),
		cmocka_unit_test(printing_hides_secrets),
		cmocka_unit_test(the_printed_example_loads_once_uncommented),
		cmocka_unit_test(addresses_are_taken_apart),
		cmocka_unit_test(every_failed_allocation_is_survived),
	};

	return cmocka_run_group_tests(tests, NULL, remove_file);
}
