/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_STORE_GROUP_H
#define HOIDAP_STORE_GROUP_H

#include "backend.h"

/* Work that is committed together: turn batches, settlements of deliveries and
 * jobs that a thread waits for, each in order of arrival.  Not locked: the
 * writer says whose a group is. */

struct group_settlement {
	struct group_settlement *next;
	struct settlement settlement;
	bool fetched; /* only its id counts, see settle_fetched() */
};

struct group_job {
	struct group_job *next;
	enum result (*run)(struct backend *backend, void *context);
	void *context;
	enum result result;
	bool finished;
};

struct group {
	struct turn_batch *batches;
	struct turn_batch **batches_end;
	struct group_settlement *settlements;
	struct group_settlement **settlements_end;
	struct group_job *jobs;
	struct group_job **jobs_end;
	size_t turns; /* of all batches that were added */
	bool outbox_changed;
};

void group_init(struct group *group);
bool group_is_empty(const struct group *group);
void group_add_batch(struct group *group, struct turn_batch *batch);
void group_add_settlement(
    struct group *group, struct group_settlement *settlement);
void group_add_job(struct group *group, struct group_job *job);
/* Move all of FROM to the end of TO. */
void group_move(struct group *from, struct group *to);

/* Apply and commit.  A job that fails by itself is undone by itself and keeps
 * its result; a batch that does also leaves the group, and its done() is
 * called.  Not OK: nothing was kept, and a rollback is due. */
enum result group_commit(
    struct group *group, struct backend *backend) MUST_CHECK;

/* Call done() of every batch that is left. */
void group_finish_batches(struct group *group, enum result result);

#endif
