/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Turns read the notices in memory: the file is read when staff change them.
 * A set is swapped whole, as the FAQ base is, and freed by its last holder. */
#include "notices.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

enum { SET_MAX_BYTES = 4 * 1024 * 1024 };

/* The count of holders stands beside what they see, which stays const. */
struct set {
	struct notices notices; /* first: holders have its address */
	struct arena arena;
	_Atomic unsigned holders;
};

struct notice_board {
	pthread_mutex_t mutex;
	const struct notices *current;
};

bool
notice_covers(
    const struct notice *notice, struct text_view topic, uint64_t now_ms)
{
	struct text_view topics = notice->topics;
	struct text_view one;

	if (now_ms < notice->from_ms || now_ms >= notice->until_ms)
		return false;
	if (topics.len == 0)
		return true;
	while (text_split(&topics, ' ', &one))
		if (one.len > 0 && text_equal(one, topic))
			return true;
	return false;
}

const struct channel_off *
notices_off(const struct notices *notices, const char *channel)
{
	if (notices == NULL)
		return NULL;
	for (size_t i = 0; i < notices->off_count; i++)
		if (text_is(notices->off[i].channel, channel))
			return &notices->off[i];
	return NULL;
}

/* ---- one set ---- */

static enum result
copy_notices(const struct notices *from, struct set *set)
{
	struct notices *out = &set->notices;
	enum result result = OK;

	out->at = arena_alloc(&set->arena, from->count, sizeof(*out->at));
	if (from->count > 0 && out->at == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; result == OK && i < from->count; i++) {
		out->at[i] = from->at[i];
		result = arena_text(
		    &set->arena, from->at[i].topics, &out->at[i].topics);
		if (result == OK)
			result = arena_text(
			    &set->arena, from->at[i].text, &out->at[i].text);
	}
	out->count = from->count;
	return result;
}

static enum result
copy_off(const struct notices *from, struct set *set)
{
	struct notices *out = &set->notices;
	enum result result = OK;

	out->off = arena_alloc(&set->arena, from->off_count, sizeof(*out->off));
	if (from->off_count > 0 && out->off == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; result == OK && i < from->off_count; i++) {
		const struct channel_off *row = &from->off[i];

		out->off[i] = *row;
		result =
		    arena_text(&set->arena, row->channel, &out->off[i].channel);
		if (result == OK)
			result = arena_text(
			    &set->arena, row->text, &out->off[i].text);
		if (result == OK)
			result = arena_text(
			    &set->arena, row->reason, &out->off[i].reason);
	}
	out->off_count = from->off_count;
	return result;
}

static void
set_free(struct set *set)
{
	arena_fini(&set->arena);
	free(set);
}

/* NULL when out of memory. */
static struct set *
set_new(const struct notices *from)
{
	struct set *set = calloc(1, sizeof(*set));

	if (set == NULL)
		return NULL;
	arena_init(&set->arena, SET_MAX_BYTES);
	atomic_store(&set->holders, 1);
	if (copy_notices(from, set) == OK && copy_off(from, set) == OK)
		return set;
	set_free(set);
	return NULL;
}

/* Holders see const notices; only the count behind them changes. */
static struct set *
set_of(const struct notices *notices)
{
	union {
		const struct notices *seen;
		struct set *whole;
	} set = { notices };

	return set.whole;
}

void
notices_drop(const struct notices *notices)
{
	if (notices != NULL &&
	    atomic_fetch_sub(&set_of(notices)->holders, 1) == 1)
		set_free(set_of(notices));
}

/* ---- the board ---- */

struct notice_board *
notice_board_new(void)
{
	const struct notices none = { .count = 0 };
	struct notice_board *board = calloc(1, sizeof(*board));
	struct set *first = set_new(&none);

	if (board == NULL || first == NULL) {
		free(board);
		notices_drop(first == NULL ? NULL : &first->notices);
		return NULL;
	}
	(void)pthread_mutex_init(&board->mutex, NULL);
	board->current = &first->notices;
	return board;
}

void
notice_board_free(struct notice_board *board)
{
	if (board == NULL)
		return;
	notices_drop(board->current);
	(void)pthread_mutex_destroy(&board->mutex);
	free(board);
}

const struct notices *
notice_board_get(struct notice_board *board)
{
	const struct notices *current;

	if (board == NULL)
		return NULL;
	(void)pthread_mutex_lock(&board->mutex);
	current = board->current;
	(void)atomic_fetch_add(&set_of(current)->holders, 1);
	(void)pthread_mutex_unlock(&board->mutex);
	return current;
}

enum result
notice_board_set(struct notice_board *board, const struct notices *next)
{
	const struct notices *before;
	struct set *set = set_new(next);

	if (set == NULL)
		return ERR_NOMEM;
	(void)pthread_mutex_lock(&board->mutex);
	before = board->current;
	board->current = &set->notices;
	(void)pthread_mutex_unlock(&board->mutex);
	notices_drop(before);
	return OK;
}
