/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_CLI_OA_CONSENT_H
#define HOIDAP_CLI_OA_CONSENT_H

#include "platform.h"

/* Have the OA's administrator consent, and keep the pair of tokens that comes
 * of it.  REDIRECT NULL: the site's own front page.  Errors with WHY; nothing
 * is stored then, and what was stored stays. */
enum result oa_consent(struct platform *platform, const char *redirect,
    struct complaint *why) MUST_CHECK;

#endif
