/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_STORE_SQLITE_LIST_H
#define HOIDAP_STORE_SQLITE_LIST_H

#include "sqlite_query.h"

/* All rows of a statement, as an array in an arena that doubles; what it
 * outgrows is given back with the arena.  Start with ARENA and SIZE set and
 * the rest zero. */
struct sqlite_list {
	struct arena *arena;
	void *at;
	size_t size; /* of an item */
	size_t count;
	size_t room;
};

/* A place for one more item, zeroed; NULL when out of memory. */
void *sqlite_list_add(struct sqlite_list *list);

/* Give every row of STATEMENT, which was STARTED, to READ, which adds what it
 * holds to LIST; then end it. */
enum result sqlite_list_read(sqlite3_stmt *statement, enum result started,
    enum result (*read)(sqlite3_stmt *row, struct sqlite_list *list),
    struct sqlite_list *list) MUST_CHECK;

#endif
