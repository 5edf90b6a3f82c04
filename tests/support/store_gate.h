/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_TEST_STORE_GATE_H
#define HOIDAP_TEST_STORE_GATE_H

#include <pthread.h>

#include "store.h"

/* Hold a store's writer in the middle of a transaction, as a disk that hangs
 * would, for as long as a test likes. */
struct store_gate {
	pthread_mutex_t mutex;
	pthread_cond_t changed;
	bool held;
	bool open;
	bool done;
	struct turn turn;
	struct turn_batch batch;
};

/* Returns once the writer is held. */
void store_gate_close(struct store_gate *gate, struct store *store);
/* Returns once the writer has gone on. */
void store_gate_open(struct store_gate *gate);

#endif
