/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The week of faq/hours.json against the clock.  A day is counted from
 * midnight in Vietnam; the first day of 1970 was a Thursday. */
#include "office.h"

#include <stdio.h>

enum {
	MINUTE_MS = 60000,
	ZONE_MINUTES = 7 * 60,
	DAY_MINUTES = 24 * 60,
	FIRST_WEEKDAY = 3,   /* of 1970, Monday being 0 */
	DAYS_AHEAD_MAX = 60, /* further on, nothing is promised */
};

static uint64_t
minutes_here(uint64_t ms)
{
	return ms / MINUTE_MS + ZONE_MINUTES;
}

static uint64_t
ms_of(uint64_t day, unsigned minute)
{
	return (day * DAY_MINUTES + minute - ZONE_MINUTES) * MINUTE_MS;
}

static size_t
weekday(uint64_t day)
{
	return (size_t)((day + FIRST_WEEKDAY) % FAQ_WEEK_DAYS);
}

static const struct faq_closed *
closed_on(const struct faq_hours *hours, uint64_t day)
{
	char date[DATE_SIZE];

	date_of_ms(ms_of(day, DAY_MINUTES / 2), date);
	for (size_t i = 0; i < hours->closed_count; i++)
		if (text_compare(hours->closed[i].from, text_of(date)) <= 0 &&
		    text_compare(text_of(date), hours->closed[i].to) <= 0)
			return &hours->closed[i];
	return NULL;
}

/* The first span of DAY that ends after MINUTE; NULL: none. */
static const struct faq_span *
span_after(const struct faq_hours *hours, uint64_t day, unsigned minute)
{
	const struct faq_day *week_day = &hours->week[weekday(day)];

	if (closed_on(hours, day) != NULL)
		return NULL;
	for (size_t i = 0; i < week_day->span_count; i++)
		if (week_day->spans[i].to > minute)
			return &week_day->spans[i];
	return NULL;
}

struct office
office_at(const struct faq_hours *hours, uint64_t now_ms)
{
	struct office office = { .open = false };
	uint64_t today = minutes_here(now_ms) / DAY_MINUTES;
	unsigned minute = (unsigned)(minutes_here(now_ms) % DAY_MINUTES);
	const struct faq_closed *closed = closed_on(hours, today);

	if (closed != NULL)
		office.closed_for = closed->name;
	for (uint64_t day = today; day <= today + DAYS_AHEAD_MAX; day++) {
		const struct faq_span *span =
		    span_after(hours, day, day == today ? minute : 0);

		if (span == NULL)
			continue;
		office.open = day == today && span->from <= minute;
		if (office.open)
			office.until_ms = ms_of(day, span->to);
		else
			office.opens_ms = ms_of(day, span->from);
		break;
	}
	return office;
}

void
office_time(uint64_t ms, uint64_t now_ms, char out[OFFICE_TIME_SIZE])
{
	static const char *const names[FAQ_WEEK_DAYS] = { "thứ Hai", "thứ Ba",
		"thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật" };
	uint64_t day = minutes_here(ms) / DAY_MINUTES;
	unsigned minute = (unsigned)(minutes_here(ms) % DAY_MINUTES);
	char clock[16];
	char date[DATE_SIZE];

	if (minute % 60 == 0)
		(void)snprintf(clock, sizeof(clock), "%u giờ", minute / 60);
	else
		(void)snprintf(clock, sizeof(clock), "%u giờ %02u", minute / 60,
		    minute % 60);
	if (day == minutes_here(now_ms) / DAY_MINUTES) {
		(void)snprintf(out, OFFICE_TIME_SIZE, "%s hôm nay", clock);
		return;
	}
	date_of_ms(ms, date);
	(void)snprintf(out, OFFICE_TIME_SIZE, "%s %s %.2s/%.2s", clock,
	    names[weekday(day)], date + 8, date + 5);
}
