/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Messenger's send API: POST /graph/vNN.N/PAGE/messages.  Checks come in the
 * order in which the platform's errors hide one another: token, proof, body,
 * recipient, message. */
#include "api.h"

#include "clock.h"
#include "graph.h"
#include "messenger_check.h"

#include <ctype.h>
#include <string.h>

enum {
	STANDARD_MS = 24 * 3600 * 1000,
	HUMAN_AGENT_MS = 7 * STANDARD_MS,
};

/* ---- who asks ---- */

/* The node of "/graph/vNN.N/NODE/messages", or the empty view. */
static struct text_view
node_of(const char *path)
{
	struct text_view rest = text_of(path);
	struct text_view part[5];
	size_t count = 0;

	while (count < 5 && text_split(&rest, '/', &part[count]))
		count++;
	if (count != 5 || rest.at != NULL || !text_is(part[4], "messages") ||
	    part[2].len < 4 || part[2].at[0] != 'v' ||
	    !isdigit((unsigned char)part[2].at[1]))
		return text_of(NULL);
	return part[3];
}

/* NULL: refused. */
static const struct account *
admit(const struct simulator *simulator, const struct http_request *request,
    struct sim_served *out)
{
	struct text_view node = node_of(request->path);
	const struct account *account;

	if (node.len == 0) {
		sim_graph_refuse(out, 2500, 0, "Unknown path components");
		return NULL;
	}
	account = sim_graph_admit(simulator, request, out);
	if (account == NULL)
		return NULL;
	if (!text_is(node, "me") && !text_is(node, account->id)) {
		sim_graph_refuse(out, 100, 33,
		    "Unsupported post request. The object does not exist or "
		    "cannot be loaded due to missing permissions");
		return NULL;
	}
	return account;
}

/* ---- what is asked ---- */

/* True when the messaging type lets a message through; else refused. */
static bool
check_type(const json_t *body, struct sim_served *out)
{
	const char *type = sim_api_text(body, "messaging_type");

	if (strcmp(type, "RESPONSE") == 0 || strcmp(type, "UPDATE") == 0)
		return true;
	if (strcmp(type, "MESSAGE_TAG") == 0) {
		if (strcmp(sim_api_text(body, "tag"), "HUMAN_AGENT") == 0)
			return true;
		sim_graph_refuse(out, 100, 1893061, NULL);
		return false;
	}
	sim_graph_refuse(out, 100, 0,
	    "(#100) Param messaging_type must be one of {RESPONSE, UPDATE, "
	    "MESSAGE_TAG, UTILITY}");
	return false;
}

/* messenger.md, section 3: 24 hours for everything, 7 days for what a person
 * wrote, and nothing while another app has the thread. */
static bool
check_window(const struct simulator *simulator, const struct account *account,
    const json_t *body, struct sim_served *out)
{
	bool tagged =
	    strcmp(sim_api_text(body, "messaging_type"), "MESSAGE_TAG") == 0;
	struct sim_person person = sim_people_ask(&simulator->people, account,
	    sim_api_text(json_object_get(body, "recipient"), "id"));
	uint64_t ends_ms = tagged ? person.heard_ms + HUMAN_AGENT_MS
				  : person.renewed_ms + STANDARD_MS;

	if (person.away)
		sim_graph_refuse(out, 10, 2018300, NULL);
	else if (simulator->settings.windows && person.renewed_ms > 0 &&
		 clock_now_ms() >= ends_ms)
		sim_graph_refuse(out, 10, 2018278, NULL);
	return out->status == 0;
}

static const char *
citizen_of(const json_t *body)
{
	return sim_api_text(json_object_get(body, "recipient"), "id");
}

/* False: refused. */
static bool
check_body(const struct simulator *simulator, const struct account *account,
    const json_t *body, struct sim_served *out)
{
	bool is_action = json_object_get(body, "sender_action") != NULL;
	const char *citizen = citizen_of(body);
	const char *wrong = NULL;

	if (citizen[0] == '\0') {
		sim_graph_refuse(
		    out, 100, 0, "(#100) param recipient must be non-empty.");
		return false;
	}
	if (!is_action && !check_type(body, out))
		return false;
	if (!simulator->settings.strangers &&
	    !sim_people_know(&simulator->people, account, citizen)) {
		sim_graph_refuse(out, 100, 2018001, NULL);
		return false;
	}
	if (!check_window(simulator, account, body, out))
		return false;
	wrong = is_action ? sim_messenger_check_action(body)
			  : sim_messenger_check_message(
				json_object_get(body, "message"));
	if (wrong != NULL)
		sim_graph_refuse(out, 100, 0, wrong);
	return wrong == NULL;
}

static void
serve(struct simulator *simulator, const struct http_request *request,
    const json_t *body, struct sim_served *out)
{
	const struct account *account = admit(simulator, request, out);
	const json_t *message = json_object_get(body, "message");
	const char *citizen = citizen_of(body);

	if (account == NULL || !check_body(simulator, account, body, out))
		return;
	out->status = 200;
	out->accepted = true;
	out->account = account;
	if (message == NULL) {
		out->answer = json_pack("{s:s}", "recipient_id", citizen);
		return;
	}
	sim_messenger_phone.make_id(out->message_id);
	sim_people_show(&simulator->people, account, citizen,
	    json_object_get(message, "quick_replies"));
	out->answer = json_pack("{s:s, s:s}", "recipient_id", citizen,
	    "message_id", out->message_id);
}

/* ---- what it is ---- */

static json_t *
read_body(const struct http_request *request)
{
	if (!sim_api_content_is(request, TEXT("application/json")))
		return NULL;
	return sim_api_json(request);
}

/* {"kind", "title", "payload" or "url"} for each of LIST, added to BUTTONS. */
static void
add_buttons(json_t *buttons, const json_t *list, const char *kind_key)
{
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *from = json_array_get(list, i);

		(void)json_array_append_new(
		    buttons, json_pack("{s:s, s:s, s:O*, s:O*}", "kind",
				 kind_key != NULL ? sim_api_text(from, kind_key)
						  : "quick_reply",
				 "title", sim_api_text(from, "title"),
				 "payload", json_object_get(from, "payload"),
				 "url", json_object_get(from, "url")));
	}
}

static json_t *
describe(const json_t *body)
{
	const json_t *message = json_object_get(body, "message");
	const json_t *payload =
	    json_object_get(json_object_get(message, "attachment"), "payload");
	const char *text = sim_api_text(message, "text");
	const json_t *action = json_object_get(body, "sender_action");
	json_t *buttons = json_array();

	add_buttons(buttons, json_object_get(payload, "buttons"), "type");
	add_buttons(buttons, json_object_get(message, "quick_replies"), NULL);
	return json_pack("{s:s, s:s, s:s, s:s, s:o}", "api",
	    action != NULL ? "action" : "send", "citizen", citizen_of(body),
	    "action", sim_api_text(body, "sender_action"), "text",
	    text[0] != '\0' ? text : sim_api_text(payload, "text"), "buttons",
	    buttons);
}

const struct sim_api sim_messenger_send = {
	.channel = "messenger",
	.name = "send",
	.read = read_body,
	.describe = describe,
	.serve = serve,
	.refuse = sim_graph_refuse_scripted,
};
