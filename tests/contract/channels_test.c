/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "channels.h"
#include "secret.h"
#include "utf8.h"

#include "tests/support/cmocka_all.h"
#include "tests/support/json_compare.h"

#include <dirent.h>
#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Runs every sample of every channel: webhooks/CHANNEL/samples/NAME.json with
 * NAME.expect.json beside it.  A new case needs no C.  The beginning of the
 * name says what the sample is (verify-, handshake-, render-, judge-);
 * any other is a webhook body, taken as its bytes stand.  webhooks/README.md
 * describes the keys.
 *
 * What came out is written as JSON and compared with the expectation
 * (tests/support/json_compare.h says how).  All differences are printed, then
 * the test fails. */

enum { ARENA_BYTES = 8 * 1024 * 1024, PATH_BYTES = 512 };

/* Samples that a channel must have, so that a folder that was not found does
 * not pass. */
static const struct {
	const char *channel;
	unsigned samples;
} required[] = {
	{ "messenger", 30 },
	{ "zalo", 20 },
};

struct sample {
	const struct channel *channel;
	const char *path;
	struct account account;
	struct arena arena;
	unsigned *failures;
};

static void
complain_about(const struct sample *sample, const char *what)
{
	print_error("%s: %s\n", sample->path, what);
	(*sample->failures)++;
}

/* ---- reading samples ---- */

static char *
read_file(const char *path, size_t *size_out)
{
	FILE *file = fopen(path, "rb");
	char *content = NULL;
	size_t size = 0;
	size_t got = 1;

	if (file == NULL)
		return NULL;
	while (got > 0) {
		content = realloc(content, size + 65536 + 1);
		assert_non_null(content);
		got = fread(content + size, 1, 65536, file);
		size += got;
	}
	content[size] = '\0';
	(void)fclose(file);
	*size_out = size;
	return content;
}

static json_t *
read_json(const struct sample *sample, const char *path)
{
	size_t size;
	char *content = read_file(path, &size);
	json_error_t error;
	json_t *root;

	if (content == NULL) {
		complain_about(sample, "has no .expect.json beside it");
		return NULL;
	}
	root = json_loadb(content, size, JSON_REJECT_DUPLICATES, &error);
	free(content);
	if (!json_is_object(root)) {
		print_error("%s:%d: %s\n", path, error.line,
		    root == NULL ? error.text : "not an object");
		(*sample->failures)++;
		json_decref(root);
		return NULL;
	}
	return root;
}

/* A string as it is; an object as JSON, so that bodies are easy to write. */
static struct text_view
text_at(struct sample *sample, const json_t *object, const char *key)
{
	const json_t *value = json_object_get(object, key);
	struct text_view text = { "", 0 };
	char *dumped;

	if (json_is_string(value)) {
		assert_int_equal(arena_text(&sample->arena,
				     text_of(json_string_value(value)), &text),
		    OK);
	} else if (value != NULL && !json_is_null(value)) {
		dumped = json_dumps(value, JSON_COMPACT);
		assert_int_equal(
		    arena_text(&sample->arena, text_of(dumped), &text), OK);
		free(dumped);
	}
	return text;
}

static const struct {
	const char *key;
	size_t offset;
	const char *standard;
} account_fields[] = {
	{ "name", offsetof(struct account, name), "default" },
	{ "id", offsetof(struct account, id), "1000000001" },
	{ "app_id", offsetof(struct account, app_id), "" },
	{ "app_secret", offsetof(struct account, app_secret), "" },
	{ "webhook_secret", offsetof(struct account, webhook_secret), "" },
	{ "verify_token", offsetof(struct account, verify_token), "" },
	{ "access_token", offsetof(struct account, access_token), "token" },
	{ "refresh_token", offsetof(struct account, refresh_token), "" },
	{ "api", offsetof(struct account, api), "https://api.example" },
	{ "oauth", offsetof(struct account, oauth), "https://oauth.example" },
};

static void
read_account(struct sample *sample, const json_t *object)
{
	size_t count = sizeof(account_fields) / sizeof(account_fields[0]);

	sample->account = (struct account){ .channel = sample->channel };
	for (size_t i = 0; i < count; i++) {
		const char *key = account_fields[i].key;
		const char *value = account_fields[i].standard;

		if (json_is_string(json_object_get(object, key)))
			value = text_at(sample, object, key).at;
		memcpy((char *)&sample->account + account_fields[i].offset,
		    &value, sizeof(value));
	}
}

