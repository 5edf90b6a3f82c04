/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_CLI_FAQ_FILES_H
#define HOIDAP_CLI_FAQ_FILES_H

#include "faq.h"

/* Write the topic files of DIR as they are with what the store URL has
 * published into FOLDER, which may be DIR; files that are the same are not
 * touched.  No server may run on the store.  *COUNT_OUT is how many were
 * written. */
enum result faq_files_export(const char *dir, const char *url,
    const char *folder, size_t *count_out, struct complaint *why) MUST_CHECK;

#endif
