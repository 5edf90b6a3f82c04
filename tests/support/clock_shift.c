/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "clock_shift.h"

#include <stdatomic.h>

uint64_t __real_clock_now_ms(void);
uint64_t __wrap_clock_now_ms(void);

static _Atomic uint64_t ahead_ms;

void
clock_shift(uint64_t ms)
{
	(void)atomic_fetch_add(&ahead_ms, ms);
}

uint64_t
__wrap_clock_now_ms(void)
{
	return __real_clock_now_ms() + atomic_load(&ahead_ms);
}
