/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_RESULT_H
#define HOIDAP_RESULT_H

#define MUST_CHECK __attribute__((warn_unused_result))
#define PRINTF_LIKE(format_at, args_at)                                        \
	__attribute__((format(printf, format_at, args_at)))

/* What a fallible function answers: codes chosen by what the caller can do.
 * Outputs are untouched unless the result is OK. */
enum result {
	OK = 0,
	ERR_NOMEM = -1,	    /* out of memory; retrying later may work */
	ERR_INVALID = -2,   /* the input is wrong; retrying cannot help */
	ERR_TOO_LARGE = -3, /* over a limit that we set on purpose */
	ERR_NOT_FOUND = -4, /* a normal answer, not a fault: never logged */
	ERR_IO = -5,	    /* disk or network; retrying later may work */
	ERR_BUSY = -6,	    /* a queue is full; retrying soon will work */
};

/* A word for logs and errors: "ok", "out of memory", ... Never NULL. */
const char *result_name(enum result result);

/* What is wrong with a person's file or form: where, what, how to mend.
 * FILE is empty and LINE is 0 where they do not apply. */
struct complaint {
	char file[256];
	unsigned line;
	char text[512];
};

/* Fill WHY; long text ends with "...".  WHY may be NULL: nothing happens. */
void complain(struct complaint *why, const char *file, unsigned line,
    const char *format, ...) PRINTF_LIKE(4, 5);

/* Write "file:line: text" (or what of it applies) to OUT. */
void complaint_print(const struct complaint *why, char *out, unsigned size);

#endif
