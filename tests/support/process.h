/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_TEST_PROCESS_H
#define HOIDAP_TEST_PROCESS_H

#include <stdio.h>
#include <sys/types.h>

/* The program under test as a process of its own.  The environment variable
 * HOIDAP names it; tools/run-tests sets that. */

/* Start `hoidap ARGUMENTS...` (NULL-ended) with no other environment than
 * VARIABLES (NULL-ended) and the sanitizers' options.  Its stderr goes to
 * STDERR_FD. */
pid_t process_start(
    const char *const *arguments, const char *const *variables, int stderr_fd);
/* Its exit status; 128 + N when signal N ended it. */
int process_wait(pid_t pid);

struct process_output {
	int status;
	char *out; /* what it wrote to stdout; yours to free() */
	char *err;
};

/* Run it to its end with INPUT on stdin. */
struct process_output process_run(
    const char *const *arguments, const char *input);
/* The same with VARIABLES (NULL-ended) as its environment. */
struct process_output process_run_with(const char *const *arguments,
    const char *const *variables, const char *input);

/* A program that one answers: what it writes to stdout is read from OUT, what
 * is written to IN it reads from stdin. */
struct process_talk {
	pid_t pid;
	FILE *in;
	FILE *out;
	FILE *err; /* read when it has ended */
};
void process_talk_start(struct process_talk *talk, const char *const *arguments,
    const char *const *variables);
/* Close its stdin and wait for its end; what it wrote and nobody read. */
struct process_output process_talk_end(struct process_talk *talk);

void process_output_free(struct process_output *output);

#endif
