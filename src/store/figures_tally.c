/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* One pass over the questions of a period counts them by everything at once: a
 * year of a city's questions is some ten thousand small rows, which takes
 * less time than five queries that sort them. */
#include "figures_tally.h"

#include <string.h>

#include "hash.h"

static const uint64_t hour_ms = (uint64_t)3600 * 1000;
/* Vietnam is seven hours ahead, all the year. */
static const uint64_t zone_ms = (uint64_t)7 * 3600 * 1000;

enum { FIRST_ROOM = 64, TABLE_PER_ENTRY = 4 };

static uint64_t
local_hours(uint64_t at_ms)
{
	return (at_ms + zone_ms) / hour_ms;
}

static uint64_t
local_days(uint64_t at_ms)
{
	return local_hours(at_ms) / FIGURES_HOURS;
}

enum result
figures_tally_init(struct figures_tally *tally,
    const struct figures_period *period, struct arena *arena)
{
	uint64_t first = local_days(period->from_ms);
	struct figures *figures = &tally->figures;

	*tally = (struct figures_tally){ .arena = arena };
	figures->day_count =
	    (size_t)(local_days(period->until_ms - 1) - first) + 1;
	figures->first_day_ms = first * FIGURES_HOURS * hour_ms - zone_ms;
	figures->days =
	    arena_alloc(arena, figures->day_count, sizeof(*figures->days));
	return figures->days == NULL ? ERR_NOMEM : OK;
}

/* ---- rows by name ---- */

/* Room for one more row; the old ones stay in the arena until it is reset. */
static enum result
make_room(
    struct arena *arena, struct figures_row **rows, size_t count, size_t *room)
{
	size_t larger = *room == 0 ? FIRST_ROOM : 2 * *room;
	struct figures_row *grown;

	if (count < *room)
		return OK;
	grown = arena_alloc(arena, larger, sizeof(*grown));
	if (grown == NULL)
		return ERR_NOMEM;
	if (count > 0)
		memcpy(grown, *rows, count * sizeof(*grown));
	*rows = grown;
	*room = larger;
	return OK;
}

/* Where NAME is in the table, or the free slot where it belongs. */
static size_t *
slot_of(const struct figures_tally *tally, struct text_view name)
{
	size_t at = (size_t)hash64(name, 0) % tally->table_size;

	while (tally->table[at] != 0 &&
	       !text_equal(
		   tally->figures.entries[tally->table[at] - 1].name, name))
		at = (at + 1) % tally->table_size;
	return &tally->table[at];
}

static enum result
rebuild_table(struct figures_tally *tally)
{
	tally->table_size = tally->entry_room * TABLE_PER_ENTRY;
	tally->table =
	    arena_alloc(tally->arena, tally->table_size, sizeof(*tally->table));
	if (tally->table == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < tally->figures.entry_count; i++)
		*slot_of(tally, tally->figures.entries[i].name) = i + 1;
	return OK;
}

static enum result
find_entry(struct figures_tally *tally, struct text_view name,
    struct figures_counts **out)
{
	struct figures *figures = &tally->figures;
	size_t room = tally->entry_room;
	enum result result = make_room(tally->arena, &figures->entries,
	    figures->entry_count, &tally->entry_room);
	size_t *slot;

	if (result == OK && tally->entry_room != room)
		result = rebuild_table(tally);
	if (result != OK)
		return result;
	slot = slot_of(tally, name);
	if (*slot == 0) {
		struct figures_row *row =
		    &figures->entries[figures->entry_count];

		result = arena_text(tally->arena, name, &row->name);
		if (result != OK)
			return result;
		*slot = ++figures->entry_count;
	}
	*out = &figures->entries[*slot - 1].counts;
	return OK;
}

/* Channels are a handful. */
static enum result
find_channel(struct figures_tally *tally, struct text_view name,
    struct figures_counts **out)
{
	struct figures *figures = &tally->figures;
	struct figures_row *row;
	enum result result;

	for (size_t i = 0; i < figures->channel_count; i++) {
		if (!text_equal(figures->channels[i].name, name))
			continue;
		*out = &figures->channels[i].counts;
		return OK;
	}
	result = make_room(tally->arena, &figures->channels,
	    figures->channel_count, &tally->channel_room);
	if (result != OK)
		return result;
	row = &figures->channels[figures->channel_count];
	result = arena_text(tally->arena, name, &row->name);
	if (result != OK)
		return result;
	figures->channel_count++;
	*out = &row->counts;
	return OK;
}

/* ---- counting ---- */

/* What one question counts as. */
static struct figures_counts
classify(const struct figures_question *question)
{
	struct figures_counts one = { .questions = 1 };

	if (text_is(question->decision, "answer") ||
	    text_is(question->decision, "refer"))
		one.answered = 1;
	else if (text_is(question->decision, "unanswered"))
		one.unanswered = 1;
	else if (text_is(question->decision, "clarify"))
		one.clarified = 1;
	else if (text_is(question->decision, "handoff"))
		one.handed_over = 1;
	else
		return (struct figures_counts){ .small_talk = 1 };
	one.picked = one.clarified == 1 && question->chosen.len > 0;
	if (question->label.len == 0)
		return one;
	one.declined = text_is(question->label, "declined");
	one.disputed = text_is(question->label, "disputed");
	one.helped = text_is(question->label, "helped");
	one.unhelpful = text_is(question->label, "unhelpful");
	return one;
}

enum result
figures_tally_add(
    struct figures_tally *tally, const struct figures_question *question)
{
	struct figures *figures = &tally->figures;
	uint64_t hours = local_hours(question->at_ms);
	uint64_t day =
	    hours / FIGURES_HOURS - local_days(figures->first_day_ms);
	struct figures_counts one;
	struct figures_counts *channel;
	struct figures_counts *entry;
	enum result result = find_channel(tally, question->channel, &channel);

	if (result == OK)
		result = find_entry(tally,
		    question->chosen.len > 0 ? question->chosen
					     : question->entry,
		    &entry);
	if (result != OK)
		return result;
	one = classify(question);
	store_figures_add(&figures->all, &one);
	store_figures_add(&figures->days[day], &one);
	store_figures_add(&figures->hours[hours % FIGURES_HOURS], &one);
	store_figures_add(channel, &one);
	store_figures_add(entry, &one);
	return OK;
}

/* The smallest time that SHARE of them do not exceed. */
static uint64_t
quantile(const uint64_t *waits, size_t count, size_t tenths)
{
	return count == 0 ? 0 : waits[(count * tenths + 9) / 10 - 1];
}

struct figures_wait
figures_tally_wait(const uint64_t *waits, size_t count)
{
	return (struct figures_wait){ .replies = count,
		.median_ms = quantile(waits, count, 5),
		.nine_in_ten_ms = quantile(waits, count, 9) };
}
