/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "messenger_page.h"
#include "messenger_profile.h"
#include "secret.h"
#include "utf8.h"
#include "zalo_login.h"
#include "zalo_oa.h"

#include <assert.h>
#include <string.h>

/* The input plays an answer of Meta's and of Zalo's to what the operator's
 * commands ask, and then what a person pastes. */

enum { ARENA_BYTES = 4 * 1024 * 1024 };

static const struct account account = { .id = "1001",
	.oauth = "https://oauth.example",
	.app_id = "88",
	.app_secret = "FAKE_secret",
	.access_token = "FAKE_token",
	.api = "https://graph.example/v25.0" };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_meta(const struct api_response *response, struct arena *arena)
{
	static const struct messenger_item item = { .title = { "a", 1 },
		.payload = { "entry:a", 7 } };
	const struct messenger_profile profile = {
		.greeting = { "a", 1 }, .menu = &item, .menu_count = 1
	};
	struct api_call calls[MESSENGER_PROFILE_CALLS];
	struct messenger_changes changes;
	struct messenger_fields fields;
	struct messenger_node node;
	struct complaint why = { .text = "" };
	size_t count;

	if (messenger_page_read(response, arena, &node, &why) == OK)
		assert(utf8_valid(node.id) && utf8_valid(node.name));
	else
		assert(why.text[0] != '\0');
	if (messenger_page_fields(
		response, text_of("7"), arena, &fields, &why) == OK)
		assert(fields.all.len >= fields.missing.len);
	if (messenger_profile_compare(
		&profile, response, arena, &changes, &why) != OK)
		return;
	assert(changes.count <= MESSENGER_PROPERTIES);
	if (messenger_profile_apply(&account, &changes, arena, calls, &count) ==
	    OK)
		assert(count <= MESSENGER_PROFILE_CALLS);
}

static void
check_zalo(const struct api_response *response, struct arena *arena)
{
	struct complaint why = { .text = "" };
	struct zalo_consent consent;
	struct zalo_login login;
	struct api_call call;
	struct zalo_oa oa;

	if (zalo_oa_read(response, arena, &oa, &why) == OK)
		assert(oa.id.len > 0 && utf8_valid(oa.name));
	else
		assert(why.text[0] != '\0');
	zalo_login_init(&login, response->body);
	if (zalo_login_read(&login, response->body, arena, &consent, &why) !=
	    OK)
		return;
	assert(consent.code.len > 0);
	if (zalo_login_exchange(&account, &login, consent.code, arena, &call) ==
	    OK)
		assert(memchr(call.body.at, '\n', call.body.len) == NULL);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct api_response response = { .status = 200,
		.body = { (const char *)data, size } };
	struct arena arena;

	if (secret_init() != OK)
		return 0;
	arena_init(&arena, ARENA_BYTES);
	check_meta(&response, &arena);
	check_zalo(&response, &arena);
	arena_fini(&arena);
	return 0;
}
