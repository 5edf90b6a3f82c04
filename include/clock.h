/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_CLOCK_H
#define HOIDAP_CLOCK_H

#include <stdint.h>

#include "text.h"

/* Only main(), the app and the thread loops read a clock; everything below
 * takes NOW as an argument. */
uint64_t clock_now_ms(void);	   /* since 1970, UTC */
uint64_t clock_monotonic_ms(void); /* for durations */
uint64_t clock_monotonic_ns(void);

/* Vietnam has one time zone, UTC+7, without daylight saving. */
enum { DATE_SIZE = 11 };
/* "2026-11-24", the day in Vietnam. */
void date_of_ms(uint64_t ms, char out[DATE_SIZE]);
/* Is TEXT a real day written YYYY-MM-DD?  Such dates compare as text. */
bool date_valid(struct text_view text);

#endif
