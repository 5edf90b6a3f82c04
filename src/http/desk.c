/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk.h"

#include "later.h"

struct window_terms
desk_terms(const struct desk *desk, uint64_t now_ms)
{
	return (struct window_terms){ now_ms, desk->free_replies_max };
}

static enum result
compose(void *context, const struct asker *asker, struct arena *arena,
    struct text_view *packed_out)
{
	const struct desk_answer *answer = context;
	const struct later later = { asker->text, asker->asked_ms,
		answer->reply };

	return later_compose(&later, arena, packed_out);
}

enum result
desk_answer(const struct desk *desk, const struct desk_answer *answer,
    const struct audit_line *line, struct arena *arena,
    struct reach_counts *done_out)
{
	struct desk_answer context = *answer;
	const struct reach_order order = {
		.questions = answer->questions,
		.count = answer->count,
		.entry = answer->entry,
		.paid = answer->paid,
		.terms = desk_terms(desk, answer->now_ms),
		.compose = compose,
		.context = &context,
	};

	return store_reach_reply(desk->store, &order, line, arena, done_out);
}

struct steering_work {
	struct takeover takeover;
	struct arena *arena;
};

static enum result
decide(void *context, struct text_view state, const struct reply_window *window,
    struct steering_change *out)
{
	const struct steering_work *work = context;
	struct takeover_effect effect;
	enum result result = takeover_decide(
	    &work->takeover, state, window, work->arena, &effect);

	if (result == OK)
		*out = (struct steering_change){ effect.state, effect.reply };
	return result;
}

enum result
desk_steer(const struct desk *desk, const struct desk_order *order,
    const struct audit_line *line, struct arena *arena, uint64_t *delivery_out)
{
	bool says = order->act == TAKEOVER_SAY;
	const struct authorship authorship = { .human = says,
		.paid = says && order->paid };
	struct steering_work work = { { .act = order->act,
					  .now_ms = order->now_ms,
					  .silent_ms = desk->silent_ms,
					  .words = order->words,
					  .authorship = authorship },
		arena };
	const struct steering steering = {
		.citizen = order->citizen,
		.terms = desk_terms(desk, order->now_ms),
		.authorship = authorship,
		.key = order->key,
		.decide = decide,
		.context = &work,
	};

	return store_reach_steer(desk->store, &steering, line, delivery_out);
}
