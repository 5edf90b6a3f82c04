/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_SETTINGS_PARTS_H
#define HOIDAP_SETTINGS_PARTS_H

#include "settings.h"

/* What the sources of settings (file, environment) share. */

/* Where a value stands, for complaints. */
struct settings_place {
	const char *file;
	unsigned line;
	struct complaint *why;
};

/* Set NAME (with or without _FILE) in SECTION (empty: none) to VALUE. */
enum result settings_assign(struct settings *settings, struct text_view section,
    struct text_view name, struct text_view value,
    const struct settings_place *place) MUST_CHECK;

enum result settings_read_ini(struct settings *settings, const char *path,
    struct complaint *why) MUST_CHECK;
enum result settings_read_environment(struct settings *settings,
    char *const *environment, struct complaint *why) MUST_CHECK;

/* The whole file into OUT, up to its ceiling. */
enum result settings_read_file(const char *path, struct buf *out) MUST_CHECK;

/* What no single value can tell: accounts that lack what they need. */
enum result settings_check(struct settings *settings, const char *path,
    struct complaint *why) MUST_CHECK;

#endif
