/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_CONSOLE_REPORT_FILE_H
#define HOIDAP_CONSOLE_REPORT_FILE_H

#include "report.h"

/* As a file, in ARENA.  ERR_NOMEM, ERR_IO. */
enum result report_file_csv(const struct report *report, struct arena *arena,
    struct text_view *out) MUST_CHECK;
enum result report_file_xlsx(const struct report *report, struct arena *arena,
    struct text_view *out) MUST_CHECK;

#endif
