/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "record.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "cmocka_all.h"
#include "http_client.h"

enum { ONE_WAIT_MS = 5000, PATIENCE_MS = 20000 };

void
record_init(struct record *record, unsigned short port)
{
	*record = (struct record){ .port = port, .rows = json_array() };
	assert_non_null(record->rows);
}

void
record_fini(struct record *record)
{
	json_decref(record->rows);
}

bool
record_more(struct record *record, unsigned wait_ms)
{
	char path[128];
	struct http_client_answer answer;
	json_t *fresh;
	size_t count;

	(void)snprintf(path, sizeof(path),
	    "/simulator/record?after=%" PRIu64 "&wait_ms=%u", record->last,
	    wait_ms);
	answer = http_client_call(record->port, "GET", path, "", text_of(NULL));
	assert_int_equal(answer.status, 200);
	fresh = json_loadb(answer.body, answer.body_len, 0, NULL);
	free(answer.text);
	assert_true(json_is_array(fresh));
	count = json_array_size(fresh);
	if (count > 0)
		record->last = (uint64_t)json_integer_value(
		    json_object_get(json_array_get(fresh, count - 1), "n"));
	assert_int_equal(json_array_extend(record->rows, fresh), 0);
	json_decref(fresh);
	return count > 0;
}

const char *
record_text(const json_t *row, const char *key)
{
	const char *text = json_string_value(json_object_get(row, key));

	return text == NULL ? "" : text;
}

static bool
text_fits(const json_t *row, const char *key, const char *wanted)
{
	return wanted == NULL || strcmp(record_text(row, key), wanted) == 0;
}

static bool
fits(const json_t *row, const struct record_filter *filter)
{
	return text_fits(row, "api", filter->api) &&
	       text_fits(row, "channel", filter->channel) &&
	       text_fits(row, "citizen", filter->citizen) &&
	       (filter->refused_too ||
		   json_is_true(json_object_get(row, "accepted")));
}

const json_t *
record_wait(
    struct record *record, const struct record_filter *filter, size_t *at)
{
	uint64_t until_ms = clock_monotonic_ms() + PATIENCE_MS;

	for (;;) {
		while (*at < json_array_size(record->rows)) {
			const json_t *row =
			    json_array_get(record->rows, (*at)++);

			if (fits(row, filter))
				return row;
		}
		if (!record_more(record, ONE_WAIT_MS) &&
		    clock_monotonic_ms() > until_ms)
			fail_msg("nothing came: api %s, citizen %s",
			    filter->api, filter->citizen);
	}
}

size_t
record_count(struct record *record, const struct record_filter *filter)
{
	size_t count = 0;

	while (record_more(record, 0))
		continue;
	for (size_t i = 0; i < json_array_size(record->rows); i++)
		if (fits(json_array_get(record->rows, i), filter))
			count++;
	return count;
}
