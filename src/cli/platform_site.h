/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_CLI_PLATFORM_SITE_H
#define HOIDAP_CLI_PLATFORM_SITE_H

#include "platform.h"

/* Does a platform reach our server at public_url?  Seen from here, through
 * the proxy, the way it will come. */

/* The webhook answers PATH with STATUS; told as good or as a problem. */
void platform_site_webhook(
    struct platform *platform, const char *path, long status);
/* The page at PATH (a printf format without conversions) shows Zalo's code;
 * told as good or as a problem. */
void platform_site_proof(struct platform *platform, const char *path);

#endif
