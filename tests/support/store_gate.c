/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store_gate.h"

#include "cmocka_all.h"

static void
set(struct store_gate *gate, bool *flag)
{
	(void)pthread_mutex_lock(&gate->mutex);
	*flag = true;
	(void)pthread_cond_broadcast(&gate->changed);
	(void)pthread_mutex_unlock(&gate->mutex);
}

static void
wait_for(struct store_gate *gate, const bool *flag)
{
	(void)pthread_mutex_lock(&gate->mutex);
	while (!*flag)
		(void)pthread_cond_wait(&gate->changed, &gate->mutex);
	(void)pthread_mutex_unlock(&gate->mutex);
}

/* On the writer's thread, as is what follows. */
static enum result
hold(void *context, struct text_view state, struct turn_outcome *out)
{
	struct store_gate *gate = context;

	(void)state;
	(void)out;
	set(gate, &gate->held);
	wait_for(gate, &gate->open);
	return OK;
}

static void
note_done(struct turn_batch *batch, enum result result)
{
	struct store_gate *gate = batch->context;

	(void)result;
	set(gate, &gate->done);
}

void
store_gate_close(struct store_gate *gate, struct store *store)
{
	*gate = (struct store_gate){ .mutex = PTHREAD_MUTEX_INITIALIZER,
		.changed = PTHREAD_COND_INITIALIZER,
		.turn = { .channel = "webchat",
		    .account = TEXT("web"),
		    .citizen = TEXT("gate"),
		    .now_ms = 1,
		    .decide = hold,
		    .context = gate },
		.batch = { .turns = &gate->turn,
		    .count = 1,
		    .done = note_done,
		    .context = gate } };
	assert_int_equal(store_submit(store, &gate->batch), OK);
	wait_for(gate, &gate->held);
}

void
store_gate_open(struct store_gate *gate)
{
	set(gate, &gate->open);
	wait_for(gate, &gate->done);
}
