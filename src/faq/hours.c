/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "hours.h"

#include <stddef.h>

#include "field.h"

/* A week of spans such as "07:30-11:30", and the days on which it does not
 * hold: public holidays, which change by year, and closures of this office.
 * Both end up in one list, since a citizen only needs the name. */

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

enum { CLOSED_MAX = 500, SPAN_LEN = 11, DAY_MINUTES = 24 * 60 };

/* "07:30" at TEXT. */
static bool
read_clock(struct text_view text, unsigned *minutes_out)
{
	uint64_t hour;
	uint64_t minute;

	if (text.len != 5 || text.at[2] != ':' ||
	    text_number(text_slice(text, 0, 2), 0, 24, &hour) != OK ||
	    text_number(text_slice(text, 3, 5), 0, 59, &minute) != OK ||
	    hour * 60 + minute > DAY_MINUTES)
		return false;
	*minutes_out = (unsigned)(hour * 60 + minute);
	return true;
}

static bool
read_span(struct text_view text, struct faq_span *out)
{
	return text.len == SPAN_LEN && text.at[5] == '-' &&
	       read_clock(text_slice(text, 0, 5), &out->from) &&
	       read_clock(text_slice(text, 6, SPAN_LEN), &out->to) &&
	       out->from < out->to;
}

static enum result
read_day(struct reader *reader, const struct node *node,
    const struct field *field, void *out)
{
	struct faq_day day = { .span_count = 0 };
	struct phrases spans = { NULL, 0 };
	enum result result = field_phrases(reader, node, field, &spans);

	for (size_t i = 0; result == OK && i < spans.count; i++) {
		struct node item = reader_item(node, i);
		struct faq_span *span = &day.spans[i];

		if (!read_span(spans.at[i], span))
			return reader_fail(reader, &item.place,
			    "%s must be two times of a day, as in "
			    "\"07:30-11:30\"",
			    reader_name(&item.place).text);
		if (i > 0 && span->from < day.spans[i - 1].to)
			return reader_fail(reader, &item.place,
			    "%s begins before the one above it ends: put them "
			    "in order",
			    reader_name(&item.place).text);
	}
	day.span_count = spans.count;
	if (result == OK)
		*(struct faq_day *)out = day;
	return result;
}

#define DAY(name, index)                                                       \
	{                                                                      \
		name, read_day, (index) * sizeof(struct faq_day),              \
		    FAQ_SPANS_MAX, false                                       \
	}

static enum result
read_week(struct reader *reader, const struct node *node,
    const struct field *field, void *out)
{
	static const struct field days[] = { DAY("monday", 0),
		DAY("tuesday", 1), DAY("wednesday", 2), DAY("thursday", 3),
		DAY("friday", 4), DAY("saturday", 5), DAY("sunday", 6) };

	(void)field;
	return reader_object(reader, node, days, COUNT_OF(days), out);
}

#define AT(member) offsetof(struct faq_closed, member)

static enum result
read_closed_days(
    struct reader *reader, const struct node *node, struct faq_closed *closed)
{
	static const struct field fields[] = {
		{ "from", field_date, AT(from), 20, true },
		{ "to", field_date, AT(to), 20, false },
		{ "name", field_line, AT(name), 100, true },
	};
	enum result result =
	    reader_object(reader, node, fields, COUNT_OF(fields), closed);

	if (result != OK)
		return result;
	if (closed->from.len == 0)
		return reader_fail(
		    reader, &node->place, "\"from\" is null: name the day");
	if (closed->to.len == 0)
		closed->to = closed->from;
	if (text_compare(closed->to, closed->from) < 0)
		return reader_fail(reader, &node->place,
		    "\"to\" is before \"from\": correct one of them");
	return OK;
}

/* Behind what another list has given. */
static enum result
read_closed(struct reader *reader, const struct node *node,
    const struct field *field, void *out)
{
	struct faq_hours *hours = &reader->faq->hours;
	size_t before = hours->closed_count;
	struct reader_places places;
	struct faq_closed *all;
	enum result result = reader_list(
	    reader, node, field->max, sizeof(struct faq_closed), &places);

	(void)out;
	if (result != OK)
		return result;
	all = arena_alloc(
	    &reader->faq->arena, before + places.count, sizeof(*all));
	if (all == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < before; i++)
		all[i] = hours->closed[i];
	for (size_t i = 0; i < places.count && result == OK; i++) {
		struct node item = reader_item(node, i);

		result = read_closed_days(reader, &item, &all[before + i]);
	}
	hours->closed = all;
	hours->closed_count = before + places.count;
	return result;
}

/* For the people who keep the file. */
static enum result
read_note(struct reader *reader, const struct node *node,
    const struct field *field, void *out)
{
	struct text_view note;

	(void)out;
	return field_line(reader, node, field, &note);
}

enum result
hours_read(struct reader *reader, const struct node *root)
{
	static const struct field fields[] = {
		{ "note", read_note, 0, 2000, false },
		{ "week", read_week, offsetof(struct faq_hours, week), 0,
		    true },
		{ "holidays", read_closed, 0, CLOSED_MAX, false },
		{ "closures", read_closed, 0, CLOSED_MAX, false },
	};
	enum result result = reader_object(
	    reader, root, fields, COUNT_OF(fields), &reader->faq->hours);

	if (result == OK)
		reader->faq->hours.known = true;
	return result;
}
