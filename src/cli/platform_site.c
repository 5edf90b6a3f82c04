/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "platform_site.h"

#include <stdio.h>
#include <string.h>

#include "buf.h"

enum { URL_MAX_BYTES = 1024 };

#define HELP                                                                   \
	"is the server running, does its proxy pass this path on, and does "   \
	"the name lead to it?"

static enum result
get(struct platform *platform, const char *path, struct api_response *out,
    struct complaint *why)
{
	struct api_call call = { .method = "GET" };
	struct buf url;
	enum result result;

	buf_init(&url, URL_MAX_BYTES);
	result = buf_printf(&url, "%s%s", platform->settings->public_url, path);
	if (result == OK)
		call.url = arena_string(&platform->arena, buf_view(&url));
	buf_fini(&url);
	if (result == OK && call.url == NULL)
		result = ERR_NOMEM;
	return result == OK ? platform_ask(platform, &call, out, why) : result;
}

static bool
has_public_url(struct platform *platform)
{
	return platform_has(platform, platform->settings->public_url,
	    "public_url",
	    "the https:// address under which the platform reaches the "
	    "server");
}

void
platform_site_webhook(struct platform *platform, const char *path, long status)
{
	const char *site = platform->settings->public_url;
	struct complaint why = { .text = "" };
	struct api_response response;
	enum result result;

	if (!has_public_url(platform))
		return;
	result = get(platform, path, &response, &why);
	if (!platform_went(platform, "the webhook address", result, &why))
		return;
	if (response.status == status)
		platform_good("the webhook answers at %s%s", site, path);
	else
		platform_bad(platform,
		    "%s%s answers with HTTP status %ld, not %ld: " HELP, site,
		    path, response.status, status);
}

void
platform_site_proof(struct platform *platform, const char *path)
{
	const char *site = platform->settings->public_url;
	const char *code = platform->settings->zalo_verification;
	struct complaint why = { .text = "" };
	struct api_response response;
	char meta[512];
	enum result result;

	if (site[0] == '\0')
		return; /* has been told */
	(void)snprintf(meta, sizeof(meta),
	    "name=\"zalo-platform-site-verification\" content=\"%s\"", code);
	result = get(platform, path, &response, &why);
	if (!platform_went(platform, "the proof of the domain", result, &why))
		return;
	if (response.status == 200 &&
	    text_find(response.body, text_of(meta)) != SIZE_MAX)
		platform_good("%s%s shows Zalo's code", site, path);
	else
		platform_bad(platform,
		    "%s%s (HTTP status %ld) does not show the code of "
		    "zalo_verification: restart the server after setting "
		    "it; " HELP,
		    site, path, response.status);
}
