/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_CLI_FAQ_ENCODING_H
#define HOIDAP_CLI_FAQ_ENCODING_H

#include "text.h"

/* Is BYTES Vietnamese in UTF-8?  ERR_INVALID when not, and WHY names what it
 * looks like (UTF-16, TCVN3, VNI, Windows-1258, accents lost to question
 * marks) and says in Vietnamese how to save FILE again. */
enum result faq_encoding_check(
    struct text_view bytes, const char *file, struct complaint *why) MUST_CHECK;

#endif
