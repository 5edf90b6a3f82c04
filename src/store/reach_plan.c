/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Who gets a reply, decided without a database, so that what staff are shown
 * before they send and what is then done are one and the same.  A citizen who
 * asked twice gets one reply, which answers both questions.  An order is small
 * enough to look for the earlier one by going through it. */
#include "reach_plan.h"

struct reply_window
reach_window(const struct asker *asker, const struct window_terms *terms)
{
	if (asker->forgotten)
		return (struct reply_window){ REACH_NONE, 0,
			"nothing is kept of them any more" };
	return channel_window(asker->channel, &asker->contact, terms);
}

static bool
may_go(const struct reply_window *window, bool paid)
{
	const struct authorship staff = { .human = true, .paid = paid };

	return window_refusal(window, &staff) == NULL;
}

struct plan
reach_plan(const struct asker *askers, size_t at,
    const struct window_terms *terms, bool paid)
{
	const struct asker *asker = &askers[at];
	struct plan plan = { PLAN_REPLY, at, reach_window(asker, terms) };

	size_t with = at;

	for (size_t i = at; i-- > 0;) {
		if (askers[i].question == asker->question)
			plan.fate = PLAN_TOLD;
		if (askers[i].citizen == asker->citizen && askers[i].told == 0)
			with = i;
	}
	if (asker->told != 0)
		plan.fate = PLAN_TOLD;
	if (plan.fate == PLAN_TOLD)
		return plan;
	if (!may_go(&plan.window, paid))
		plan.fate = PLAN_REFUSED;
	else if (with < at)
		plan = (struct plan){ PLAN_BESIDE, with, plan.window };
	return plan;
}

void
reach_plan_count(const struct plan *plan, struct reach_counts *counts)
{
	uint64_t until_ms = plan->window.until_ms;

	switch (plan->fate) {
	case PLAN_BESIDE:
		counts->beside++;
		return;
	case PLAN_TOLD:
		counts->told++;
		return;
	case PLAN_REFUSED:
		counts->refused[plan->window.reach]++;
		return;
	case PLAN_REPLY:
		break;
	}
	counts->replies[plan->window.reach]++;
	if (until_ms != 0 &&
	    (counts->until_ms == 0 || until_ms < counts->until_ms))
		counts->until_ms = until_ms;
}

void
reach_count(const struct asker *askers, size_t count,
    const struct window_terms *terms, bool paid, struct reach_counts *out)
{
	struct reach_counts counts = { .told = 0 };

	for (size_t i = 0; i < count; i++) {
		struct plan plan = reach_plan(askers, i, terms, paid);

		reach_plan_count(&plan, &counts);
	}
	*out = counts;
}
