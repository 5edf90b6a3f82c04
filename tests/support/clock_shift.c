/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "clock_shift.h"

#include <stdatomic.h>

uint64_t __real_clock_now_ms(void);
uint64_t __wrap_clock_now_ms(void);

static _Atomic uint64_t ahead_ms;
static _Atomic uint64_t stands_at_ms; /* 0: the clock runs */

void
clock_shift(uint64_t ms)
{
	if (atomic_load(&stands_at_ms) != 0)
		(void)atomic_fetch_add(&stands_at_ms, ms);
	else
		(void)atomic_fetch_add(&ahead_ms, ms);
}

void
clock_stand(uint64_t at_ms)
{
	atomic_store(&stands_at_ms, at_ms);
}

uint64_t
__wrap_clock_now_ms(void)
{
	uint64_t at_ms = atomic_load(&stands_at_ms);

	return at_ms != 0 ? at_ms
			  : __real_clock_now_ms() + atomic_load(&ahead_ms);
}
