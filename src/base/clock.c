/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "clock.h"

#include <stdio.h>
#include <time.h>

static const time_t vietnam_ahead_s = 25200; /* 7 hours */

static uint64_t
now_ns(clockid_t clock)
{
	struct timespec now;

	/* Cannot fail: both clocks exist on every Linux. */
	(void)clock_gettime(clock, &now);
	return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

uint64_t
clock_now_ms(void)
{
	return now_ns(CLOCK_REALTIME) / 1000000u;
}

uint64_t
clock_monotonic_ns(void)
{
	return now_ns(CLOCK_MONOTONIC);
}

uint64_t
clock_monotonic_ms(void)
{
	return clock_monotonic_ns() / 1000000u;
}

void
date_of_ms(uint64_t ms, char out[DATE_SIZE])
{
	time_t in_vietnam = (time_t)(ms / 1000u) + vietnam_ahead_s;
	struct tm day;

	(void)gmtime_r(&in_vietnam, &day);
	if (strftime(out, DATE_SIZE, "%Y-%m-%d", &day) == 0)
		out[0] = '\0'; /* a year past 9999 */
}

bool
date_valid(struct text_view text)
{
	static const unsigned char days[] = { 31, 29, 31, 30, 31, 30, 31, 31,
		30, 31, 30, 31 };
	uint64_t year;
	uint64_t month;
	uint64_t day;
	bool leap;

	if (text.len != 10 || text.at[4] != '-' || text.at[7] != '-')
		return false;
	if (text_number(text_slice(text, 0, 4), 1900, 2999, &year) != OK ||
	    text_number(text_slice(text, 5, 7), 1, 12, &month) != OK ||
	    text_number(text_slice(text, 8, 10), 1, 31, &day) != OK)
		return false;
	leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
	return day <= days[month - 1] && (month != 2 || day < 29 || leap);
}
