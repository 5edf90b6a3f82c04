/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "process.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cmocka_all.h"

enum { STRINGS_MAX = 64 };

/* posix_spawn() promises to leave the strings alone, though its type does not
 * say so. */
union strings {
	const char *given[STRINGS_MAX];
	char *taken[STRINGS_MAX];
};

struct ends {
	int in; /* -1: none of the three is replaced but stderr */
	int out;
	int err;
};

static void
add(union strings *strings, size_t *count, const char *string)
{
	assert_in_range(*count, 0, STRINGS_MAX - 2);
	strings->given[(*count)++] = string;
}

static void
fill_environment(union strings *strings, const char *const *variables)
{
	size_t count = 0;

	for (size_t i = 0; variables != NULL && variables[i] != NULL; i++)
		add(strings, &count, variables[i]);
	for (size_t i = 0; environ[i] != NULL; i++)
		if (strstr(environ[i], "SAN_OPTIONS=") != NULL)
			add(strings, &count, environ[i]);
}

static pid_t
spawn(const char *const *arguments, const char *const *variables,
    const struct ends *ends)
{
	const char *program = getenv("HOIDAP");
	union strings argv = { { NULL } };
	union strings environment = { { NULL } };
	posix_spawn_file_actions_t actions;
	size_t count = 0;
	pid_t pid;
	int failed;

	if (program == NULL)
		fail_msg("set HOIDAP to the program, as tools/run-tests does");
	add(&argv, &count, program);
	for (size_t i = 0; arguments[i] != NULL; i++)
		add(&argv, &count, arguments[i]);
	fill_environment(&environment, variables);
	(void)posix_spawn_file_actions_init(&actions);
	if (ends->in >= 0) {
		(void)posix_spawn_file_actions_adddup2(&actions, ends->in, 0);
		(void)posix_spawn_file_actions_adddup2(&actions, ends->out, 1);
	}
	(void)posix_spawn_file_actions_adddup2(&actions, ends->err, 2);
	failed = posix_spawn(
	    &pid, program, &actions, NULL, argv.taken, environment.taken);
	(void)posix_spawn_file_actions_destroy(&actions);
	if (failed != 0)
		fail_msg("%s: %s", program, strerror(failed));
	return pid;
}

pid_t
process_start(
    const char *const *arguments, const char *const *variables, int stderr_fd)
{
	const struct ends ends = { -1, -1, stderr_fd };

	return spawn(arguments, variables, &ends);
}

int
process_wait(pid_t pid)
{
	int status = 0;
	pid_t ended;

	do
		ended = waitpid(pid, &status, 0);
	while (ended < 0 && errno == EINTR);
	assert_int_equal(ended, pid);
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status)
				   : WEXITSTATUS(status);
}

static char *
read_all(FILE *file)
{
	long size;
	char *text;

	assert_int_equal(fseek(file, 0, SEEK_END), 0);
	size = ftell(file);
	assert_true(size >= 0);
	rewind(file);
	text = calloc((size_t)size + 1, 1);
	assert_non_null(text);
	assert_int_equal(fread(text, 1, (size_t)size, file), (size_t)size);
	return text;
}

struct process_output
process_run(const char *const *arguments, const char *input)
{
	return process_run_with(arguments, NULL, input);
}

struct process_output
process_run_with(const char *const *arguments, const char *const *variables,
    const char *input)
{
	FILE *in = tmpfile();
	FILE *out = tmpfile();
	FILE *err = tmpfile();
	struct process_output output;

	assert_true(in != NULL && out != NULL && err != NULL);
	assert_true(fputs(input, in) >= 0);
	rewind(in);
	output.status = process_wait(spawn(arguments, variables,
	    &(struct ends){ fileno(in), fileno(out), fileno(err) }));
	output.out = read_all(out);
	output.err = read_all(err);
	(void)fclose(in);
	(void)fclose(out);
	(void)fclose(err);
	return output;
}

void
process_output_free(struct process_output *output)
{
	free(output->out);
	free(output->err);
}

void
process_talk_start(struct process_talk *talk, const char *const *arguments,
    const char *const *variables)
{
	int in[2];
	int out[2];

	assert_int_equal(pipe2(in, O_CLOEXEC), 0);
	assert_int_equal(pipe2(out, O_CLOEXEC), 0);
	talk->err = tmpfile();
	talk->in = fdopen(in[1], "w");
	talk->out = fdopen(out[0], "r");
	assert_true(talk->err != NULL && talk->in != NULL && talk->out != NULL);
	talk->pid = spawn(arguments, variables,
	    &(struct ends){ in[0], out[1], fileno(talk->err) });
	(void)close(in[0]);
	(void)close(out[1]);
}

struct process_output
process_talk_end(struct process_talk *talk)
{
	enum { OUT_SIZE = 65536 };
	struct process_output output;
	size_t length;

	(void)fclose(talk->in);
	output.out = calloc(OUT_SIZE, 1);
	assert_non_null(output.out);
	length = fread(output.out, 1, OUT_SIZE - 1, talk->out);
	assert_true(length < OUT_SIZE - 1);
	(void)fclose(talk->out);
	output.status = process_wait(talk->pid);
	output.err = read_all(talk->err);
	(void)fclose(talk->err);
	return output;
}
