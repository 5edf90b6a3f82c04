/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_CONSOLE_FAQ_FINDINGS_H
#define HOIDAP_CONSOLE_FAQ_FINDINGS_H

#include <jansson.h>

#include "editions.h"

/* What `hoidap faq check` would say about some entries of a candidate. */
struct faq_findings_scope {
	const char *dir;
	const struct faq_overlay *overlay;
	const struct knowledge *candidate;
	const struct revision *revisions; /* of the entries it is about */
	size_t count;
};

/* A list of {"severity", "rule", "entry", "what", "mend"}; yours. */
enum result faq_findings_list(const struct faq_findings_scope *scope,
    json_t **list_out, size_t *errors_out) MUST_CHECK;

#endif
