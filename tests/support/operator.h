/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_TEST_OPERATOR_H
#define HOIDAP_TEST_OPERATOR_H

#include "process.h"
#include "service.h"

/* Who sits at the machine of a service and types commands. */

enum { OPERATOR_WORDS_MAX = 8, OPERATOR_VARIABLES_MAX = 60 };

/* The settings of SERVICE, with its address as public_url, and MORE
 * ("HOIDAP_NAME=value", NULL-ended or NULL), which win. */
struct operator
{
	const char *arguments[OPERATOR_WORDS_MAX + 1];
	const char *variables[OPERATOR_VARIABLES_MAX + 1];
	char words[256];
	char public_url[64];
};
/* WORDS is the command, split at spaces. */
void operator_prepare(struct operator* operator, const struct service * service,
    const char *const *more, const char *words);

/* Run WORDS to their end; the output is yours. */
struct process_output operator_run(
    const struct service *service, const char *const *more, const char *words);
/* It ends with STATUS and says PART, to stdout or to stderr. */
void operator_says(const struct service *service, const char *const *more,
    const char *words, int status, const char *part);

/* Fails the test unless OUTPUT ended with STATUS and says PART; no secret of
 * the service may be in it.  Frees it. */
void operator_check(
    struct process_output *output, int status, const char *part);

#endif
