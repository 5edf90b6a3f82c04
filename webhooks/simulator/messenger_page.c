/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* How a page is set up: who it is, which fields it sends to the app, and its
 * Messenger profile.  The app's id is not among the settings of hoidap, so it
 * is a fixed one here. */
#include "graph.h"

#include "utf8.h"

#include <string.h>

#define APP_ID "700000000000007"

enum {
	PARTS = 5,
	GREETING_MAX = 160,
	TITLE_MAX = 30,
	QUESTIONS_MAX = 4,
	MENU_MAX = 20,
	PAYLOAD_MAX_BYTES = 1000,
};

static const char *const properties[] = { "get_started", "greeting",
	"ice_breakers", "persistent_menu" };

enum { PROPERTIES = sizeof(properties) / sizeof(properties[0]) };

static json_t *
read_body(const struct http_request *request)
{
	return request->body.len == 0 ? json_object() : sim_api_json(request);
}

static json_t *
describe(const json_t *body)
{
	(void)body;
	return json_pack("{s:s, s:s, s:s, s:[]}", "api", "page", "citizen", "",
	    "text", "", "buttons");
}

/* The object NAME of the page, made where it is missing. */
static json_t *
part_of(struct simulator *simulator, const struct account *account,
    const char *name, json_t *empty)
{
	json_t *page = json_object_get(simulator->pages, account->id);
	json_t *part;

	if (page == NULL) {
		page = json_object();
		(void)json_object_set_new(simulator->pages, account->id, page);
	}
	part = json_object_get(page, name);
	if (part != NULL) {
		json_decref(empty);
		return part;
	}
	(void)json_object_set_new(page, name, empty);
	return empty;
}

static void
accept(struct sim_served *out, const struct account *account, json_t *answer)
{
	out->status = 200;
	out->accepted = true;
	out->account = account;
	out->answer = answer;
}

/* ---- the profile ---- */

static const char *
check_actions(
    const json_t *property, size_t max, const char *title_key, size_t title_max)
{
	const json_t *first = json_array_get(property, 0);
	const json_t *actions = json_object_get(first, "call_to_actions");

	if (strcmp(sim_api_text(first, "locale"), "default") != 0)
		return "(#100) locale default is required";
	if (json_array_size(actions) == 0 || json_array_size(actions) > max)
		return "(#100) Invalid number of call_to_actions";
	for (size_t i = 0; i < json_array_size(actions); i++) {
		const json_t *action = json_array_get(actions, i);
		const char *title = sim_api_text(action, title_key);
		const char *payload = sim_api_text(action, "payload");

		if (title[0] == '\0' ||
		    utf16_length(text_of(title)) > title_max)
			return "(#100) The title is too long or missing";
		if (strlen(payload) > PAYLOAD_MAX_BYTES ||
		    (payload[0] == '\0' &&
			sim_api_text(action, "url")[0] == '\0'))
			return "(#100) payload or url is required";
	}
	return NULL;
}

static const char *
check_property(const char *name, const json_t *value)
{
	const char *text;

	if (strcmp(name, "ice_breakers") == 0)
		return check_actions(value, QUESTIONS_MAX, "question", 80);
	if (strcmp(name, "persistent_menu") == 0)
		return check_actions(value, MENU_MAX, "title", TITLE_MAX);
	if (strcmp(name, "get_started") == 0)
		return sim_api_text(value, "payload")[0] == '\0'
			   ? "(#100) param get_started[payload] is required"
			   : NULL;
	if (strcmp(name, "greeting") != 0)
		return "(#100) Invalid keys";
	text = sim_api_text(json_array_get(value, 0), "text");
	if (text[0] == '\0' || utf16_length(text_of(text)) > GREETING_MAX)
		return "(#100) The greeting is too long or missing";
	return NULL;
}

static void
set_profile(json_t *profile, json_t *body, const struct account *account,
    struct sim_served *out)
{
	const char *wrong = NULL;
	const char *name;
	json_t *value;

	json_object_foreach(body, name, value) if (wrong == NULL) wrong =
	    check_property(name, value);
	if (wrong == NULL && json_object_get(body, "persistent_menu") != NULL &&
	    json_object_get(body, "get_started") == NULL &&
	    json_object_get(profile, "get_started") == NULL)
		wrong = "(#100) You must set a Get Started button if you also "
			"wish to use persistent menu";
	if (wrong != NULL) {
		sim_graph_refuse(out, 100, 0, wrong);
		return;
	}
	(void)json_object_update(profile, body);
	accept(out, account, json_pack("{s:s}", "result", "success"));
}

