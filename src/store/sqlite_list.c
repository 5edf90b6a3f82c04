/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "sqlite_list.h"

#include <string.h>

enum { GROWTH_FIRST = 8 };

void *
sqlite_list_add(struct sqlite_list *list)
{
	if (list->count == list->room) {
		size_t room = list->room == 0 ? GROWTH_FIRST : 2 * list->room;
		char *grown = arena_alloc(list->arena, room, list->size);

		if (grown == NULL)
			return NULL;
		if (list->count > 0)
			memcpy(grown, list->at, list->count * list->size);
		list->at = grown;
		list->room = room;
	}
	return (char *)list->at + list->count++ * list->size;
}

enum result
sqlite_list_read(sqlite3_stmt *statement, enum result started,
    enum result (*read)(sqlite3_stmt *row, struct sqlite_list *list),
    struct sqlite_list *list)
{
	enum result result = started;

	while (result == OK) {
		result = sqlite_query_next(statement);
		if (result == OK)
			result = read(statement, list);
	}
	sqlite_query_end(statement);
	return result == ERR_NOT_FOUND ? OK : result;
}
