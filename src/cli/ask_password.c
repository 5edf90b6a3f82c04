/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "ask_password.h"

#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

/* One line without its end. */
static enum result
read_line(char out[PASSWORD_MAX_BYTES + 1], struct complaint *why)
{
	size_t length = 0;
	int byte;

	while ((byte = getchar()) != EOF && byte != '\n') {
		if (length == PASSWORD_MAX_BYTES) {
			complain(why, NULL, 0,
			    "the password is longer than %d bytes",
			    PASSWORD_MAX_BYTES);
			return ERR_INVALID;
		}
		out[length++] = (char)byte;
	}
	out[length] = '\0';
	return OK;
}

static enum result
read_unseen(
    const char *prompt, char out[PASSWORD_MAX_BYTES + 1], struct complaint *why)
{
	struct termios before;
	struct termios silent;
	enum result result;

	if (tcgetattr(STDIN_FILENO, &before) != 0) {
		complain(why, NULL, 0, "cannot silence the terminal");
		return ERR_IO;
	}
	silent = before;
	silent.c_lflag &= ~(tcflag_t)ECHO;
	fprintf(stderr, "%s: ", prompt);
	(void)tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
	result = read_line(out, why);
	(void)tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
	fprintf(stderr, "\n");
	return result;
}

static enum result
read_twice(char out[PASSWORD_MAX_BYTES + 1], struct complaint *why)
{
	char again[PASSWORD_MAX_BYTES + 1];
	enum result result = read_unseen("new password", out, why);

	if (result == OK)
		result = read_unseen("once more", again, why);
	if (result == OK && strcmp(out, again) != 0) {
		complain(why, NULL, 0, "the two passwords differ");
		result = ERR_INVALID;
	}
	return result;
}

enum result
ask_password(struct text_view login, char out[PASSWORD_MAX_BYTES + 1],
    struct complaint *why)
{
	enum result result =
	    isatty(STDIN_FILENO) ? read_twice(out, why) : read_line(out, why);

	if (result == OK)
		result = credentials_check(text_of(out), login, why);
	return result;
}
