/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_TEST_DIALOG_CITIZEN_FIXTURE_H
#define HOIDAP_TEST_DIALOG_CITIZEN_FIXTURE_H

#include <string.h>

#include "dialog.h"
#include "tests/support/cmocka_all.h"

/* A citizen who talks to the shipped base, matching included; a test is one
 * conversation, with a clock of its own. */
struct citizen {
	const struct knowledge *knowledge;
	struct message message;
	struct dialog_input input;
	struct arena arena;
	struct text_view state;
	uint64_t now_ms;
	uint64_t burst_wait_ms;
	uint64_t keep_days;	   /* 0: without the notice */
	struct text_view recalled; /* what the store would hand back */
};

/* For the whole group: loading takes longer than all its talks. */
static inline int
citizen_load(void **state)
{
	struct complaint why;
	struct knowledge *knowledge;

	if (knowledge_load("faq", "2026-11-24", &knowledge, &why) != OK)
		return 1;
	*state = knowledge;
	return 0;
}

static inline int
citizen_unload(void **state)
{
	knowledge_drop(*state);
	return 0;
}

static inline void
citizen_open(struct citizen *citizen, const void *knowledge)
{
	*citizen = (struct citizen){ .knowledge = knowledge, .now_ms = 1000 };
	arena_init(&citizen->arena, 64 << 20);
}

static inline void
citizen_close(struct citizen *citizen)
{
	arena_fini(&citizen->arena);
}

static inline struct dialog_decision
citizen_event(struct citizen *citizen, struct message message)
{
	struct dialog_decision decision;
	struct buf packed;

	citizen->message = message;
	citizen->input = (struct dialog_input){ .knowledge = citizen->knowledge,
		.message = &citizen->message,
		.now_ms = citizen->now_ms,
		.staff_silence_ms = 60000,
		.keep_days = citizen->keep_days,
		.burst_wait_ms = citizen->burst_wait_ms };
	assert_int_equal(dialog_prepare(&citizen->input, &citizen->arena), OK);
	assert_int_equal(dialog_decide(&citizen->input, citizen->state,
			     &citizen->arena, &decision),
	    OK);
	if (decision.recall_ms != 0) {
		citizen->input.recalled = citizen->recalled;
		assert_int_equal(dialog_decide(&citizen->input, citizen->state,
				     &citizen->arena, &decision),
		    OK);
	}
	if (decision.logs)
		citizen->recalled = decision.asked;
	buf_init(&packed, 1 << 16);
	assert_int_equal(conversation_pack(&decision.after, &packed), OK);
	assert_int_equal(
	    arena_text(&citizen->arena, buf_view(&packed), &citizen->state),
	    OK);
	buf_fini(&packed);
	return decision;
}

static inline struct dialog_decision
citizen_say(struct citizen *citizen, const char *text)
{
	citizen->now_ms += 1000;
	return citizen_event(citizen,
	    (struct message){ .kind = EVENT_TEXT, .text = text_of(text) });
}

static inline struct dialog_decision
citizen_tap(struct citizen *citizen, const char *payload)
{
	citizen->now_ms += 1000;
	return citizen_event(citizen,
	    (struct message){ .kind = EVENT_TAP, .payload = text_of(payload) });
}

static inline bool
citizen_answers(const struct dialog_decision *decision, const char *id)
{
	return decision->entry != NULL && text_is(decision->entry->id, id);
}

static inline bool
citizen_has(struct text_view text, const char *part)
{
	return text_find(text, text_of(part)) != SIZE_MAX;
}

#endif
