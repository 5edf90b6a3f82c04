/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "offline.h"

#include <unistd.h>

#include "clock.h"

enum { STORE_TURNS_MAX = 16, ARENA_MAX_BYTES = 16 * 1024 * 1024 };

enum result
offline_open(struct offline *offline, const char *config, struct complaint *why)
{
	struct store_options options = { .turns_waiting_max = STORE_TURNS_MAX };
	enum result result;

	*offline = (struct offline){ .store = NULL };
	arena_init(&offline->arena, ARENA_MAX_BYTES);
	result = settings_load(config, environ, &offline->settings, why);
	if (result != OK)
		return result;
	options.url = offline->settings->store;
	return store_open(&options, &offline->store, why);
}

void
offline_close(struct offline *offline)
{
	store_close(offline->store);
	arena_fini(&offline->arena);
	settings_free(offline->settings);
}

struct audit_line
offline_line(const char *action, struct text_view subject)
{
	return (struct audit_line){ .at_ms = clock_now_ms(),
		.login = TEXT("cli"),
		.action = text_of(action),
		.subject = subject };
}
