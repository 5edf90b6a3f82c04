/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "json_body.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* How deep JSON nests. */
static unsigned
depth(json_t *json)
{
	unsigned deepest = 0;
	const char *key;
	json_t *item;
	size_t at;

	json_array_foreach(json, at, item)
	{
		unsigned below = depth(item);

		deepest = below > deepest ? below : deepest;
	}
	json_object_foreach(json, key, item)
	{
		unsigned below = depth(item);

		deepest = below > deepest ? below : deepest;
	}
	return deepest + (json_is_array(json) || json_is_object(json));
}

/* Whatever is sent to the staff API: a complaint, or an object that is not too
 * deep. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct text_view body = { (const char *)data, size };
	struct complaint why = { .text = "" };
	json_t *json = NULL;
	enum result result = json_body_read(body, &json, &why);

	if (result == OK) {
		assert(json_is_object(json));
		assert(depth(json) <= JSON_BODY_DEPTH_MAX);
	} else if (result == ERR_INVALID) {
		assert(json == NULL && why.text[0] != '\0');
	}
	json_decref(json);
	return 0;
}
