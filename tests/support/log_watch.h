/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_TEST_LOG_WATCH_H
#define HOIDAP_TEST_LOG_WATCH_H

#include <pthread.h>
#include <stdio.h>

#include "buf.h"

/* The log of a server under test, read through a pipe while it is written: a
 * line of it is an event that a test can wait for.  With SHOW_LOG in the
 * environment it is also copied to stderr. */
struct log_watch {
	FILE *out; /* what is written here is read */
	int in;
	pthread_t thread;
	pthread_mutex_t mutex;
	pthread_cond_t grown;
	struct buf text;
};

enum { LOG_WATCH_LINE_SIZE = 1024 };

void log_watch_start(struct log_watch *watch);
/* Once nobody else has OUT or a copy of its descriptor open. */
void log_watch_stop(struct log_watch *watch);

/* Wait for the first line at or after offset *FROM that holds WANTED, and set
 * *FROM behind it.  LINE, which may be NULL, gets it.  Fails the test when it
 * does not come. */
void log_watch_wait(struct log_watch *watch, const char *wanted, size_t *from,
    char line[LOG_WATCH_LINE_SIZE]);
/* Where the log ends now: what is written later lies behind. */
size_t log_watch_end(struct log_watch *watch);
/* How often TEXT has been written so far. */
unsigned log_watch_count(struct log_watch *watch, const char *text);

#endif
