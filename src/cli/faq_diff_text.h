/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_CLI_FAQ_DIFF_TEXT_H
#define HOIDAP_CLI_FAQ_DIFF_TEXT_H

#include <jansson.h>

/* Print what `hoidap faq diff --json` prints for curators, in Vietnamese. */
void faq_diff_text_print(const json_t *report);

#endif
