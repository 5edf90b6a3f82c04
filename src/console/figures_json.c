/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "figures_json.h"

#include <stdlib.h>
#include <string.h>

void
figures_json_rates(const struct figures_counts *counts,
    const uint64_t graded[GRADES], enum figures_language language,
    struct figures_rate out[FIGURES_RATES])
{
	const struct {
		const char *key;
		uint64_t part;
		uint64_t whole;
		const char *title[2];
		const char *meaning[2];
	} rows[FIGURES_RATES] = {
#define COUNTS (*counts)
#define GRADED graded
#define RATE(key, part, whole, title, english, meaning, its_english)           \
	{ #key, (part), (whole), { title, english }, { meaning, its_english } },
#include "rates_table.h"
#undef RATE
#undef GRADED
#undef COUNTS
	};

	for (size_t i = 0; i < FIGURES_RATES; i++)
		out[i] = (struct figures_rate){ .key = rows[i].key,
			.title = rows[i].title[language],
			.meaning = rows[i].meaning[language],
			.part = rows[i].part,
			.whole = rows[i].whole,
			.interval =
			    interval_wilson(rows[i].part, rows[i].whole) };
}

/* ---- topics ---- */

static struct text_view
topic_of(const struct faq *faq, struct text_view id)
{
	const struct faq_entry *entry;

	if (id.len == 0)
		return TEXT("");
	entry = faq_find(faq, id);
	if (entry == NULL)
		return TEXT("?");
	return entry->topic_title.len > 0 ? entry->topic_title : entry->topic;
}

static int
more_first(const void *one, const void *other)
{
	const struct figures_row *a = one;
	const struct figures_row *b = other;

	if (a->counts.questions != b->counts.questions)
		return a->counts.questions > b->counts.questions ? -1 : 1;
	return text_compare(a->name, b->name);
}

void
figures_json_sort(struct figures_row *rows, size_t count)
{
	if (count > 0)
		qsort(rows, count, sizeof(*rows), more_first);
}

/* Topics are a few dozen at most. */
enum result
figures_json_topics(const struct faq *faq, const struct figures *figures,
    struct arena *arena, struct figures_row **rows_out, size_t *count_out)
{
	struct figures_row *rows =
	    arena_alloc(arena, figures->entry_count + 1, sizeof(*rows));
	size_t count = 0;

	if (rows == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < figures->entry_count; i++) {
		const struct figures_row *entry = &figures->entries[i];
		struct text_view name = topic_of(faq, entry->name);
		size_t at = 0;

		if (entry->counts.questions == 0)
			continue; /* small talk is no topic */
		while (at < count && !text_equal(rows[at].name, name))
			at++;
		if (at == count && arena_text(arena, name, &rows[count++].name))
			return ERR_NOMEM;
		store_figures_add(&rows[at].counts, &entry->counts);
	}
	figures_json_sort(rows, count);
	*rows_out = rows;
	*count_out = count;
	return OK;
}

/* ---- JSON ---- */

json_t *
figures_json_counts(const struct figures_counts *counts)
{
	return json_pack("{s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, "
			 "s:I}",
	    "questions", (json_int_t)counts->questions, "answered",
	    (json_int_t)counts->answered, "clarified",
	    (json_int_t)counts->clarified, "picked", (json_int_t)counts->picked,
	    "declined", (json_int_t)counts->declined, "unanswered",
	    (json_int_t)counts->unanswered, "handed_over",
	    (json_int_t)counts->handed_over, "disputed",
	    (json_int_t)counts->disputed, "helped", (json_int_t)counts->helped,
	    "unhelpful", (json_int_t)counts->unhelpful, "small_talk",
	    (json_int_t)counts->small_talk);
}

bool
figures_json_add(json_t **list, json_t *item)
{
	if (*list != NULL && json_array_append_new(*list, item) == 0)
		return true;
	json_decref(*list);
	*list = NULL;
	return false;
}

json_t *
figures_json_rows(const struct figures_row *rows, size_t count)
{
	json_t *list = json_array();

	for (size_t i = 0; i < count; i++)
		if (!figures_json_add(
			&list, json_pack("{s:o, s:o}", "name",
				   staff_string(rows[i].name), "counts",
				   figures_json_counts(&rows[i].counts))))
			return NULL;
	return list;
}

json_t *
figures_json_rate(const struct figures_rate *rate)
{
	return json_pack("{s:s, s:s, s:s, s:I, s:I, s:f, s:f}", "key",
	    rate->key, "title", rate->title, "meaning", rate->meaning, "part",
	    (json_int_t)rate->part, "whole", (json_int_t)rate->whole, "low",
	    rate->interval.low, "high", rate->interval.high);
}

/* ---- what is asked for ---- */

bool
figures_json_period(struct staff_request *request, struct figures_period *out,
    struct staff_answer *refusal_out)
{
	const uint64_t longest = (uint64_t)FIGURES_DAYS_MAX * 24 * 3600 * 1000;

	if (!staff_query_number(
		request, "from", INT64_MAX, 0, &out->from_ms, refusal_out) ||
	    !staff_query_number(request, "until", INT64_MAX, request->now_ms,
		&out->until_ms, refusal_out))
		return false;
	if (out->from_ms < out->until_ms &&
	    out->until_ms - out->from_ms <= longest)
		return true;
	*refusal_out = staff_error(400, "bad_field", "from",
	    "give from and until in ms, at most 400 days apart");
	return false;
}

enum figures_language
figures_json_language(const struct staff_request *request)
{
	return text_is(http_query(request->http, "language"), "en")
		   ? FIGURES_ENGLISH
		   : FIGURES_VIETNAMESE;
}
