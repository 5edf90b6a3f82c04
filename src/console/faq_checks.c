/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "faq_checks.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

/* A trial takes a second or two, which is too long for a thread that others
 * wait for.  The mutex is held while somebody looks at a finished one, never
 * while one runs: running, a trial tells its progress by atomics only. */

struct slot {
	uint64_t id; /* 0: free */
	struct faq_trial *trial;
	bool running;
	enum result result;
};

struct faq_checks {
	pthread_mutex_t mutex;
	struct slot slots[FAQ_CHECKS_KEPT_MAX];
	uint64_t next_id;
	struct slot *current; /* whose thread has not been joined */
	pthread_t thread;
};

struct faq_checks *
faq_checks_new(void)
{
	struct faq_checks *checks = calloc(1, sizeof(*checks));

	if (checks == NULL)
		return NULL;
	(void)pthread_mutex_init(&checks->mutex, NULL);
	checks->next_id = 1;
	return checks;
}

static void
trial_free(struct faq_trial *trial)
{
	if (trial == NULL)
		return;
	faq_trial_fini(trial);
	free(trial);
}

void
faq_checks_free(struct faq_checks *checks)
{
	if (checks == NULL)
		return;
	if (checks->current != NULL)
		(void)pthread_join(checks->thread, NULL);
	for (size_t i = 0; i < FAQ_CHECKS_KEPT_MAX; i++)
		trial_free(checks->slots[i].trial);
	(void)pthread_mutex_destroy(&checks->mutex);
	free(checks);
}

static void *
run(void *context)
{
	struct faq_checks *checks = context;
	/* Nobody changes it while this thread is not joined. */
	struct slot *slot = checks->current;
	enum result result = faq_trial_run(slot->trial);

	(void)pthread_mutex_lock(&checks->mutex);
	slot->result = result;
	slot->running = false;
	atomic_store(&slot->trial->step, FAQ_TRIAL_DONE);
	(void)pthread_mutex_unlock(&checks->mutex);
	return NULL;
}

/* Signals are for main(). */
static enum result
start_thread(struct faq_checks *checks)
{
	sigset_t all;
	sigset_t before;
	int failed;

	(void)sigfillset(&all);
	(void)pthread_sigmask(SIG_SETMASK, &all, &before);
	failed = pthread_create(&checks->thread, NULL, run, checks);
	(void)pthread_sigmask(SIG_SETMASK, &before, NULL);
	return failed == 0 ? OK : ERR_NOMEM;
}

static struct slot *
oldest(struct faq_checks *checks)
{
	struct slot *slot = &checks->slots[0];

	for (size_t i = 1; i < FAQ_CHECKS_KEPT_MAX; i++) {
		if (checks->slots[i].id < slot->id)
			slot = &checks->slots[i];
	}
	return slot;
}

/* With the mutex. */
static enum result
start(struct faq_checks *checks, struct faq_trial *trial, uint64_t *id_out)
{
	struct slot *slot = oldest(checks);
	enum result result;

	if (checks->current != NULL)
		(void)pthread_join(checks->thread, NULL);
	trial_free(slot->trial);
	*slot = (struct slot){
		.id = checks->next_id++, .trial = trial, .running = true
	};
	checks->current = slot;
	result = start_thread(checks);
	if (result == OK) {
		*id_out = slot->id;
		return OK;
	}
	checks->current = NULL;
	trial_free(trial);
	*slot = (struct slot){ .id = 0 };
	return result;
}

enum result
faq_checks_start(
    struct faq_checks *checks, struct faq_trial *trial, uint64_t *id_out)
{
	enum result result = ERR_BUSY;

	(void)pthread_mutex_lock(&checks->mutex);
	if (checks->current != NULL && checks->current->running) {
		*id_out = checks->current->id;
		trial_free(trial);
	} else {
		result = start(checks, trial, id_out);
	}
	(void)pthread_mutex_unlock(&checks->mutex);
	return result;
}

static struct slot *
find(struct faq_checks *checks, uint64_t id)
{
	for (size_t i = 0; id > 0 && i < FAQ_CHECKS_KEPT_MAX; i++) {
		if (checks->slots[i].id == id)
			return &checks->slots[i];
	}
	return NULL;
}

bool
faq_checks_look(
    struct faq_checks *checks, uint64_t id, struct faq_checks_view *out)
{
	struct slot *slot;

	(void)pthread_mutex_lock(&checks->mutex);
	slot = find(checks, id);
	if (slot == NULL) {
		(void)pthread_mutex_unlock(&checks->mutex);
		return false;
	}
	*out = (struct faq_checks_view){
		.step = (enum faq_trial_step)atomic_load(&slot->trial->step),
		.done = atomic_load(&slot->trial->done),
		.total = atomic_load(&slot->trial->total),
		.result = slot->result,
		.trial = slot->running ? NULL : slot->trial,
	};
	return true;
}

void
faq_checks_release(struct faq_checks *checks)
{
	(void)pthread_mutex_unlock(&checks->mutex);
}

struct knowledge *
faq_checks_take(struct faq_checks *checks, uint64_t id)
{
	struct slot *slot = find(checks, id);
	struct knowledge *candidate = slot->trial->candidate;

	slot->trial->candidate = NULL; /* handed over */
	return candidate;
}
