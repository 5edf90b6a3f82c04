/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "postings.h"

#include <stdlib.h>

enum { FIRST_LISTS = 1024, FIRST_EXEMPLARS = 4 };

void
postings_fini(struct postings *postings)
{
	for (size_t i = 0; i < postings->count; i++)
		free(postings->lists[i].at);
	free(postings->lists);
	map_fini(&postings->numbers);
	*postings = (struct postings){ .count = 0 };
}

uint32_t
postings_number(const struct postings *postings, uint64_t term)
{
	return map_find(&postings->numbers, term);
}

static enum result
grow_lists(struct postings *postings)
{
	size_t room =
	    postings->room == 0 ? (size_t)FIRST_LISTS : 2 * postings->room;
	struct posting *lists = realloc(postings->lists, room * sizeof(*lists));

	if (lists == NULL)
		return ERR_NOMEM;
	postings->lists = lists;
	postings->room = room;
	return OK;
}

enum result
postings_learn(struct postings *postings, uint64_t term, uint32_t *number_out)
{
	uint32_t number = postings_number(postings, term);
	enum result result = OK;

	if (number != MAP_NONE) {
		*number_out = number;
		return OK;
	}
	if (postings->count == postings->room)
		result = grow_lists(postings);
	number = (uint32_t)postings->count;
	if (result == OK)
		result = map_put(&postings->numbers, term, number);
	if (result != OK)
		return result;
	postings->lists[postings->count++] = (struct posting){ .term = term };
	*number_out = number;
	return OK;
}

enum result
postings_add(struct postings *postings, uint32_t number, uint32_t exemplar)
{
	struct posting *list = &postings->lists[number];

	if (list->count == list->room) {
		uint32_t room = list->room == 0 ? (uint32_t)FIRST_EXEMPLARS
						: 2 * list->room;
		uint32_t *at = realloc(list->at, room * sizeof(*at));

		if (at == NULL)
			return ERR_NOMEM;
		list->at = at;
		list->room = room;
	}
	list->at[list->count++] = exemplar;
	return OK;
}

void
postings_remove(struct postings *postings, uint32_t number, uint32_t exemplar)
{
	struct posting *list = &postings->lists[number];

	for (uint32_t i = 0; i < list->count; i++) {
		if (list->at[i] == exemplar) {
			list->at[i] = list->at[--list->count];
			return;
		}
	}
}
