/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_SETTINGS_H
#define HOIDAP_SETTINGS_H

#include <stdio.h>

#include "arena.h"
#include "channel.h"

/* The settings of one process: src/config/settings_table.h lists them, with
 * their ranges and words; account_table.h lists those of a page or an OA. */
struct settings {
#define SETTING_TEXT(name, standard, help) const char *name;
#define SETTING_UINT(name, standard, min, max, help) uint64_t name;
#include "src/config/settings_table.h"
#undef SETTING_TEXT
#undef SETTING_UINT
	struct account *accounts;
	size_t account_count;
	struct arena arena; /* owns every string above */
};

/* settings_load(path, environment, settings_out, why):
 * Standards, then the INI file at PATH (NULL: none), then HOIDAP_* variables of
 * ENVIRONMENT ("NAME=value" strings, NULL-ended).  A name with _FILE behind it
 * reads the value from that file.  Unknown names, bad numbers and values out of
 * range are ERR_INVALID with file, line and what to do; nothing is set then. */
enum result settings_load(const char *path, char *const *environment,
    struct settings **settings_out, struct complaint *why) MUST_CHECK;
void settings_free(struct settings *settings);

/* What is in force, as a settings file; secrets as "(set)". */
void settings_print(const struct settings *settings, FILE *out);
/* Every setting with its standard and its help, as a commented settings file. */
void settings_print_example(FILE *out);

/* "HOST:PORT" into its parts, HOST into HOST[SIZE]; "[::1]:80" too. */
enum result settings_listen(const char *listen, char *host, size_t size,
    unsigned short *port_out) MUST_CHECK;

#endif
