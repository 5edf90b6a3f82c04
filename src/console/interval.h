/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_CONSOLE_INTERVAL_H
#define HOIDAP_CONSOLE_INTERVAL_H

#include <stdint.h>

/* Within which the true share lies in 95 of 100 cases. */
struct interval {
	double low;
	double high;
};

/* Wilson's interval for PART of WHOLE; from 0 to 1 when WHOLE is 0.  It keeps
 * its word for few cases and for shares near 0 and 1, where the textbook's
 * does not.  Pure. */
struct interval interval_wilson(uint64_t part, uint64_t whole);

#endif
