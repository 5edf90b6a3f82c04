/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_CLI_FAQ_FILE_H
#define HOIDAP_CLI_FAQ_FILE_H

#include "buf.h"

/* A curator's file, read and written whole.  Complaints are in Vietnamese. */

/* Append the bytes of PATH to OUT, whose ceiling is the limit.  ERR_IO and
 * ERR_TOO_LARGE with WHY. */
enum result faq_file_read(
    const char *path, struct buf *out, struct complaint *why) MUST_CHECK;

/* Make PATH hold TEXT, or leave it as it was: a temporary file beside it is
 * written, flushed to the disk, and takes its name.  An old file's permissions
 * are kept.  ERR_IO with WHY. */
enum result faq_file_write(
    const char *path, struct text_view text, struct complaint *why) MUST_CHECK;

/* Give the file TEMPORARY, complete on the disk, the name PATH.  On failure
 * TEMPORARY is removed.  ERR_IO with WHY. */
enum result faq_file_replace(
    const char *temporary, const char *path, struct complaint *why) MUST_CHECK;

/* Give the file TO the permissions of FROM. */
enum result faq_file_copy_mode(const char *from, const char *to) MUST_CHECK;

/* Flush a folder, so that the names in it outlive a power cut. */
enum result faq_file_sync_folder(const char *folder) MUST_CHECK;

#endif
