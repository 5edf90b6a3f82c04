/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What messenger_phone.c and zalo_phone.c put on the wire, byte for byte. */
#include "tests/support/alloc_fault.h"
#include "tests/support/cmocka_all.h"
#include "webhooks/simulator/act.h"

#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct channel messenger = { .name = "messenger" };
static const struct channel zalo = { .name = "zalo" };

static const struct account page = {
	.channel = &messenger,
	.id = "1001",
	.app_id = "77",
	.webhook_secret = "s",
};
static const struct account oa = {
	.channel = &zalo,
	.id = "2002",
	.app_id = "88",
	.webhook_secret = "s",
};

static struct sim_act
act_of(const struct account *account, enum sim_act_kind kind)
{
	return (struct sim_act){ .kind = kind,
		.account = account,
		.citizen = "5",
		.conversation = "",
		.text = "",
		.payload = "",
		.attachment = "",
		.message_id = "m_1",
		.now_ms = 1700000000123 };
}

static void
expect(const struct sim_act *act, const char *want)
{
	const struct sim_platform *platform =
	    sim_act_platform(act->account->channel->name);
	json_t *event = platform->event(act);
	char *wire = platform->write(event);

	assert_string_equal(wire, want);
	free(wire);
	json_decref(event);
}

#define MESSENGER_HEAD                                                         \
	"{\"object\":\"page\",\"entry\":[{\"id\":\"1001\",\"time\":"           \
	"1700000000123,\"messaging\":[{\"sender\":{\"id\":\"5\"},"             \
	"\"recipient\":{\"id\":\"1001\"},\"timestamp\":1700000000123,"
#define MESSENGER_PAGE_HEAD                                                    \
	"{\"object\":\"page\",\"entry\":[{\"id\":\"1001\",\"time\":"           \
	"1700000000123,\"messaging\":[{\"sender\":{\"id\":\"1001\"},"          \
	"\"recipient\":{\"id\":\"5\"},\"timestamp\":1700000000123,"
#define MESSENGER_TAIL "}]}]}"

static void
messenger_escapes_as_meta_does(void **state)
{
	struct sim_act act = act_of(&page, SIM_SAY);

	(void)state;
	act.text = "Phí \\u00C0 a/b 👍";
	expect(&act, MESSENGER_HEAD
	    "\"message\":{\"mid\":\"m_1\",\"text\":\"Ph\\u00ed \\\\u00C0 "
	    "a\\/b \\ud83d\\udc4d\"}" MESSENGER_TAIL);
}

static void
messenger_tells_a_quick_reply_from_a_button(void **state)
{
	struct sim_act act = act_of(&page, SIM_TAP);

	(void)state;
	act.text = "Co";
	act.payload = "entry:x";
	expect(&act, MESSENGER_HEAD
	    "\"postback\":{\"title\":\"Co\",\"payload\":\"entry:x\","
	    "\"mid\":\"m_1\"}" MESSENGER_TAIL);
	act.quick_reply = true;
	expect(&act, MESSENGER_HEAD
	    "\"message\":{\"mid\":\"m_1\",\"text\":\"Co\",\"quick_reply\":"
	    "{\"payload\":\"entry:x\"}}" MESSENGER_TAIL);
}

static void
messenger_echoes_come_from_the_page(void **state)
{
	struct sim_act act = act_of(&page, SIM_ECHO);
	json_t *sent =
	    json_pack("{s:s, s:s}", "text", "xin", "metadata", "hoidap:12");

	(void)state;
	act.sent = sent;
	expect(&act, MESSENGER_PAGE_HEAD
	    "\"message\":{\"is_echo\":true,\"app_id\":77,\"metadata\":"
	    "\"hoidap:12\",\"mid\":\"m_1\",\"text\":\"xin\"}" MESSENGER_TAIL);
	act = act_of(&page, SIM_STAFF);
	act.text = "alo";
	expect(&act, MESSENGER_PAGE_HEAD
	    "\"message\":{\"is_echo\":true,\"app_id\":26390203743090,\"mid\":"
	    "\"m_1\",\"text\":\"alo\"}" MESSENGER_TAIL);
	json_decref(sent);
}

#define ZALO_HEAD                                                              \
	"{\"app_id\":\"88\",\"sender\":{\"id\":\"5\"},\"recipient\":{\"id\":"  \
	"\"2002\"},"
#define ZALO_TIME ",\"timestamp\":\"1700000000123\""
#define ZALO_TAIL ZALO_TIME ",\"user_id_by_app\":\"2058334944653781098\"}"

static void
zalo_writes_utf8_and_only_strings(void **state)
{
	struct sim_act act = act_of(&oa, SIM_SAY);

	(void)state;
	act.text = "Phí a/b 👍";
	expect(&act, ZALO_HEAD
	    "\"event_name\":\"user_send_text\",\"message\":{\"msg_id\":"
	    "\"m_1\",\"text\":\"Phí a/b 👍\"}" ZALO_TAIL);
}