/* ---- what came out, as JSON ---- */

static void
set_text(json_t *object, const char *key, struct text_view text)
{
	json_t *value = json_stringn(text.at == NULL ? "" : text.at, text.len);

	assert_non_null(value); /* NULL: not UTF-8 */
	assert_int_equal(json_object_set_new(object, key, value), 0);
}

static void
set_integer(json_t *object, const char *key, int64_t number)
{
	assert_int_equal(
	    json_object_set_new(object, key, json_integer(number)), 0);
}

static json_t *
event_json(const struct message *message)
{
	json_t *event = json_object();

	set_text(event, "kind", text_of(event_kind_name(message->kind)));
	set_text(event, "attachment",
	    text_of(attachment_kind_name(message->attachment)));
	set_integer(event, "at_ms", (int64_t)message->at_ms);
	set_text(event, "dedup_id", message->dedup_id);
	set_text(event, "account", message->account);
	set_text(event, "citizen", message->citizen);
	set_text(event, "conversation", message->conversation);
	set_text(event, "text", message->text);
	set_text(event, "payload", message->payload);
	set_text(event, "about", message->about);
	set_text(event, "metadata", message->metadata);
	return event;
}

static json_t *
call_json(const struct api_call *call)
{
	json_t *got = json_object();
	json_t *headers = json_object();
	json_t *body = json_loadb(call->body.at, call->body.len, 0, NULL);

	for (size_t i = 0; i < call->header_count; i++)
		set_text(headers, call->headers[i].name,
		    text_of(call->headers[i].value));
	set_text(got, "url", text_of(call->url));
	assert_int_equal(json_object_set_new(got, "headers", headers), 0);
	if (body == NULL)
		set_text(got, "body", call->body); /* a form */
	else
		assert_int_equal(json_object_set_new(got, "body", body), 0);
	assert_int_equal(
	    json_object_set_new(got, "courtesy", json_boolean(call->courtesy)),
	    0);
	return got;
}

static const char *const verdict_names[] = {
	[VERDICT_DELIVERED] = "delivered",
	[VERDICT_RETRY] = "retry",
	[VERDICT_UNCLEAR] = "unclear",
	[VERDICT_REFUSED] = "refused",
	[VERDICT_PLAIN] = "plain",
	[VERDICT_REAUTH] = "reauth",
	[VERDICT_PAUSE] = "pause",
	[VERDICT_STOPPED] = "stopped",
};

/* ---- the four functions of a row, and the handshake ---- */

static json_t *
run_verify(struct sample *sample, const json_t *input)
{
	static const char *const names[] = {
		[WEBHOOK_GENUINE] = "genuine",
		[WEBHOOK_UNSIGNED] = "unsigned",
		[WEBHOOK_FORGED] = "forged",
	};
	struct webhook_request request = {
		.body = text_at(sample, input, "body"),
		.signature = text_at(sample, input, "signature"),
	};

	return json_pack("{s:s}", "genuineness",
	    names[sample->channel->verify(&request, &sample->account)]);
}

static struct text_view
query_get(const void *context, const char *name)
{
	return text_of(
	    json_string_value(json_object_get((const json_t *)context, name)));
}

static json_t *
run_handshake(struct sample *sample, const json_t *input)
{
	struct webhook_query query = { query_get,
		json_object_get(input, "query") };
	struct text_view answer;
	json_t *got;

	if (sample->channel->handshake(&query, &sample->account, &answer) != OK)
		return json_pack("{s:b}", "refused", 1);
	got = json_object();
	set_text(got, "answer", answer);
	return got;
}

static struct reply
read_reply(struct sample *sample, const json_t *input)
{
	const json_t *object = json_object_get(input, "reply");
	const json_t *buttons = json_object_get(object, "buttons");
	struct reply reply = { .text = text_at(sample, object, "text") };

	reply.button_count = json_array_size(buttons);
	assert_true(reply.button_count <= REPLY_BUTTONS_MAX);
	for (size_t i = 0; i < reply.button_count; i++) {
		const json_t *button = json_array_get(buttons, i);

		reply.buttons[i] = (struct button){
			.title = text_at(sample, button, "title"),
			.url = text_at(sample, button, "url"),
			.payload = text_at(sample, button, "payload"),
		};
	}
	return reply;
}

