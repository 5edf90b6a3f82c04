/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "messenger_profile.h"

#include "graph.h"
#include "messenger_page.h"
#include "utf8.h"

/* The Messenger Profile API takes whole properties.  Each one is built as Meta
 * wants it and compared with what Meta says there is: where everything that we
 * say is there already, nothing changes, so that a second run does nothing.
 * Meta adds members of its own (the height of a web view), which are no
 * difference.
 *
 * Get Started is always ours: without it there is no menu, and its tap is what
 * begins a conversation.  Ice breakers and the menu are removed where they are
 * empty. */

enum {
	GREETING_MAX = 160,
	QUESTION_MAX = 80,
	TITLE_MAX = 30,
	PAYLOAD_MAX_BYTES = 1000,
	ICE_BREAKERS_MAX = 4,
	MENU_MAX = 20,
};

/* ---- limits ---- */

static enum result
check_items(const struct messenger_item *items, size_t count, const char *what,
    size_t title_max, struct complaint *why)
{
	for (size_t i = 0; i < count; i++) {
		if (items[i].title.len == 0 ||
		    utf16_length(items[i].title) > title_max) {
			complain(why, NULL, 0,
			    "%s %zu: its title has none or more than %zu "
			    "characters",
			    what, i + 1, title_max);
			return ERR_INVALID;
		}
		if (items[i].payload.len > PAYLOAD_MAX_BYTES ||
		    (items[i].payload.len == 0) == (items[i].url.len == 0)) {
			complain(why, NULL, 0,
			    "%s %zu: it must have either a payload or an "
			    "address",
			    what, i + 1);
			return ERR_INVALID;
		}
	}
	return OK;
}

enum result
messenger_profile_check(
    const struct messenger_profile *profile, struct complaint *why)
{
	size_t length = utf16_length(profile->greeting);
	enum result result;

	if (length == 0 || length > GREETING_MAX) {
		complain(why, NULL, 0,
		    "the greeting has %zu characters with its variables "
		    "filled in; Messenger takes 1 to %d: shorten it",
		    length, GREETING_MAX);
		return ERR_INVALID;
	}
	if (profile->ice_breaker_count > ICE_BREAKERS_MAX ||
	    profile->menu_count > MENU_MAX) {
		complain(why, NULL, 0,
		    "Messenger takes at most %d ice breakers and %d menu items",
		    ICE_BREAKERS_MAX, MENU_MAX);
		return ERR_INVALID;
	}
	result = check_items(profile->ice_breakers, profile->ice_breaker_count,
	    "ice breaker", QUESTION_MAX, why);
	if (result != OK)
		return result;
	return check_items(
	    profile->menu, profile->menu_count, "menu item", TITLE_MAX, why);
}

/* ---- a property as Meta wants it; NULL: out of memory ---- */

static json_t *
build_text(struct text_view text)
{
	return json_stringn(text.at == NULL ? "" : text.at, text.len);
}

static json_t *
build_get_started(const struct messenger_profile *profile)
{
	(void)profile;
	return json_pack("{s:s}", "payload", "start");
}

static json_t *
build_greeting(const struct messenger_profile *profile)
{
	return json_pack("[{s:s, s:o}]", "locale", "default", "text",
	    build_text(profile->greeting));
}

static json_t *
build_question(const struct messenger_item *item)
{
	return json_pack("{s:o, s:o}", "question", build_text(item->title),
	    "payload", build_text(item->payload));
}

static json_t *
build_menu_item(const struct messenger_item *item)
{
	if (item->url.len > 0)
		return json_pack("{s:s, s:o, s:o}", "type", "web_url", "title",
		    build_text(item->title), "url", build_text(item->url));
	return json_pack("{s:s, s:o, s:o}", "type", "postback", "title",
	    build_text(item->title), "payload", build_text(item->payload));
}

static json_t *
build_list(const struct messenger_item *items, size_t count,
    json_t *(*build)(const struct messenger_item *item))
{
	json_t *list = json_array();
	int failed = list == NULL;

	for (size_t i = 0; failed == 0 && i < count; i++)
		failed = json_array_append_new(list, build(&items[i]));
	if (failed == 0)
		return list;
	json_decref(list);
	return NULL;
}

static json_t *
build_ice_breakers(const struct messenger_profile *profile)
{
	return json_pack("[{s:s, s:o}]", "locale", "default", "call_to_actions",
	    build_list(profile->ice_breakers, profile->ice_breaker_count,
		build_question));
}

static json_t *
build_menu(const struct messenger_profile *profile)
{
	return json_pack("[{s:s, s:b, s:o}]", "locale", "default",
	    "composer_input_disabled", 0, "call_to_actions",
	    build_list(profile->menu, profile->menu_count, build_menu_item));
}

static bool
has_ice_breakers(const struct messenger_profile *profile)
{
	return profile->ice_breaker_count > 0;
}

static bool
has_menu(const struct messenger_profile *profile)
{
	return profile->menu_count > 0;
}