static void
a_tap_on_zalo_is_its_payload_as_text(void **state)
{
	struct sim_act act = act_of(&oa, SIM_TAP);

	(void)state;
	act.text = "Lệ phí";
	act.payload = "#hd entry:x";
	expect(&act, ZALO_HEAD
	    "\"event_name\":\"user_send_text\",\"message\":{\"msg_id\":"
	    "\"m_1\",\"text\":\"#hd entry:x\"}" ZALO_TAIL);
}

static void
a_visitor_of_a_website_is_anonymous(void **state)
{
	struct sim_act act = act_of(&oa, SIM_SAY);

	(void)state;
	act.text = "alo";
	act.conversation = "c9";
	expect(&act,
	    "{\"app_id\":\"88\",\"sender\":{\"id\":\"5\"},\"recipient\":"
	    "{\"id\":\"2002\"},\"event_name\":\"anonymous_send_text\","
	    "\"message\":{\"msg_id\":\"m_1\",\"text\":\"alo\","
	    "\"conversation_id\":\"c9\"}" ZALO_TIME "}");
}

static void
only_a_person_has_an_admin_id(void **state)
{
	struct sim_act act = act_of(&oa, SIM_STAFF);
	json_t *event;

	(void)state;
	act.text = "alo";
	event = sim_zalo_phone.event(&act);
	assert_non_null(
	    json_object_get(json_object_get(event, "sender"), "admin_id"));
	json_decref(event);
	act.kind = SIM_ECHO;
	event = sim_zalo_phone.event(&act);
	assert_null(
	    json_object_get(json_object_get(event, "sender"), "admin_id"));
	assert_string_equal(
	    json_string_value(json_object_get(event, "event_name")),
	    "oa_send_text");
	json_decref(event);
}

static void
following_names_the_follower(void **state)
{
	struct sim_act act = act_of(&oa, SIM_FOLLOW);

	(void)state;
	expect(&act,
	    "{\"oa_id\":\"2002\",\"follower\":{\"id\":\"5\"},"
	    "\"user_id_by_app\":\"2058334944653781098\",\"event_name\":"
	    "\"follow\",\"source\":\"zalo\",\"app_id\":\"88\"" ZALO_TIME "}");
}

/* Message, attachment type and event name agree, for every kind. */
static void
phones_send_every_kind_of_attachment(void **state)
{
	static const char *const kinds[] = { "image", "sticker", "audio",
		"video", "file", "location" };

	(void)state;
	for (size_t i = 0; i < COUNT(kinds); i++) {
		struct sim_act act = act_of(&page, SIM_ATTACH);
		char *wire;
		json_t *event;

		assert_true(sim_act_attaches(kinds[i]));
		act.attachment = kinds[i];
		event = sim_messenger_phone.event(&act);
		wire = sim_messenger_phone.write(event);
		assert_non_null(strstr(wire, "\"attachments\":[{\"type\":\""));
		assert_non_null(strstr(wire, kinds[i]));
		free(wire);
		json_decref(event);

		act.account = &oa;
		event = sim_zalo_phone.event(&act);
		wire = sim_zalo_phone.write(event);
		assert_non_null(strstr(wire, "\"attachments\":[{\"type\":\""));
		assert_non_null(strstr(wire, kinds[i]));
		free(wire);
		json_decref(event);
	}
	assert_false(sim_act_attaches("fax"));
}

static void
nobody_leaves_a_page(void **state)
{
	struct sim_act act = act_of(&page, SIM_LEAVE);

	(void)state;
	assert_null(sim_messenger_phone.event(&act));
}

static void
running_out_of_memory_gives_no_event(void **state)
{
	const struct account *const accounts[] = { &page, &oa };

	(void)state;
	for (size_t i = 0; i < COUNT(accounts); i++) {
		struct sim_act act = act_of(accounts[i], SIM_SAY);
		bool reached_the_end = false;

		act.text = "alo";
		for (unsigned nth = 0; !reached_the_end; nth++) {
			json_t *event;

			alloc_fault_arm(nth);
			event = sim_act_platform(accounts[i]->channel->name)
				    ->event(&act);
			reached_the_end = !alloc_fault_fired();
			alloc_fault_disarm();
			assert_true((event != NULL) == reached_the_end);
			json_decref(event);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(messenger_escapes_as_meta_does),
		cmocka_unit_test(messenger_tells_a_quick_reply_from_a_button),
		cmocka_unit_test(messenger_echoes_come_from_the_page),
		cmocka_unit_test(zalo_writes_utf8_and_only_strings),
		cmocka_unit_test(a_tap_on_zalo_is_its_payload_as_text),
		cmocka_unit_test(a_visitor_of_a_website_is_anonymous),
		cmocka_unit_test(only_a_person_has_an_admin_id),
		cmocka_unit_test(following_names_the_follower),
		cmocka_unit_test(phones_send_every_kind_of_attachment),
		cmocka_unit_test(nobody_leaves_a_page),
		cmocka_unit_test(running_out_of_memory_gives_no_event),
	};

	json_set_alloc_funcs(malloc, free);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
