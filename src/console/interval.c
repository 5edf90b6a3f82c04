/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "interval.h"

#include <math.h>

/* Of the normal distribution, 95 in 100 lie within so many deviations. */
static const double deviations = 1.959963984540054;

struct interval
interval_wilson(uint64_t part, uint64_t whole)
{
	const double square = deviations * deviations;
	double cases = (double)whole;
	double share;
	double centre;
	double half;

	if (whole == 0)
		return (struct interval){ 0, 1 };
	share = (double)part / cases;
	centre = (share + square / (2 * cases)) / (1 + square / cases);
	half =
	    deviations *
	    sqrt(share * (1 - share) / cases + square / (4 * cases * cases)) /
	    (1 + square / cases);
	return (struct interval){ part == 0 ? 0 : centre - half,
		part == whole ? 1 : centre + half };
}
