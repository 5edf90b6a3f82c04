/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_TEST_PROCESS_H
#define HOIDAP_TEST_PROCESS_H

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
void process_output_free(struct process_output *output);

#endif
