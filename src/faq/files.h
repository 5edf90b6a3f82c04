/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_FAQ_FILES_H
#define HOIDAP_FAQ_FILES_H

#include "load.h"

enum {
	FILES_MAX = 512,
	FILES_MAX_BYTES = 16 * 1024 * 1024, /* of one file */
	FILES_MAX_TOTAL_BYTES = 128 * 1024 * 1024,
};

/* The *.json files of a folder, in the order of their names. */
struct files {
	struct load_file *at;
	size_t count;
	struct arena arena; /* owns names and bytes */
};

/* Read them all.  ERR_IO, ERR_INVALID with WHY.  *FILES_OUT is yours to
 * files_fini(). */
enum result files_read(
    const char *dir, struct files *files_out, struct complaint *why) MUST_CHECK;
void files_fini(struct files *files);

#endif
