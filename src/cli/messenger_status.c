/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "messenger_status.h"

#include "page_state.h"
#include "platform_site.h"

/* Every check stands alone, so that one look tells of everything; only when the
 * token itself is refused there is no sense in asking more.
 *
 * Meta tells the permissions of a token to somebody who brings it in a URL,
 * which is logged on its way.  So each permission is tried: the profile needs
 * pages_messaging, the subscriptions need pages_manage_metadata. */

/* False: nothing else can be asked with this token. */
static bool
check_token(struct platform *platform)
{
	const struct account *account = platform->account;
	struct complaint why = { .text = "" };
	struct messenger_node page;
	enum result result =
	    page_state_node(platform, MESSENGER_ASK_PAGE, &page, &why);

	if (!platform_went(platform, "the page token", result, &why))
		return false;
	platform_good("Meta takes the page token and the app secret");
	if (text_is(page.id, account->id))
		platform_good("it is page %s, \"%.*s\"", account->id,
		    TEXT_ARGS(page.name));
	else
		platform_bad(platform,
		    "the token belongs to \"%.*s\" (%.*s), but "
		    "messenger_page_id is %s: correct one of them",
		    TEXT_ARGS(page.name), TEXT_ARGS(page.id), account->id);
	return true;
}

static void
check_fields(struct platform *platform)
{
	struct complaint why = { .text = "" };
	struct messenger_fields fields;
	enum result result = page_state_fields(platform, &fields, &why);

	if (!platform_went(platform, "what the page sends", result, &why))
		return;
	if (!fields.subscribed)
		platform_bad(platform,
		    "the page sends the app nothing, so no message arrives: "
		    "run `hoidap messenger setup` (Meta also ends it by itself "
		    "when the webhook has failed for an hour)");
	else if (fields.missing.len > 0)
		platform_bad(platform,
		    "the page does not send %.*s: run `hoidap messenger setup`",
		    TEXT_ARGS(fields.missing));
	else
		platform_good("the page sends every field that is read");
}

static void
check_profile(struct platform *platform)
{
	struct complaint why = { .text = "" };
	struct messenger_changes changes;
	enum result result = page_state_changes(platform, &changes, &why);

	if (!platform_went(
		platform, "greeting, ice breakers and menu", result, &why))
		return;
	for (size_t i = 0; i < changes.count; i++)
		platform_bad(platform,
		    "%s is not as profile.json has it: run `hoidap messenger "
		    "setup`",
		    changes.at[i].property);
	if (changes.count == 0)
		platform_good("greeting, ice breakers and menu are as "
			      "profile.json has them");
}

/* Nothing can ask Meta for these. */
static void
print_todo(const struct platform *platform)
{
	const char *site = platform->settings->public_url;

	if (site[0] == '\0')
		site = "https://HOST";
	platform_todo("in the app's dashboard, Messenger, Webhooks: callback "
		      "URL %s/webhooks/messenger, verify token as in "
		      "messenger_verify_token, and the same fields as above",
	    site);
	platform_todo("in App settings, Basic: data deletion callback "
		      "%s/webhooks/messenger/deletion, and a privacy policy",
	    site);
	platform_todo("in App Review: pages_messaging, pages_manage_metadata "
		      "and the feature Human Agent; until then only people "
		      "with a role in the app get answers");
	platform_todo("after the review: switch the app to Live");
}

void
messenger_status(struct platform *platform)
{
	if (check_token(platform)) {
		check_fields(platform);
		check_profile(platform);
	}
	/* Without Meta's parameters the address is found, and refuses. */
	platform_site_webhook(platform, "/webhooks/messenger", 403);
	print_todo(platform);
}