static uint64_t
number_at(const json_t *object, const char *key, uint64_t standard)
{
	const json_t *value = json_object_get(object, key);

	return json_is_integer(value) ? (uint64_t)json_integer_value(value)
				      : standard;
}

static json_t *
run_render(struct sample *sample, const json_t *input)
{
	const json_t *to = json_object_get(input, "to");
	struct reply reply = read_reply(sample, input);
	struct delivery_address address = {
		.citizen = text_at(sample, to, "citizen"),
		.conversation = text_at(sample, to, "conversation"),
	};
	struct render_context context = {
		.account = &sample->account,
		.access_token = text_of(sample->account.access_token),
		.delivery_id = number_at(input, "delivery_id", 7),
		.now_s = number_at(input, "now_s", 1800000000),
		.plain = json_is_true(json_object_get(input, "plain")),
	};
	struct api_call_list calls;
	enum result result = sample->channel->render(
	    &reply, &address, &context, &sample->arena, &calls);
	json_t *list;

	if (result != OK)
		return json_pack("{s:s}", "refused", result_name(result));
	list = json_array();
	for (size_t i = 0; i < calls.count; i++)
		assert_int_equal(
		    json_array_append_new(list, call_json(&calls.at[i])), 0);
	return json_pack("{s:o}", "calls", list);
}

static json_t *
run_judge(struct sample *sample, const json_t *input)
{
	struct api_response response = {
		.status = (long)number_at(input, "status", 0),
		.sent = json_is_true(json_object_get(input, "sent")),
		.body = text_at(sample, input, "body"),
		.usage = text_at(sample, input, "usage"),
	};
	struct verdict verdict;
	json_t *got = json_object();

	sample->channel->judge(&response, &verdict);
	set_text(got, "verdict", text_of(verdict_names[verdict.kind]));
	set_integer(got, "after_ms", (int64_t)verdict.after_ms);
	set_integer(got, "code", verdict.code);
	set_integer(got, "subcode", verdict.subcode);
	set_text(got, "message_id", text_of(verdict.message_id));
	set_text(got, "reason", text_of(verdict.reason));
	return got;
}

static json_t *
run_body(struct sample *sample, struct text_view body)
{
	struct message_list list;
	struct complaint why = { .text = "" };
	json_t *events;

	if (sample->channel->parse(
		body, &sample->account, &sample->arena, &list, &why) != OK)
		return json_pack("{s:s}", "refused", why.text);
	events = json_array();
	for (size_t i = 0; i < list.count; i++) {
		if (list.at[i].dedup_id.len == 0)
			complain_about(sample, "an event without a dedup_id");
		assert_int_equal(
		    json_array_append_new(events, event_json(&list.at[i])), 0);
	}
	return json_pack("{s:o}", "events", events);
}

static const struct {
	const char *prefix;
	json_t *(*run)(struct sample *sample, const json_t *input);
} runners[] = {
	{ "verify-", run_verify },
	{ "handshake-", run_handshake },
	{ "render-", run_render },
	{ "judge-", run_judge },
};

enum { RUNNER_COUNT = sizeof(runners) / sizeof(runners[0]) };

/* The runner of the sample's name, or RUNNER_COUNT: it is a body. */
static size_t
runner_of(const char *name)
{
	size_t i = 0;

	while (i < RUNNER_COUNT &&
	       strncmp(name, runners[i].prefix, strlen(runners[i].prefix)) != 0)
		i++;
	return i;
}

/* ---- folders ---- */

static bool
ends_with(const char *name, const char *end)
{
	size_t length = strlen(name);

	return length >= strlen(end) &&
	       strcmp(name + length - strlen(end), end) == 0;
}

/* For a body the account stands in the expectation, as the sample is bytes
 * from the platform. */
