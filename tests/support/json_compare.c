/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "json_compare.h"

#include "cmocka_all.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { KEY_BYTES = 256 };

struct comparison {
	const char *where;
	unsigned differences;
};

static void compare(struct comparison *comparison, const char *key,
    json_t *want, const json_t *got);

static void
differ(struct comparison *comparison, const char *key, const json_t *want,
    const json_t *got)
{
	size_t flags = JSON_COMPACT | JSON_ENCODE_ANY;
	char *wanted = json_dumps(want, flags);
	char *gotten = got == NULL ? NULL : json_dumps(got, flags);

	print_error("%s: %s: expected %s, got %s\n", comparison->where, key,
	    wanted, gotten == NULL ? "nothing" : gotten);
	comparison->differences++;
	free(wanted);
	free(gotten);
}

static void
compare_objects(struct comparison *comparison, const char *key, json_t *want,
    const json_t *got)
{
	const char *name;
	json_t *value;

	json_object_foreach(want, name, value)
	{
		char path[KEY_BYTES];

		(void)snprintf(path, sizeof(path), "%s%s%s", key,
		    key[0] == '\0' ? "" : ".", name);
		compare(comparison, path, value, json_object_get(got, name));
	}
}

static void
compare_lists(struct comparison *comparison, const char *key,
    const json_t *want, const json_t *got)
{
	if (json_array_size(want) != json_array_size(got)) {
		differ(comparison, key, want, got);
		return;
	}
	for (size_t i = 0; i < json_array_size(want); i++) {
		char path[KEY_BYTES];

		(void)snprintf(path, sizeof(path), "%s[%zu]", key, i);
		compare(comparison, path, json_array_get(want, i),
		    json_array_get(got, i));
	}
}

static bool
same_value(const char *key, const json_t *want, const json_t *got)
{
	if (strcmp(key, "refused") == 0 && json_is_string(want) &&
	    json_is_string(got))
		return strstr(json_string_value(got),
			   json_string_value(want)) != NULL;
	return json_equal(want, got);
}

static void
compare(struct comparison *comparison, const char *key, json_t *want,
    const json_t *got)
{
	if (json_is_null(want)) {
		if (got != NULL)
			differ(comparison, key, want, got);
	} else if (json_is_object(want) && json_is_object(got)) {
		compare_objects(comparison, key, want, got);
	} else if (json_is_array(want) && json_is_array(got)) {
		compare_lists(comparison, key, want, got);
	} else if (!same_value(key, want, got)) {
		differ(comparison, key, want, got);
	}
}

unsigned
json_compare(const char *where, json_t *want, const json_t *got)
{
	struct comparison comparison = { where, 0 };

	compare(&comparison, "", want, got);
	return comparison.differences;
}
