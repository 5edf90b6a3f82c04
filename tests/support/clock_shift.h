/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_TEST_CLOCK_SHIFT_H
#define HOIDAP_TEST_CLOCK_SHIFT_H

#include <stdint.h>

/* Let MS pass at once: clock_now_ms() of this program runs ahead of the real
 * clock from now on.  Test programs are linked with --wrap for it, so a wait of
 * a minute costs a test nothing and the program under test needs no hook.
 * Threads that wait see the new time when they look next. */
void clock_shift(uint64_t ms);

/* From now on it is AT_MS, until clock_shift(): for tests that must know the
 * time of each event exactly.  0: the clock runs again. */
void clock_stand(uint64_t at_ms);

#endif
