/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "operator.h"

#include <string.h>

#include "cmocka_all.h"

static void
add_variables(
    struct operator* operator, size_t * count, const char *const *variables)
{
	for (size_t i = 0; variables != NULL && variables[i] != NULL; i++) {
		assert_in_range(*count, 0, OPERATOR_VARIABLES_MAX - 1);
		operator->variables[(*count)++] = variables[i];
	}
}

void
operator_prepare(struct operator* operator, const struct service * service,
    const char *const *more, const char *words)
{
	char *rest = operator->words;
	size_t count = 0;
	size_t given = 0;

	*operator=(struct operator){ .words = "" };
	(void)snprintf(operator->words, sizeof(operator->words), "%s", words);
	while (rest != NULL && given < OPERATOR_WORDS_MAX)
		operator->arguments[given++] = strsep(&rest, " ");
	(void)snprintf(operator->public_url, sizeof(operator->public_url),
	    "HOIDAP_PUBLIC_URL=http://127.0.0.1:%u", (unsigned)service->port);
	add_variables(operator, & count, service->environment);
	add_variables(operator, & count,
	    (const char *const[]){ operator->public_url, NULL });
	add_variables(operator, & count, more);
}

struct process_output
operator_run(
    const struct service *service, const char *const *more, const char *words)
{
	struct operator operator;

	operator_prepare(&operator, service, more, words);
	return process_run_with(operator.arguments, operator.variables, "");
}

void
operator_check(struct process_output *output, int status, const char *part)
{
	static const char *const secrets[] = { SERVICE_APP_SECRET,
		SERVICE_PAGE_TOKEN, SERVICE_ZALO_SECRET, SERVICE_OA_SECRET,
		SERVICE_ACCESS_TOKEN, SERVICE_REFRESH_TOKEN };

	if (output->status != status || (strstr(output->out, part) == NULL &&
					    strstr(output->err, part) == NULL))
		fail_msg("%d, not %d with \"%s\":\n%s%s", output->status,
		    status, part, output->out, output->err);
	for (size_t i = 0; i < sizeof(secrets) / sizeof(secrets[0]); i++) {
		assert_null(strstr(output->out, secrets[i]));
		assert_null(strstr(output->err, secrets[i]));
	}
	process_output_free(output);
}

void
operator_says(const struct service *service, const char *const *more,
    const char *words, int status, const char *part)
{
	struct process_output output = operator_run(service, more, words);

	operator_check(&output, status, part);
}
