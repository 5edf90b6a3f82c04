/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_FAQ_LOAD_H
#define HOIDAP_FAQ_LOAD_H

#include "faq.h"

/* A file of the FAQ folder, already in memory. */
struct load_file {
	const char *path; /* its last part says what the file is */
	struct text_view text;
};

/* Its JSON, without the byte order mark that some editors put before it. */
struct text_view load_source(const struct load_file *file);

/* Is NAME the last part of its path? */
bool load_is(const struct load_file *file, const char *name);

/* faq_load() without the disk: FILES in the order of their entries.  The same
 * failures but ERR_IO.  FILES may go when this returns. */
enum result load_files(const struct load_file *files, size_t count,
    struct faq **faq_out, struct complaint *why) MUST_CHECK;

#endif
