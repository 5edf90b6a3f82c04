/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "assets.h"
#include "text.h"

#include <string.h>

#include "tests/support/cmocka_all.h"

/* What the console's pages may weigh, and what may not be in them.  How they
 * are served is in tests/scenario/console_test.c. */

static bool
is_page(const struct asset *asset)
{
	return text_starts(text_of(asset->path), TEXT("src/console/web/")) ||
	       text_starts(text_of(asset->path), TEXT("build/vendor/"));
}

static void
the_whole_console_weighs_less_than_250_kilobytes_on_its_way(void **state)
{
	enum { WEIGHT_MAX_BYTES = 250 * 1000 };
	size_t bytes = 0;

	(void)state;
	for (const struct asset *asset = assets; asset->path != NULL; asset++)
		bytes += is_page(asset) ? asset->gzip.len : 0;
	assert_in_range(bytes, 1, WEIGHT_MAX_BYTES);
}

static void
no_page_names_another_host_or_writes_raw_html(void **state)
{
	static const char *const banned[] = { "http://", "https://",
		"innerHTML", "dangerouslySetInnerHTML", "eval(",
		"document.write", " onclick=", " style=\"" };

	(void)state;
	for (const struct asset *asset = assets; asset->path != NULL; asset++) {
		if (!text_starts(
			text_of(asset->path), TEXT("src/console/web/")))
			continue;
		for (size_t i = 0; i < sizeof(banned) / sizeof(banned[0]); i++)
			if (text_find(asset->content, text_of(banned[i])) !=
			    SIZE_MAX)
				fail_msg("%s has %s", asset->path, banned[i]);
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    the_whole_console_weighs_less_than_250_kilobytes_on_its_way),
		cmocka_unit_test(no_page_names_another_host_or_writes_raw_html),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
