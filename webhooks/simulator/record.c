/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Rows are kept as the text that is served: a reader costs one copy, and their
 * size is known exactly, so that the ceiling in bytes holds. */
#include "record.h"

#include <stdlib.h>
#include <string.h>

enum result
sim_record_init(struct sim_record *record, size_t rows_max, size_t bytes_max)
{
	struct sim_row *rows = calloc(rows_max, sizeof(*rows));

	if (rows == NULL)
		return ERR_NOMEM;
	*record = (struct sim_record){ .rows = rows,
		.rows_max = rows_max,
		.bytes_max = bytes_max,
		.first = 1 };
	return OK;
}

static struct sim_row *
row_at(const struct sim_record *record, uint64_t number)
{
	return &record->rows[number % record->rows_max];
}

static void
drop_oldest(struct sim_record *record)
{
	struct sim_row *row = row_at(record, record->first);

	record->bytes -= row->len;
	free(row->json);
	*row = (struct sim_row){ NULL, 0 };
	record->first++;
}

void
sim_record_clear(struct sim_record *record)
{
	while (record->first <= record->last)
		drop_oldest(record);
}

void
sim_record_fini(struct sim_record *record)
{
	if (record->rows == NULL)
		return;
	sim_record_clear(record);
	free(record->rows);
	record->rows = NULL;
}

enum result
sim_record_add(struct sim_record *record, json_t *row)
{
	uint64_t number = record->last + 1;
	char *json;
	size_t len;

	if (json_object_set_new(row, "n", json_integer((json_int_t)number)) !=
	    0)
		return ERR_NOMEM;
	json = json_dumps(row, JSON_COMPACT);
	if (json == NULL)
		return ERR_NOMEM;
	len = strlen(json);
	if (len > record->bytes_max) {
		free(json);
		return ERR_TOO_LARGE;
	}
	while (record->first <= record->last &&
	       (number - record->first >= record->rows_max ||
		   record->bytes + len > record->bytes_max))
		drop_oldest(record);
	*row_at(record, number) = (struct sim_row){ json, len };
	record->bytes += len;
	record->last = number;
	return OK;
}

static void
append(char *out, size_t *len, struct text_view text)
{
	memcpy(out + *len, text.at, text.len);
	*len += text.len;
}

enum result
sim_record_list(const struct sim_record *record, uint64_t after,
    size_t count_max, struct arena *arena, struct text_view *out)
{
	uint64_t from = after + 1 > record->first ? after + 1 : record->first;
	uint64_t to = from; /* not included */
	size_t size = sizeof("[]");
	size_t len = 0;
	char *list;

	for (; to <= record->last && to - from < count_max; to++)
		size += row_at(record, to)->len + 1;
	list = arena_alloc(arena, size, 1);
	if (list == NULL)
		return ERR_NOMEM;
	append(list, &len, TEXT("["));
	for (uint64_t number = from; number < to; number++) {
		const struct sim_row *row = row_at(record, number);

		if (number > from)
			append(list, &len, TEXT(","));
		append(list, &len, (struct text_view){ row->json, row->len });
	}
	append(list, &len, TEXT("]"));
	*out = (struct text_view){ list, len };
	return OK;
}
