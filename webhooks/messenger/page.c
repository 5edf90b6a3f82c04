/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "messenger_page.h"

#include "buf.h"
#include "graph.h"

#include <string.h>

/* A page sends webhooks only for the fields that it has subscribed the app to,
 * which is apart from those of the app.  Somebody who adds a field to the app
 * and not to the page waits for it in vain: so the page's are looked at. */

enum { FIELDS_MAX_BYTES = 4096 };

/* What event.c reads. */
static const char *const wanted[] = { "messages", "message_edits",
	"message_reactions", "messaging_postbacks", "messaging_referrals",
	"messaging_optins", "messaging_handovers",
	"messaging_policy_enforcement", "message_echoes", "standby" };

enum { WANTED = sizeof(wanted) / sizeof(wanted[0]) };

enum result
messenger_page_ask(const struct account *account, enum messenger_ask ask,
    struct arena *arena, struct api_call *out)
{
	static const struct {
		const char *node; /* NULL: the page of the settings */
		const char *edge;
		const char *query;
	} asks[] = {
		[MESSENGER_ASK_PAGE] = { "me", "", "fields=id,name" },
		[MESSENGER_ASK_APP] = { "app", "", "fields=id,name" },
		[MESSENGER_ASK_SUBSCRIPTIONS] = { NULL, "/subscribed_apps",
		    "" },
		[MESSENGER_ASK_PROFILE] = { "me", "/messenger_profile",
		    "fields=get_started,greeting,ice_breakers,"
		    "persistent_menu" },
	};
	const struct messenger_graph_target target = { .method = "GET",
		.node = asks[ask].node != NULL ? asks[ask].node : account->id,
		.edge = asks[ask].edge,
		.query = asks[ask].query };

	return messenger_graph_call(account, &target, arena, out);
}

enum result
messenger_page_check(const struct api_response *response, struct complaint *why)
{
	json_t *root = NULL;
	enum result result = messenger_graph_read(response, &root, why);

	json_decref(root);
	return result;
}

/* An id is a string, or a number in older answers. */
static enum result
copy_id(const json_t *value, struct arena *arena, struct text_view *out)
{
	struct buf digits;
	enum result result;

	if (json_is_string(value))
		return arena_text(
		    arena, text_of(json_string_value(value)), out);
	if (!json_is_integer(value) || json_integer_value(value) < 0)
		return ERR_INVALID;
	buf_init(&digits, 32);
	result = buf_add_number(&digits, (uint64_t)json_integer_value(value));
	if (result == OK)
		result = arena_text(arena, buf_view(&digits), out);
	buf_fini(&digits);
	return result;
}

enum result
messenger_page_read(const struct api_response *response, struct arena *arena,
    struct messenger_node *out, struct complaint *why)
{
	struct messenger_node node = { .name = TEXT("") };
	json_t *root = NULL;
	enum result result = messenger_graph_read(response, &root, why);

	if (result != OK)
		return result;
	result = copy_id(json_object_get(root, "id"), arena, &node.id);
	if (result == OK)
		result = arena_text(arena,
		    text_of(json_string_value(json_object_get(root, "name"))),
		    &node.name);
	json_decref(root);
	if (result == ERR_INVALID)
		complain(why, NULL, 0, "Meta's answer has no id");
	if (result == OK)
		*out = node;
	return result;
}

/* ---- subscriptions ---- */

/* The row of the app in {"data": [{"id", "subscribed_fields"}]}. */
static const json_t *
find_app(const json_t *data, struct text_view app_id)
{
	for (size_t i = 0; i < json_array_size(data); i++) {
		const json_t *app = json_array_get(data, i);

		if (app_id.len == 0 ||
		    text_is(app_id,
			json_string_value(json_object_get(app, "id")) != NULL
			    ? json_string_value(json_object_get(app, "id"))
			    : ""))
			return app;
	}
	return NULL;
}

static bool
has_field(const json_t *fields, const char *name)
{
	for (size_t i = 0; i < json_array_size(fields); i++) {
		const char *field =
		    json_string_value(json_array_get(fields, i));

		if (field != NULL && strcmp(field, name) == 0)
			return true;
	}
	return false;
}

static enum result
add_field(struct buf *list, const char *name)
{
	return buf_printf(list, "%s%s", list->len > 0 ? "," : "", name);
}

/* Others than ours stay: somebody wanted them. */
static enum result
list_fields(const json_t *fields, struct buf *missing, struct buf *all)
{
	enum result result = OK;

	for (size_t i = 0; result == OK && i < json_array_size(fields); i++) {
		const char *field =
		    json_string_value(json_array_get(fields, i));

		if (field != NULL)
			result = add_field(all, field);
	}
	for (size_t i = 0; result == OK && i < WANTED; i++) {
		if (has_field(fields, wanted[i]))
			continue;
		result = add_field(missing, wanted[i]);
		if (result == OK)
			result = add_field(all, wanted[i]);
	}
	return result;
}

enum result
messenger_page_fields(const struct api_response *response,
    struct text_view app_id, struct arena *arena, struct messenger_fields *out,
    struct complaint *why)
{
	struct messenger_fields found = { .subscribed = false };
	struct buf missing;
	struct buf all;
	const json_t *app;
	json_t *root = NULL;
	enum result result = messenger_graph_read(response, &root, why);

	if (result != OK)
		return result;
	app = find_app(json_object_get(root, "data"), app_id);
	found.subscribed = app != NULL;
	buf_init(&missing, FIELDS_MAX_BYTES);
	buf_init(&all, FIELDS_MAX_BYTES);
	result = list_fields(
	    json_object_get(app, "subscribed_fields"), &missing, &all);
	if (result == OK)
		result = arena_text(arena, buf_view(&missing), &found.missing);
	if (result == OK)
		result = arena_text(arena, buf_view(&all), &found.all);
	buf_fini(&all);
	buf_fini(&missing);
	json_decref(root);
	if (result == OK)
		*out = found;
	return result;
}

enum result
messenger_page_subscribe(const struct account *account, struct text_view fields,
    struct arena *arena, struct api_call *out)
{
	const struct messenger_graph_target target = {
		.node = account->id, .edge = "/subscribed_apps", .query = ""
	};
	struct api_call call;
	enum result result =
	    messenger_graph_call(account, &target, arena, &call);

	if (result == OK)
		result = messenger_graph_write(
		    json_pack(
			"{s:s%}", "subscribed_fields", fields.at, fields.len),
		    arena, &call.body);
	if (result == OK)
		*out = call;
	return result;
}
