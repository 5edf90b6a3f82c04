/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_CLI_FAQ_XLSX_H
#define HOIDAP_CLI_FAQ_XLSX_H

#include "faq.h"

/* Write the entries of FAQ as an Excel workbook to PATH, which is replaced
 * whole.  ERR_IO with WHY in Vietnamese. */
enum result faq_xlsx_write(
    const struct faq *faq, const char *path, struct complaint *why) MUST_CHECK;

#endif
