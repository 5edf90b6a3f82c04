/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "page_state.h"

#include "clock.h"
#include "faq.h"

/* What profile.json says becomes what Messenger takes: variables are filled in
 * as of today, and an entry becomes the payload that our own buttons have, so
 * that a tap on an ice breaker is a question like any other. */

enum { PAYLOAD_MAX_BYTES = 128 };

/* ---- what there is ---- */

static enum result
fetch(struct platform *platform, enum messenger_ask ask,
    struct api_response *out, struct complaint *why)
{
	struct api_call call;
	enum result result =
	    messenger_page_ask(platform->account, ask, &platform->arena, &call);

	return result == OK ? platform_ask(platform, &call, out, why) : result;
}

enum result
page_state_node(struct platform *platform, enum messenger_ask ask,
    struct messenger_node *out, struct complaint *why)
{
	struct api_response response;
	enum result result = fetch(platform, ask, &response, why);

	if (result == OK)
		result =
		    messenger_page_read(&response, &platform->arena, out, why);
	return result;
}

/* Where Meta does not tell the app of a token, the page's first app counts. */
enum result
page_state_fields(struct platform *platform, struct messenger_fields *out,
    struct complaint *why)
{
	struct messenger_node app = { .id = { "", 0 } };
	struct complaint unsaid;
	struct api_response response;
	enum result result =
	    page_state_node(platform, MESSENGER_ASK_APP, &app, &unsaid);

	if (result != OK)
		app.id = TEXT("");
	result = fetch(platform, MESSENGER_ASK_SUBSCRIPTIONS, &response, why);
	if (result == OK)
		result = messenger_page_fields(
		    &response, app.id, &platform->arena, out, why);
	return result;
}

/* ---- what is wanted ---- */

struct wish {
	const struct faq *faq;
	struct arena *arena;
	struct complaint *why;
	char today[DATE_SIZE];
};

static enum result
fill_in(const struct wish *wish, struct text_view text, struct text_view *out)
{
	return faq_expand(wish->faq, text, wish->today, wish->arena, out);
}

static enum result
make_payload(
    const struct wish *wish, struct text_view id, struct text_view *out)
{
	const struct faq_entry *entry = faq_find(wish->faq, id);
	struct buf payload;
	enum result result;

	if (entry == NULL || !faq_entry_live(entry, wish->today)) {
		complain(wish->why, wish->faq->profile.file, 0,
		    "entry \"%.*s\" is not answered today (draft, retired or "
		    "out of date): publish it or name another one",
		    TEXT_ARGS(id));
		return ERR_INVALID;
	}
	buf_init(&payload, PAYLOAD_MAX_BYTES);
	result = buf_printf(&payload, "entry:%.*s", TEXT_ARGS(id));
	if (result == OK)
		result = arena_text(wish->arena, buf_view(&payload), out);
	buf_fini(&payload);
	return result;
}

static enum result
make_items(const struct wish *wish, const struct faq_items *from,
    const struct messenger_item **out)
{
	struct messenger_item *items =
	    arena_alloc(wish->arena, from->count + 1, sizeof(*items));
	enum result result = items == NULL ? ERR_NOMEM : OK;

	for (size_t i = 0; result == OK && i < from->count; i++) {
		const struct faq_button *item = &from->at[i];

		items[i].title = item->title;
		result =
		    item->url.len > 0
			? fill_in(wish, item->url, &items[i].url)
			: make_payload(wish, item->entry, &items[i].payload);
	}
	if (result == OK)
		*out = items;
	return result;
}

static enum result
make_profile(const struct wish *wish, struct messenger_profile *out)
{
	const struct faq_profile *from = &wish->faq->profile;
	struct messenger_profile profile = { .ice_breaker_count =
						 from->ice_breakers.count,
		.menu_count = from->menu.count };
	enum result result = fill_in(wish, from->greeting, &profile.greeting);

	if (result == OK)
		result = make_items(
		    wish, &from->ice_breakers, &profile.ice_breakers);
	if (result == OK)
		result = make_items(wish, &from->menu, &profile.menu);
	if (result == OK)
		result = messenger_profile_check(&profile, wish->why);
	if (result == OK)
		*out = profile;
	return result;
}

/* Copies into the platform's arena what outlives the base. */
static enum result
compare(struct platform *platform, const struct faq *faq,
    struct messenger_changes *out, struct complaint *why)
{
	struct wish wish = {
		.faq = faq, .arena = &platform->arena, .why = why
	};
	struct messenger_profile profile;
	struct api_response response;
	enum result result;

	date_of_ms(clock_now_ms(), wish.today);
	result = make_profile(&wish, &profile);
	if (result == OK)
		result = fetch(platform, MESSENGER_ASK_PROFILE, &response, why);
	if (result == OK)
		result = messenger_profile_compare(
		    &profile, &response, &platform->arena, out, why);
	return result;
}

enum result
page_state_changes(struct platform *platform, struct messenger_changes *out,
    struct complaint *why)
{
	struct faq *faq = NULL;
	enum result result = faq_load(platform->settings->faq_dir, &faq, why);

	if (result == OK && !faq->profile.known) {
		complain(why, platform->settings->faq_dir, 0,
		    "there is no profile.json, which says what the page shows; "
		    "copy the one that comes with hoidap and change it");
		result = ERR_NOT_FOUND;
	}
	if (result == OK)
		result = compare(platform, faq, out, why);
	faq_free(faq);
	return result;
}