static const struct property {
	const char *name;
	bool (*wanted)(const struct messenger_profile *); /* NULL: always */
	json_t *(*build)(const struct messenger_profile *);
} properties[MESSENGER_PROPERTIES] = {
	{ "get_started", NULL, build_get_started },
	{ "greeting", NULL, build_greeting },
	{ "ice_breakers", has_ice_breakers, build_ice_breakers },
	{ "persistent_menu", has_menu, build_menu },
};

/* ---- the difference ---- */

/* Is everything that WANTED says in GIVEN?  WANTED is ours and shallow. */
static bool
covers(const json_t *given, json_t *wanted)
{
	json_t *value;
	const char *key;
	size_t i;

	if (json_is_object(wanted)) {
		json_object_foreach((json_t *)(uintptr_t)wanted, key,
		    value) if (!covers(json_object_get(given, key),
				   value)) return false;
		return json_is_object(given);
	}
	if (json_is_array(wanted)) {
		json_array_foreach(
		    wanted, i, value) if (!covers(json_array_get(given, i),
					      value)) return false;
		return json_array_size(given) == json_array_size(wanted);
	}
	return json_equal(given, wanted) == 1;
}

/* Appends a change to OUT where there is one. */
static enum result
compare(const struct property *property,
    const struct messenger_profile *profile, json_t *given, struct arena *arena,
    struct messenger_changes *out)
{
	struct messenger_change change = { .property = property->name };
	bool wants = property->wanted == NULL || property->wanted(profile);
	json_t *wanted = wants ? property->build(profile) : NULL;
	enum result result = OK;

	if (wants && wanted == NULL)
		return ERR_NOMEM;
	if (wants ? covers(given, wanted) : given == NULL) {
		json_decref(wanted);
		return OK;
	}
	if (given != NULL)
		result = messenger_graph_write(
		    json_incref(given), arena, &change.before);
	if (result != OK)
		json_decref(wanted);
	else if (wants)
		result = messenger_graph_write(wanted, arena, &change.after);
	if (result == OK)
		out->at[out->count++] = change;
	return result;
}

/* {"data": [{...}]}, or {"data": []} for a page without a profile. */
enum result
messenger_profile_compare(const struct messenger_profile *profile,
    const struct api_response *current, struct arena *arena,
    struct messenger_changes *out, struct complaint *why)
{
	struct messenger_changes changes = { .count = 0 };
	const json_t *given;
	json_t *root = NULL;
	enum result result = messenger_graph_read(current, &root, why);

	if (result != OK)
		return result;
	given = json_array_get(json_object_get(root, "data"), 0);
	for (size_t i = 0; result == OK && i < MESSENGER_PROPERTIES; i++)
		result = compare(&properties[i], profile,
		    json_object_get(given, properties[i].name), arena,
		    &changes);
	json_decref(root);
	if (result == OK)
		*out = changes;
	return result;
}

/* ---- the calls ---- */

static enum result
finish_call(const struct account *account, const char *method, json_t *body,
    struct arena *arena, struct api_call *out)
{
	const struct messenger_graph_target target = { .method = method,
		.node = "me",
		.edge = "/messenger_profile",
		.query = "" };
	struct api_call call;
	enum result result =
	    messenger_graph_call(account, &target, arena, &call);

	if (result != OK) {
		json_decref(body);
		return result;
	}
	result = messenger_graph_write(body, arena, &call.body);
	if (result == OK)
		*out = call;
	return result;
}

/* {"PROPERTY": ...} of what is to be set; NULL: out of memory. */
static json_t *
build_set(const struct messenger_changes *changes)
{
	json_t *body = json_object();
	int failed = body == NULL;

	for (size_t i = 0; failed == 0 && i < changes->count; i++) {
		const struct messenger_change *change = &changes->at[i];

		if (change->after.len > 0)
			failed = json_object_set_new(body, change->property,
			    json_loadb(
				change->after.at, change->after.len, 0, NULL));
	}
	if (failed == 0)
		return body;
	json_decref(body);
	return NULL;
}

static json_t *
build_unset(const struct messenger_changes *changes)
{
	json_t *fields = json_array();

	for (size_t i = 0; i < changes->count; i++)
		if (changes->at[i].after.len == 0 &&
		    json_array_append_new(
			fields, json_string(changes->at[i].property)) != 0) {
			json_decref(fields);
			return NULL;
		}
	return json_pack("{s:o}", "fields", fields);
}

enum result
messenger_profile_apply(const struct account *account,
    const struct messenger_changes *changes, struct arena *arena,
    struct api_call out[MESSENGER_PROFILE_CALLS], size_t *count_out)
{
	size_t sets = 0;
	size_t count = 0;
	enum result result = OK;

	for (size_t i = 0; i < changes->count; i++)
		sets += changes->at[i].after.len > 0;
	if (sets > 0)
		result = finish_call(
		    account, NULL, build_set(changes), arena, &out[count++]);
	if (result == OK && sets < changes->count)
		result = finish_call(account, "DELETE", build_unset(changes),
		    arena, &out[count++]);
	if (result == OK)
		*count_out = count;
	return result;
}
