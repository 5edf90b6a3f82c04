/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_BENCH_SUBJECT_H
#define HOIDAP_BENCH_SUBJECT_H

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "clock.h"
#include "turns.h"

/* The server under measurement: a child process. */
struct subject {
	pid_t pid; /* 0: not running */
	unsigned short port;
	uint64_t started_ns;
};

enum { SUBJECT_STOP_MAX_MS = 10000 };

static inline void
subject_pause(long ms)
{
	const struct timespec pause = { .tv_sec = ms / 1000,
		.tv_nsec = ms % 1000 * 1000000 };

	(void)nanosleep(&pause, NULL);
}

/* What every server is told: where to listen, and the account.  hoidap reads
 * the HOIDAP_ names; the others PORT and HOIDAP_MESSENGER_APP_SECRET. */
static inline void
subject_tell(unsigned short port, unsigned short api_port)
{
	char text[64];

	(void)snprintf(text, sizeof(text), "%u", (unsigned)port);
	(void)setenv("PORT", text, 1);
	(void)snprintf(text, sizeof(text), "127.0.0.1:%u", (unsigned)port);
	(void)setenv("HOIDAP_LISTEN", text, 1);
	(void)snprintf(text, sizeof(text), "http://127.0.0.1:%u/v25.0",
	    (unsigned)api_port);
	(void)setenv("HOIDAP_MESSENGER_API", text, 1);
	(void)setenv("HOIDAP_MESSENGER_APP_SECRET", TURNS_APP_SECRET, 1);
	(void)setenv("HOIDAP_MESSENGER_PAGE_ID", TURNS_PAGE_ID, 1);
	(void)setenv("HOIDAP_MESSENGER_VERIFY_TOKEN", "bench-verify-token", 1);
	(void)setenv("HOIDAP_MESSENGER_PAGE_TOKEN", "bench-page-token", 1);
}

/* Start COMMAND (NULL-ended); what it prints goes to our standard error. */
static inline bool
subject_start(struct subject *subject, char *const *command,
    unsigned short port, unsigned short api_port)
{
	subject->port = port;
	subject->started_ns = clock_monotonic_ns();
	subject->pid = fork();
	if (subject->pid != 0)
		return subject->pid > 0;
	/* It never outlives us, however we end. */
	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	subject_tell(port, api_port);
	(void)dup2(STDERR_FILENO, STDOUT_FILENO);
	(void)execvp(command[0], command);
	perror(command[0]);
	_exit(127);
}

/* Has it ended by itself? */
static inline bool
subject_ended(struct subject *subject)
{
	if (subject->pid > 0 && waitpid(subject->pid, NULL, WNOHANG) != 0)
		subject->pid = 0;
	return subject->pid == 0;
}

static inline void
subject_stop(struct subject *subject)
{
	if (subject->pid <= 0)
		return;
	(void)kill(subject->pid, SIGTERM);
	for (int ms = 0; ms < SUBJECT_STOP_MAX_MS; ms += 10) {
		if (subject_ended(subject))
			return;
		subject_pause(10);
	}
	(void)kill(subject->pid, SIGKILL);
	(void)waitpid(subject->pid, NULL, 0);
	subject->pid = 0;
}

/* User and system time of all its threads until now. */
static inline uint64_t
subject_cpu_ns(const struct subject *subject)
{
	struct timespec used = { 0, 0 };
	clockid_t clock;

	if (clock_getcpuclockid(subject->pid, &clock) == 0)
		(void)clock_gettime(clock, &used);
	return (uint64_t)used.tv_sec * 1000000000 + (uint64_t)used.tv_nsec;
}

/* Resident memory in KiB; 0 when it cannot be read. */
static inline unsigned long
subject_resident_kib(const struct subject *subject)
{
	char path[64];
	char line[256];
	unsigned long kib = 0;
	FILE *file;

	(void)snprintf(
	    path, sizeof(path), "/proc/%d/status", (int)subject->pid);
	file = fopen(path, "re");
	if (file == NULL)
		return 0;
	while (kib == 0 && fgets(line, sizeof(line), file) != NULL)
		if (strncmp(line, "VmRSS:", 6) == 0)
			kib = strtoul(line + 6, NULL, 10);
	(void)fclose(file);
	return kib;
}

#endif