static void
unset_profile(json_t *profile, const json_t *body,
    const struct account *account, struct sim_served *out)
{
	const json_t *fields = json_object_get(body, "fields");

	for (size_t i = 0; i < json_array_size(fields); i++) {
		const char *name = json_string_value(json_array_get(fields, i));

		if (name != NULL)
			(void)json_object_del(profile, name);
	}
	accept(out, account, json_pack("{s:s}", "result", "success"));
}

static void
show_profile(const json_t *profile, const struct http_request *request,
    const struct account *account, struct sim_served *out)
{
	struct text_view wanted = http_query(request, "fields");
	json_t *shown = json_object();

	for (size_t i = 0; i < PROPERTIES; i++) {
		json_t *value = json_object_get(profile, properties[i]);

		if (value != NULL &&
		    text_find(wanted, text_of(properties[i])) != SIZE_MAX)
			(void)json_object_set(shown, properties[i], value);
	}
	accept(out, account,
	    json_object_size(shown) == 0 ? json_pack("{s:[]}", "data")
					 : json_pack("{s:[O]}", "data", shown));
	json_decref(shown);
}

static void
serve_profile(struct simulator *simulator, const struct http_request *request,
    const struct account *account, struct sim_served *out)
{
	json_t *profile = part_of(simulator, account, "profile", json_object());
	json_t *body = read_body(request);

	if (strcmp(request->method, "GET") == 0)
		show_profile(profile, request, account, out);
	else if (body == NULL || json_object_size(body) == 0)
		sim_graph_refuse(out, 100, 0, NULL);
	else if (strcmp(request->method, "POST") == 0)
		set_profile(profile, body, account, out);
	else
		unset_profile(profile, body, account, out);
	json_decref(body);
}

/* ---- the fields ---- */

static void
serve_fields(struct simulator *simulator, const struct http_request *request,
    const json_t *body, const struct account *account, struct sim_served *out)
{
	json_t *fields = part_of(simulator, account, "fields", json_array());
	struct text_view rest =
	    text_of(sim_api_text(body, "subscribed_fields"));
	struct text_view field;

	if (!simulator->settings.manages) {
		sim_graph_refuse(out, 200, 0,
		    "(#200) Requires pages_manage_metadata permission to "
		    "manage the object");
	} else if (strcmp(request->method, "GET") == 0) {
		accept(out, account,
		    json_array_size(fields) == 0
			? json_pack("{s:[]}", "data")
			: json_pack("{s:[{s:s, s:s, s:O}]}", "data", "id",
			      APP_ID, "name", "hoidap", "subscribed_fields",
			      fields));
	} else if (rest.len == 0) {
		sim_graph_refuse(out, 100, 0,
		    "(#100) The parameter subscribed_fields is required.");
	} else {
		(void)json_array_clear(fields);
		while (text_split(&rest, ',', &field))
			(void)json_array_append_new(
			    fields, json_stringn(field.at, field.len));
		accept(out, account, json_pack("{s:b}", "success", 1));
	}
}

/* ---- the door ---- */

static void
serve_node(const struct account *account, struct text_view node,
    struct sim_served *out)
{
	if (text_is(node, "app"))
		accept(out, account,
		    json_pack("{s:s, s:s}", "id", APP_ID, "name", "hoidap"));
	else
		accept(out, account,
		    json_pack(
			"{s:s, s:s}", "id", account->id, "name", "Trang thử"));
}

/* "/graph/vNN.N/NODE/EDGE" */
static void
serve(struct simulator *simulator, const struct http_request *request,
    const json_t *body, struct sim_served *out)
{
	const struct account *account =
	    sim_graph_admit(simulator, request, out);
	struct text_view rest = text_of(request->path);
	struct text_view part[PARTS] = { { NULL, 0 } };
	size_t count = 0;

	if (account == NULL)
		return;
	while (count < PARTS && text_split(&rest, '/', &part[count]))
		count++;
	if (!text_is(part[3], "me") && !text_is(part[3], "app") &&
	    !text_is(part[3], account->id))
		sim_graph_refuse(out, 100, 33,
		    "Unsupported get request. Object with this ID does not "
		    "exist, cannot be loaded due to missing permissions");
	else if (count == 4)
		serve_node(account, part[3], out);
	else if (text_is(part[4], "messenger_profile"))
		serve_profile(simulator, request, account, out);
	else if (text_is(part[4], "subscribed_apps"))
		serve_fields(simulator, request, body, account, out);
	else
		sim_graph_refuse(out, 2500, 0, "Unknown path components");
}

const struct sim_api sim_messenger_page = {
	.channel = "messenger",
	.name = "page",
	.read = read_body,
	.describe = describe,
	.serve = serve,
	.refuse = sim_graph_refuse_scripted,
};
