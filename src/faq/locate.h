/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_FAQ_LOCATE_H
#define HOIDAP_FAQ_LOCATE_H

#include "files.h"
#include "findings.h"

/* The files of a loaded base, to find the lines of what was loaded. */
struct locate {
	struct files files;
	const struct faq_entry *first; /* of the base */
	struct text_view *sources;     /* from each entry on */
};

/* Takes FILES over, also on failure.  ERR_NOMEM. */
enum result locate_new(struct files *files, const struct faq *faq,
    struct locate **locate_out) MUST_CHECK;
void locate_free(struct locate *locate);

unsigned locate_line(
    const struct locate *locate, const struct finding_spot *spot);

/* The file that declares VARIABLE, and the line. */
const char *locate_variable(
    const struct locate *locate, struct text_view name, unsigned *line_out);

#endif
