/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_STORE_REACH_PLAN_H
#define HOIDAP_STORE_REACH_PLAN_H

#include "store_reach.h"

/* What an order does for one question. */
enum plan_fate {
	PLAN_REPLY,
	PLAN_BESIDE, /* the reply to an earlier question of the same citizen */
	PLAN_TOLD,
	PLAN_REFUSED,
};

struct plan {
	enum plan_fate fate;
	size_t with; /* PLAN_BESIDE: the asker who gets the reply */
	struct reply_window window;
};

/* For asker AT of ASKERS, who come in the order of the questions. */
struct plan reach_plan(const struct asker *askers, size_t at,
    const struct window_terms *terms, bool paid);
/* PLAN is carried out, or would be. */
void reach_plan_count(const struct plan *plan, struct reach_counts *counts);

#endif
