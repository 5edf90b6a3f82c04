/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_OUTBOX_TOOLS_H
#define HOIDAP_OUTBOX_TOOLS_H

#include "outbox.h"
#include "transfer.h"

/* What every part of the sender works with.  The sender's thread alone uses
 * it. */
struct tools {
	const struct settings *settings;
	struct store *store;
	struct metrics *metrics; /* may be NULL */
	const struct log *log;	 /* may be NULL */
	struct transfer_pool *pool;
	/* No transfer takes longer, the wait for a connection included: bounds
	 * the leases and locks under which calls are made. */
	uint64_t transfer_longest_ms;
	bool stopping; /* start no further calls */
};

#endif