static json_t *
run_sample(struct sample *sample, const char *name, json_t *expected)
{
	size_t runner = runner_of(name);
	json_t *input = NULL;
	json_t *got = NULL;
	size_t size;
	char *body;

	if (runner < RUNNER_COUNT) {
		input = read_json(sample, sample->path);
		read_account(sample, input);
		if (input != NULL)
			got = runners[runner].run(sample, input);
		json_decref(input);
		return got;
	}
	read_account(sample, json_object_get(expected, "account"));
	(void)json_object_del(expected, "account");
	body = read_file(sample->path, &size);
	assert_non_null(body);
	got = run_body(sample, (struct text_view){ body, size });
	free(body);
	return got;
}

static void
check_sample(struct sample *sample, const char *name)
{
	char path[PATH_BYTES];
	json_t *expected;
	json_t *got;

	(void)snprintf(path, sizeof(path), "%.*s.expect.json",
	    (int)(strlen(sample->path) - strlen(".json")), sample->path);
	expected = read_json(sample, path);
	if (expected == NULL)
		return;
	arena_init(&sample->arena, ARENA_BYTES);
	got = run_sample(sample, name, expected);
	if (json_object_size(expected) == 0)
		complain_about(sample, "its expectation says nothing");
	*sample->failures += json_compare(sample->path, expected, got);
	json_decref(got);
	json_decref(expected);
	arena_fini(&sample->arena);
}

/* An expectation without a sample is a slip of the pen. */
static void
check_orphan(const struct sample *sample)
{
	char path[PATH_BYTES];
	FILE *file;

	(void)snprintf(path, sizeof(path), "%.*s.json",
	    (int)(strlen(sample->path) - strlen(".expect.json")), sample->path);
	file = fopen(path, "rb");
	if (file == NULL)
		complain_about(sample, "has no sample beside it");
	else
		(void)fclose(file);
}

static unsigned
check_channel(const struct channel *channel, unsigned *failures)
{
	char folder[PATH_BYTES];
	char path[PATH_BYTES * 2];
	struct dirent **files = NULL;
	unsigned samples = 0;
	int count;

	(void)snprintf(
	    folder, sizeof(folder), "webhooks/%s/samples", channel->name);
	count = scandir(folder, &files, NULL, alphasort);
	for (int i = 0; i < count; i++) {
		const char *name = files[i]->d_name;
		struct sample sample = {
			.channel = channel, .path = path, .failures = failures
		};

		(void)snprintf(path, sizeof(path), "%s/%s", folder, name);
		if (ends_with(name, ".expect.json")) {
			check_orphan(&sample);
		} else if (ends_with(name, ".json")) {
			check_sample(&sample, name);
			samples++;
		}
		free(files[i]);
	}
	free(files);
	return samples;
}

static void
every_sample_gives_what_its_expectation_says(void **state)
{
	unsigned failures = 0;

	(void)state;
	for (size_t i = 0; channels[i] != NULL; i++) {
		unsigned samples = check_channel(channels[i], &failures);

		for (size_t j = 0; j < sizeof(required) / sizeof(required[0]);
		     j++)
			if (strcmp(required[j].channel, channels[i]->name) ==
				0 &&
			    samples < required[j].samples)
				fail_msg("%s has %u samples, needs %u",
				    channels[i]->name, samples,
				    required[j].samples);
	}
	if (failures > 0)
		fail_msg("%u differences", failures);
}

static void
every_row_of_the_table_is_found_by_its_name(void **state)
{
	(void)state;
	for (size_t i = 0; channels[i] != NULL; i++)
		assert_ptr_equal(
		    channel_named(text_of(channels[i]->name)), channels[i]);
	assert_null(channel_named(TEXT("telegraph")));
}

static void
every_row_is_whole(void **state)
{
	(void)state;
	for (size_t i = 0; channels[i] != NULL; i++) {
		const struct channel *channel = channels[i];

		if (channel->signature_header != NULL) {
			assert_non_null(channel->verify);
			assert_non_null(channel->parse);
			assert_true(channel->body_max_bytes > 0);
		}
		if (channel->pushes) {
			assert_non_null(channel->render);
			assert_non_null(channel->judge);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_sample_gives_what_its_expectation_says),
		cmocka_unit_test(every_row_of_the_table_is_found_by_its_name),
		cmocka_unit_test(every_row_is_whole),
	};

	if (secret_init() != OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
